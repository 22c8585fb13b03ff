"""Import a client from another installation: preview first, then import completely or not at all."""

import logging
from typing import Any, BinaryIO, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from assessments import access
from assessments.actions import storage
from assessments.formats.problems import ProblemsError
from assessments.handover import pending_uploads
from assessments.handover.archive import Handover, read_handover
from assessments.handover.errors import HandoverError
from assessments.handover.import_client import client_named, import_client
from assessments.models import User
from assessments.results.named import person_with

from .frame import render_page, trail_in_list

logger = logging.getLogger(__name__)
MAX_BYTES = 200_000_000
STORAGE_FULL = gettext_lazy(
    "The file cannot be stored at the moment, so nothing was imported. Try again in a few "
    "minutes. If it keeps failing, the site operator needs to free space in MEDIA_ROOT and in "
    "the folder for temporary files."
)


class HandoverImportForm(forms.Form):
    """A file, its key and the client's future lead; or a file that was previewed before."""

    file = forms.FileField(
        label=gettext_lazy("Handover"),
        required=False,
        help_text=gettext_lazy(
            "A ZIP in the format maturity-handover/3, /2 or /1, up to 200 MB. Previewing it changes nothing."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )
    key = forms.CharField(
        label=gettext_lazy("Key"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("From an administrator of the installation that created the file, if it is encrypted."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    lead = forms.EmailField(
        label=gettext_lazy("Who will manage its assessments"),
        required=False,
        help_text=gettext_lazy(
            "The e-mail address of an existing account, which becomes the client’s lead. You can add more leads later."
        ),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload is not None and upload.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than 200 MB. Import it on the server with import_client."))
        return upload

    def clean_lead(self) -> User | None:
        address = self.cleaned_data["lead"]
        person = person_with(address) if address else None
        if address and person is None:
            raise ValidationError(_("There is no account with this address."))
        return person


def import_file(model_admin: ModelAdmin[Any], request: HttpRequest) -> HttpResponse:
    """Upload a file, preview what it would create or what prevents it, then confirm with the client's name."""
    user = access.require_user(request.user)
    if not model_admin.has_add_permission(request) or not user.has_perm("assessments.add_bankversion"):
        raise PermissionDenied
    form = HandoverImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "problems": (), "said": (), "client": "", "kept": "", "mistyped": False}
    title, status = _("Import a client"), 200
    if form.is_valid():
        try:
            if response := _selection(request, form, context):
                return response
        except (storage.StorageUnavailableError, OSError):
            logger.exception("A hand-over could not be stored or read.")
            status = 503
            form.add_error("file", STORAGE_FULL)
    if status == 200 and (form.errors or context["problems"]):
        status = 422
    trail = trail_in_list(model_admin)
    return render_page(model_admin, request, "arrival.html", title=title, status=status, trail=trail, **context)


def _selection(request: HttpRequest, form: HandoverImportForm, context: dict[str, Any]) -> HttpResponse | None:
    """Process the file sent now or previewed before. Raises StorageUnavailableError and OSError."""
    name = _stored(form, access.require_user(request.user))
    if name is None:
        form.add_error("file", _("Choose a file. A previewed file is kept for an hour."))
        return None
    return _preview_or_import(request, form, name, context)


def _stored(form: HandoverImportForm, user: User) -> str | None:
    """Return the file's name in the storage: of the upload, or of the file previewed before."""
    upload = form.cleaned_data["file"]
    return (
        pending_uploads.keep(upload=upload)
        if upload
        else pending_uploads.kept(token=form.cleaned_data["kept"], by=user)
    )


def _preview_or_import(
    request: HttpRequest, form: HandoverImportForm, name: str, context: dict[str, Any]
) -> HttpResponse | None:
    """Do a dry run, or the import once the client's name has been typed."""
    user, lead = access.require_user(request.user), form.cleaned_data["lead"]
    try:
        with default_storage.open(name) as file:
            handover = read_handover(cast("BinaryIO", file), name=_("The file"), key=form.cleaned_data["key"])
        typed = _typed(request, handover)
        context["said"] = import_client(handover=handover, lead=lead, by=user, dry_run=not typed)
    except (ProblemsError, HandoverError) as error:
        pending_uploads.forget(name=name)
        context["problems"] = _sentences(error)
        return None
    if typed:
        pending_uploads.forget(name=name)
        messages.success(request, _("%(client)s has been imported.") % {"client": client_named(handover)})
        messages.info(request, " · ".join(context["said"]))
        return HttpResponseRedirect(reverse("admin:assessments_organisation_changelist"))
    context |= {"client": client_named(handover), "kept": pending_uploads.token_for(name=name, by=user)}
    context["mistyped"] = "confirm" in request.POST
    return None


def _typed(request: HttpRequest, handover: Handover) -> bool:
    return "confirm" in request.POST and request.POST.get("typed", "").strip() == client_named(handover).strip() != ""


def _sentences(error: ProblemsError | HandoverError) -> tuple[str, ...]:
    if isinstance(error, HandoverError):
        return error.sentences
    return tuple(problem.sentence for problem in error.problems)
