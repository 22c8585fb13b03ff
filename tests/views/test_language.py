"""Choosing a language: one choice for the interface and a bank's texts, kept with the account and in the browser."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from assessments import languages
from assessments.actions import translations
from assessments.formats.bank import read_bank
from assessments.formats.places import TranslatedTexts, texts_of
from assessments.models import Answer, User
from assessments.templatetags.fixed import fixed
from tests.markup import flat
from tests.views.tab import Tab

KEY = "vision-direction"
PLACE = f"questions/{KEY}/text"


def said_in(language, place=PLACE):
    return f"{place} in {language}"


@pytest.fixture
def translated(version):
    """The shipped bank, offered in German and Arabic; every text names its place and its language."""
    bank = read_bank("fixtures/ai-leadership.yaml")
    for language in ("de", "ar"):
        texts = {
            place: said_in(language, place)[:24] if place.endswith("/short") else said_in(language, place)
            for place in texts_of(bank)
        }
        content = TranslatedTexts(bank.key, bank.version, language, "1.0.0", texts)
        row, _new = translations.load(version=version, translation=content)
        translations.offer(row=row, offered=True)
    version.refresh_from_db()
    return version


@pytest.fixture
def tab(translated, assessment, bob):
    return Tab(bob, assessment)


def choose(client, language, back="/"):
    return client.post("/language", {"language": language, "next": back})


def page(tab, name=""):
    return flat(tab.client.get(f"{tab.base}{name}").content.decode())


def test_respondent_reads_the_texts_in_the_language_they_chose(tab):
    assert said_in("de") not in page(tab, "pillars/vision/")
    assert choose(tab.client, "de", tab.base).url == tab.base
    html = page(tab, "pillars/vision/")
    assert said_in("de") in html
    assert '<html lang="de" dir="ltr">' in html
    for name in ("", "review/"):
        assert "pillars/vision/name in de" in page(tab, name)


def test_choice_goes_with_the_person_to_another_browser(tab, bob):
    choose(tab.client, "de")
    assert User.objects.get(pk=bob.pk).language == "de"
    other = Client()
    other.force_login(bob, "allauth.account.auth_backends.AuthenticationBackend")
    assert said_in("de") in other.get(f"{tab.base}pillars/vision/").content.decode()


def test_somebody_signed_out_is_remembered_by_the_browser():
    browser = Client()
    assert '<html lang="en"' in flat(browser.get("/").content.decode())
    choose(browser, "de")
    assert '<html lang="de"' in flat(browser.get("/").content.decode())


def test_bank_in_a_language_that_the_interface_lacks_is_laid_out_in_its_direction(tab):
    choose(tab.client, "ar", tab.base)
    html = page(tab, "pillars/vision/")
    assert '<html lang="en" dir="ltr">' in html
    assert f'<div class="hint kept" id="{KEY}-hint" lang="ar" dir="rtl">' in html
    assert html.count('<label class="choice" lang="ar" dir="rtl">') == 5 * 7
    assert '<div class="prose" lang="ar" dir="rtl"><p>about in ar</p>' in html
    assert f'<legend><span>Question 1 of 7</span><bdi lang="ar" dir="rtl">{said_in("ar")}</bdi></legend>' in html
    assert '<html lang="en" dir="ltr">' in flat(tab.client.get("/home/").content.decode())


def test_a_language_longer_than_any_tag_is_not_looked_for(db, django_assert_num_queries):
    with django_assert_num_queries(0):  # SQLite refuses to compare with a pattern of more than 50,000 characters
        assert not languages.is_offered("d" * 60_000)


def test_only_languages_that_are_offered_can_be_chosen(tab, bob):
    assert "العربيّة" in page(tab, "pillars/vision/")
    assert "العربيّة" not in flat(tab.client.get("/home/").content.decode())
    for language in ("fr", "", "xx-no-such", "../etc"):
        assert choose(tab.client, language).status_code == 302
    assert User.objects.get(pk=bob.pk).language == ""


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_no_other_site_is_led_to(back):
    assert choose(Client(), "de", back).url == "/"


def test_choosing_on_a_pillar_page_saves_what_stands_there(tab):
    tab.open()
    answer = tab.client.post(f"{tab.base}pillars/vision/", {**tab.fields, KEY: "3", "language": "de"})
    assert answer.url == f"{tab.base}pillars/vision/"
    assert Answer.objects.get(question__key=KEY).level == 3
    assert said_in("de") in page(tab, "pillars/vision/")


def test_page_in_another_language_costs_no_query_more(tab, bob):
    english = queries_of_second_visit(tab)
    choose(tab.client, "de")
    assert queries_of_second_visit(tab) == english


def queries_of_second_visit(tab):
    page(tab, "pillars/vision/")
    with CaptureQueriesContext(connection) as captured:
        page(tab, "pillars/vision/")
    return len(captured)


def test_part_that_is_drawn_once_is_drawn_once_for_each_language_and_its_facts():
    part = "assessments/answering/_words.html"
    with override("en"):
        english, delegated = fixed(part), fixed(part, delegated=True)
        assert fixed(part) is english
    with override("de"):
        german = fixed(part)
    assert len({english, delegated, german}) == 3


@pytest.mark.parametrize("back", ["foo", "landing", "\x00", "/\x00", "", "http://testserver/home/"])
def test_choosing_leads_to_a_path_of_the_site_or_to_its_first_page(db, back):
    assert choose(Client(), "de", back)["Location"] == "/"
