"""The life cycle of a version: check, publish, retire, start the next draft."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from assessments import access, results
from assessments.actions import banks
from assessments.formats.difference import Bump, Difference, asked, differences, numbers, raised
from assessments.formats.dump import checksum
from assessments.formats.problems import ProblemsError
from assessments.models import BankVersion, PublishedBankError, QuestionBank
from assessments.models.bank import KEY, SEMVER

from .difference import VersionComparison, comparison_of
from .drafting import change_url
from .fields import text_area
from .findings import findings_of
from .frame import may_change, render_page, version_to_see

BUMPS = {
    Bump.NONE: gettext_lazy("no changes"),
    Bump.PATCH: gettext_lazy("patch: typos, help, phrases and next steps"),
    Bump.MINOR: gettext_lazy("minor: something was added, retired, moved or reweighted"),
    Bump.MAJOR: gettext_lazy("major: a level descriptor or question has a new meaning, or the levels offered differ"),
}


class PublishForm(forms.Form):
    """Version number, reason and a typed confirmation. The number must be at least what the changes require."""

    number = forms.CharField(label=gettext_lazy("Version number"), max_length=20, validators=[SEMVER])
    same_meaning = forms.BooleanField(
        label=gettext_lazy("The reworded texts mean the same as before: these are typo fixes"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why this version"),
        help_text=gettext_lazy("Shown in the history, for anyone who asks a year from now."),
        max_length=2000,
        widget=text_area(3),
    )
    retires_last = forms.BooleanField(required=False, label_suffix="")
    confirmation = forms.CharField(label=gettext_lazy("Type the version number again to confirm"))
    content = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: BankVersion, changes: tuple[Difference, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version, self.changes, self.last = version, changes, banks.last_published(version)
        if self.last is None or not any(one.is_rewording for one in changes):
            del self.fields["same_meaning"]
        if self.last is None or self.last.state != BankVersion.State.PUBLISHED:
            del self.fields["retires_last"]
        else:
            label = _("Retire %(version)s: new assessments can no longer use it, and this cannot be undone")
            self.fields["retires_last"].label = label % {"version": self.last}

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if self.version.bank.versions.filter(version=number).exclude(pk=self.version.pk).exists():
            raise ValidationError(_("This bank already has a version with that number."))
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "number" in data and self.last is not None:
            least = raised(self.last.version, asked(self.changes, same_meaning=bool(data.get("same_meaning"))))
            if numbers(data["number"]) < numbers(least):
                self.add_error("number", _("These changes require %(least)s or higher.") % {"least": least})
        named = (self.version.bank.key, self.version.title, "")
        if "number" in data and data.get("confirmation", "").strip() not in [
            f"{name} {data['number']}".strip() for name in named
        ]:
            self.add_error("confirmation", _("Type %(number)s, the version number.") % data)
        return data


def check(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    version = version_to_see(model_admin, request, pk)
    title = _("Check of %(version)s") % {"version": version}
    return render_page(model_admin, request, "check.html", version, title=title, findings=findings_of(version))


def publish(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    version = version_to_see(model_admin, request, pk)
    may_change(model_admin, request, version)
    findings = findings_of(version)
    if findings.errors:
        messages.error(request, _("Fix the errors first; then you can publish this version."))
        return HttpResponseRedirect(reverse("admin:assessments_bankversion_check", args=(pk,)))
    compared, form = _prepared(version, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _published(request, version, form):
        return HttpResponseRedirect(change_url(version))
    title = _("Publish %(version)s") % {"version": version}
    context = {"compared": compared, "form": form, "findings": findings, "asked": BUMPS[compared.bump]}
    return render_page(
        model_admin, request, "publish.html", version, title=title, status=422 if form.errors else 200, **context
    )


def _prepared(version: BankVersion, data: Any) -> tuple[VersionComparison, PublishForm]:
    bank, last = banks.to_publish(version), banks.last_published(version)
    changes = () if last is None else differences(results.bank_of(last), bank)
    least = version.version if last is None else raised(last.version, max(Bump.PATCH, asked(changes)))
    initial = {"number": least, "content": checksum(bank), "retires_last": asked(changes) <= Bump.PATCH}
    form = PublishForm(data, version=version, changes=changes, initial=initial)
    return comparison_of(last, changes, bank, least), form


def _published(request: HttpRequest, version: BankVersion, form: PublishForm) -> bool:
    data, by = form.cleaned_data, access.require_user(request.user)
    try:
        banks.publish_draft(
            version=version, number=data["number"], reason=data["reason"], confirmed=data["content"], by=by
        )
    except (banks.DraftChangedError, PublishedBankError):
        form.data = {**form.data.dict(), "content": form.initial["content"]}  # type: ignore[attr-defined]
        form.add_error(None, _("The draft changed while this page was open. Review the differences again."))
        return False
    except ProblemsError as error:
        form.add_error(None, str(error))
        return False
    except banks.NumberTakenError:
        form.add_error("number", _("This bank already has a version with that number."))
        return False
    if data.get("retires_last") and form.last is not None:
        banks.retire(version=form.last, reason=data["reason"], by=by)
    words = {"version": version}
    messages.success(
        request, _("%(version)s is published and can no longer be changed. New assessments can use it.") % words
    )
    return True


class ReasonForm(forms.Form):
    """A reason and a confirmation."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=2000, widget=text_area(3))
    sure = forms.BooleanField(
        label=gettext_lazy("Yes, retire it: new assessments can no longer use it, and this cannot be undone")
    )


def retire(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    version = version_to_see(model_admin, request, pk)
    if version.state != BankVersion.State.PUBLISHED or not model_admin.has_change_permission(request):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        banks.retire(version=version, reason=form.cleaned_data["reason"], by=access.require_user(request.user))
        messages.success(request, _("%(version)s is retired. Assessments in progress keep it.") % {"version": version})
        return HttpResponseRedirect(change_url(version))
    title = _("Retire %(version)s") % {"version": version}
    running = version.assessments.exclude(state__in=("closed", "released")).count()
    return render_page(model_admin, request, "retire.html", version, title=title, form=form, running=running)


class CopyForm(forms.Form):
    """The bank that the new draft belongs to."""

    key = forms.CharField(
        label=gettext_lazy("Key of a new bank"),
        required=False,
        max_length=64,
        validators=[KEY],
        help_text=gettext_lazy("Leave empty for the next version of the same bank. A new bank starts at 1.0.0."),
    )

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if key and QuestionBank.objects.filter(key=key).exists():
            raise ValidationError(_("A bank with this key already exists."))
        return key


def new_draft(model_admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> HttpResponse:
    version = version_to_see(model_admin, request, pk)
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = CopyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by, key = access.require_user(request.user), form.cleaned_data["key"] or None
        draft = banks.new_draft(version=version, by=by, key=key)
        messages.success(request, _("This is a draft with the content of %(version)s.") % {"version": version})
        return HttpResponseRedirect(change_url(draft))
    title = _("New draft from %(version)s") % {"version": version}
    return render_page(model_admin, request, "copy.html", version, title=title, form=form)
