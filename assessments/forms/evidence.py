"""A file for the evidence of an answer or of an organisation, and what is known about it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.models import EVIDENCE_NAME_LIMIT
from assessments.sentences import gettext
from assessments.uploads.kinds import KINDS, UploadError, kind_of
from assessments.uploads.names import clean_name, stem_of

from .helper import with_button

ACCEPT = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.png,.jpg,.jpeg,.webp,.txt,.csv"


class DatesForm(forms.Form):
    """The title and dates of a piece of evidence."""

    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=EVIDENCE_NAME_LIMIT,
        help_text=_("Leave empty to use the name of the file."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        help_text=_("The day it describes, such as that of a decision."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        help_text=_("After this day it no longer supports an answer. Leave empty if it does not expire."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean_title(self) -> str:
        return clean_name(self.cleaned_data["title"], limit=EVIDENCE_NAME_LIMIT)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("as_of"), cleaned.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", gettext("Choose a day after the one that the document describes."))
        return cleaned


class OfferForm(DatesForm):
    """The same beside an answer. `may_offer`: whether the person can offer the file for the organisation's register."""

    is_offered = forms.BooleanField(
        label=_("Add it to the organisation’s register of evidence when the assessment closes"),
        required=False,
        help_text=_(
            "The people who manage the assessment and everyone who takes part can then open it. It is listed without your "
            "name, but its title, content and properties may still show who you are."
        ),
    )

    def __init__(self, *args: Any, may_offer: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_offer:
            del self.fields["is_offered"]


class EditForm(OfferForm):
    """The same for a piece that is there, which has a title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required, self.fields["title"].help_text = True, ""
        self.helper = with_button(*self.fields, button=gettext("Save"))


class UploadForm(OfferForm):
    """One file. After validation `cleaned_data` has `kind`, `name` and `title` too."""

    file = forms.FileField(
        label=_("File"),
        max_length=1000,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": _("Choose a file"), "empty": _("The file is empty. Choose another one.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext(
            "A PDF, an Office document without macros, a picture (PNG, JPEG, WebP) or plain text, up to %(limit)d MB."
        ) % {"limit": settings.EVIDENCE_MB}
        self.order_fields(["file", "title", "as_of", "valid_until", "is_offered"])
        self.helper = with_button(*self.fields, button=gettext("Upload"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.EVIDENCE_MB * 1_000_000:
            raise ValidationError(
                gettext("The file is larger than %(limit)d MB. Choose a smaller one.") % {"limit": settings.EVIDENCE_MB}
            )
        try:
            self.cleaned_data["kind"] = kind_of(file, file.name or "")
        except UploadError as refused:
            raise ValidationError(str(refused)) from refused
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "kind" in cleaned:
            ending = KINDS[cleaned["kind"]].ending
            stem = stem_of(clean_name(cleaned["file"].name, limit=EVIDENCE_NAME_LIMIT)) or gettext("document")
            cleaned["name"] = f"{stem[: EVIDENCE_NAME_LIMIT - 6]}.{ending}"
            cleaned["title"] = cleaned.get("title") or stem
        return cleaned
