"""Whose bank it is: said in one way wherever the bank or a result of it is shown."""

from dataclasses import replace

import pytest

from assessments.scoring.bank import Bank
from assessments.wording.credit import credit, credits, is_share_alike

AIMA = Bank(
    "aima",
    "1.0.0",
    "AI maturity",
    (),
    (),
    source="OWASP",
    licence="CC BY-SA 4.0",
    attribution="OWASP AIMA 1.0, CC BY-SA 4.0",
)


def test_line_names_source_licence_attribution_and_share_alike():
    assert credit(AIMA) == (
        "Question bank: AI maturity 1.0.0. Source: OWASP. Licence: CC BY-SA 4.0. Attribution: OWASP AIMA 1.0, CC BY-SA 4.0. "
        "Share-alike: Whoever passes on these texts, changed or not, has to do so under the same licence."
    )


def test_what_is_not_known_is_left_out():
    bank = replace(AIMA, source=None, licence=None, attribution=None)
    assert credits(bank) == ()
    assert credit(bank) == "Question bank: AI maturity 1.0.0."


@pytest.mark.parametrize(
    ("licence", "expected"),
    [("CC BY-SA 4.0", True), ("CC-BY-NC-SA-4.0", True), ("Share-alike", True), ("CC-BY-4.0", False), ("NASA", False)],
)
def test_share_alike_is_read_off_the_licence(licence, expected):
    assert is_share_alike(replace(AIMA, licence=licence)) is expected
