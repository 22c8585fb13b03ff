"""Threads of a confidential assessment do not unmask: what whoever runs it sees tells neither who replied nor when."""

import datetime
import io
import json
import re
import zipfile

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import access, results
from assessments.actions import organisations, threads
from assessments.models import Answer, AuditEvent, Membership, OutgoingEmail, Participant, Thread, ThreadEntry, Voice
from assessments.operations import thread_digest
from assessments.pages.threads import printed_thread
from assessments.privacy import copy_of, erasing, result_erasure
from assessments.reports.files import file_of
from assessments.reports.pdf import worker as pdf_worker
from assessments.reports.pdf.render import RenderedPdf
from tests.mailbox import BASE, browser_of, html_of
from tests.security.test_walk import consultants, identities, lakes_assessment, scrubbed  # noqa: F401 - fixtures
from tests.security.threads import CANARY, KEY, LEVEL, Stage, night

SECRET = "Quagga reply"
PSEUDONYM = re.compile(rb"[A-HJ-NP-Z2-9]{2}-[A-HJ-NP-Z2-9]{2}")


@pytest.fixture
def stage(assessment, alice):
    return Stage(assessment, alice)


@pytest.fixture
def printed(monkeypatch):
    """Reports as their markup: rendering takes seconds, and shows the same words."""
    monkeypatch.setattr(pdf_worker, "render_now", lambda sheet, **_limit: RenderedPdf(sheet.html.encode(), 1))
    monkeypatch.setattr(pdf_worker, "_engines", ["WeasyPrint 70"])


def word_of(browser, stage, ask=""):
    """The text of the report in Word."""
    content = browser.get(f"{stage.base}result/report.docx{ask}").content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("word/document.xml").decode()


def views(stage, thread):
    """Everything on which whoever runs the assessment could notice something about a thread."""
    paths = (
        *("manage/", "result/", f"questions/{KEY}/", "threads/", "threads/threads.csv", f"threads/{thread.pk}/"),
        "report.pdf?threads=1",
    )
    pages = [scrubbed(stage.lead.get(stage.base + path)) for path in paths]
    pages.append(scrubbed(stage.lead.get("/home/")))
    return [(status, headers, PSEUDONYM.sub(b"?", body)) for status, headers, body in pages]


class TestWhoIsAsked:
    def test_those_who_gave_the_answer_see_it_the_next_day_and_nobody_else(self, stage):
        thread = stage.ask()
        page = f"{stage.base}threads/{thread.pk}/"
        browsers = [browser_of(stage.person(number)) for number in range(6)]
        assert {browser.get(page).status_code for browser in browsers} == {404}
        night()
        assert [browser.get(page).status_code for browser in browsers] == [200, 200, 200, 404, 404, 404]
        assert CANARY in browsers[0].get(page).content.decode()
        assert CANARY not in browsers[4].get(f"{stage.base}threads/").content.decode()

    def test_an_answer_that_changes_later_changes_nobody_who_is_asked(self, stage):
        thread = stage.ask()
        Answer.objects.filter(submission__participant__user=stage.person(0)).update(level=2)
        night()
        page = f"{stage.base}threads/{thread.pk}/"
        assert browser_of(stage.person(0)).get(page).status_code == 200
        assert browser_of(stage.person(4)).get(page).status_code == 404

    def test_nobody_is_asked_about_an_answer_that_nobody_gave(self, stage):
        with pytest.raises(threads.NotOfferedError):
            stage.ask(level=3)

    def test_nobody_is_asked_where_four_people_count(self, assessment, alice):
        four = Stage(assessment, alice, people=4)
        with pytest.raises(threads.NotOfferedError):
            four.ask()
        assert results.answers_to_ask_about(four.assessment) == {}
        assert "/ask/" not in four.lead.get(f"{four.base}questions/{KEY}/").content.decode()

    def test_nobody_is_asked_before_the_close(self, assessment, alice, stage):
        type(stage.assessment).objects.filter(pk=stage.assessment.pk).update(state="open")
        with pytest.raises(threads.NotOfferedError):
            stage.ask()

    def test_answers_that_the_page_shows_are_those_that_can_be_asked_about(self, stage):
        seen = results.assessment_result(stage.assessment, reader=stage.user, may_read_comments=False)
        offered = results.answers_to_ask_about(stage.assessment)
        assert {key: tuple(n + 1 for n, people in enumerate(each) if people) for key, each in seen.counts.items()} == {
            **offered
        }


@pytest.mark.usefixtures("printed")
class TestTimes:
    def test_a_reply_changes_no_page_before_midnight(self, stage):
        thread = stage.asked()
        before = views(stage, thread)
        stage.reply(1, thread, SECRET)
        assert views(stage, thread) == before
        night()
        page = stage.lead.get(f"{stage.base}threads/{thread.pk}/").content.decode()
        assert SECRET in page

    def test_having_nothing_to_add_changes_no_page_at_all(self, stage):
        thread = stage.asked()
        before = views(stage, thread)
        browser_of(stage.person(1)).post(f"{stage.base}threads/{thread.pk}/close", {"finish": ""})
        assert views(stage, thread) == before
        assert not Thread.objects.get(pk=thread.pk).is_closed

    def test_who_is_asked_cannot_close_it_for_the_others(self, stage):
        thread = stage.asked()
        assert browser_of(stage.person(1)).post(f"{stage.base}threads/{thread.pk}/close").status_code == 404

    def test_no_time_is_stored(self, stage):
        thread = stage.asked()
        entry = stage.reply(1, thread, SECRET)
        assert entry.at is None
        times = {field.name for field in ThreadEntry._meta.fields if field.get_internal_type() == "DateTimeField"}
        assert times == {"at"}
        assert not any(field.get_internal_type() == "DateTimeField" for field in Voice._meta.fields)

    def test_closing_at_once_leaves_a_whole_day_so_that_no_window_is_narrow(self, stage):
        thread = stage.ask()
        threads.close(thread=thread, by=stage.user)
        night()
        thread.refresh_from_db()
        stage.reply(2, thread, SECRET)
        night()
        thread.refresh_from_db()
        assert not thread.takes_replies
        with pytest.raises(threads.ThreadClosedError):
            stage.reply(1, thread, "Too late")

    def test_moving_the_time_zone_publishes_nothing_early(self, stage):
        thread = stage.asked()
        stage.reply(1, thread, SECRET)
        hour = timezone.now().hour
        far = "Pacific/Kiritimati" if hour >= 10 else "Etc/GMT+12"  # where it is another day now
        organisations.change(
            organisation=stage.assessment.organisation, name="Northfield", time_zone=far, by=stage.user
        )
        for number in range(2):
            page = stage.lead.get(f"{stage.base}threads/{thread.pk}/").content.decode()
            assert SECRET not in page, number
            stage.assessment.refresh_from_db()
        later = stage.ask(key="vision-value")
        assert later.zone == thread.zone


class TestTraces:
    def test_everybody_who_submitted_is_sent_the_same_e_mail_once_a_day(self, stage, emails):
        thread = stage.asked()
        emails.clear()
        assert thread_digest.send_due(base_url=BASE) == 6
        texts = {(each.subject, re.sub(r"Dear .*", "", each.body)) for each in emails}
        assert len(emails) == 6
        assert len(texts) == 1
        words = " ".join(each.subject + each.body + html_of(each) for each in emails)
        assert CANARY not in words
        assert "vision" not in words.lower()
        assert str(thread.pk) not in words
        stage.reply(1, thread, SECRET)
        assert thread_digest.send_due(base_url=BASE) == 0
        night()
        assert thread_digest.send_due(base_url=BASE) == 0  # nothing new was asked
        assert set(OutgoingEmail.objects.filter(kind="questions_asked").values_list("participant", flat=True)) == {None}

    def test_a_follow_up_is_told_to_everybody_the_day_after(self, stage, emails):
        thread = stage.asked()
        thread_digest.send_due(base_url=BASE)
        threads.follow_up(thread=thread, text="More", by=stage.user)
        assert thread_digest.send_due(base_url=BASE) == 0
        night()
        assert thread_digest.send_due(base_url=BASE) == 6

    def test_who_asked_is_told_of_replies_after_midnight_once_a_day_and_without_a_word_of_them(self, stage, emails):
        thread, other = stage.ask(), stage.ask(key="vision-value")
        night()
        assert thread_digest.tell_askers(base_url=BASE) == 0
        stage.reply(1, thread, SECRET)
        assert thread_digest.tell_askers(base_url=BASE) == 0  # an e-mail now would say when it was written
        night()
        assert thread_digest.tell_askers(base_url=BASE) == 1
        assert thread_digest.tell_askers(base_url=BASE) == 0
        stage.reply(2, other, SECRET)
        night()
        assert thread_digest.tell_askers(base_url=BASE) == 1
        night()
        assert thread_digest.tell_askers(base_url=BASE) == 0
        assert [email.to for email in emails] == [[stage.user.email]] * 2
        words = " ".join(each.subject + each.body + html_of(each) for each in emails)
        assert not any(secret in words for secret in (SECRET, str(stage.voice(1, thread)), str(thread.pk)))

    def test_who_no_longer_manages_the_organisation_is_told_nothing(self, stage, emails):
        thread = stage.asked()
        stage.reply(1, thread, SECRET)
        night()
        Membership.objects.filter(user=stage.user).update(role="member")
        thread_digest.tell_askers(base_url=BASE)
        assert emails == []

    def test_the_audit_log_has_no_reply(self, stage):
        thread = stage.asked()
        before = AuditEvent.objects.count()
        page = f"{stage.base}threads/{thread.pk}/"
        assert browser_of(stage.person(1)).post(page, {"text": SECRET}).status_code == 302
        browser_of(stage.person(2)).post(f"{page}close", {"finish": ""})
        verbs = AuditEvent.objects.order_by("-pk").values_list("verb", flat=True)
        assert {*verbs[: AuditEvent.objects.count() - before]} <= {"signed in"}

    def test_pages_show_pseudonyms_and_neither_names_nor_ids_of_people(self, stage):
        thread = stage.asked()
        entry = stage.reply(1, thread, SECRET)
        night()
        for path in (f"threads/{thread.pk}/", "threads/threads.csv", f"questions/{KEY}/", "threads/"):
            page = stage.lead.get(stage.base + path).content.decode()
            person = Participant.objects.get(user=stage.person(1))
            for secret in (person.name, person.pseudonym, str(person.pk), str(entry.pk), str(entry.voice_id)):
                assert secret not in page, path

    def test_pseudonyms_are_of_one_thread_and_no_other(self, stage):
        first, second = stage.asked(), stage.ask(key="vision-value")
        names = [set(thread.voices.values_list("pseudonym", flat=True)) for thread in (first, second)]
        assert not names[0] & names[1]
        assert not {*names[0], *names[1]} & set(Participant.objects.values_list("pseudonym", flat=True))

    def test_replies_of_a_day_are_in_the_order_of_random_ids(self, stage):
        thread = stage.asked()
        written = [stage.reply(number, thread, f"{SECRET} {number}") for number in (2, 0, 1)]
        night()
        page = stage.lead.get(f"{stage.base}threads/{thread.pk}/").content.decode()
        shown = re.findall(rf"{SECRET} \d", page)
        assert shown == [entry.text for entry in sorted(written, key=lambda entry: entry.pk)]
        assert {entry.pk.version for entry in written} == {4}

    def test_those_who_are_asked_do_not_read_the_replies_of_others(self, stage):
        thread = stage.asked()
        stage.reply(1, thread, SECRET)
        night()
        page = f"{stage.base}threads/{thread.pk}/"
        assert SECRET in browser_of(stage.person(1)).get(page).content.decode()
        assert SECRET not in browser_of(stage.person(0)).get(page).content.decode()

    def test_copies_of_data_have_ones_own_words_alone(self, stage):
        thread = stage.asked()
        stage.reply(1, thread, SECRET)
        assert SECRET in json.dumps(copy_of(stage.person(1)))
        assert SECRET not in json.dumps(copy_of(stage.person(0)))
        lead = json.dumps(copy_of(stage.user))
        assert CANARY in lead
        assert SECRET not in lead
        assert not any(pseudonym in lead for pseudonym in thread.voices.values_list("pseudonym", flat=True))

    @pytest.mark.parametrize("form", ["json", "csv", "xlsx", "docx"])
    def test_no_export_of_the_result_has_a_word_of_it(self, stage, form):
        thread = stage.asked()
        stage.reply(1, thread, SECRET)
        night()
        result = results.assessment_result(stage.assessment, reader=stage.user, may_read_comments=True)
        content = file_of(result, form, wait=0)
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                content = b"".join(map(package.read, package.namelist()))
        assert SECRET.encode() not in content
        assert CANARY.encode() not in content


class TestPrinting:
    def test_only_who_runs_it_and_wants_them_gets_threads_in_print(self, stage, printed):
        thread = stage.asked()
        stage.reply(1, thread, SECRET)
        night()
        pdf, reader = f"{stage.base}report.pdf", browser_of(stage.person(1))
        page = stage.lead.get(f"{pdf}?threads=1").content.decode()
        assert CANARY in page and SECRET in page and f"Reply of {stage.voice(1, thread)}" in page
        for other in (stage.lead.get(pdf), stage.lead.get(f"{pdf}?threads=1&brief=1"), reader.get(f"{pdf}?threads=1")):
            assert other.status_code == 200 and CANARY not in other.content.decode()
        assert CANARY in word_of(stage.lead, stage, "?threads=1")
        assert CANARY not in word_of(stage.lead, stage)
        assert CANARY not in word_of(reader, stage, "?threads=1")

    def test_it_is_an_option_for_who_runs_it_once_something_was_asked(self, stage):
        result = f"{stage.base}result/"
        assert "?threads=1" not in stage.lead.get(result).content.decode()
        stage.ask()
        assert stage.lead.get(result).content.decode().count("?threads=1") == 2
        assert "?threads=1" not in browser_of(stage.person(1)).get(result).content.decode()

    def test_nothing_of_a_confidential_thread_has_a_date(self, stage):
        thread = stage.asked()
        threads.follow_up(thread=thread, text="More", by=stage.user)
        stage.reply(1, thread, SECRET)
        night()
        ((row, entries),) = access.threads_with_entries(stage.assessment)
        bank = results.bank_of(stage.assessment.bank_version)
        texts = printed_thread(bank, row, entries).texts
        assert texts == (
            (str(stage.user), CANARY), (str(stage.user), "More"), (f"Reply of {stage.voice(1, thread)}", SECRET),
        )  # fmt: skip


class TestErasing:
    @pytest.mark.parametrize("number", [1, 4])
    def test_whoever_is_erased_all_replies_go_so_that_nobodys_stand_out(self, stage, number):
        thread = stage.asked()
        for person in (0, 1):
            stage.reply(person, thread, f"{SECRET} {person}")
        night()
        erasing.erase(user=stage.person(number))
        page = stage.lead.get(f"{stage.base}threads/{thread.pk}/").content.decode()
        assert SECRET not in page
        assert CANARY in page

    def test_a_lost_result_takes_its_threads(self, stage):
        stage.asked()
        result_erasure.lose_result(Participant.objects.get(user=stage.person(3)))
        assert not Thread.objects.exists()


class TestLimits:
    def test_threads_are_too_few_to_bisect(self, stage):
        keys = [f"vision-{name}" for name in ("direction", "value", "problems", "unity")]
        for key in keys[: threads.MAX_PER_DAY]:
            stage.ask(key=key)
        with pytest.raises(threads.TooManyThreadsError):
            stage.ask(key=keys[threads.MAX_PER_DAY])
        night()
        with pytest.raises(threads.TooManyThreadsError):  # the complement: who is asked of neither gave another answer
            stage.ask(level=2, key=keys[0])

    def test_a_consultant_shares_the_limit_of_the_lead(self, stage, bob):
        for key in ("vision-value", "vision-funding", "vision-direction"):
            stage.ask(key=key)
        stage.user = bob
        with pytest.raises(threads.TooManyThreadsError):
            stage.ask(key="vision-problems")

    def test_one_more_text_a_day(self, stage):
        thread = stage.asked()
        threads.follow_up(thread=thread, text="More", by=stage.user)
        with pytest.raises(threads.TooManyThreadsError):
            threads.follow_up(thread=thread, text="Even more", by=stage.user)

    def test_the_database_lets_no_reply_have_an_author(self, stage):
        thread = stage.asked()
        with pytest.raises(IntegrityError), transaction.atomic():
            ThreadEntry.objects.create(
                thread=thread, voice=stage.voice(1, thread), author=stage.user, day=datetime.date.today(), text="x"
            )


def readers(browsers, page):
    return {who for who, browser in browsers.items() if CANARY in browser.get(page, follow=True).content.decode()}


def test_only_who_runs_it_and_who_is_asked_read_a_thread(stage, identities, printed):  # noqa: F811
    """The access matrix: eight identities, and a canary in the question and in the reply."""
    thread = stage.asked()
    stage.reply(1, thread, SECRET)
    night()
    identities |= {f"p{number}": browser_of(stage.person(number)) for number in (0, 1, 4)}
    own = {"lead", "consultant"}
    assert readers(identities, f"{stage.base}threads/{thread.pk}/") == own | {"p0", "p1"}
    assert readers(identities, f"{stage.base}threads/") == own | {"p0", "p1"}
    assert readers(identities, f"{stage.base}threads/threads.csv") == own
    assert readers(identities, f"{stage.base}questions/{KEY}/") == own
    assert readers(identities, f"{stage.base}report.pdf?threads=1") == own
    for who, browser in identities.items():
        page = browser.get(f"{stage.base}threads/{thread.pk}/", follow=True).content.decode()
        assert (SECRET in page) == (who in own | {"p1"}), who
        sent = browser.post(f"{stage.base}questions/{KEY}/ask/", {"level": LEVEL, "text": "Mine"})
        assert who in own or sent.status_code in (302, 404), who
    assert not Thread.objects.filter(text="Mine").exists()  # one on a question at a time, even for who may ask


def test_twenty_threads_cost_no_more_queries_than_one(stage, django_assert_max_num_queries):
    stage.asked()
    for page in (f"{stage.base}threads/", f"{stage.base}questions/{KEY}/"):
        stage.lead.get(page)
    for _each in range(19):
        Thread.objects.create(
            assessment=stage.assessment, question=stage.question, level=LEVEL, text=CANARY, asked_by=stage.user,
            asked_on=datetime.date.today(), opens_on=datetime.date.today(), zone="UTC",
        )  # fmt: skip
    with django_assert_max_num_queries(14):
        assert stage.lead.get(f"{stage.base}threads/").content.decode().count(CANARY) == 20
    with django_assert_max_num_queries(30):
        stage.lead.get(f"{stage.base}questions/{KEY}/")


def test_a_level_is_what_makes_a_thread_confidential(stage):
    assert stage.ask().is_confidential
    assert Thread.objects.get().level == LEVEL
