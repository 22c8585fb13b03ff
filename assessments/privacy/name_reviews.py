"""Reviews of an erased person's name in texts by others: redacted where someone who runs the organisation says so.

Users choose their own names, so redacting without a review could remove *the* or *AI strategy* from everyone's texts.
Texts that managers may not read form a single entry without context. Texts frozen with a result are never listed and
keep the name.
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
type Redaction = Callable[[str, str], str]  # (text, its path in the column) -> new text

MAX_PLACES = 300  # maximum listed
CONTEXT = 60  # characters on each side
CONFIDED = "confided"  # the key of all places that may not be shown
WITH_RESULT = (Assessment.State.CLOSED, Assessment.State.RELEASED)

WHERE: dict[str, str | Promise] = {
    "assessments.Assessment": _("Name or targets"),
    "assessments.Participant": _("List of people"),
    "assessments.SharedResult": _("Shared result"),
    "assessments.Commentary": _("Commentary"),
    "assessments.AgreedAnswer": _("Agreed answer"),
    "assessments.RoadmapAction": _("Roadmap"),
    "assessments.Scenario": _("Scenario"),
    "assessments.Logo": _("Logo"),
    "assessments.Consultancy": _("Brand"),
    "assessments.Snippet": _("Snippet"),
    "assessments.ReportTemplate": _("Template for reports"),
    "assessments.ProgressNote": _("Note of progress"),
    "assessments.ProgrammePerson": _("Programme"),
    "assessments.Unit": _("Unit"),
    "assessments.Thread": _("Question about answers"),
    "assessments.PillarReview": _("Review of a pillar"),
    "assessments.UnitObjection": _("Objection of a unit"),
}


@dataclass(frozen=True)
class Place:
    """An occurrence of the name with the words around it. `key` holds only for this occurrence in this exact text."""

    key: str
    where: str
    before: str = ""
    word: str = ""
    after: str = ""

    @property
    def is_confided(self) -> bool:
        """Whether it represents all texts that may not be shown."""
        return self.key == CONFIDED


class ReviewClosedError(Exception):
    """Someone else has finished the review, or it has expired."""


def looks_like_a_name(name: str) -> bool:
    """Whether it looks like a person's name: at least two words of at least two letters."""
    return sum(sum(map(str.isalpha, word)) >= 2 for word in name.split()) >= 2


def ask(*, mentions: Mentions, base_url: str) -> None:
    """Request reviews of the name wherever others wrote it. Call it in the transaction of the erasure."""
    for owner in owners_of(mentions):
        if next(_places(mentions.name, owner), None) is not None:
            kind = "organisation" if isinstance(owner, Organisation) else "consultancy"
            review = NameReview.objects.create(name=mentions.name, **{kind: owner})
            audit.record(by=None, verb=audit.Verb.NAME_REVIEW_ASKED, what=review)
            emails.queue(kind="name_review", about=review, base_url=base_url)


def places_of(name: str, owner: Owner) -> list[Place]:
    """The first few hundred occurrences of a name in texts by others. Confidential ones are one entry, listed last."""
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
    """Return a function that records each occurrence and changes nothing."""

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
    """The last words of a text."""
    return text if len(text) <= CONTEXT else "… " + text[-CONTEXT:].partition(" ")[2]


def _after(text: str) -> str:
    """The first words of a text."""
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + " …"


def _key(row: Model, column: str, path: str, start: int, text: str) -> str:
    address = "\n".join((label_of(type(row)), str(row.pk), column, path, str(start), text))
    return hashlib.sha256(address.encode()).hexdigest()[:24]


def _where(row: Any) -> str:
    assessment = row if isinstance(row, Assessment) else getattr(row, "assessment", None)
    return ", ".join(filter(None, (str(WHERE[label_of(type(row))]), assessment.name if assessment else "")))


def _mapped(value: Any, change: Redaction, path: str = "") -> Any:
    """A copy with every text changed."""
    if isinstance(value, dict):
        return {key: _mapped(each, change, f"{path}/{key}") for key, each in value.items()}
    if isinstance(value, list):
        return [_mapped(each, change, f"{path}/{place}") for place, each in enumerate(value)]
    return change(value, path) if isinstance(value, str) else value


@transaction.atomic
def finish(*, review: NameReview, places: Collection[str], by: User | None) -> int:
    """Redact the name in the chosen places and delete the review; returns the number of rows changed.

    `by` is None for the operator. Texts changed since the list was shown are not redacted. Raises ReviewClosedError."""
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
