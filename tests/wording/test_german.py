"""The same sentences in German: grammatical for every filler, whatever its gender and number."""

from dataclasses import replace

import pytest
from django.utils import translation

from assessments.charts.ladder import held_back
from assessments.scoring.change import Comparison
from assessments.scoring.figures import Blocker
from assessments.wording import compare
from assessments.wording.change import change_title
from assessments.wording.findings import finding, lead
from assessments.wording.next_steps import blocker_reason, moves_title, people_at, why
from assessments.wording.numbers import answered_of, joined, percent
from assessments.wording.pillars import pillar_titles
from assessments.wording.titles import agreement_note, agreement_title, gaps_title
from tests.charts import northfield

BANK = northfield.bank()


@pytest.fixture(autouse=True)
def german():
    with translation.override("de"):
        yield


def plain(text):
    return text.replace("\u00a0", " ")


def test_finding():
    result = northfield.result()
    assert plain(finding(northfield.view(result))) == (
        "Das Feld Ethics hält Northfield auf Stufe 2; ohne dieses wäre Stufe 3 erreicht"
    )
    assert plain(lead(northfield.view(result))) == (
        "Bei „Accountability“ gehen die Meinungen auseinander. "
        "Sobald das Feld Ethics auf Stufe 2 steht, steht die ganze Organisation auf Stufe 3."
    )
    assert held_back(northfield.view(result)) == "Aufgehalten durch Ethics"


def test_nobody_has_answered():
    nothing = replace(northfield.result(), answered=0, overall=replace(northfield.result().overall, level=None))
    assert finding(northfield.view(nothing)) == "Northfield hat kein Ergebnis: Niemand hat geantwortet"


def test_pillar_titles():
    titles = pillar_titles(northfield.view())
    assert plain(titles["ethics"]) == "Das Feld Ethics bleibt auf Stufe 1, bis „Accountability“ Stufe 2 erreicht"
    assert plain(titles["talent"]) == "Wird „Funding“ verbessert, erreicht das Feld Talent Stufe 3"
    assert titles["partnerships"] == "Keine Frage im Feld Partnerships trifft zu"


@pytest.mark.parametrize(
    "number, because, told, words",
    [
        (0, "essential", None, "Erforderlich für Stufe 2; die mittlere Antwort ist Stufe 1"),
        (0, "essential", northfield.NOTHING, "Erforderlich für Stufe 2; nicht erfüllt"),
        (1, "cap", northfield.NOTHING, "Ein Feld steht höchstens zwei Stufen über seiner niedrigsten Antwort"),
        (1, "below", None, "1 von 6 Personen ist auf Stufe 2 oder höher"),
        (2, "below", None, "2 von 6 Personen sind auf Stufe 2 oder höher"),
        (1, "below", northfield.NOTHING, "Zu wenige Antworten auf Stufe 2 oder höher"),
    ],
)
def test_blockers(number, because, told, words):
    ethics = northfield.result().pillars[3]
    key = ethics.questions[number].key
    assert plain(blocker_reason(northfield.view(told=told), ethics, Blocker(key, because))) == words


def test_nobody_is_a_word():
    assert (
        plain(people_at(BANK, BANK.pillars[0].questions[0], (6, 0, 0, 0, 0), 2)) == "Niemand ist auf Stufe 2 oder höher"
    )


def test_moves():
    result = northfield.result()
    assert moves_title(BANK, result.priorities[:5]) == (
        "Fünf Schritte, auf die es ankommt; die ersten drei im Feld Ethics"
    )
    assert plain(why(northfield.view(), result.pillars[3], result.priorities[0])) == (
        "Ethics. Uneinigkeit (Antworten von Stufe 1 bis Stufe 4): zuerst den Sachverhalt klären"
    )


def test_sections():
    result = northfield.result()
    assert (
        gaps_title(northfield.view())
        == "Das Feld Ethics liegt 1,4 unter seinem Ziel; kein anderer Abstand reicht heran"
    )
    assert agreement_title(northfield.view()) == "Bei Infrastructure und Change gehen die Meinungen auseinander"
    assert agreement_note(replace(result, answered=1)) == (
        "Übereinstimmung braucht mindestens drei Personen; eine hat geantwortet."
    )
    assert agreement_note(replace(result, answered=2)).endswith("; zwei haben geantwortet.")


@pytest.mark.parametrize(
    "risen, fallen, words",
    [
        (["Partnerschaften"], ["Kultur"], "Der Wert stieg bei Partnerschaften und fiel bei Kultur"),
        (["Kultur"] * 3, [], "Der Wert stieg bei drei Feldern"),
        ([], ["Kultur"] * 4, "Der Wert fiel bei jedem Feld"),
    ],
)
def test_what_moved_between_assessments(risen, fallen, words):
    assert compare._moved(risen, fallen, 4) == words


def test_nothing_shared():
    nothing = Comparison(overall=None, pillars=())
    assert change_title(BANK, nothing) == "Die beiden Assessments haben zu wenige gemeinsame Fragen für einen Vergleich"


def test_numbers():
    assert joined(["Ethik", "Kultur", "Wandel"]) == "Ethik, Kultur und Wandel"
    assert percent(0.86) == "86\u00a0%"
    assert answered_of(6, 8) == "Antworten von 6 der 8 Eingeladenen"
    assert answered_of(1, 8) == "Antworten von 1 der 8 Eingeladenen"
