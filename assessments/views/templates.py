"""A consultancy's own templates for slides and Word reports: upload, what is found in them, a sample, removal."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments import access, results
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import brands
from assessments.branding.office import Found, TemplateError, TemplateKind
from assessments.demo import sample
from assessments.forms.brand import TemplateForm
from assessments.http import attachment, file_name
from assessments.models import Consultancy, ReportTemplate
from assessments.reader_language import language
from assessments.reports.files import CONTENT_TYPES
from assessments.reports.templates import found_in_template, report_in
from assessments.sentences import gettext as _


@signed_in("GET, POST")
def slides(request: UserRequest, consultancy: UUID) -> HttpResponse:
    return _change(request, access.consultancy_for(request.user, consultancy), "pptx")


@signed_in("GET, POST")
def word(request: UserRequest, consultancy: UUID) -> HttpResponse:
    return _change(request, access.consultancy_for(request.user, consultancy), "docx")


@signed_in("GET")
def slides_sample(request: UserRequest, consultancy: UUID) -> HttpResponse:
    return _sample(request, access.consultancy_for(request.user, consultancy), "pptx")


@signed_in("GET")
def word_sample(request: UserRequest, consultancy: UUID) -> HttpResponse:
    return _sample(request, access.consultancy_for(request.user, consultancy), "docx")


def _change(request: UserRequest, owner: Consultancy, kind: TemplateKind) -> HttpResponse:
    if "remove" in request.POST:
        brands.remove_template(consultancy=owner, kind=kind, by=request.user)
        messages.success(request, _("The template has been removed. New files will have our layout."))
        return redirect(request.path)
    form = TemplateForm(request.POST or None, request.FILES or None, kind=kind)
    if form.is_valid() and _saved(request, form, owner, kind):
        messages.success(request, _("The template is saved. New files will use it."))
        return redirect(request.path)
    row = access.template_of(owner, kind)
    context = {
        "owner": owner, "form": form, "kind": kind, "template": row, "found": _found(row, kind),
        "title": ReportTemplate.Kind(kind).label,
        "sample": reverse("slides_sample" if kind == "pptx" else "word_sample", args=[owner.pk]),
    }  # fmt: skip
    return render(request, "assessments/brand/template.html", context, status=400 if form.errors else 200)


def _saved(request: UserRequest, form: TemplateForm, owner: Consultancy, kind: TemplateKind) -> bool:
    """Save a template that the sample can be written on; otherwise say why not."""
    name, content = form.cleaned_data["file"]
    try:
        _written(owner, content, kind)
    except TemplateError as refused:
        form.add_error("file", str(refused))
        return False
    brands.set_template(consultancy=owner, kind=kind, name=name, content=content, by=request.user)
    return True


def _written(owner: Consultancy, content: bytes, kind: TemplateKind) -> bytes:
    return report_in(sample.sample_content(language(), results.brand_of_consultancy(owner)), content, kind)


def _found(row: ReportTemplate | None, kind: TemplateKind) -> tuple[Found, ...]:
    try:
        return () if row is None else found_in_template(bytes(row.content), kind)
    except TemplateError:  # it was good when it was saved
        return ()


def _sample(request: UserRequest, owner: Consultancy, kind: TemplateKind) -> HttpResponse:
    """The sample on the template of this kind, or 404 without one."""
    row = access.template_for(owner, kind)
    try:
        content = _written(owner, bytes(row.content), kind)
    except TemplateError as refused:
        messages.error(request, str(refused))
        return redirect("slides_template" if kind == "pptx" else "word_template", consultancy=owner.pk)
    return attachment(content, CONTENT_TYPES[kind], file_name(owner.name, ending=kind, otherwise=_("report")))
