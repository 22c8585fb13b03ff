"""Import what belongs to an assessment's result (commentary, roadmap, scenarios, workshop) and the brands of reports.

Rows get new ids, so that a file cannot refer to existing rows.
"""

import graphlib
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _, ngettext

from assessments.actions import brands
from assessments.actions.roadmap import MAX_ACTIONS
from assessments.branding.picture import picture_of
from assessments.handover.archive import Handover
from assessments.models import (
    LOGO_WORDS_LIMIT,
    AgreedAnswer,
    Asking,
    Assessment,
    Commentary,
    Consultancy,
    Engagement,
    Organisation,
    RoadmapAction,
    Scenario,
    User,
    Workshop,
)
from assessments.scoring.bank import Bank

from .columns import arrive, rows_of
from .errors import reading
from .kinds import Around, Row, text, whole


def take_in(entry: Row, assessment: Assessment, bank: Bank, around: Around) -> Counter[str]:
    """Create the rows and return their number by kind; a file of format 1 has none. Raises HandoverError."""
    counts: Counter[str] = Counter()
    with reading(_("The commentary on %(round)s") % {"round": assessment.name}):
        counts["commentary"] = len(arrive(Commentary, entry.get("commentary", []), around, assessment=assessment))
    with reading(_("The roadmap of %(round)s") % {"round": assessment.name}):
        counts["roadmap"] = _roadmap(entry.get("roadmap", []), assessment, around)
    with reading(_("The scenarios of %(round)s") % {"round": assessment.name}):
        counts["scenarios"] = len(arrive(Scenario, entry.get("scenarios", []), around, assessment=assessment))
    with reading(_("The workshop of %(round)s") % {"round": assessment.name}):
        counts["agreed"] = _agreed(entry.get("agreed", []), assessment, bank, around)
        counts["votes"] = _workshop(entry.get("workshop"), assessment, around)
    return counts


def counted(counts: Counter[str]) -> list[str]:
    """A phrase for each kind with a count above 0."""
    phrases: dict[str, Callable[[int], str]] = {
        "units": lambda n: ngettext("%(count)d unit", "%(count)d units", n),
        "people": lambda n: ngettext("%(count)d person under a pseudonym", "%(count)d people under pseudonyms", n),
        "answers": lambda n: ngettext("%(count)d answer", "%(count)d answers", n),
        "commentary": lambda n: ngettext("%(count)d commentary on a result", "%(count)d commentaries on results", n),
        "roadmap": lambda n: ngettext("%(count)d action of a roadmap", "%(count)d actions of roadmaps", n),
        "scenarios": lambda n: ngettext("%(count)d scenario", "%(count)d scenarios", n),
        "agreed": lambda n: ngettext("%(count)d agreed answer", "%(count)d agreed answers", n),
        "votes": lambda n: ngettext("%(count)d vote of a workshop", "%(count)d votes of workshops", n),
    }
    return [sentence(counts[kind]) % {"count": counts[kind]} for kind, sentence in phrases.items() if counts[kind]]


def _roadmap(entries: list[Row], assessment: Assessment, around: Around) -> int:
    """Create the actions in the file's order and return their number. Raises ValueError if one depends on itself."""
    whole(len(entries), 0, MAX_ACTIONS)
    first = {place: [whole(n, 0, len(entries) - 1) for n in entry["requires"]] for place, entry in enumerate(entries)}
    try:
        graphlib.TopologicalSorter(first).prepare()
    except graphlib.CycleError as circle:
        raise ValueError(_("An action would depend on itself.")) from circle
    rows = rows_of(RoadmapAction, [{"unit": None, **entry} for entry in entries], around, assessment=assessment)
    for place, row in enumerate(rows):
        row.position = place
    RoadmapAction.objects.bulk_create(rows)
    for place, needed in first.items():
        rows[place].requires.set([rows[number] for number in needed])
    return len(rows)


def _agreed(entries: list[Row], assessment: Assessment, bank: Bank, around: Around) -> int:
    rows = rows_of(AgreedAnswer, entries, around, assessment=assessment)
    if any(row.level not in bank.questions[row.question.key].offered for row in rows):
        raise ValueError(_("An agreed level is not one of the question’s levels."))
    return len(AgreedAnswer.objects.bulk_create(rows))


def _workshop(entry: Row | None, assessment: Assessment, around: Around) -> int:
    """Create the workshop, with no question current, and its revealed votes; return the number of votes."""
    if entry is None:
        return 0
    (workshop,) = arrive(Workshop, [entry], around, assessment=assessment)
    return len(arrive(Asking, entry["votes"], around, workshop=workshop))


# The brands of reports. A consultancy is always imported as a new row without consultants, even if one with that name
# exists: this installation decides who can see a client, never a file.


def take_in_brands(
    document: Row, organisation: Organisation, handover: Handover, by: User | None
) -> tuple[list[Consultancy], list[str]]:
    """(the consultancies in the order of the file, sentences about what was created). Raises HandoverError."""
    sentences: list[str] = []
    with reading(_("The logo of the client")):
        if _logo(organisation, document.get("logo"), handover, by):
            sentences.append(_("Logo of the client"))
    firms: list[Consultancy] = []
    with reading(_("The consultancies")):
        sentences += _namesakes(document.get("consultancies", []))
        for entry in document.get("consultancies", []):
            firms.append(_consultancy(entry, handover, by))
            sentences.append(
                _("Consultancy: %(name)s, as shown on its reports, without its people") % {"name": firms[-1]}
            )
        arrive(Engagement, document.get("engagements", []), Around(firms=firms), organisation=organisation)
    return firms, sentences


def _namesakes(entries: list[Row]) -> list[str]:
    here = set(Consultancy.objects.filter(name__in=[entry["name"] for entry in entries]).values_list("name", flat=True))
    sentence = _("Another consultancy here is also called %(name)s. It is not changed.")
    return [sentence % {"name": name} for name in sorted(here)]


def _consultancy(entry: Row, handover: Handover, by: User | None) -> Consultancy:
    (row,) = arrive(Consultancy, [entry], Around())
    _logo(row, entry["logo"], handover, by)
    return row


def _logo(owner: Any, entry: Row | None, handover: Handover, by: User | None) -> bool:
    """Store the logo, re-encoded like any uploaded picture; return whether there is one."""
    if entry is None:
        return False
    words = " ".join(text(entry["words"], LOGO_WORDS_LIMIT).split())
    brands.set_logo(owner=owner, picture=picture_of(handover.file(entry)), words=words, by=by)
    return True
