"""Addresses of a consultancy's brand and snippets, of logos, and of what is written about results."""

from django.urls import path

from assessments.views import brands, commentary, logos

urlpatterns = [
    path("consultancies/<uuid:consultancy>/", brands.brand, name="brand"),
    path("consultancies/<uuid:consultancy>/logo/", logos.consultancy_logo, name="consultancy_logo"),
    path("consultancies/<uuid:consultancy>/logo.png", logos.consultancy_logo_file, name="consultancy_logo_file"),
    path("consultancies/<uuid:consultancy>/snippets/", brands.snippets, name="snippets"),
    path("consultancies/<uuid:consultancy>/snippets/new/", brands.new_snippet, name="new_snippet"),
    path("consultancies/<uuid:consultancy>/snippets/<uuid:snippet>/", brands.snippet, name="snippet"),
    path(
        "consultancies/<uuid:consultancy>/snippets/<uuid:snippet>/remove", brands.remove_snippet, name="remove_snippet"
    ),
    path("clients/<uuid:client>/logo/", logos.client_logo, name="client_logo"),
    path("clients/<uuid:client>/logo.png", logos.client_logo_file, name="client_logo_file"),
    path("assessments/<uuid:pk>/result/logos/<str:whose>.png", logos.result_logo, name="result_logo"),
    path("assessments/<uuid:pk>/commentary/", commentary.commentary, name="commentary"),
    path("assessments/<uuid:pk>/commentary/whole/", commentary.whole, name="commentary_whole"),
    path("assessments/<uuid:pk>/commentary/pillars/<str:key>/", commentary.pillar, name="commentary_pillar"),
]
