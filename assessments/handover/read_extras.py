"""Taking in what stands beside an assessment's result: commentary, roadmap, what-ifs, and what its workshop agreed on.

Rows get ids of their own, so that a file cannot reach for a row that is here.
"""

import graphlib
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.invitations import PEOPLE_PER_ASSESSMENT
from assessments.actions.roadmap import MAX_ACTIONS
from assessments.markdown import is_too_deep
from assessments.models import (
    AGREED_LIMIT,
    COMMENTARY_LIMIT,
    MAX_EFFORT,
    AgreedAnswer,
    Asking,
    Assessment,
    Commentary,
    Consultancy,
    Question,
    RoadmapAction,
    Scenario,
    Workshop,
)
from assessments.scoring.bank import Bank

from .reading import Row, checked, day_if, known, moment, moment_if, reading, text, whole

LONGEST_CHECKSUM = 80
LEVELS = 5


def take_in(entry: Row, assessment: Assessment, bank: Bank, consultancies: Sequence[Consultancy]) -> Counter[str]:
    """How many of each kind were made; a file of the first format has none. Raises HandoverError."""
    questions = {row.key: row for row in Question.objects.filter(pillar__version=assessment.bank_version)}
    made: Counter[str] = Counter()
    with reading(_("The commentary on %(round)s") % {"round": assessment.name}):
        made["commentary"] = _commentary(entry.get("commentary", []), assessment, bank, consultancies)
    with reading(_("The roadmap of %(round)s") % {"round": assessment.name}):
        made["roadmap"] = _roadmap(entry.get("roadmap", []), assessment, bank)
    with reading(_("The scenarios of %(round)s") % {"round": assessment.name}):
        made["scenarios"] = _scenarios(entry.get("scenarios", []), assessment, bank)
    with reading(_("The workshop of %(round)s") % {"round": assessment.name}):
        made["agreed"] = _agreed(entry.get("agreed", []), assessment, bank, questions)
        made["votes"] = _workshop(entry.get("workshop"), assessment, bank, questions)
    return made


def targets(entries: Row, bank: Bank) -> dict[str, Any]:
    """As `Assessment.targets` keeps them: the next round takes them over. Raises ValueError, TypeError, KeyError."""
    pillars = {pillar.key for pillar in bank.pillars}
    return {known(key, pillars): _target(entry) for key, entry in entries.items()}


def _target(entry: Row) -> dict[str, Any]:
    level = entry["target"]
    if isinstance(level, bool) or not isinstance(level, int | float) or not 1 <= level <= LEVELS:
        raise ValueError(_("A target must be between 1 and %(most)d.") % {"most": LEVELS})
    words = {
        name: text(entry[name], AGREED_LIMIT) for name in ("reason", "approved_by", "approved_on") if name in entry
    }
    if words.get("approved_on"):
        day_if(words["approved_on"])
    return {"target": level, **words}


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


def _commentary(entries: list[Row], assessment: Assessment, bank: Bank, firms: Sequence[Consultancy]) -> int:
    pillars = {"", *(pillar.key for pillar in bank.pillars)}
    for entry in entries:
        words = text(entry["text"], COMMENTARY_LIMIT)
        if is_too_deep(words):
            raise ValueError(_("Lists can be nested up to three levels deep."))
        by = entry["consultancy"]
        row = Commentary(
            assessment=assessment,
            pillar=known(entry["pillar"], pillars),
            text=words,
            checksum=text(entry["of_result"], LONGEST_CHECKSUM),
            consultancy=None if by is None else firms[whole(by, 0, len(firms) - 1)],
            changed_at=moment(entry["changed_at"]),
        )
        checked(row, "assessment", "checksum", "consultancy", "written_by").save(force_insert=True)
    return len(entries)


def _roadmap(entries: list[Row], assessment: Assessment, bank: Bank) -> int:
    """In the order of the file. No action may wait for itself."""
    whole(len(entries), 0, MAX_ACTIONS)
    first = {place: [whole(n, 0, len(entries) - 1) for n in entry["requires"]] for place, entry in enumerate(entries)}
    try:
        graphlib.TopologicalSorter(first).prepare()
    except graphlib.CycleError as circle:
        raise ValueError(_("An action would depend on itself.")) from circle
    rows = [_action(entry, place, assessment, bank) for place, entry in enumerate(entries)]
    RoadmapAction.objects.bulk_create(rows)
    for place, needed in first.items():
        rows[place].requires.set([rows[number] for number in needed])
    return len(rows)


def _action(entry: Row, place: int, assessment: Assessment, bank: Bank) -> RoadmapAction:
    row = RoadmapAction(
        assessment=assessment,
        position=place,
        title=text(entry["title"], 300),
        question=known(entry["question"], {"", *bank.questions}),
        checksum=text(entry["of_result"], LONGEST_CHECKSUM),
        owner=text(entry["owner"], 150),
        due_on=day_if(entry["due_on"]),
        horizon=entry["horizon"],
        effort=entry["effort"],
        status=entry["status"],
        done_on=day_if(entry["done_on"]),
        created_at=moment(entry["created_at"]),
    )
    checked(row, "assessment", "checksum")
    if row.effort is not None and not 0 < row.effort <= MAX_EFFORT:
        raise ValueError(_("An effort must be between 0 and %(most)d person-months.") % {"most": MAX_EFFORT})
    return row


def _scenarios(entries: list[Row], assessment: Assessment, bank: Bank) -> int:
    for entry in entries:
        levels = {known(key, bank.questions): whole(level, 1, LEVELS) for key, level in entry["levels"].items()}
        row = Scenario(
            assessment=assessment,
            name=text(entry["name"], 120),
            levels=levels,
            checksum=text(entry["of_result"], LONGEST_CHECKSUM),
            created_at=moment(entry["created_at"]),
        )
        checked(row, "assessment", "name", "checksum", "created_by").save(force_insert=True)
    return len(entries)


def _agreed(entries: list[Row], assessment: Assessment, bank: Bank, questions: dict[str, Question]) -> int:
    for entry in entries:
        key = known(entry["question"], questions)
        row = AgreedAnswer(
            assessment=assessment,
            question=questions[key],
            **_said(entry, bank.questions[key].offered),
            earlier=[
                {**_said(before, range(1, LEVELS + 1)), "agreed_at": moment(before["agreed_at"]).isoformat()}
                for before in entry["earlier"]
            ],
            agreed_at=moment(entry["agreed_at"]),
        )
        checked(row, "assessment", "question", "earlier", "agreed_by").save(force_insert=True)
    return len(entries)


def _said(entry: Row, offered: Sequence[int]) -> dict[str, Any]:
    level = whole(entry["level"], 1, LEVELS)
    if level not in offered:
        raise ValueError(_("An agreed level is not one of the question’s levels."))
    return {
        "level": level,
        "reason": text(entry["reason"], AGREED_LIMIT),
        "dissent": text(entry["dissent"], AGREED_LIMIT),
        "revision": whole(entry["revision"], 1, 1_000_000),
    }


def _workshop(entry: Row | None, assessment: Assessment, bank: Bank, questions: dict[str, Question]) -> int:
    """The number of votes that were shown. Between two questions, whatever it was at."""
    if entry is None:
        return 0
    workshop = Workshop.objects.create(
        assessment=assessment,
        order=[known(key, bank.questions) for key in entry["order"]],
        started_at=moment(entry["started_at"]),
        ended_at=moment_if(entry["ended_at"]),
    )
    for votes in entry["votes"]:
        counts = [whole(count, 0, PEOPLE_PER_ASSESSMENT) for count in votes["counts"]]
        whole(len(counts), LEVELS, LEVELS)
        Asking.objects.create(
            workshop=workshop,
            question=questions[known(votes["question"], questions)],
            asked_at=moment(votes["asked_at"]),
            revealed_at=moment(votes["revealed_at"]),
            counts=counts,
            dont_know=whole(votes["dont_know"], 0, PEOPLE_PER_ASSESSMENT),
        )
    return len(entry["votes"])
