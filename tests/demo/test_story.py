"""What the files of the demonstration say, by the product's own rules."""

import json

import pytest

from assessments.demo.story import BANK, BANKS, FOLDER, read_story
from assessments.formats.answers import read_one
from assessments.formats.bank import read_bank
from assessments.scoring.agreed import most_disagreement_first, score_agreed
from assessments.scoring.change import compare
from assessments.scoring.result import score

CLOSED = ("northfield-2026-q2", "northfield-2026-q4", "lakeside-2026-q1", "lakeside-2026-q3")


@pytest.fixture(scope="module")
def bank():
    return read_bank(BANK)


def answers_in(name, bank):
    return read_one(FOLDER / f"{name}.json", bank)


def figures(name, bank):
    return score(bank, answers_in(name, bank))


def pillars(result):
    return {pillar.key: pillar for pillar in result.pillars}


@pytest.mark.parametrize("name", CLOSED)
def test_every_closed_assessment_has_an_index_and_a_level(name, bank):
    result = figures(name, bank)
    assert result.overall.reason is None
    assert {pillar.status for pillar in result.pillars} == {"rated"}


def test_northfield_is_strong_on_vision_and_held_back_by_infrastructure(bank):
    result = figures("northfield-2026-q4", bank)
    by_score = sorted(result.pillars, key=lambda pillar: pillar.score)
    assert (by_score[0].key, by_score[-1].key) == ("infrastructure", "vision")
    assert by_score[0].score < 2.1 and by_score[-1].score > 3.7
    assert pillars(result)["infrastructure"].level == 1
    assert result.overall.level == 2  # one above the lowest pillar: the others alone would carry it to 3
    assert sum(pillar.level >= 3 for pillar in result.pillars) == 5


def test_northfield_knows_least_about_its_infrastructure(bank):
    rates = {key: pillar.dont_know_rate for key, pillar in pillars(figures("northfield-2026-q4", bank)).items()}
    assert max(rates, key=rates.get) == "infrastructure"


def test_northfield_disagrees_about_essentials(bank):
    flagged = {q for pillar in figures("northfield-2026-q4", bank).pillars for q in pillar.agreement.flagged}
    essential = {q.key for q in bank.questions.values() if q.essential_at}
    assert {"infrastructure-data", "change-why", "talent-literacy"} <= flagged & essential
    bands = {pillar.agreement.band for pillar in figures("northfield-2026-q4", bank).pillars}
    assert bands == {"weak", "moderate", "strong"}


def test_some_pillars_of_northfield_really_changed_and_some_did_not(bank):
    before, after = answers_in("northfield-2026-q2", bank), answers_in("northfield-2026-q4", bank)
    real = {change.key: change.real for change in compare(bank, before, bank, after).pillars}
    assert {key for key, it_is in real.items() if it_is} == {"culture", "ethics", "alignment", "change"}


def test_lakeside_is_even_and_shallow_and_stands_still(bank):
    before, after = answers_in("lakeside-2026-q1", bank), answers_in("lakeside-2026-q3", bank)
    result = score(bank, after)
    assert all(1.9 < pillar.score < 2.65 for pillar in result.pillars)
    assert result.overall.level == 2
    assert not any(change.real for change in compare(bank, before, bank, after).pillars)


def test_the_second_version_is_compared_with_nothing_before_it(bank):
    """Lakeside's third assessment is on the version that is published last."""
    (lakeside,) = (client for client in read_story().clients if client.name == "Lakeside")
    before, after = lakeside.assessments[-2:]
    second = read_bank(BANKS[-1])
    assert (before.bank_version, after.bank_version) == (bank.version, second.version)
    compared = compare(bank, read_one(before.file, bank), second, read_one(after.file, second))
    assert (compared.overall.common_weight, compared.overall.changed) == (0.0, ())
    assert score(second, read_one(after.file, second)).overall.level == 2


def test_story_and_files_agree(bank):
    banks = {bank.version: bank, "2.1.0": read_bank(BANKS[-1])}
    for client in read_story().clients:
        for entry in client.assessments:
            answers = read_one(entry.file, banks[entry.bank_version])
            assert answers.invited == len(entry.invited)
            assert {r.id for r in answers.respondents} <= set(entry.invited)
            assert set(answers.targets) == set(entry.reasons)
            assert {r.id: r.role for r in answers.respondents}.items() <= {
                p.id: p.function for p in client.people
            }.items()


def test_only_a_lead_says_that_evidence_was_checked(bank):
    for client in read_story().clients:
        for entry in client.assessments:
            for respondent in read_one(entry.file, bank).respondents:
                grades = {evidence.grade for evidence in respondent.evidence.values()}
                assert 3 not in grades or respondent.id == client.lead


def test_people_have_much_to_say():
    comments = [
        comment
        for file in FOLDER.glob("*-[0-9]*.json")
        for respondent in json.loads(file.read_text("utf-8"))["respondents"]
        for comment in respondent.get("comments", {}).values()
    ]
    assert len(comments) >= 45
    assert len(set(comments)) == len(comments)


def test_northfield_agreed_in_a_workshop_on_questions_that_divide_it(bank):
    """What a newcomer sees of a workshop: questions among the most disputed, each with a reason, some with dissent."""
    (held,) = [entry for client in read_story().clients for entry in client.assessments if entry.agreed]
    answers = read_one(held.file, bank)
    order = most_disagreement_first(bank, answers, bank.questions)
    assert {entry.question for entry in held.agreed} <= set(order[:8])
    assert all(entry.reason for entry in held.agreed)
    assert any(entry.dissent for entry in held.agreed)
    levels = {entry.question: entry.level for entry in held.agreed}
    assert score_agreed(bank, answers, levels).overall.index != score(bank, answers).overall.index
