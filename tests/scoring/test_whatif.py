from dataclasses import replace

import pytest

from assessments.scoring.answers import Evidence
from assessments.scoring.whatif import supported_levels, what_if

from .small import answers, bank, only, pillar, question, scored


class TestSupportedLevel:
    def level(self, row, evidence, of=None):
        of = of or bank(pillar(count=len(row)))
        return supported_levels(of, answers(of, row, evidence=evidence))["p"]

    def test_everything_cited_is_the_level_itself(self):
        assert self.level("4444", {1: 2, 2: 2, 3: 3, 4: 2}) == 4

    def test_what_is_only_described_counts_as_missing(self):
        assert self.level("4444", {1: 2, 2: 2, 3: 1}) == 1  # a(2) = .5
        assert self.level("4444", {1: 2, 2: 2, 3: 2}) == 2  # a(2) = .75

    def test_coverage_is_not_asked_for(self):
        assert self.level("4444???", {1: 2, 2: 2, 3: 2, 4: 2}) == 2  # a(2) = 4/7

    def test_nothing_cited_is_level_1(self):
        assert self.level("5555", {}) == 1

    def test_nothing_applies(self):
        assert self.level("----", {}) is None

    def test_each_answer_needs_its_own_evidence(self):
        of = bank(pillar(count=1))
        given = answers(of, "5", "2", evidence={1: 1})
        second = replace(given.respondents[1], evidence={"q1": Evidence(2)})
        both = replace(given, respondents=(given.respondents[0], second))
        assert supported_levels(of, both)["p"] == 2

    def test_a_question_that_does_not_apply_stays_so(self):
        of = bank(pillar(count=2))
        given = answers(of, "35", "3-", "3-", evidence={1: 2, 2: 2})
        assert supported_levels(of, given)["p"] == 3


class TestWhatIf:
    def test_numbers_below_the_level_become_it(self):
        of = bank(pillar(count=2))
        found = only(what_if(of, answers(of, "13", "53"), {"q1": 4}))
        assert found.questions[0].mean == 4.5
        assert found.score == 3.75

    def test_a_missing_question_gets_it_once(self):
        of = bank(pillar(count=2))
        found = only(what_if(of, answers(of, "?3", "?3"), {"q1": 4}))
        assert (found.questions[0].n, found.questions[0].mean, found.questions[0].state) == (1, 4, "answered")
        assert found.questions[0].dont_know == 2
        assert (found.coverage, found.score) == (1.0, 3.5)

    def test_what_does_not_apply_stays_so(self):
        of = bank(pillar(count=2))
        assert only(what_if(of, answers(of, "-3"), {"q1": 4})).questions[0].state == "not_applicable"

    def test_a_level_that_is_not_offered_means_the_one_below(self):
        of = bank(pillar(questions=[question("q1", offered=(1, 3))]))
        assert only(what_if(of, answers(of, "1"), {"q1": 4})).score == 3

    def test_no_interval(self):
        of = bank()
        result = what_if(of, answers(of, "1234321", "2234332", "3224321"), {"q1": 4})
        found = only(result)
        assert (found.se, found.interval, found.gap_within_error, result.overall.interval) == (None,) * 4
        assert found.respondents == 3
        assert found.agreement.r_wg_star is not None

    def test_nothing_chosen_changes_no_score(self):
        of = bank()
        given = answers(of, "1234321")
        assert what_if(of, given, {}) == scored("1234321", of=of)

    def test_the_level_follows(self):
        of = bank(pillar(essential={1: 3}))
        given = answers(of, "2444444")
        assert only(what_if(of, given, {"q1": 4})).level == 4

    def test_an_unknown_question_is_an_error(self):
        with pytest.raises(KeyError):
            what_if(bank(), answers(bank(), "3333333"), {"elsewhere": 4})
