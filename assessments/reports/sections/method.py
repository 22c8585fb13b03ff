"""How to read the figures, their limits, and what a report is based on."""

from collections.abc import Sequence

from django.utils.formats import date_format

from assessments.markdown import direction_of
from assessments.reports.blocks import RIGHT, Block, Cell, Column, Heading, Section, Styled, Table, Text
from assessments.reports.report import Report
from assessments.reports.sections.change import incomparable
from assessments.results import Brand
from assessments.scoring.bank import Bank
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers
from assessments.wording.credit import credits, named
from assessments.wording.remarks import claimed_levels, interviews, practised, thresholds

type Fact = tuple[str, Cell]


def method(report: Report, about_file: Sequence[Fact] = ()) -> Section:
    """Method and limits; `about_file` are facts about the file itself."""
    claim = _(
        "These figures show how the people who answered see their organisation. No one has checked them unless the "
        "evidence says so."
    )
    levels = [
        (f"{number} {level.name}", level.summary)
        for number, level in enumerate(report.bank.levels[: report.bank.highest], start=1)
    ]
    blocks = (
        Text(claim),
        *_glossary(_("How to read the figures"), glossary(report.bank)),
        *(_glossary(_("The levels"), levels) if any(meaning for _name, meaning in levels) else ()),
        *(Heading(_("Limits"), RIGHT), Text(limits(report.bank))),
        *_glossary(_("What this report is based on"), [*_basis(report), *about_file]),
        *_small_print(report.brand),
    )
    return Section("method", _("Method and limits"), _("A self-assessment, not an audit"), blocks)


def _glossary(name: str, rows: Sequence[Fact]) -> tuple[Block, ...]:
    columns = (Column("name", "", 38), Column("meaning", "", 132))
    return Heading(name), Table("glossary", name, columns, tuple(rows), look="glossary")


def _basis(report: Report) -> list[Fact]:
    bank, result, recorded = report.bank, report.result, interviews(*report.interviews)
    answered = numbers.answered_of(result.answered, result.invited)
    day = date_format(report.scored_on, "DATE_FORMAT")
    facts: list[Fact] = [
        (_("Answers"), _("%(answered)s, scored on %(day)s") % {"answered": answered, "day": day}),
        (_("Interviews"), recorded),
        (_("Examples"), practised(report.calibrated)),
        (_("Question bank"), _("%(bank)s, method %(method)s") % {"bank": named(bank), "method": result.engine}),
        *credits(bank),
        (_("Since last time"), incomparable(report.since)),
        (_("Checksum of the bank"), result.bank_checksum and Styled(result.bank_checksum, "code")),
        (_("Checksum of the result"), Styled(report.checksum, "code")),
    ]
    return [fact for fact in facts if fact[1]]


def _small_print(brand: Brand | None) -> list[Block]:
    """Disclaimer and imprint, each in its own text direction."""
    if brand is None:
        return []
    texts = {_("Disclaimer"): brand.disclaimer, _("Imprint"): brand.imprint}
    blocks = [(Heading(name), Text(text, "small-print", direction_of(text))) for name, text in texts.items() if text]
    return [block for pair in blocks for block in pair]


def glossary(bank: Bank) -> tuple[tuple[str, str], ...]:
    """(name, meaning) in the active language, in the order of a report."""
    return (
        (
            _("Score"),
            _(
                "The weighted mean of the answers, %(scale)s. The index is the weighted mean of the scores of %(parts)s. "
                "“Don’t know” and blank answers are never turned into a number."
            )
            % {
                "scale": numbers.ends(bank.scale),
                "parts": _("the groups") if bank.index_of == "groups" else _("the pillars"),
            },
        ),
        (
            _("Level"),
            _level(bank),
        ),
        (
            _("90%% interval") % {},
            _(
                "How much a score would differ if other people in the organisation had answered, computed by "
                "leaving out one person at a time. It needs three people."
            ),
        ),
        (_("Bounds"), _("The score if every missing answer were the lowest, or the highest.")),
        (
            _("Coverage"),
            _("The share of the questions that apply and were answered. A score needs half of them, a level 80%%.")
            % {},
        ),
        (
            _("Weights ±25%%") % {},
            _("Between which values the index lies if each pillar counted up to a quarter more or less."),
        ),
        (
            _("Agreement"),
            _("r*wg, from the spread of the answers to each question. 0.50 and less is weak, 0.71 and more strong."),
        ),
        (
            _("Evidence"),
            _(
                "The best backing of an answer: asserted, described, a document, or checked by a second person. It "
                "never changes a score. Without it, %(levels)s is called self-declared."
            )
            % {"levels": claimed_levels(bank)},
        ),
        (
            _("Gain"),
            _("How much the index, %(scale)s, would rise if the question reached its target.")
            % {"scale": numbers.ends(bank.scale)},
        ),
    )


def _level(bank: Bank) -> str:
    """How this bank's levels are reached."""
    gate = bank.gate
    if gate.by == "stages":
        return _(
            "A claim with gates: the questions of its stage and of every stage below reach at least %(hold)s of their "
            "highest answers, and every essential question is there. “+” means that a higher stage has been started."
        ) % {"hold": numbers.percent(gate.hold)}
    text = _(
        "A claim with gates: more than %(reach)s of the answers at that level, more than %(hold)s at each level below, "
        "and every essential question there."
    ) % {"reach": numbers.percent(gate.reach), "hold": numbers.percent(gate.hold)}
    limits = [text]
    if gate.cap is not None:
        limits.append(_("It is at most %(cap)s above that of the lowest answer.") % {"cap": _levels(gate.cap)})
    if gate.spread is not None:
        limits.append(
            _("An organisation is at most %(spread)s above its lowest pillar.") % {"spread": _levels(gate.spread)}
        )
    origin = _("Adapted from the rating of process assessment in ISO/IEC 33020; no conformity is claimed.")
    return " ".join([*limits, origin])


def _levels(count: int) -> str:
    return ngettext("%(n)d level", "%(n)d levels", count) % {"n": count}


def limits(bank: Bank) -> str:
    """The limits of the figures."""
    known = _(
        "People rate their own work about a third of a standard "
        "deviation too high; compare with the evidence and with each other’s answers. How well assessors agree is known "
        "for published instruments (κ above .62 is the least to aim for) and, for the bank of this product, from readers "
        "of invented cases, not from executives of one organisation. A question’s mean is "
        "shown once three people have answered and its distribution once five have, so that no one "
        "can be singled out."
    )
    return f"{thresholds(bank)} {known}"
