"""`seed_load`: the same invented organisations for the same seed, scored as if people had answered."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.formats.answers import load_answers
from assessments.formats.result import dump_result
from assessments.models import Answer, Assessment, Cohort, Organisation, PillarResult, Result
from assessments.results import answers_of, bank_of
from assessments.scoring.result import score


def seed(**options):
    out = StringIO()
    call_command("seed_load", stdout=out, **options)
    return out.getvalue()


def test_it_makes_a_cohort_to_look_at(version):
    said = seed(organisations=12, rounds=2, people=2)
    assert said.startswith("Organisations created: 12, with 24 assessments and 2688 answers, in ")
    assert Cohort.objects.published().get().n == 12
    assert (Assessment.objects.closed().count(), Answer.objects.count()) == (24, 24 * 2 * 56)
    assert PillarResult.objects.count() == 24 * 8


def test_the_frozen_result_is_that_of_its_answers(version):
    seed(organisations=1, people=3)
    assessment, bank = Assessment.objects.get(), bank_of(version)
    rows = answers_of(assessment, [person.submission for person in assessment.participants.all()])
    frozen = Result.objects.get()
    assert load_answers(frozen.answers, bank) == rows
    assert dump_result(score(bank, rows)) == frozen.result


def test_the_same_seed_makes_the_same_and_takes_up_what_is_missing(version):
    seed(organisations=3)
    indexes = set(Result.objects.values_list("index", flat=True))
    assert "created: 0," in seed(organisations=3)
    Organisation.objects.first().delete()
    assert "created: 1," in seed(organisations=3)
    assert set(Result.objects.values_list("index", flat=True)) == indexes
    assert "created: 3," in seed(organisations=3, seed=2)


def test_without_answers_and_without_consent(version):
    seed(organisations=12, no_answers=True, no_consent=True)
    assert (Answer.objects.count(), Cohort.objects.count(), Result.objects.count()) == (0, 0, 12)


@pytest.mark.django_db
def test_bad_numbers_are_a_sentence():
    with pytest.raises(CommandError, match="--rounds must be 1 or more"):
        seed(rounds=0)
