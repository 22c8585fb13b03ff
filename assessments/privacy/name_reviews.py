"""A name of someone who is erased, in what others wrote: struck out where anyone who runs the organisation says so.

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
from assessments.privacy import TableEntry, label_of

from . import vacuum
from .redaction import STRUCK, Mentions, SearchTerm, columns_of, holding, owners_of, term_of

type Owner = Organisation | Consultancy
type Redaction = Callable[[str, str], str]  # of a text at a path

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
    "assessments.Scenario": _("Scenario"),
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


class ReviewClosedError(Exception):
    """Someone else has looked meanwhile, or its time is over."""


def is_telling(name: str) -> bool:
    """Whether it looks like a person's: two words or more of two e-mails or more."""
    return sum(sum(map(str.isalpha, word)) >= 2 for word in name.split()) >= 2


def ask(*, mentions: Mentions, base_url: str) -> None:
    """Have the name looked at wherever others wrote it, where this person was; inside the transaction of erasing."""
    for owner in owners_of(mentions):
        if next(_places(mentions.name, owner), None) is not None:
            kind = "organisation" if isinstance(owner, Organisation) else "consultancy"
            review = NameReview.objects.create(name=mentions.name, **{kind: owner})
            audit.record(by=None, verb=audit.Verb.NAME_REVIEW_ASKED, what=review)
            emails.queue(kind="name_review", about=review, base_url=base_url)


def places_of(name: str, owner: Owner) -> list[Place]:
    """Everywhere that others wrote a name; the first few hundred. What may not be shown is one place, and comes last."""
    places: dict[str, Place] = {}
    for place in _places(name, owner):
        places.setdefault(place.key, place)
        if len(places) > MAX_PLACES:
            break
    return sorted(places.values(), key=lambda place: place.is_confided)


def _places(name: str, owner: Owner) -> Iterator[Place]:
    term = term_of(name)
    for entry, row in _rows(term, owner):
        places: list[Place] = []
        for column in columns_of(row, entry):
            _mapped(getattr(row, column.name), _looking(row, entry, column.name, term, places))
        yield from places


def _rows(term: SearchTerm, owner: Owner) -> Iterator[tuple[TableEntry, Model]]:
    for model, entry in privacy.tables():
        path = entry.organisation if isinstance(owner, Organisation) else entry.consultancy
        if entry.redacted and path:
            yield from ((entry, row) for row in holding(model, entry, term, Q(**{path: owner.pk}) & ~_frozen(entry)))


def _frozen(entry: TableEntry) -> Q:
    if not entry.frozen_with:
        return Q(pk__in=[])
    states = {"state": Submission.State.SUBMITTED, "participant__assessment__state__in": WITH_RESULT}
    return Q(**{f"{entry.frozen_with}__{name}": value for name, value in states.items()})


def _looking(row: Model, entry: TableEntry, column: str, term: SearchTerm, places: list[Place]) -> Redaction:
    """Notes each place, and changes nothing."""

    def look(text: str, path: str) -> str:
        for match in term.pattern.finditer(text) if term.pattern else ():
            if entry.is_confidential:
                places.append(Place(CONFIDED, ""))
                continue
            around = _before(text[: match.start()]), match.group(), _after(text[match.end() :])
            places.append(Place(_key(row, column, path, match.start(), text), _where(row), *around))
        return text

    return look


def _before(text: str) -> str:
    """Its last words."""
    return text if len(text) <= CONTEXT else "… " + text[-CONTEXT:].partition(" ")[2]


def _after(text: str) -> str:
    """Its first words."""
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + " …"


def _key(row: Model, column: str, path: str, start: int, text: str) -> str:
    address = "\n".join((label_of(type(row)), str(row.pk), column, path, str(start), text))
    return hashlib.sha256(address.encode()).hexdigest()[:24]


def _where(row: Any) -> str:
    assessment = row if isinstance(row, Assessment) else getattr(row, "assessment", None)
    return ", ".join(filter(None, (str(WHERE[label_of(type(row))]), assessment.name if assessment else "")))


def _mapped(value: Any, change: Redaction, path: str = "") -> Any:
    """The same with every text in it changed."""
    if isinstance(value, dict):
        return {key: _mapped(each, change, f"{path}/{key}") for key, each in value.items()}
    if isinstance(value, list):
        return [_mapped(each, change, f"{path}/{place}") for place, each in enumerate(value)]
    return change(value, path) if isinstance(value, str) else value


@transaction.atomic
def finish(*, review: NameReview, places: Collection[str], by: User | None) -> int:
    """Strike the name out of the chosen places and forget it; the number of rows that changed. `by` None: the operator.

    A text that was changed since the list was shown stays as it is. Raises ReviewClosedError.
    """
    current = NameReview.objects.select_for_update(of=("self",)).filter(pk=review.pk).first()
    if current is None:
        raise ReviewClosedError
    term, count = term_of(current.name), 0
    for entry, row in list(_rows(term, current.owner)):
        if _strike(row, entry, term, places):
            audit.record(by=by, verb=audit.Verb.NAME_REDACTED, what=row)
            count += 1
    if count and current.organisation_id:
        export_removal.remove_of([current.organisation_id])
    audit.record(by=by, verb=audit.Verb.NAME_REVIEW_FINISHED, what=current)
    current.delete()
    transaction.on_commit(vacuum.truncate_wal, robust=True)
    return count


def _strike(row: Model, entry: TableEntry, term: SearchTerm, places: Collection[str]) -> bool:
    changed = {}
    for column in columns_of(row, entry):
        before = getattr(row, column.name)
        after = _mapped(before, _striking(row, entry, column, term, places))
        if after != before:
            changed[column.name] = after
    if changed:
        type(row)._default_manager.filter(pk=row.pk).update(**changed)
    return bool(changed)


def _striking(row: Model, entry: TableEntry, column: Any, term: SearchTerm, places: Collection[str]) -> Redaction:
    def strike(text: str, path: str) -> str:
        def one(match: Any) -> str:
            key = CONFIDED if entry.is_confidential else _key(row, column.name, path, match.start(), text)
            return STRUCK if key in places else str(match.group())

        after = term.pattern.sub(one, text) if term.pattern else text
        return "" if after == STRUCK != text and column.blank else after

    return strike
