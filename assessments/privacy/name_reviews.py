"""A name of somebody who is erased, in what others wrote: struck out where whoever runs the organisation says so.

A name is what somebody calls themselves. Struck out unseen, *the* or *AI strategy* would take words out of everybody's texts.
Texts that nobody who runs assessments may read are one entry, without a word around the name. What is frozen with a result is in
no list: it keeps a name.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments import audit, emails, privacy
from assessments.actions import export_removal
from assessments.models import Assessment, Consultancy, NameReview, Organisation, Submission, User
from assessments.privacy import Held, label_of

from . import vacuum
from .redaction import STRUCK, Needle, Traces, columns_of, holding, needle_of, owners_of

type Owner = Organisation | Consultancy
type Change = Callable[[str, str], str]  # of a text at a path

MAX_PLACES = 300  # listed
CONTEXT = 60  # characters on either side
CONFIDED = "confided"  # the key of all places that may not be shown
WITH_RESULT = (Assessment.State.CLOSED, Assessment.State.RELEASED)

WHERE: dict[str, str | Promise] = {
    "assessments.Assessment": _("Name or targets"),
    "assessments.Participant": _("List of people"),
    "assessments.Commentary": _("Commentary"),
    "assessments.AgreedAnswer": _("Agreed answer"),
    "assessments.RoadmapAction": _("Roadmap"),
    "assessments.Scenario": _("What-if"),
    "assessments.Logo": _("Logo"),
    "assessments.Consultancy": _("Brand"),
    "assessments.Snippet": _("Snippet"),
}


@dataclass(frozen=True)
class Place:
    """Where the name stands, with the words around it. `key` holds for this place in this very text alone."""

    key: str
    where: str
    before: str = ""
    word: str = ""
    after: str = ""

    @property
    def is_confided(self) -> bool:
        """Whether it stands for all texts that may not be shown."""
        return self.key == CONFIDED


class GoneError(Exception):
    """Somebody else has looked meanwhile, or its time is over."""


def is_telling(name: str) -> bool:
    """Whether it looks like a person's: two words or more of two letters or more."""
    return sum(sum(map(str.isalpha, word)) >= 2 for word in name.split()) >= 2


def ask(*, traces: Traces, base_url: str) -> None:
    """Have the name looked at wherever others wrote it, where this person was; inside the transaction of erasing."""
    for owner in owners_of(traces):
        if next(_found(traces.name, owner), None) is not None:
            kind = "organisation" if isinstance(owner, Organisation) else "consultancy"
            review = NameReview.objects.create(name=traces.name, **{kind: owner})
            audit.record(by=None, verb="name review asked", what=review)
            emails.post(kind="name_review", about=review, base_url=base_url)


def places_of(name: str, owner: Owner) -> list[Place]:
    """Everywhere that others wrote a name; the first few hundred. What may not be shown is one place, and comes last."""
    found: dict[str, Place] = {}
    for place in _found(name, owner):
        found.setdefault(place.key, place)
        if len(found) > MAX_PLACES:
            break
    return sorted(found.values(), key=lambda place: place.is_confided)


def _found(name: str, owner: Owner) -> Iterator[Place]:
    needle = needle_of(name)
    for held, row in _rows(needle, owner):
        found: list[Place] = []
        for column in columns_of(row, held):
            _mapped(getattr(row, column.name), _looking(row, held, column.name, needle, found))
        yield from found


def _rows(needle: Needle, owner: Owner) -> Iterator[tuple[Held, Model]]:
    for model, held in privacy.tables():
        path = held.organisation if isinstance(owner, Organisation) else held.consultancy
        if held.mentions and path:
            yield from ((held, row) for row in holding(model, held, needle, Q(**{path: owner.pk}) & ~_frozen(held)))


def _frozen(held: Held) -> Q:
    if not held.frozen:
        return Q(pk__in=[])
    states = {"state": Submission.State.SUBMITTED, "participant__assessment__state__in": WITH_RESULT}
    return Q(**{f"{held.frozen}__{name}": value for name, value in states.items()})


def _looking(row: Model, held: Held, column: str, needle: Needle, found: list[Place]) -> Change:
    """Notes each place, and changes nothing."""

    def look(text: str, path: str) -> str:
        for match in needle.pattern.finditer(text) if needle.pattern else ():
            if held.confided:
                found.append(Place(CONFIDED, ""))
                continue
            around = _before(text[: match.start()]), match.group(), _after(text[match.end() :])
            found.append(Place(_key(row, column, path, match.start(), text), _where(row), *around))
        return text

    return look


def _before(text: str) -> str:
    """Its last words."""
    return text if len(text) <= CONTEXT else "… " + text[-CONTEXT:].partition(" ")[2]


def _after(text: str) -> str:
    """Its first words."""
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + " …"


def _key(row: Model, column: str, path: str, start: int, text: str) -> str:
    said = "\n".join((label_of(type(row)), str(row.pk), column, path, str(start), text))
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def _where(row: Any) -> str:
    assessment = row if isinstance(row, Assessment) else getattr(row, "assessment", None)
    return ", ".join(filter(None, (str(WHERE[label_of(type(row))]), assessment.name if assessment else "")))


def _mapped(value: Any, change: Change, path: str = "") -> Any:
    """The same with every text in it changed."""
    if isinstance(value, dict):
        return {key: _mapped(each, change, f"{path}/{key}") for key, each in value.items()}
    if isinstance(value, list):
        return [_mapped(each, change, f"{path}/{place}") for place, each in enumerate(value)]
    return change(value, path) if isinstance(value, str) else value


@transaction.atomic
def finish(*, review: NameReview, chosen: Collection[str], by: User | None) -> int:
    """Strike the name out of the chosen places and forget it; the number of rows that changed. `by` None: the operator.

    A text that was changed since the list was shown stays as it is. Raises GoneError.
    """
    current = NameReview.objects.select_for_update(of=("self",)).filter(pk=review.pk).first()
    if current is None:
        raise GoneError
    needle, struck = needle_of(current.name), 0
    for held, row in list(_rows(needle, current.owner)):
        if _strike(row, held, needle, chosen):
            audit.record(by=by, verb="name struck", what=row)
            struck += 1
    if struck and current.organisation_id:
        export_removal.remove_of([current.organisation_id])
    audit.record(by=by, verb="name review finished", what=current)
    current.delete()
    transaction.on_commit(vacuum.empty, robust=True)
    return struck


def _strike(row: Model, held: Held, needle: Needle, chosen: Collection[str]) -> bool:
    changed = {}
    for column in columns_of(row, held):
        before = getattr(row, column.name)
        after = _mapped(before, _striking(row, held, column, needle, chosen))
        if after != before:
            changed[column.name] = after
    if changed:
        type(row)._default_manager.filter(pk=row.pk).update(**changed)
    return bool(changed)


def _striking(row: Model, held: Held, column: Any, needle: Needle, chosen: Collection[str]) -> Change:
    def strike(text: str, path: str) -> str:
        def one(match: Any) -> str:
            key = CONFIDED if held.confided else _key(row, column.name, path, match.start(), text)
            return STRUCK if key in chosen else str(match.group())

        after = needle.pattern.sub(one, text) if needle.pattern else text
        return "" if after == STRUCK != text and column.blank else after

    return strike
