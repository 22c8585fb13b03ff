"""How to read the figures: each with what it is, the same words on paper and in Word."""

from __future__ import annotations

from django.utils.translation import gettext as _


def glossary() -> tuple[tuple[str, str], ...]:
    """(name, meaning) in the active language, in the order of a report."""
    return (
        (
            _("Score"),
            _(
                "The weighted mean of the answers, from 1 to 5. The index is the weighted mean of the pillars’ scores. "
                "“Don’t know” and blank answers are never turned into a number."
            ),
        ),
        (
            _("Level"),
            _(
                "A claim with gates: more than half of the answers at that level, more than 85%% at each level below, "
                "every essential question there, and at most two levels above the lowest answer. An organisation is at "
                "most one level above its lowest pillar. Adapted from the rating of process assessment in ISO/IEC "
                "33020; no conformity is claimed."
            )
            % {},
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
                "never changes a score. Levels 4 and 5 are called self-declared without it."
            ),
        ),
        (_("Gain"), _("Points of the index, from 0 to 100, if the question reached its target.")),
    )


def limits() -> str:
    """What the figures cannot tell."""
    return _(
        "The thresholds are reasoned defaults, not validated norms. People may rate their own work "
        "generously; compare with the evidence and with each other’s answers. A question’s mean is "
        "shown once three people have answered and its distribution once five have, so that no one "
        "can be singled out."
    )
