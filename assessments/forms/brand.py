"""A consultancy's report brand, a logo, and a snippet."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from assessments.branding.colour import TEXT, colour_in, nearest, ratio, verdict
from assessments.branding.office import (
    MAX_BYTES as MAX_TEMPLATE,
    PROGRAMS,
    TemplateError,
    TemplateKind,
    checked_template,
)
from assessments.branding.picture import MAX_BYTES, Picture, PictureError, picture_of
from assessments.models import LOGO_WORDS_LIMIT, SMALL_PRINT_LIMIT, TEMPLATE_NAME_LIMIT, Consultancy, Snippet
from assessments.sentences import gettext

from .commentary import ProseField
from .helper import with_button
from .plain import validate_plain_name
from .text import TOO_LONG, PlainText, tidy


class AccentField(forms.CharField):
    """A colour that is readable as text on white; blank for the product's own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return self._accepted(text) if text else ""

    def _accepted(self, text: str) -> str:
        colour = colour_in(text)
        if colour is None:
            raise ValidationError(gettext("Enter a colour as six digits, such as #2B6CB0."))
        contrast = verdict(colour)
        if not contrast.is_accepted:
            message = gettext(
                "The contrast of %(colour)s on white is %(ratio)s; text needs %(least)s. "
                "The closest shade that works is %(nearest)s."
            )
            given = {"colour": colour, "ratio": ratio(contrast.on_paper), "least": ratio(TEXT)}
            raise ValidationError(message % {**given, "nearest": nearest(colour)})
        return colour


class SmallPrint(PlainText):
    """A few lines of plain text at the end of a report."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), **kwargs)
        self.validators.append(MaxLengthValidator(SMALL_PRINT_LIMIT, TOO_LONG))


class BrandFields(forms.ModelForm[Consultancy]):
    """The brand and its validation, for its page and for Django admin."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As it appears on reports."), validators=[validate_plain_name]
    )
    accent = AccentField(
        label=_("Accent colour"),
        help_text=_(
            "Six digits, such as #2B6CB0; leave empty to use ours. Used on the cover and for the lines of a report."
        ),
    )
    disclaimer = SmallPrint(label=_("Disclaimer"), help_text=_("Plain text, shown on the last page of a report."))
    imprint = SmallPrint(label=_("Imprint"), help_text=_("Who is responsible, and where; shown on the last page too."))

    class Meta:
        model = Consultancy
        fields = ("name", "accent", "disclaimer", "imprint")


class BrandForm(BrandFields):
    """The form of the brand page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accent"].widget.attrs |= {"spellcheck": "false", "data-colour": gettext("Choose a colour")}
        self.helper = with_button(*self.fields, button=_("Save brand"))


class LogoForm(forms.Form):
    """An image and its alternative text. If there is a logo already, the text can be changed alone."""

    picture = forms.FileField(
        label=_("Image"),
        help_text=_(
            "PNG or JPEG, up to 2 MB and ten million pixels. The image is re-encoded and its metadata removed."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        error_messages={"required": _("Choose an image"), "empty": _("The file is empty. Choose another one.")},
    )
    words = forms.CharField(
        label=_("Alternative text"),
        help_text=_("Read out to people who cannot see the image. Leave empty for “Logo of …” and the name."),
        max_length=LOGO_WORDS_LIMIT,
        required=False,
    )

    def __init__(self, *args: Any, is_there: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].required = not is_there
        self.helper = with_button("picture", "words", button=_("Save logo"))

    def clean_words(self) -> str:
        return " ".join(tidy(self.cleaned_data["words"]).split())

    def clean_picture(self) -> Picture | None:
        file = self.cleaned_data["picture"]
        if file is None:
            return None
        try:
            return picture_of(file.read(MAX_BYTES + 1))
        except PictureError as refused:
            raise ValidationError(str(refused)) from refused


class TemplateForm(forms.Form):
    """A template of `kind`. Its contents become (file name, bytes), checked."""

    file = forms.FileField(
        label=_("File"),
        error_messages={"required": _("Choose a file"), "empty": _("The file is empty. Choose another one.")},
    )

    def __init__(self, *args: Any, kind: TemplateKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        program = PROGRAMS[kind]
        self.kind = kind
        self.fields["file"].widget.attrs["accept"] = program.endings.replace("/", ",")
        self.fields["file"].help_text = gettext(
            "A file that ends in %(endings)s, up to 8 MB, without a password, macros, embedded objects and links."
        ) % {"endings": program.endings}
        self.helper = with_button("file", button=gettext("Save template"))

    def clean_file(self) -> tuple[str, bytes]:
        file = self.cleaned_data["file"]
        content = file.read(MAX_TEMPLATE + 1)
        try:
            checked_template(content, self.kind)
        except TemplateError as refused:
            raise ValidationError(str(refused)) from refused
        return tidy(file.name)[-TEMPLATE_NAME_LIMIT:], content


class SnippetForm(forms.ModelForm[Snippet]):
    """A phrase for a pillar at a level. `pillars` are the (key, name) pairs of the bank in use."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("A title you will recognise later."))
    text = ProseField(label=_("Text"), required=True)

    class Meta:
        model = Snippet
        fields = ("title", "pillar", "level", "text")

    def __init__(self, *args: Any, pillars: Sequence[tuple[str, str]], levels: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.instance.pillar
        choices = [("", gettext("The whole assessment")), *pillars]
        more = [] if own in dict(choices) else [(own, own)]
        self.fields["pillar"] = forms.ChoiceField(label=_("About"), choices=[*choices, *more], required=False)
        numbered = [(number, f"{number} {name}") for number, name in enumerate(levels, start=1)]
        self.fields["level"] = forms.TypedChoiceField(
            label=_("At level"),
            choices=[("", gettext("Any level")), *numbered],
            coerce=int,
            empty_value=None,
            required=False,
        )
        self.helper = with_button("title", "pillar", "level", "text", button=_("Save snippet"))
