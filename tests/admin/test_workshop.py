"""The workshop: who may enter, and that a published version cannot be written there."""

import re

import pytest

from assessments.models import BankVersion, Pillar, Question

from .conftest import change


def test_the_front_door_is_the_only_door(client):
    response = client.get("/admin/")
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")
    assert client.get("/admin/login/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")


def test_people_without_the_right_are_refused(client, alice):
    client.force_login(alice, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/admin/", follow=True).status_code in (403, 404)


@pytest.mark.parametrize("model", [BankVersion, Pillar, Question])
def test_a_published_version_is_shown_without_a_field(workshop, version, model):
    row = model.objects.first()
    address = f"/admin/assessments/{model._meta.model_name}/{row.pk}/change/"
    page = workshop.get(address)
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert b'type="text"' not in page.content.split(b'id="content"')[1]


@pytest.mark.parametrize("model", [BankVersion, Pillar, Question])
@pytest.mark.parametrize("action", ["change", "delete"])
def test_a_published_version_refuses_every_post(workshop, version, model, action):
    row = model.objects.first()
    response = workshop.post(f"/admin/assessments/{model._meta.model_name}/{row.pk}/{action}/", {"post": "yes"})
    assert response.status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


def test_nothing_can_be_added_to_a_published_version(workshop, version):
    page = workshop.get("/admin/assessments/pillar/add/")
    assert version not in page.context["adminform"].form.fields["version"].queryset


def test_the_admin_has_no_answers(workshop):
    index = workshop.get("/admin/").content
    assert b"/admin/assessments/bankversion/" in index
    assert b"/admin/assessments/answer/" not in index
    assert workshop.get("/admin/assessments/answer/").status_code == 404


def test_lists_do_not_ask_a_query_a_row(workshop, version, django_assert_max_num_queries):
    for name in ("bankversion", "pillar", "question", "organisation", "assessment", "auditevent"):
        with django_assert_max_num_queries(14):
            assert workshop.get(f"/admin/assessments/{name}/").status_code == 200


@pytest.mark.parametrize("address", ["/admin/", "/admin/assessments/bankversion/"])
def test_admin_wears_the_house_style(address, workshop):
    html = workshop.get(address).content.decode()
    assert "css/admin.css" in html.partition("css/responsive.css")[2]  # after Django's own, or it would not win
    assert 'class="mark"' in html
    assert "theme.js" not in html


@pytest.mark.parametrize("row", ["draft", "pillar", "question"])
def test_every_control_has_a_label(workshop, row, request):
    html = workshop.get(change(request.getfixturevalue(row))).content.decode()
    names = re.findall(r'<(?:textarea|select|input type="(?:text|number|checkbox)")[^>]* id="(id_[^"]+)"', html)
    controls = [name for name in names if "__prefix__" not in name]
    assert len(controls) >= 6
    assert [name for name in controls if f'for="{name}"' not in html] == []
