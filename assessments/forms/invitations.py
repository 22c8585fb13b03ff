"""Inviting people to an assessment: one by fields, many by lines of text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from assessments.models import Participant
from assessments.sentences import gettext as _, ngettext

from .functions import FUNCTIONS, function_of
from .helper import with_button
from .people_file import BETWEEN, apart, given_name_first, lines_of_paste, reordered
from .plain import AddressField, NameField
from .unit_people import UnitNames

MANY = 200
NAMED = 8  # faulty lines that are explained at once
QUOTED = re.compile(r"""["'“”„‚‘’«»](?P<name>.*)["'“”„‚‘’«»]""")  # a name as mail and word processors quote it


class InviteForm(forms.Form):
    """One person: address, name, function."""

    email = AddressField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("The invitation is sent here, and only this address can accept it."),
    )
    name = NameField(label=gettext_lazy("Name"))
    function = forms.ChoiceField(
        label=gettext_lazy("Function"), choices=[("", gettext_lazy("Choose")), *Participant.Function.choices]
    )

    def __init__(self, data: Any = None, *, units: Sequence[tuple[UUID, str]] = (), needs_unit: bool = False) -> None:
        """`units` are those that the person can answer for."""
        super().__init__(data)
        fields = ["email", "name", "function"]
        if units:
            self.fields["unit"] = forms.TypedChoiceField(
                label=_("Unit"),
                required=needs_unit,
                coerce=UUID,
                empty_value=None,
                choices=[("", _("Choose") if needs_unit else _("None of these units")), *units],
            )
            fields.append("unit")
        self.helper = with_button(*fields, button=gettext_lazy("Send invitation"), name="invite")


class PersonForm(InviteForm):
    """A person on the list, to be corrected; the address only until they have joined."""

    def __init__(self, data: Any = None, *, participant: Participant, address: str) -> None:
        person = {"email": address, "name": participant.name, "function": participant.function}
        super().__init__(data)
        self.initial = person
        self.fields["email"].help_text = gettext_lazy("A changed address receives a new invitation.")
        fields = ["email", "name", "function"]
        if participant.user_id is not None:
            fields.remove("email")
            del self.fields["email"]
        self.helper = with_button(*fields, button=gettext_lazy("Save"))


class JoinForm(forms.Form):
    """The name of a person who follows a link and gets an account by it; `name` is what they were invited by."""

    name = NameField(label=gettext_lazy("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def __init__(self, data: Any = None, *, name: str) -> None:
        if data is not None and "name" not in data:
            data = {"name": name}
        super().__init__(data, initial={"name": name})


@dataclass(frozen=True)
class InviteeRow:
    """One line of a pasted list: a person to invite, or an error message for the line.

    `title` is a part of the name that reads like a function, for the reader to judge.
    """

    line: int
    text: str
    email: str = ""
    name: str = ""
    function: str = Participant.Function.OTHER
    problem: str | None = None
    known: bool = False
    title: str = ""
    unit: UUID | None = None
    unit_name: str = ""

    @property
    def function_label(self) -> str:
        return str(Participant.Function(self.function).label)


LINE = re.compile(
    r"(?:(?P<name>[^<>]*+)<\s*+(?P<within>[^<>\s]*+)\s*+>|(?P<bare>[^<>,;\s]++))"
    r"(?:(?:\s*+[,;]|[^\S\t]*+\t)\s*+(?P<function>.*+)|\s*+)"
)


def rows_of(text: str, addresses: set[str], units: UnitNames | None = None) -> Iterator[InviteeRow]:
    """Yield the people in lines of "Name <address>, function" or in spreadsheet rows; with `units`, a unit may follow.

    An address in `addresses`, or seen earlier in the list, is marked as known.
    """
    used, pasted = set(addresses), text.splitlines()
    for number, piece in pieces_of(text, with_unit=units is not None):
        line = pasted[number - 1] if number <= len(pasted) else piece
        row = _row(number, piece, shown=piece if piece in line else line.strip(), units=units)
        yield row if row.email not in used or row.problem else InviteeRow(**{**vars(row), "known": True})
        used.add(row.email)


def pieces_of(text: str, *, with_unit: bool = False) -> Iterator[tuple[int, str]]:
    """Yield the text for each person, not parsed yet, with its line number."""
    for number, line in enumerate(lines_of_paste(text, with_unit=with_unit), start=1):
        yield from ((number, piece.strip()) for piece in apart(line) if piece.strip())


def _row(number: int, line: str, *, shown: str, units: UnitNames | None) -> InviteeRow:
    try:
        line, unit = units.split(line) if units else (line, None)
    except ValidationError as error:
        return InviteeRow(number, shown, problem=str(error.messages[0]))
    row = _person_of(number, line, shown=shown)
    return row if unit is None or units is None else replace(row, unit=unit, unit_name=units.labels[unit])


def _person_of(number: int, line: str, *, shown: str) -> InviteeRow:
    match = LINE.fullmatch(line)
    is_clear = match is not None and (function_of(match["function"] or "") or not BETWEEN.search(match["function"]))
    if not is_clear and (usual := reordered(line)):
        match = LINE.fullmatch(usual)
    if match is None:
        problem = _("Write the line like this: Name <name@example.org>, function")
        return InviteeRow(number, shown, problem=problem)
    name = (match["name"] or "").strip(" \t\xa0,")
    name = quoted["name"].strip() if (quoted := QUOTED.fullmatch(name)) else name
    name, function = given_name_first(name), function_of(match["function"] or "")
    address = match["within"] if match["bare"] is None else match["bare"]
    if not address:
        return InviteeRow(number, shown, problem=_("The e-mail address is missing."))
    try:
        email = AddressField().clean(address)
        name = NameField(required=False).clean(name)
    except ValidationError as error:
        return InviteeRow(number, shown, problem=str(error.messages[0]))
    if function is None:
        problem = _("“%(text)s” is not a function. Use %(functions)s")
        return InviteeRow(number, shown, problem=problem % {"text": match["function"].strip(), "functions": FUNCTIONS})
    return InviteeRow(number, shown, email, name, function, title=_title_in(name))


def _title_in(name: str) -> str:
    """The function that a name begins or ends with, as in `COO Jan de Vries`; empty without one."""
    words = name.split()
    parts = (part for n in range(1, len(words)) for part in (words[:n], words[n:]))
    return next((title for part in parts if function_of(title := " ".join(part))), "")


class InviteManyForm(forms.Form):
    """Many people, one per line; `rows` holds the parsed lines."""

    many = MANY
    people = forms.CharField(
        label=gettext_lazy("People, one per line"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocapitalize": "off"}),
        max_length=60_000,
    )

    def __init__(
        self, *args: Any, addresses: set[str], units: UnitNames | None = None, needs_unit: bool = False, **kwargs: Any
    ) -> None:
        """`addresses` are those already invited; `units` those that the people can answer for, if there are any."""
        super().__init__(*args, **kwargs)
        self.addresses, self.units, self.needs_unit = addresses, units, needs_unit
        self.rows: tuple[InviteeRow, ...] = ()
        self.fields["people"].help_text = _(
            "For example: Dana Lee <dana@example.org>, legal. Or paste rows from a spreadsheet, or addresses from a "
            "mail program. Functions: %(functions)s."
        ) % {"functions": FUNCTIONS}
        if units is not None:
            self.fields["people"].help_text += " " + _("A unit can follow the function: Dana Lee <…>, legal, Sales.")
        self.helper = with_button("people", button=gettext_lazy("Check the list"), name="preview")

    @property
    def new(self) -> tuple[InviteeRow, ...]:
        """The people who would be invited."""
        return tuple(row for row in self.rows if row.problem is None and not row.known)

    @property
    def known(self) -> tuple[InviteeRow, ...]:
        """The people left out because they are already invited or appear twice in the list."""
        return tuple(row for row in self.rows if row.problem is None and row.known)

    @property
    def wrong(self) -> tuple[InviteeRow, ...]:
        """Every line that could not be read, with the reason."""
        return tuple(row for row in self.rows if row.problem)

    def clean_people(self) -> str:
        text: str = self.cleaned_data["people"]
        if (rows := sum(1 for _piece in pieces_of(text))) > self.many:
            raise ValidationError(
                _("Invite at most %(many)d people at once; this list has %(rows)d.") % {"many": self.many, "rows": rows}
            )
        self.rows = tuple(map(self._in_a_unit, rows_of(text, self.addresses, self.units)))
        if self.wrong:
            raise ValidationError(list(self.refusal()))
        return text

    def _in_a_unit(self, row: InviteeRow) -> InviteeRow:
        """The row with the only unit there is, or with a problem if it needs a unit and has none."""
        if not self.needs_unit or self.units is None or row.unit or row.problem or row.known:
            return row
        unit = self.units.only
        if unit:
            return replace(row, unit=unit, unit_name=self.units.labels[unit])
        return replace(row, problem=_("Write the unit at the end of the line."))

    def refusal(self) -> Iterator[str]:
        """Yield the errors of the first lines, and how many more there are."""
        for row in self.wrong[:NAMED]:
            yield _("Line %(line)d: %(problem)s") % {"line": row.line, "problem": row.problem}
        if (more := len(self.wrong) - NAMED) > 0:
            yield ngettext("We couldn’t read %(n)d more line.", "We couldn’t read %(n)d more lines.", more) % {
                "n": more
            }
