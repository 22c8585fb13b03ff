"""Who is included, what is frozen, and that nobody can be told apart by what is published."""

import datetime
import itertools
import random
import uuid
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone

from assessments.actions import benchmarks
from assessments.formats.result import dump_result
from assessments.models import Assessment, AuditEvent, Cohort, CohortMember, Organisation, PeerConsent, Result
from assessments.results import benchmark as read
from assessments.scoring.answers import NOT_APPLICABLE, Answers, Respondent
from assessments.scoring.result import score

Q4 = datetime.datetime(2026, 11, 25, tzinfo=datetime.UTC)
Q1 = datetime.datetime(2027, 1, 2, tzinfo=datetime.UTC)
Q2 = datetime.datetime(2027, 4, 1, tzinfo=datetime.UTC)


@pytest.fixture
def world(version, alice):
    """Makes consenting organisations with a closed round each."""
    from assessments.results import bank_of

    bank = bank_of(version)

    def result_text(level, skip=(), aside=()):
        given = {key: level for key in bank.questions if bank.pillar_of[key].key not in skip}
        given |= dict.fromkeys(aside, NOT_APPLICABLE)
        found = score(bank, Answers(respondents=(Respondent(id="r", answers=given),), invited=1))
        return dump_result(found), found.overall.index

    def close(organisation, level, *, on=Q4, skip=(), aside=()):
        text, index = result_text(level, skip, aside)
        made = Assessment.objects.create(
            organisation=organisation, bank_version=version, name="r", state="closed", closed_at=on
        )
        Result.objects.create(
            assessment=made, revision=1, result=text, answers="{}", engine="1.0.0", checksum="c", index=index
        )
        return made

    def organisations(n, *, skip=(), verified=True):
        made = []
        for number in range(n):
            organisation = Organisation.objects.create(name=f"Org {uuid.uuid4()}", is_verified=verified)
            close(organisation, 1 + number % 5, skip=skip)
            benchmarks.consent(organisation=organisation, by=alice)
            made.append(organisation)
        return made

    return SimpleNamespace(version=version, alice=alice, close=close, organisations=organisations)


def cohort(now):
    return Cohort.objects.get(quarter=benchmarks.first_day_of_quarter(now))


class TestConsent:
    def test_it_has_dates_and_people_and_is_withdrawn_at_any_time(self, northfield, alice, bob):
        benchmarks.consent(organisation=northfield, by=alice)
        benchmarks.consent(organisation=northfield, by=bob)  # stands already
        found = PeerConsent.objects.get()
        assert (found.since, found.until, found.given_by) == (timezone.localdate(), None, alice)
        benchmarks.withdraw(organisation=northfield, by=bob)
        benchmarks.withdraw(organisation=northfield, by=alice)
        found.refresh_from_db()
        assert (found.until, found.withdrawn_by) == (timezone.localdate(), bob)
        verbs = list(AuditEvent.objects.filter(object_id=northfield.pk).values_list("verb", flat=True))
        assert verbs.count("consented to benchmarks") == verbs.count("withdrew from benchmarks") == 1

    def test_whoever_consents_again_keeps_the_alias(self, northfield, alice):
        first = benchmarks.consent(organisation=northfield, by=alice)
        benchmarks.withdraw(organisation=northfield, by=alice)
        assert benchmarks.consent(organisation=northfield, by=alice).alias == first.alias
        assert PeerConsent.objects.count() == 2


class TestFreezing:
    @pytest.mark.parametrize(("n", "published"), [(9, False), (10, True), (23, True)])
    def test_a_cohort_needs_ten(self, n, published, world):
        world.organisations(n)
        assert benchmarks.freeze_due(now=Q4) == published
        assert Cohort.objects.published().count() == published

    def test_nine_invented_ones_do_not_show_the_tenth(self, world):
        """Anybody can found organisations; staff say which are real."""
        world.organisations(9, verified=False)
        world.organisations(1)
        assert benchmarks.freeze_due(now=Q4) == 0
        assert not Cohort.objects.exists() and not CohortMember.objects.exists()

    def test_among_ten_real_ones_an_invented_one_does_not_count(self, world):
        world.organisations(10)
        invented = world.organisations(3, verified=False)
        assert benchmarks.freeze_due(now=Q4) == 1
        aliases = set(PeerConsent.objects.filter(organisation__in=invented).values_list("alias", flat=True))
        assert cohort(Q4).n == 10
        assert not aliases & set(CohortMember.objects.values_list("alias", flat=True))

    def test_a_quarter_is_frozen_once(self, world):
        world.organisations(12)
        assert [benchmarks.freeze_due(now=Q4) for _again in range(3)] == [1, 0, 0]
        world.organisations(6)
        assert benchmarks.freeze_due(now=Q4 + datetime.timedelta(days=20)) == 0
        assert cohort(Q4).n == CohortMember.objects.count() == 12

    def test_run_due_freezes_it(self, world):
        world.organisations(12)
        call_command("run_due", verbosity=0)
        call_command("run_due", verbosity=0)
        assert Cohort.objects.published().count() == 1

    def test_it_holds_figures_and_no_names(self, world):
        made = world.organisations(12)
        benchmarks.freeze_due(now=Q4)
        texts = str([{**vars(row)} for row in CohortMember.objects.all()])
        assert not any(str(each.pk) in texts or each.name in texts for each in made)
        assert set(CohortMember.objects.first().scores) == {p.key for p in world.version.pillars.all()}

    def test_only_who_consents_is_counted(self, world):
        made = world.organisations(16)
        for each in made[:3]:
            benchmarks.withdraw(organisation=each, by=world.alice)
        Organisation.objects.filter(pk=made[3].pk).update(is_demo=True)
        world.close(Organisation.objects.create(name="Never asked"), 5)
        benchmarks.freeze_due(now=Q4)
        assert cohort(Q4).n == 12

    def test_the_latest_rated_result_counts(self, world):
        first, *_others = world.organisations(12)
        world.close(first, 4, on=Q4 + datetime.timedelta(days=1))
        world.close(first, 5, on=Q4 + datetime.timedelta(days=2), skip=("vision", "culture", "talent"))  # no index
        few = [question.key for question in world.version.pillars.get(key="vision").questions.all()[:3]]
        world.close(first, 5, on=Q4 + datetime.timedelta(days=3), aside=few)  # three of seven do not apply
        benchmarks.freeze_due(now=Q4)
        alias = PeerConsent.objects.get(organisation=first).alias
        assert CohortMember.objects.get(alias=alias).index == pytest.approx(4)

    def test_withdrawal_leaves_frozen_cohorts_and_skips_the_next(self, world):
        made = world.organisations(20)
        benchmarks.freeze_due(now=Q4)
        for each in made[:5]:
            benchmarks.withdraw(organisation=each, by=world.alice)
        benchmarks.freeze_due(now=Q1)
        assert (cohort(Q4).members.count(), cohort(Q1).n) == (20, 15)

    def test_an_organisation_that_is_deleted_leaves_figures_of_nobody(self, world):
        made = world.organisations(12)
        benchmarks.freeze_due(now=Q4)
        alias = PeerConsent.objects.get(organisation=made[0]).alias
        Assessment.objects.filter(organisation=made[0]).delete()
        made[0].delete()
        assert CohortMember.objects.filter(alias=alias).exists()
        assert not PeerConsent.objects.filter(alias=alias).exists()


class TestNobodyIsToldApart:
    """Two publications are subtracted from each other: whoever joined or left alone must not come out."""

    @pytest.mark.parametrize(("joined", "published"), [(0, True), (1, False), (4, False), (5, True)])
    def test_a_quarter_that_differs_by_few_is_not_published(self, joined, published, world):
        world.organisations(20)
        benchmarks.freeze_due(now=Q4)
        world.organisations(joined)
        assert benchmarks.freeze_due(now=Q1) == published
        assert read.newest_cohort(world_assessment(world)).quarter == (cohort(Q1) if published else cohort(Q4)).quarter

    def test_joined_and_left_count_together(self, world):
        made = world.organisations(20)
        benchmarks.freeze_due(now=Q4)
        for each in made[:2]:
            benchmarks.withdraw(organisation=each, by=world.alice)
        world.organisations(2)
        assert benchmarks.freeze_due(now=Q1) == 0

    def test_what_was_refused_is_compared_with_what_was_published(self, world):
        world.organisations(20)
        benchmarks.freeze_due(now=Q4)
        world.organisations(3)
        assert benchmarks.freeze_due(now=Q1) == 0
        world.organisations(2)
        assert benchmarks.freeze_due(now=Q2) == 1

    @pytest.mark.parametrize(("moved", "published"), [(0, True), (1, False), (4, False), (5, True)])
    def test_another_result_is_a_difference_too(self, moved, published, world):
        """The same twenty organisations, a few with a new result: what moved would be exactly theirs."""
        made = world.organisations(20)
        benchmarks.freeze_due(now=Q4)
        for each in made[:moved]:
            world.close(each, 5, on=Q4 + datetime.timedelta(days=1))
        assert benchmarks.freeze_due(now=Q1) == published

    def test_results_and_organisations_count_together(self, world):
        made = world.organisations(20)
        benchmarks.freeze_due(now=Q4)
        for each in made[:2]:
            world.close(each, 5, on=Q4 + datetime.timedelta(days=1))
        benchmarks.withdraw(organisation=made[2], by=world.alice)
        world.organisations(1)
        assert benchmarks.freeze_due(now=Q1) == 0  # two moved, one left, one joined: four
        world.organisations(1)
        assert benchmarks.freeze_due(now=Q2) == 1

    def test_a_moved_result_counts_once(self, world):
        """Not once as gone and once as come: three organisations are three."""
        made = world.organisations(20)
        benchmarks.freeze_due(now=Q4)
        for each in made[:3]:
            world.close(each, 5, on=Q4 + datetime.timedelta(days=1))
        assert benchmarks.freeze_due(now=Q1) == 0

    def test_a_result_that_is_gone_is_another(self, world):
        """An earlier result takes the place of one that was deleted."""
        made = world.organisations(20)
        for each in made[:1]:
            world.close(each, 5, on=Q4 + datetime.timedelta(days=1))
        benchmarks.freeze_due(now=Q4)
        Assessment.objects.filter(organisation=made[0]).latest("closed_at").delete()
        assert benchmarks.freeze_due(now=Q1) == 0

    def test_a_result_scored_anew_is_another(self, world):
        made = world.organisations(20)
        benchmarks.freeze_due(now=Q4)
        first = Assessment.objects.get(organisation=made[0]).results.get()
        first.pk, first.revision = None, 2
        first.save()
        assert benchmarks.freeze_due(now=Q1) == 0

    def test_a_deleted_organisation_has_left(self, world):
        made = world.organisations(20)
        benchmarks.freeze_due(now=Q4)
        made[0].deleted_at = Q4
        made[0].save()
        assert benchmarks.freeze_due(now=Q1) == 0

    def test_a_pillar_that_few_moved_in_is_left_out(self, world):
        """Five have another result; four of them without a score in vision, before and after."""
        made = world.organisations(16) + (without := world.organisations(4, skip=("vision",)))
        benchmarks.freeze_due(now=Q4)
        for each in without:
            world.close(each, 5, on=Q4 + datetime.timedelta(days=1), skip=("vision",))
        world.close(made[0], 5, on=Q4 + datetime.timedelta(days=1))
        assert benchmarks.freeze_due(now=Q1) == 1
        scores = [member.scores for member in cohort(Q1).members.all()]
        assert not any("vision" in each for each in scores)
        assert all("culture" in each for each in scores)

    def test_a_pillar_of_nine_is_neither_told_nor_in_the_way_of_ten(self, world):
        world.organisations(9)
        world.organisations(6, skip=("vision",))
        benchmarks.freeze_due(now=Q4)
        assert not any("vision" in member.scores for member in cohort(Q4).members.all())
        world.organisations(1)
        world.organisations(4, skip=("vision",))
        assert benchmarks.freeze_due(now=Q1) == 1
        assert sum("vision" in member.scores for member in cohort(Q1).members.all()) == 10

    def test_a_detour_over_a_third_cohort_shows_nobody_either(self, world):
        world.organisations(20)
        benchmarks.freeze_due(now=Q4)
        guests = world.organisations(6)
        assert benchmarks.freeze_due(now=Q1) == 1
        for each in guests[1:]:
            benchmarks.withdraw(organisation=each, by=world.alice)
        assert benchmarks.freeze_due(now=Q2) == 0  # five fewer than the last, and one more than the first

    def test_a_pillar_that_few_newcomers_scored_is_left_out(self, world):
        world.organisations(20)
        benchmarks.freeze_due(now=Q4)
        world.organisations(4, skip=("vision",))
        world.organisations(1)
        assert benchmarks.freeze_due(now=Q1) == 1
        scores = [member.scores for member in cohort(Q1).members.all()]
        assert not any("vision" in each for each in scores)
        assert all("culture" in each for each in scores)

    def test_every_difference_of_two_publications_is_nobody_or_a_crowd(self, world):
        """An attacker who keeps every publication subtracts each from each."""
        pool = world.organisations(16)
        now = Q4
        for step in (1, 3, 0, 6, 2, 5, 4):
            benchmarks.freeze_due(now=now)
            for each in pool[: step % 3]:
                benchmarks.withdraw(organisation=each, by=world.alice)
            pool = pool[step % 3 :] + world.organisations(step)
            now += datetime.timedelta(days=92)
        seen = [{m.alias for m in each.members.all()} for each in Cohort.objects.published()]
        assert len(seen) >= 3
        for one in seen:
            for other in seen:
                assert len(one ^ other) == 0 or len(one ^ other) >= 5

    @pytest.mark.parametrize("seed", range(6))
    def test_so_is_every_difference_in_every_figure(self, seed, world):
        """Over quarters in which organisations join, leave, have another result, or one without some pillar."""
        chance, here, now, keys = random.Random(seed), world.organisations(18), Q4, ("vision", "culture")
        for _quarter in range(7):
            benchmarks.freeze_due(now=now)
            for each in chance.sample(here, chance.randrange(4)):
                skip = chance.choice(((), (), keys[:1], keys[1:]))
                world.close(each, chance.randint(1, 5), on=now + datetime.timedelta(days=1), skip=skip)
            for each in here[: chance.randrange(2)]:
                benchmarks.withdraw(organisation=each, by=world.alice)
            here += world.organisations(chance.randrange(4), skip=chance.choice(((), keys[:1])))
            now += datetime.timedelta(days=92)
        cohorts = [list(each.members.all()) for each in Cohort.objects.published()]
        assert len(cohorts) >= 2
        for key in ("", *(pillar.key for pillar in world.version.pillars.all())):
            seen = [{m.alias: m.result_id for m in each if not key or key in m.scores} for each in cohorts]
            told = [entries for entries in seen if entries]
            assert all(len(entries) >= 10 for entries in told)
            for one, other in itertools.combinations(told, 2):
                differ = sum(one.get(alias) != other.get(alias) for alias in one.keys() | other.keys())
                assert differ == 0 or differ >= 5, key


def world_assessment(world):
    return Assessment.objects.filter(bank_version=world.version).select_related("bank_version").first()


class TestFigures:
    def test_the_rank_leaves_the_member_out(self, world):
        world.organisations(21)
        benchmarks.freeze_due(now=Q4)
        viewer = PeerConsent.objects.newest_first().first().organisation
        found = told(Assessment.objects.get(organisation=viewer))
        assert found.n == 21
        assert found.index.percentile.n == 20  # the member is left out
        assert set(found.pillars) == {p.key for p in world.version.pillars.all()}

    def test_a_small_cohort_has_no_rank(self, world):
        first, *_more = world.organisations(19)
        benchmarks.freeze_due(now=Q4)
        found = told(Assessment.objects.get(organisation=first))
        assert found.index.percentile is None
        assert found.index.lower_quartile <= found.index.median <= found.index.upper_quartile

    def test_another_major_version_has_no_cohort(self, world):
        world.organisations(12)
        benchmarks.freeze_due(now=Q4)
        Cohort.objects.update(major=2)
        assert read.newest_cohort(world_assessment(world)) is None


def told(assessment):
    """What the newest cohort says beside an assessment's result, as every page and file has it."""
    return read.peers_of(assessment.results.order_by("-revision").first(), read.newest_cohort(assessment))


def ranks_in(found):
    """Every percentile rank that is told."""
    return [each.percentile for each in (found.index, *found.pillars.values()) if each.percentile is not None]


class TestNobodyMovesAlongTheCohort:
    """A rank that is told to any result reads the cohort: whoever moves their own sees it step past each member."""

    def test_a_member_with_assessment_after_assessment_reads_nobody(self, world):
        prober, *_others = world.organisations(25)
        benchmarks.freeze_due(now=Q4)
        counted = told(Assessment.objects.get(organisation=prober))
        for day, level in enumerate((1, 2, 3, 4, 5), start=1):
            moved = told(world.close(prober, level, on=Q4 + datetime.timedelta(days=day)))
            assert ranks_in(moved) == []
            assert (moved.index.median, moved.n) == (counted.index.median, counted.n)
        assert len(ranks_in(told(Assessment.objects.filter(organisation=prober).earliest("closed_at")))) == 9

    def test_an_assessment_that_was_scored_anew_has_no_rank(self, world):
        """Reopening an assessment is another way of moving."""
        prober, *_others = world.organisations(25)
        benchmarks.freeze_due(now=Q4)
        first = Assessment.objects.get(organisation=prober).results.get()
        again = Result.objects.create(
            **{
                name: getattr(first, name)
                for name in ("assessment", "result", "answers", "engine", "checksum", "index")
            },
            revision=2,
        )
        assert ranks_in(read.peers_of(first, cohort(Q4))) != []
        assert ranks_in(read.peers_of(again, cohort(Q4))) == []

    def test_who_is_not_in_it_is_told_no_rank(self, world, northfield):
        world.organisations(25)
        benchmarks.freeze_due(now=Q4)
        stranger = told(world.close(northfield, 3))
        assert ranks_in(stranger) == []
        assert stranger.index.lower_quartile <= stranger.index.median <= stranger.index.upper_quartile
        benchmarks.consent(organisation=northfield, by=world.alice)
        assert ranks_in(told(Assessment.objects.get(organisation=northfield))) == []

    def test_a_rank_stays_what_it_was_when_frozen(self, world):
        made = world.organisations(25)
        benchmarks.freeze_due(now=Q4)
        before = told(Assessment.objects.get(organisation=made[0]))
        for each in made:
            benchmarks.withdraw(organisation=each, by=world.alice)
        Assessment.objects.filter(organisation=made[1]).delete()
        read.members_of.cache_clear()
        assert told(Assessment.objects.get(organisation=made[0])) == before

    def test_a_rank_tells_no_more_than_what_is_printed(self, world):
        """Where questions are hidden, the exact score is as well: nearly equal ones count as equal."""
        made = world.organisations(25)
        benchmarks.freeze_due(now=Q4)
        CohortMember.objects.update(index=2.96)
        own = PeerConsent.objects.get(organisation=made[0]).alias
        CohortMember.objects.filter(alias=own).update(index=3.04)
        read.members_of.cache_clear()
        assert told(Assessment.objects.get(organisation=made[0])).index.percentile.rank == 50


def test_freezing_reads_one_result_an_organisation(world, django_assert_max_num_queries):
    world.organisations(12)
    with django_assert_max_num_queries(12 + 16):
        benchmarks.freeze_due(now=Q4)
