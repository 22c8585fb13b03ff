"""Taking in what stands beside an assessment's result: commentary, roadmap, what-ifs, and what its workshop agreed on.

Rows get ids of their own, so that a file cannot reach for a row that is here.
"""

import graphlib
from collections import Counter
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.roadmap import MAX_ACTIONS
from assessments.models import (
    MAX_EFFORT,
    AgreedAnswer,
    Asking,
    Assessment,
    Commentary,
    RoadmapAction,
    Scenario,
    Workshop,
)
from assessments.scoring.bank import Bank

from .columns import values_of
from .kinds import Around, Row, whole
from .reading import checked, reading


def take_in(entry: Row, assessment: Assessment, bank: Bank, around: Around) -> Counter[str]:
    """How many of each kind were made; a file of the first format has none. Raises HandoverError."""
    made: Counter[str] = Counter()
    with reading(_("The commentary on %(round)s") % {"round": assessment.name}):
        made["commentary"] = _commentary(entry.get("commentary", []), assessment, around)
    with reading(_("The roadmap of %(round)s") % {"round": assessment.name}):
        made["roadmap"] = _roadmap(entry.get("roadmap", []), assessment, around)
    with reading(_("The scenarios of %(round)s") % {"round": assessment.name}):
        made["scenarios"] = _scenarios(entry.get("scenarios", []), assessment, around)
    with reading(_("The workshop of %(round)s") % {"round": assessment.name}):
        made["agreed"] = _agreed(entry.get("agreed", []), assessment, bank, around)
        made["votes"] = _workshop(entry.get("workshop"), assessment, around)
    return made


def counted(made: Counter[str]) -> list[str]:
    """A sentence for each kind of which there is something."""
    count: dict[str, Callable[[int], str]] = {
        "people": lambda n: ngettext("%(count)d person under a pseudonym", "%(count)d people under pseudonyms", n),
        "answers": lambda n: ngettext("%(count)d answer", "%(count)d answers", n),
        "commentary": lambda n: ngettext("%(count)d commentary on a result", "%(count)d commentaries on results", n),
        "roadmap": lambda n: ngettext("%(count)d action of a roadmap", "%(count)d actions of roadmaps", n),
        "scenarios": lambda n: ngettext("%(count)d scenario", "%(count)d scenarios", n),
        "agreed": lambda n: ngettext("%(count)d agreed answer", "%(count)d agreed answers", n),
        "votes": lambda n: ngettext("%(count)d vote of a workshop", "%(count)d votes of workshops", n),
    }
    return [sentence(made[kind]) % {"count": made[kind]} for kind, sentence in count.items() if made[kind]]


def _commentary(entries: list[Row], assessment: Assessment, around: Around) -> int:
    for entry in entries:
        row = Commentary(assessment=assessment, **values_of(Commentary, entry, around))
        checked(row, "assessment", "checksum", "consultancy", "written_by").save(force_insert=True)
    return len(entries)


def _roadmap(entries: list[Row], assessment: Assessment, around: Around) -> int:
    """In the order of the file. No action may wait for itself."""
    whole(len(entries), 0, MAX_ACTIONS)
    first = {place: [whole(n, 0, len(entries) - 1) for n in entry["requires"]] for place, entry in enumerate(entries)}
    try:
        graphlib.TopologicalSorter(first).prepare()
    except graphlib.CycleError as circle:
        raise ValueError(_("An action would depend on itself.")) from circle
    rows = [_action(entry, place, assessment, around) for place, entry in enumerate(entries)]
    RoadmapAction.objects.bulk_create(rows)
    for place, needed in first.items():
        rows[place].requires.set([rows[number] for number in needed])
    return len(rows)


def _action(entry: Row, place: int, assessment: Assessment, around: Around) -> RoadmapAction:
    row = RoadmapAction(assessment=assessment, position=place, **values_of(RoadmapAction, entry, around))
    checked(row, "assessment", "checksum")
    if row.effort is not None and not 0 < row.effort <= MAX_EFFORT:
        raise ValueError(_("An effort must be between 0 and %(most)d person-months.") % {"most": MAX_EFFORT})
    return row


def _scenarios(entries: list[Row], assessment: Assessment, around: Around) -> int:
    for entry in entries:
        row = Scenario(assessment=assessment, **values_of(Scenario, entry, around))
        checked(row, "assessment", "name", "checksum", "created_by").save(force_insert=True)
    return len(entries)


def _agreed(entries: list[Row], assessment: Assessment, bank: Bank, around: Around) -> int:
    for entry in entries:
        row = AgreedAnswer(assessment=assessment, **values_of(AgreedAnswer, entry, around))
        if row.level not in bank.questions[row.question.key].offered:
            raise ValueError(_("An agreed level is not one of the question’s levels."))
        checked(row, "assessment", "question", "earlier", "agreed_by").save(force_insert=True)
    return len(entries)


def _workshop(entry: Row | None, assessment: Assessment, around: Around) -> int:
    """The number of votes that were shown. Between two questions, whatever it was at."""
    if entry is None:
        return 0
    workshop = Workshop.objects.create(assessment=assessment, **values_of(Workshop, entry, around))
    for votes in entry["votes"]:
        Asking.objects.create(workshop=workshop, **values_of(Asking, votes, around))
    return len(entry["votes"])
