"""Leads consent for their organisation and nobody else does; what was published stands on pages and in reports."""

import html
import re

import pytest

from assessments import results
from assessments.actions import benchmarks
from assessments.demo import seeding
from assessments.models import Cohort, CohortMember, Consultancy, Engagement, Organisation, PeerConsent, User
from assessments.reports.pdf.manifest import manifest
from assessments.reports.report import report_of
from tests.mailbox import browser_of
from tests.reports.examples import block, section
from tests.views.result_pages import every_page
from tests.views.test_results import answered, counted, finished


@pytest.fixture
def closed(assessment, alice):
    """A released assessment of five in which everybody answered level 2."""
    answered(assessment, 5, level=lambda person, question: 2)
    finished(assessment, alice)
    assessment.refresh_from_db()
    return assessment


def crowd(version, n, seed=1):
    """So many consenting organisations, and their cohort."""
    size = seeding.Size(organisations=n, assessments=1, people=1, seed=seed, with_answers=False)
    list(seeding.seed(version=version, size=size))
    return benchmarks.freeze_due()


def counted_in(organisation, by):
    """Verified and consenting: in the next cohort."""
    Organisation.objects.filter(pk=organisation.pk).update(is_verified=True)
    benchmarks.consent(organisation=organisation, by=by)


def words_of(response):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


class TestConsent:
    def test_a_lead_agrees_and_withdraws(self, northfield, alice):
        lead, address = browser_of(alice), f"/organisations/{northfield.pk}/benchmarks/"
        assert "Include Northfield?" in words_of(lead.get(address))
        assert lead.post(address, {"agree": "1"})["Location"] == address
        assert "Yours is not verified yet" in words_of(lead.get(address))
        Organisation.objects.filter(pk=northfield.pk).update(is_verified=True)
        assert "Northfield is included" in words_of(lead.get(address))
        assert "verified" not in words_of(lead.get(address))
        assert lead.post(address, {"withdraw": "1"})["Location"] == address
        page = words_of(lead.get(address))
        assert "Include Northfield?" in page
        assert "Agreed: Alice · Withdrawn: Alice" in page
        assert "Cohorts already frozen keep your figures" in page

    def test_nobody_else_can_not_even_a_consultant(self, northfield, bob, charlie):
        dana = User.objects.create_user("dana@hart.example")
        hart = Consultancy.objects.create(name="Hart Advisory")
        hart.consultants.add(dana)
        Engagement.objects.create(consultancy=hart, organisation=northfield)
        staff = User.objects.create_superuser("admin@demo.example")
        for user in (bob, charlie, dana, staff):
            for send in (browser_of(user).get, browser_of(user).post):
                assert send(f"/organisations/{northfield.pk}/benchmarks/").status_code == 404
        assert not PeerConsent.objects.exists()

    def test_whoever_is_not_signed_in_is_asked_to(self, northfield):
        for address in (f"/organisations/{northfield.pk}/benchmarks/", "/benchmarks/"):
            assert "/accounts/login/" in browser_of().get(address)["Location"]


class TestCohorts:
    def test_published_ones_are_listed_without_names(self, version, bob):
        crowd(version, 12)
        page = words_of(browser_of(bob).get("/benchmarks/"))
        assert re.search(r"Q\d 20\d\d AI leadership maturity, version 1 12 ", page)
        assert "Invented organisation" not in page

    def test_those_that_were_not_published_are_not(self, version, bob):
        Cohort.objects.create(bank=version.bank, major=1, quarter="2026-10-01")
        assert "No cohort has been published yet" in words_of(browser_of(bob).get("/benchmarks/"))

    def test_a_deleted_organisation_is_not_counted(self, version):
        from django.utils import timezone

        size = seeding.Size(organisations=10, assessments=1, people=1, seed=1, with_answers=False)
        list(seeding.seed(version=version, size=size))
        Organisation.objects.filter(pk=PeerConsent.objects.first().organisation_id).update(deleted_at=timezone.now())
        assert benchmarks.freeze_due() == 0


class TestResultPage:
    def test_below_ten_it_says_nothing(self, version, closed, alice):
        crowd(version, 9)
        page = every_page(browser_of(alice), f"/assessments/{closed.pk}/result/")
        assert 'id="peers"' not in page
        assert "Benchmark median" not in page

    def test_it_shows_quartiles_and_to_a_member_from_twenty_others_a_rank(self, version, closed, alice, bob):
        counted_in(closed.organisation, alice)
        crowd(version, 24)
        for user in (alice, bob):
            response, _queries = counted(browser_of(user), f"/assessments/{closed.pk}/result/benchmark/")
            page, words = response.content.decode(), words_of(response)
            assert 'id="peers"' in page
            assert "of 25 organisations" in words
            assert "Benchmark median" in words_of(browser_of(user).get(f"/assessments/{closed.pk}/result/"))
            assert re.search(r"Vision 2\.0 \d\.\d \d\.\d \d\.\d \d+ \(\d+–\d+\)", words)

    def test_who_is_not_in_the_cohort_sees_quartiles_alone(self, version, closed, alice):
        crowd(version, 24)
        words = words_of(browser_of(alice).get(f"/assessments/{closed.pk}/result/benchmark/"))
        assert "of 24 organisations" in words
        assert re.search(r"Vision 2\.0 \d\.\d \d\.\d \d\.\d [A-Z]", words)
        assert "Percentile rank" not in words

    def test_a_new_cohort_is_on_the_page_at_once(self, version, closed, alice):
        lead, address = browser_of(alice), f"/assessments/{closed.pk}/result/"
        page = lead.get(address).content.decode()
        assert not any(part in page for part in ('id="peers"', "benchmark/"))
        assert lead.get(f"{address}benchmark/").status_code == 404
        crowd(version, 12)
        page = lead.get(address).content.decode()
        assert all(part in page for part in ('id="peers"', f'href="{address}benchmark/#peers"'))

    def test_a_pillar_that_was_left_out_says_so(self, version, closed, alice):
        crowd(version, 12)
        for member in CohortMember.objects.all():
            del member.scores["vision"]
            member.save()
        words = words_of(browser_of(alice).get(f"/assessments/{closed.pk}/result/benchmark/"))
        assert "Vision 2.0 too few organisations" in words


class TestReport:
    def test_it_draws_the_medians_and_says_where_the_index_stands(self, version, closed, alice):
        counted_in(closed.organisation, alice)
        crowd(version, 24)
        report = report_of(results.assessment_result(closed, reader=alice, may_read_comments=True))
        profile = section(report, "profile")
        assert "line-peers" in block(profile, "figure").svg
        peers = profile.blocks[-1].text
        assert "of 25 organisations that agreed to be included, frozen in Q" in peers
        assert re.search(r"Percentile rank among the 24 others: \d+ \(\d+–\d+\)\.$", peers)

    def test_it_tells_who_is_not_in_the_cohort_no_rank(self, version, closed, alice):
        crowd(version, 24)
        report = report_of(results.assessment_result(closed, reader=alice, may_read_comments=True))
        assert report.peers.index.percentile is None
        assert "Percentile rank" not in section(report, "profile").blocks[-1].text

    def test_a_cohort_counts_among_its_inputs(self, version, closed, alice):
        shown = results.assessment_result(closed, reader=alice, may_read_comments=True)
        before = manifest(report_of(shown), engine="x", look="y")
        crowd(version, 12)
        after = manifest(report_of(shown), engine="x", look="y")
        assert before.cohort is None
        assert before.checksum != after.checksum
