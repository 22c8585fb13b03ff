"""A consultant or a lead writes about a result: on the page, with snippets, and never over somebody else's words."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import AuditEvent, Commentary, Consultancy, Engagement, Result, Snippet, User
from tests.mailbox import browser_of
from tests.markup import flat
from tests.views.test_results import answered, finished


@pytest.fixture
def closed(assessment, alice):
    answered(assessment, 5, level=lambda person, question: 2)
    finished(assessment, alice)
    return assessment


@pytest.fixture
def hart(northfield):
    firm = Consultancy.objects.create(name="Hart Advisory", accent="#2B6CB0")
    firm.consultants.add(User.objects.create_user("dana@hart.example"))
    Engagement.objects.create(consultancy=firm, organisation=northfield)
    return firm


@pytest.fixture
def dana(hart):
    return browser_of(hart.consultants.get())


def at(assessment, part="whole/"):
    return f"/assessments/{assessment.pk}/commentary/{part}"


def hidden(page):
    return dict(re.findall(r'name="(revision|seen)" value="([^"]*)"', page))


def write(browser, address, text, **more):
    sent = hidden(browser.get(address).content.decode())
    return browser.post(address, {**sent, "text": text, **more})


def test_a_consultants_words_stand_on_the_result_with_whose_they_are(closed, dana, alice):
    assert write(dana, at(closed), "It is **clear**.\n\n- One\n- Two").status_code == 302
    write(dana, at(closed, "pillars/vision/"), "On vision.")
    page = flat(browser_of(alice).get(f"/assessments/{closed.pk}/result/").content.decode())
    assert "Commentary by Hart Advisory" in page
    assert "<strong>clear</strong>" in page and '<li data-mark="•"><p dir="ltr">Two</p>' in page
    assert "<summary>Vision</summary>" in page
    assert 'fill="#2B6CB0"' in page
    assert AuditEvent.objects.filter(verb="commented").count() == 2


def test_it_is_said_in_which_language_it_is_written(closed, dana, alice):
    write(dana, at(closed), "Words in English.", language="en")
    alice = browser_of(alice)
    alice.cookies["django_language"] = alice.cookies["__Host-django_language"] = "de"
    page = flat(alice.get(f"/assessments/{closed.pk}/result/").content.decode())
    assert '<html lang="de"' in page
    assert re.search(r'<div class="prose words" lang="en">\s*<p dir="ltr">\s*Words in English\.', page)
    assert 'value="en" selected' in dana.get(at(closed)).content.decode()


def test_a_preview_shows_it_as_the_report_does_and_saves_nothing(closed, dana):
    page = flat(write(dana, at(closed), "It is **clear**.", language="en", preview="").content.decode())
    assert "Not saved yet" in page
    assert "Commentary by Hart Advisory" in page
    assert "<strong>clear</strong>" in page
    assert "It is **clear**.</textarea>" in page
    assert not Commentary.objects.exists()
    assert "Not saved yet" not in write(dana, at(closed), "", preview="").content.decode()


def test_a_page_that_was_shown_before_shows_what_is_written_since(closed, dana, hart):
    result = f"/assessments/{closed.pk}/result/"
    assert b"commentary" not in dana.get(result).content.split(b'id="finding"')[1]
    write(dana, at(closed), "First.")
    assert b"First." in dana.get(result).content
    write(dana, at(closed), "Second.")
    hart.accent = "#767676"
    hart.save()
    page = dana.get(result).content
    assert b"Second." in page and b"First." not in page and b'fill="#767676"' in page


def test_a_leads_words_are_the_clients(closed, alice, hart):
    write(browser_of(alice), at(closed), "From inside.")
    page = browser_of(alice).get(f"/assessments/{closed.pk}/result/").content.decode()
    assert "Commentary by Northfield" in page and "Hart Advisory" not in page


def test_words_of_two_authors_each_say_whose_they_are(closed, dana, alice):
    write(dana, at(closed), "From outside.")
    write(browser_of(alice), at(closed, "pillars/vision/"), "From inside.")
    page = flat(browser_of(alice).get(f"/assessments/{closed.pk}/result/").content.decode())
    assert "Commentary by Hart Advisory. Written by a consultant" in page
    assert "<summary>Vision: commentary by Northfield</summary>" in page


def test_whoever_took_part_reads_it_after_release_and_cannot_write(closed, dana, bob, alice):
    write(dana, at(closed), "Read me.")
    assert b"Read me." in browser_of(bob).get(f"/assessments/{closed.pk}/result/").content
    for address in (at(closed, ""), at(closed), at(closed, "pillars/vision/")):
        assert browser_of(bob).get(address).status_code == 404
        assert browser_of(bob).post(address, {"text": "x"}).status_code in (404, 405)


def test_before_the_assessment_is_closed_there_is_nothing_to_write_about(assessment, alice):
    assert browser_of(alice).get(at(assessment, "")).status_code == 404


def test_an_unknown_pillar_is_not_there(closed, dana):
    assert dana.get(at(closed, "pillars/astrology/")).status_code == 404


def test_it_is_marked_where_the_result_has_changed_and_saving_takes_the_mark_off(closed, dana):
    write(dana, at(closed), "Before.")
    old = Result.objects.get(assessment=closed)
    Result.objects.create(
        assessment=closed, revision=2, result=old.result, answers=old.answers, engine=old.engine, checksum="sha256:new"
    )
    assert b"For an earlier result" in dana.get(at(closed, "")).content
    page = dana.get(at(closed)).content.decode()
    assert "The result has changed since this was written" in page
    assert "Written for an earlier result" in dana.get(f"/assessments/{closed.pk}/result/").content.decode()
    write(dana, at(closed), "Before.")
    assert b"For an earlier result" not in dana.get(at(closed, "")).content
    assert Commentary.objects.get().checksum == "sha256:new"


def test_a_page_that_showed_the_old_result_writes_about_the_old_one(closed, dana):
    sent = hidden(dana.get(at(closed)).content.decode())
    old = Result.objects.get(assessment=closed)
    Result.objects.create(
        assessment=closed, revision=2, result=old.result, answers=old.answers, engine=old.engine, checksum="sha256:new"
    )
    dana.post(at(closed), {**sent, "text": "About the old one."})
    assert Commentary.objects.get().checksum == old.checksum
    dana.post(at(closed), {"text": "x", "revision": 1, "seen": "sha256:forged"})
    assert Commentary.objects.get().checksum == "sha256:new"


def test_two_people_never_overwrite_each_other(closed, dana, alice):
    lead = browser_of(alice)
    stale = hidden(lead.get(at(closed)).content.decode())
    write(dana, at(closed), "Dana was quicker.")
    answer = lead.post(at(closed), {**stale, "text": "Alice was slower."})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Someone else has saved a different text" in page
    assert "Alice was slower." in page and "Dana was quicker." in page
    assert Commentary.objects.get().text == "Dana was quicker."
    lead.post(at(closed), {**hidden(page), "text": "Both of us."})
    assert Commentary.objects.get().text == "Both of us."


def test_an_emptied_text_is_gone_and_an_old_page_does_not_bring_it_back(closed, dana):
    old = hidden(dana.get(at(closed)).content.decode())
    write(dana, at(closed), "Here.")
    write(dana, at(closed), "")
    assert b"Commentary by" not in dana.get(f"/assessments/{closed.pk}/result/").content
    assert dana.post(at(closed), {**old, "text": "Old."}).status_code == 400
    assert AuditEvent.objects.filter(verb="comment taken away").count() == 1


def test_saving_the_same_twice_changes_nothing(closed, dana):
    sent = {**hidden(dana.get(at(closed)).content.decode()), "text": "Once."}
    assert [dana.post(at(closed), sent).status_code for _ in range(2)] == [302, 302]
    assert (Commentary.objects.get().revision, AuditEvent.objects.filter(verb="commented").count()) == (1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 10_001, "Shorten this text to 10000 characters"),
        ("- a\n  - b\n    - c\n      - d", "up to three levels deep"),
    ],
)
def test_what_cannot_be_printed_is_refused_and_kept_on_the_page(closed, dana, text, said):
    answer = write(dana, at(closed), text)
    assert answer.status_code == 400
    assert said in answer.content.decode() and text[:2000] in answer.content.decode()
    assert not Commentary.objects.exists()


# Snippets


@pytest.fixture
def phrases(hart, lakeside):
    """Two that fit vision at level 2, and some that do not."""
    other = Consultancy.objects.create(name="Other")
    Engagement.objects.create(consultancy=other, organisation=lakeside)
    rows = [(hart, "vision", 2, "Fits"), (hart, "vision", None, "Fits any"), (hart, "vision", 3, "Higher")]
    rows += [(hart, "culture", 2, "Elsewhere"), (other, "vision", 2, "Foreign")]
    return [
        Snippet.objects.create(consultancy=firm, pillar=pillar, level=level, title=title, text=f"{title} words")
        for firm, pillar, level, title in rows
    ]


def test_those_that_fit_are_offered_to_consultants_alone(closed, dana, phrases, alice):
    address = at(closed, "pillars/vision/")
    page = dana.get(address).content.decode()
    assert [title for title in ("Fits", "Fits any", "Higher", "Elsewhere", "Foreign") if f">{title}</b>" in page] == [
        "Fits",
        "Fits any",
    ]
    assert "Fits" not in browser_of(alice).get(address).content.decode()


def test_insert_fills_an_empty_text_and_saves_nothing(closed, dana, phrases):
    address = at(closed, "pillars/vision/")
    page = write(dana, address, " ", insert=phrases[0].pk).content.decode()
    assert re.search(r"<textarea[^>]*>\s*Fits words</textarea>", page)
    assert "It is not saved yet" in page
    assert not Commentary.objects.exists()
    dana.post(address, {**hidden(page), "text": "Fits words, and mine."})
    assert Commentary.objects.get().text == "Fits words, and mine."


def test_insert_leaves_a_text_that_is_there(closed, dana, phrases):
    page = write(dana, at(closed, "pillars/vision/"), "Mine.", insert=phrases[0].pk).content.decode()
    assert re.search(r"<textarea[^>]*>\s*Mine\.</textarea>", page)
    assert "Yours is unchanged" in page


@pytest.mark.parametrize("place", [2, 4])
def test_nothing_is_inserted_that_is_not_offered(closed, dana, phrases, place):
    page = write(dana, at(closed, "pillars/vision/"), "", insert=phrases[place].pk).content.decode()
    assert phrases[place].text not in page


def test_an_engagement_that_has_ended_closes_the_door_and_leaves_the_words(closed, dana, hart, alice):
    write(dana, at(closed), "They stay.")
    Engagement.objects.update(since="2026-01-01", until="2026-01-31")
    assert dana.get(at(closed)).status_code == 404
    page = browser_of(alice).get(f"/assessments/{closed.pk}/result/").content.decode()
    assert "They stay." in page and "Commentary by Hart Advisory" in page


def test_a_page_costs_the_same_however_much_is_written(closed, dana):
    def queries():
        with CaptureQueriesContext(connection) as count:
            assert dana.get(f"/assessments/{closed.pk}/result/").status_code == 200
        return len(count)

    parts = ("whole/", "pillars/vision/", "pillars/culture/")
    write(dana, at(closed, parts[0]), "Words.")
    queries()  # the bank is read once a process
    write(dana, at(closed, parts[0]), "Other words.")
    one = queries()
    for part in parts[1:]:
        write(dana, at(closed, part), "Words.")
    assert queries() == one
