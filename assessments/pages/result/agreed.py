"""The agreed answers next to the individual ones: both results by pillar, then every agreed answer."""

from dataclasses import dataclass

from assessments.scoring.agreed import Agreed, AgreedLevel
from assessments.scoring.bank import Bank, Pillar
from assessments.scoring.figures import PillarResult, Result
from assessments.scoring.view import ResultView
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.numbers import optional
from assessments.wording.remarks import numbered


@dataclass(frozen=True)
class BothRow:
    """One pillar, or the organisation: individual figures, then those with agreed answers; None if missing."""

    name: str
    share: str  # `3 of 7` questions agreed on
    touched: bool  # whether any of its questions was agreed on
    score: str | None
    agreed_score: str | None
    level: str | None
    agreed_level: str | None

    @property
    def changes_level(self) -> bool:
        """Whether the level shown on both sides differs."""
        return self.level is not None and self.agreed_level not in (None, self.level)


@dataclass(frozen=True)
class AgreedRow:
    """One agreed answer; `mean` is the individual one, None if it may not be shown or nobody gave a number."""

    key: str
    pillar: str
    question: str
    mean: str | None
    level: str
    reason: str
    dissent: str


@dataclass(frozen=True)
class AgreedSection:
    """`title` is the finding, `note` explains the columns, `withheld` what is not shown and why."""

    title: str
    note: str
    rows: tuple[BothRow, ...]
    total: BothRow
    answers: tuple[AgreedRow, ...]
    withheld: str | None


def agreed_section(view: ResultView) -> AgreedSection | None:
    """The official individual result next to the one with the agreed answers; None if nothing was agreed."""
    bank, result, agreed = view.bank, view.result, view.agreed
    if agreed is None:
        return None
    after = {row.key: row for row in agreed.result.pillars}
    rows = tuple(_row(bank, pillar, view.rows[pillar.key], after[pillar.key], agreed) for pillar in bank.pillars)
    return AgreedSection(
        title=_title(bank, result, agreed, rows),
        note=note(len(agreed.answers)),
        rows=rows,
        total=_total(bank, result, agreed),
        answers=tuple(_answer(view, key, answer) for key, answer in agreed.answers.items()),
        withheld=withheld_sentence(bank, agreed),
    )


def _title(bank: Bank, result: Result, agreed: Agreed, rows: tuple[BothRow, ...]) -> str:
    """What the agreed answers change: the level, else the printed index, else the level of a pillar, else nothing."""
    before, after, count = result.overall, agreed.result.overall, len(agreed.answers)
    answers = ngettext("the agreed answer", "the %(count)s agreed answers", count) % {"count": numbers.in_words(count)}
    if before.index is None or after.index is None or agreed.without_index:
        text = ngettext("A workshop agreed on %(count)s question", "A workshop agreed on %(count)s questions", count)
        return text % {"count": numbers.in_words(count)}
    figures = [numbers.score(before.index), numbers.score(after.index)]
    if before.level is not None and after.level is not None and before.level != after.level:
        figures = [numbers.level(bank, before.level), numbers.level(bank, after.level)]
        text = _("%(before)s individually, %(after)s with %(answers)s")
    elif figures[0] != figures[1]:
        text = _("Index %(before)s individually, %(after)s with %(answers)s")
    elif moved := [row.name for row in rows if row.changes_level]:
        text = ngettext(
            "%(pillars)s changes level with %(answers)s, the organisation’s index and level stay",
            "%(pillars)s change level with %(answers)s, the organisation’s index and level stay",
            len(moved),
        ) % {"pillars": numbers.joined(moved), "answers": answers}
        return numbers.capitalised(text)
    else:
        text = _("The organisation’s index and level stay as they are with %(answers)s")
    return numbers.capitalised(text % {"before": figures[0], "after": figures[1], "answers": answers})


def note(count: int) -> str:
    """The explanation of the columns."""
    text = ngettext(
        "Individual figures come from what each person answered (official result). In the agreed "
        "figures, the level agreed in a workshop replaces the individual answers to %(count)s "
        "question; all other answers are unchanged.",
        "Individual figures come from what each person answered (official result). In the agreed "
        "figures, the level agreed in a workshop replaces the individual answers to %(count)s "
        "questions; all other answers are unchanged.",
        count,
    )
    return text % {"count": numbers.in_words(count)}


def withheld_sentence(bank: Bank, agreed: Agreed) -> str | None:
    """Which agreed figures are not shown, and why; None if all are shown."""
    if not agreed.without_index:
        return None
    names = [pillar.name for pillar in bank.pillars if pillar.key in agreed.withheld]
    return _(
        "Not shown with the agreed answers: %(what)s. It includes answers from fewer than three "
        "people to a question, and a second figure would reveal them."
    ) % {"what": numbers.joined([*names, _("the organisation")])}


def _row(bank: Bank, pillar: Pillar, before: PillarResult, after: PillarResult, agreed: Agreed) -> BothRow:
    count = sum(question.key in agreed.answers for question in pillar.questions)
    open_figures = pillar.key not in agreed.withheld
    return BothRow(
        name=pillar.name,
        share=_share(count, len(pillar.questions)),
        touched=count > 0,
        score=optional(numbers.score, before.score),
        agreed_score=optional(numbers.score, after.score) if open_figures else None,
        level=optional(bank.level_text, before.level),
        agreed_level=optional(bank.level_text, after.level) if open_figures else None,
    )


def _total(bank: Bank, result: Result, agreed: Agreed) -> BothRow:
    open_figures = not agreed.without_index
    return BothRow(
        name="",
        share=_share(len(agreed.answers), len(bank.questions)),
        touched=True,
        score=optional(numbers.score, result.overall.index),
        agreed_score=optional(numbers.score, agreed.result.overall.index) if open_figures else None,
        level=optional(bank.level_text, result.overall.level),
        agreed_level=optional(bank.level_text, agreed.result.overall.level) if open_figures else None,
    )


def _answer(view: ResultView, key: str, answer: AgreedLevel) -> AgreedRow:
    bank, mean = view.bank, view.questions[key].mean
    return AgreedRow(
        key=key,
        pillar=bank.pillar_of[key].name,
        question=bank.questions[key].text,
        mean=numbers.score(mean) if mean is not None and key in view.means else None,
        level=numbered(bank, bank.questions[key], answer.level),
        reason=answer.reason,
        dissent=answer.dissent,
    )


def _share(count: int, all_: int) -> str:
    return _("%(count)s of %(all)s") % {"count": count, "all": all_}
