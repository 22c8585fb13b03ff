"""Attacks on a confidential assessment by whoever runs it: figures that are each harmless give no answer away together."""

import io
import json
import zipfile

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from assessments import results
from assessments.actions import assessments
from assessments.models import (
    Answer,
    Assessment,
    Membership,
    NextStep,
    Participant,
    Question,
    RoadmapAction,
    Submission,
    User,
)
from assessments.privacy import result_erasure
from assessments.reports.files import file_of
from tests.mailbox import browser_of
from tests.views.test_results import LEVELS, answered, finished


@pytest.fixture
def lead(alice):
    return browser_of(alice)


def recorded(assessment, by, people, *, confirmed=False):
    """Interviews of people whom the lead has invented, all at level 3."""
    for number in range(people):
        user, _new = User.objects.get_or_create(email=f"invented{number}@northfield.example", name=f"Invented {number}")
        person = assessments.add_participant(assessment=assessment, user=user, function="other", by=by)
        submission = Submission.objects.create(
            participant=person,
            state=Submission.State.SUBMITTED,
            mode=Submission.Mode.INTERVIEW,
            recorded_by=by,
            submitted_at=timezone.now(),
            confirmed_at=timezone.now() if confirmed else None,
        )
        questions = Question.objects.filter(pillar__version=assessment.bank_version)
        Answer.objects.bulk_create(Answer(submission=submission, question=q, level=3) for q in questions)


def shown_to(reader, assessment):
    return results.assessment_result(Assessment.objects.get(pk=assessment.pk), reader=reader, may_read_comments=True)


class TestInventedInterviews:
    """The lead records interviews for invented people and subtracts them: 56 of 56 answers of the one real person."""

    @pytest.mark.parametrize("confirmed", [False, True])
    def test_no_mean_and_no_distribution_stand_on_interviews_of_the_readers_own(self, assessment, alice, confirmed):
        answered(assessment, 1)
        recorded(assessment, alice, 5, confirmed=confirmed)
        Answer.objects.filter(question__key="vision-value").update(comment="A comment")
        finished(assessment, alice)
        shown = shown_to(alice, assessment)
        assert (shown.means, shown.counts, shown.functions, shown.comments) == (frozenset(), {}, {}, {})
        tables = json.loads(file_of(shown, "json", wait=0))["tables"]
        assert {row["mean"] for row in tables["questions"]} == {None}
        assert {row["middle"] for row in tables["questions"]} == {None}

    def test_who_confirmed_by_signing_in_counts_for_other_readers(self, assessment, alice, bob):
        answered(assessment, 1)
        recorded(assessment, alice, 5, confirmed=True)
        Membership.objects.filter(user=bob).update(role=Membership.Role.LEAD)
        finished(assessment, alice)
        assert len(shown_to(bob, assessment).counts) == 56
        assert shown_to(alice, assessment).counts == {}

    def test_who_has_not_confirmed_counts_for_nobody(self, assessment, alice, bob):
        answered(assessment, 2)
        recorded(assessment, alice, 5)
        finished(assessment, alice)
        assert shown_to(bob, assessment).means == frozenset()

    def test_confirming_after_the_close_opens_nothing(self, assessment, alice, bob):
        answered(assessment, 2)
        recorded(assessment, alice, 5)
        finished(assessment, alice)
        Submission.objects.filter(mode=Submission.Mode.INTERVIEW).update(confirmed_at=timezone.now())
        assert shown_to(bob, assessment).means == frozenset()

    def test_three_real_people_beside_interviews_show_their_means(self, assessment, alice):
        answered(assessment, 3)
        recorded(assessment, alice, 2)
        finished(assessment, alice)
        shown = shown_to(alice, assessment)
        assert shown.means
        assert shown.counts == {}

    def test_the_page_before_closing_says_who_counts(self, assessment, alice, lead):
        answered(assessment, 2)
        recorded(assessment, alice, 4)
        page = lead.get(f"/assessments/{assessment.pk}/close/").content.decode()
        assert "2 of these submissions count towards the limits" in page
        assert "Individual questions show no mean" in page

    def test_a_page_that_was_drawn_for_another_reader_is_not_served_again(self, assessment, alice, bob, lead):
        answered(assessment, 1)
        recorded(assessment, alice, 5, confirmed=True)
        Membership.objects.filter(user=bob).update(role=Membership.Role.LEAD)
        address = finished(assessment, alice)
        assert "4 people" not in browser_of(bob).get(address).content.decode()
        assert 'class="chart spread"' not in lead.get(address).content.decode()


def steps_of(keys):
    """Every next step that the bank knows for these questions: each belongs to one level."""
    return set(NextStep.objects.filter(question__key__in=keys).values_list("action", flat=True))


def words_in(content):
    """The text of a file, unpacked where it is a package of XML."""
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return " ".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


class TestHiddenSteps:
    """A step belongs to a level: 28 of 28 levels with one answer, 35 of 35 lower medians with two."""

    @pytest.fixture(params=[1, 2, 4])
    def few(self, request, assessment, alice):
        answered(assessment, request.param, level=lambda person, question: LEVELS[(person + question) % 8])
        finished(assessment, alice)
        return Assessment.objects.get(pk=assessment.pk)

    @pytest.mark.parametrize("form", ["json", "csv", "xlsx", "docx", "pptx"])
    def test_no_file_names_a_step(self, few, alice, form):
        words = words_in(file_of(shown_to(alice, few), form, wait=0))
        assert [step for step in steps_of(shown_to(alice, few).bank.questions) if step in words] == []

    def test_neither_page_nor_roadmap_names_one(self, few, lead, alice):
        for address in ("result/", "roadmap/", "roadmap/add/", "what-if/"):
            page = lead.get(f"/assessments/{few.pk}/{address}", follow=True).content.decode()
            assert [step for step in steps_of(shown_to(alice, few).bank.questions) if step in page] == [], address

    def test_moves_have_no_effort_no_owner_no_time_and_no_order_of_their_own(self, few, alice):
        moves = json.loads(file_of(shown_to(alice, few), "json", wait=0))["tables"]["moves"]
        for column in ("action", "effort", "owner", "horizon"):
            assert {row[column] for row in moves} == {None}
        hidden = [row["key"] for row in moves if row["gain"] is None and row["why"] == "gain_per_effort"]
        bank, places = shown_to(alice, few).bank, list(shown_to(alice, few).bank.questions)
        for pillar in bank.pillars:
            own = [key for key in hidden if bank.pillar_of[key].key == pillar.key]
            assert own == sorted(own, key=lambda key: (bank.questions[key].essential_at or 9, places.index(key)))

    def test_an_action_that_is_added_brings_none(self, few, lead, alice):
        move = shown_to(alice, few).result.priorities[0].question
        lead.post(f"/assessments/{few.pk}/roadmap/add/", {"moves": [move]})
        action = RoadmapAction.objects.get()
        assert (action.effort, action.owner, action.requires.count()) == (None, "", 0)
        assert action.title not in steps_of([move])

    def test_from_five_people_on_steps_are_told(self, assessment, alice):
        answered(assessment, 5)
        finished(assessment, alice)
        moves = json.loads(file_of(shown_to(alice, assessment), "json", wait=0))["tables"]["moves"]
        assert {row["action"] for row in moves} - {None}


class TestDecimals:
    """A pillar moves by 0.14 with one answer: a score to many decimals gives a hidden answer exactly."""

    @pytest.fixture
    def one_alone(self, assessment, alice):
        """Seven people, of whom one answered a certain question."""
        answered(assessment, 7)
        theirs = Answer.objects.filter(question__key="vision-direction", submission__participant__assessment=assessment)
        theirs.exclude(submission__participant__user__name="Person 0").delete()
        finished(assessment, alice)
        return Assessment.objects.get(pk=assessment.pk)

    def test_a_second_mean_is_hidden_and_everything_of_the_pillar_rounded(self, one_alone, alice):
        shown = shown_to(alice, one_alone)
        vision = shown.result.pillars[0]
        assert vision.score == round(vision.score, 1)
        assert [row.mean for row in vision.questions].count(None) >= 2
        assert (vision.se, vision.agreement.r_wg_star, set(vision.attained.values())) == (None, None, {None})
        assert shown.result.overall.index == round(shown.result.overall.index, 1)
        assert all(row.mean is not None for row in shown.result.pillars[1].questions)

    def test_lists_and_the_api_hold_the_figures_that_are_printed(self, one_alone, alice):
        row = one_alone.results.get()
        assert row.index == round(row.index, 1)
        assert row.pillars.get(key="vision").score == round(row.pillars.get(key="vision").score, 1)

    def test_three_people_show_no_middle_answer_beside_their_mean(self, assessment, alice):
        """Mean and middle answer together fix all three answers in a third of the cases."""
        answered(assessment, 3)
        finished(assessment, alice)
        shown = shown_to(alice, assessment)
        rows = [row for pillar in shown.result.pillars for row in pillar.questions]
        assert any(row.mean is not None for row in rows)
        assert {(row.low_median, row.disagreement) for row in rows} == {(None, None)}
        assert {pillar.agreement.flagged for pillar in shown.result.pillars} == {()}
        book = load_workbook(io.BytesIO(file_of(shown, "xlsx", wait=0)))
        heads, *lines = book["Questions"].iter_rows(values_only=True)
        assert {line[heads.index("Median answer")] for line in lines} == {None}


class TestSecondResults:
    """A set of people that is shown twice differs by none or by five."""

    def again(self, assessment, alice):
        Assessment.objects.filter(pk=assessment.pk).update(state="open", closed_at=None, released_at=None)
        assessment.refresh_from_db()

    def test_one_person_more_shows_no_question_and_hides_what_would_tell_theirs(self, assessment, alice):
        answered(assessment, 5)
        finished(assessment, alice)
        assert len(shown_to(alice, assessment).counts) == 56
        self.again(assessment, alice)
        _one_more(assessment)
        finished(assessment, alice)
        assert assessment.results.order_by("-revision").first().differing == [_one_more_name(assessment)]
        shown = shown_to(alice, assessment)
        assert (shown.means, shown.counts) == (frozenset(), {})

    def test_five_people_more_show_everything(self, assessment, alice):
        answered(assessment, 5)
        finished(assessment, alice)
        self.again(assessment, alice)
        for number in range(5):
            _one_more(assessment, number)
        finished(assessment, alice)
        assert len(shown_to(alice, assessment).counts) == 56

    def test_the_same_answers_again_show_the_same(self, assessment, alice):
        answered(assessment, 5)
        finished(assessment, alice)
        before = shown_to(alice, assessment).result
        self.again(assessment, alice)
        finished(assessment, alice)
        assert shown_to(alice, assessment).result == before

    def test_who_is_erased_is_not_worked_out_from_what_the_others_said(self, assessment, alice):
        """Four means of four people, then four means of the three who are left, are the answers of the fourth."""
        answered(assessment, 4)
        finished(assessment, alice)
        assert shown_to(alice, assessment).means
        result_erasure.lose_result(Participant.objects.get(user__name="Person 0"))
        assessment.refresh_from_db()
        finished(assessment, alice)
        shown = shown_to(alice, assessment)
        assert (shown.means, shown.counts, shown.comments) == (frozenset(), {}, {})


def _one_more(assessment, number=0):
    user = User.objects.create(email=f"late{number}@northfield.example", name=f"Late {number}")
    person = assessments.add_participant(assessment=assessment, user=user, function="other", by=user)
    submission = Submission.objects.create(participant=person, state="submitted", submitted_at=timezone.now())
    questions = Question.objects.filter(pillar__version=assessment.bank_version)
    Answer.objects.bulk_create(Answer(submission=submission, question=q, level=4) for q in questions)


def _one_more_name(assessment):
    return assessment.participants.get(user__email="late0@northfield.example").pseudonym
