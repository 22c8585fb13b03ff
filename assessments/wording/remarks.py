"""Short texts next to a figure: the gap to the target, why a figure is missing, names of pillars and questions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate

from django.utils.functional import Promise

from assessments.scoring.bank import Bank, Gate, Question, Scale
from assessments.scoring.figures import Band, PillarResult, ShapedPillarResult
from assessments.scoring.minimum_respondents import CONFIDENTIAL, LevelCounts
from assessments.scoring.suppression import WITHHELD
from assessments.sentences import gettext as _, gettext_lazy, ngettext
from assessments.wording import numbers

MIN_FOR_INTERVAL = 3
FEWEST = CONFIDENTIAL["question"]  # people behind a figure that may be shown

EVIDENCE: tuple[Promise, ...] = (
    gettext_lazy("Asserted"),
    gettext_lazy("Described"),
    gettext_lazy("Document"),
    gettext_lazy("Checked"),
)
BANDS: Mapping[Band, Promise] = {
    "weak": gettext_lazy("weak"),
    "moderate": gettext_lazy("moderate"),
    "strong": gettext_lazy("strong"),
}
MAX_UNTARGETED = 3  # with more pillars without a target, their number is given instead of their names


def remark(bank: Bank, pillar: PillarResult, *, few_people: bool, targeted: bool = False) -> str:
    """The most important remark on a score.

    `few_people`: the whole assessment has one or two respondents, which the page says once instead of in each row.
    `targeted`: pillars have targets, and what is said is the distance to them; otherwise it is the level.
    """
    if pillar.status == WITHHELD:
        enough = pillar.respondents >= FEWEST
        return _("level not shown: it could reveal answers") if enough else _("level not shown: too few people")
    if pillar.status == "provisional" and pillar.coverage is not None:
        return _("%(share)s answered: no level") % {"share": numbers.coverage(pillar.coverage)}
    if pillar.level is None and pillar.na_share is not None:
        return _("%(share)s not applicable: no level") % {"share": numbers.percent(pillar.na_share)}
    if not few_people and pillar.respondents < MIN_FOR_INTERVAL:
        return _("one person’s view") if pillar.respondents == 1 else _("two views, no interval")
    if pillar.target is None:
        reached = level_shown(bank, pillar)
        return "" if targeted or reached is None else _("level\u00a0%(number)s") % {"number": reached}
    return gap(pillar)


def gap(pillar: PillarResult) -> str:
    """`0.6 to target`, `0.2, no clear gap`, `target met`; "" without a target."""
    if pillar.gap is None or pillar.target is None:
        return ""
    if pillar.gap <= 0:
        return _("target met")
    shown = shown_gap(pillar)
    distance = numbers.score(shown) if shown > 0 else numbers.under(0.1)
    if pillar.gap_within_error:
        return _("%(gap)s, no clear gap") % {"gap": distance}
    return _("%(gap)s to target") % {"gap": distance}


def shown_gap(pillar: PillarResult) -> float:
    """The gap between the score and its target as printed; 0 without one."""
    if pillar.score is None or pillar.gap is None:
        return 0.0
    return numbers.apart(pillar.score, pillar.score + pillar.gap)


def is_clear_gap(pillar: PillarResult) -> bool:
    """Whether the gap to an explicit target exceeds its error."""
    return pillar.target is not None and (pillar.gap or 0) > 0 and pillar.gap_within_error is False


def absence(pillar: PillarResult) -> str:
    """Why a pillar has no score, and the bounds of the missing score."""
    if pillar.status == WITHHELD:
        return short_absence(pillar)
    if pillar.status == "not_applicable":
        return _("No score: every question was set aside as not applicable")
    if pillar.status == "unscored":
        return _("No score: its questions carry no weight")
    if not pillar.coverage or pillar.bounds is None:
        return _("No score: no question has an answer on the scale")
    low, high = pillar.bounds
    return _("No score: %(share)s answered, half is needed. It would lie between %(low)s and %(high)s") % {
        "share": numbers.coverage(pillar.coverage),
        "low": numbers.score(low),
        "high": numbers.score(high),
    }


def short_absence(pillar: PillarResult) -> str:
    """The same, short enough for a table cell or a legend."""
    if pillar.status == WITHHELD:
        return hidden_because(pillar.respondents)
    if pillar.status == "not_applicable":
        return _("Not applicable, so no score")
    if pillar.status == "unscored":
        return _("Not weighted, so no score")
    return _("%(share)s answered, so no score") % {"share": numbers.coverage(pillar.coverage or 0)}


def group_absence(pillars: Iterable[PillarResult]) -> str:
    """Why a group has no score."""
    withheld = [row for row in pillars if row.status == WITHHELD]
    if withheld:
        return hidden_because(min(row.respondents for row in withheld))
    return _("No score: too few of its pillars have one")


def level_shown(bank: Bank, pillar: PillarResult) -> str | None:
    """A pillar's level as the bank counts it; `2+` if a higher stage has been started."""
    if pillar.level is None:
        return None
    more = "+" if isinstance(pillar, ShapedPillarResult) and pillar.above else ""
    return f"{bank.level_number(pillar.level)}{more}"


def hidden_because(people: int) -> str:
    """Why a figure with `people` behind it is not shown: there are too few, or it would help to derive another one."""
    if people < FEWEST:
        return _("Not shown: too few people answered")
    return _("Not shown: it could reveal individual answers")


def interval_title(
    pillar: PillarResult, scale: Scale, previous: float | None = None, peers: float | None = None
) -> str:
    """The alternative text of the strip: what is drawn but not printed next to it."""
    parts = []
    if pillar.interval is not None:
        low, high = pillar.interval
        params = {"low": numbers.score(low), "high": numbers.score(high)}
        parts.append(_("90%% interval %(low)s to %(high)s") % params)
    if pillar.target is not None:
        parts.append(_("target %(target)s") % {"target": numbers.score(pillar.target)})
    if previous is not None:
        parts.append(_("previous round %(score)s") % {"score": numbers.score(previous)})
    if peers is not None:
        parts.append(_("benchmark median %(score)s") % {"score": numbers.score(peers)})
    return numbers.capitalised(", ".join(parts)) or _("Score on an axis from %(scale)s") % {
        "scale": numbers.ends(scale)
    }


MAX_NAMED, NAMED_OF_MANY = 8, 4  # readers skip a sentence that names more


def quoted(question: Question) -> str:
    """A question's short name, or its text if it has none, in quotation marks: “Accountability”."""
    return _("“%(name)s”") % {"name": question.short or question.text}


def following(bank: Bank, pillar: PillarResult) -> int:
    """The level after a pillar's: by stages the next that has a question in it."""
    upwards: Sequence[int] = range((pillar.level or 0) + 1, len(bank.levels) + 1)
    if bank.gate.by == "stages":
        upwards = [level for level in upwards if pillar.attained.get(level) is not None] or upwards
    return next(iter(upwards), len(bank.levels))


def claimed_levels(bank: Bank) -> str:
    """The levels that need evidence: `level 4 or 5`, `level 2`, `level 3 or above`."""
    first, last = bank.claimed_from, len(bank.levels)
    if first == last:
        return numbers.level(bank, last)
    if last == first + 1:
        return _("%(level)s or %(last)s") % {"level": numbers.level(bank, first), "last": bank.level_number(last)}
    return _("%(level)s or above") % {"level": numbers.level(bank, first)}


def thresholds(bank: Bank) -> str:
    """Where the thresholds come from."""
    if bank.gate == Gate():
        return _("The thresholds are reasoned defaults, not validated norms.")
    return _(
        "The question bank sets the thresholds of its levels; the other thresholds are reasoned defaults. None are "
        "validated norms."
    )


def median_answer(counts: LevelCounts) -> int:
    """The lower of the middle answers."""
    below = [*accumulate(counts)]
    return next(answer for answer, people in enumerate(below, start=1) if 2 * people >= below[-1])


def answered(bank: Bank, question: Question, answer: int) -> str:
    """An answer in words: `level 2` of an anchor, the quoted text of one of an answer set."""
    if question.choices is None:
        return numbers.level(bank, answer)
    return _("“%(name)s”") % {"name": question.choices.choices[answer - 1].text}


def answer_number(bank: Bank, question: Question, answer: int) -> str:
    """The number under a column: of an anchor that of its level, of an answer set the place in it."""
    return bank.level_text(answer) if question.choices is None else str(answer)


def answer_name(bank: Bank, question: Question, answer: int) -> str:
    """What an answer is called: the name of the level of an anchor, the text of one of an answer set."""
    return bank.levels[answer - 1].name if question.choices is None else question.choices.choices[answer - 1].text


def descriptor(bank: Bank, question: Question, answer: int) -> str | None:
    """What an anchor says, unless its level is called the same; an answer of an answer set is its own text."""
    text = None if question.choices else question.texts[answer - 1]
    return None if text == answer_name(bank, question, answer) else text


def numbered(bank: Bank, question: Question, answer: int) -> str:
    """`2 Emerging`; one of an answer set has no number."""
    name = answer_name(bank, question, answer)
    if question.choices is not None or bank.names_count:
        return name
    return f"{bank.level_number(answer)} {name}"


def with_level(bank: Bank, question: Question, answer: int) -> str:
    """`level 2, Emerging`; the quoted text of one of an answer set."""
    return answered(bank, question, answer) if question.choices else level_named(bank, answer)


def level_named(bank: Bank, level: int) -> str:
    """`level 2, Emerging`; a name with the number in it needs no second one: `Stage 2`."""
    name = bank.levels[level - 1].name
    return name if bank.names_count else numbers.listed([numbers.level(bank, level), name])


def pillar_names(bank: Bank, keys: Iterable[str]) -> str:
    """`Ethics and Talent`, in bank order; of more than eight, the first four and the number of others."""
    wanted = set(keys)
    names = [pillar.name for pillar in bank.pillars if pillar.key in wanted]
    if len(names) <= MAX_NAMED:
        return numbers.joined(names)
    others = _("%(n)d others") % {"n": len(names) - NAMED_OF_MANY}
    return numbers.joined([*names[:NAMED_OF_MANY], others])


def interviews(recorded: int, unconfirmed: int, roles: Collection[str]) -> str | None:
    """How many were interviewed, by whom (`lead`, `consultant`), and how many are not confirmed; None if none."""
    if not recorded:
        return None
    words = ngettext("%(n)d recorded in an interview", "%(n)d recorded in interviews", recorded) % {"n": recorded}
    if by := _by(roles):
        words = f"{words} {by}"
    if not unconfirmed:
        return _("%(said)s, confirmed") % {"said": words}
    return _("%(said)s, %(n)d not confirmed") % {"said": words, "n": unconfirmed}


def practised(people: int) -> str | None:
    """How many had practised on examples before they answered; None if nobody had."""
    if not people:
        return None
    text = ngettext(
        "%(n)d person practised on examples before answering.",
        "%(n)d people practised on examples before answering.",
        people,
    )
    return text % {"n": people}


def _by(roles: Collection[str]) -> str | None:
    if len(roles) > 1:
        return _("by a lead and a consultant")
    return {"lead": _("by a lead"), "consultant": _("by a consultant")}.get("".join(roles))
