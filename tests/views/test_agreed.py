"""Individual and agreed, side by side: on the result page, in the report and in every file."""

import io
import json
import re
import zipfile

import pypdf
import pytest

from assessments.actions import agreeing
from assessments.models import AgreedAnswer, Asking, Question, Result, User, Workshop
from tests.mailbox import browser_of
from tests.views.room import question, text
from tests.views.test_results import answered, finished

REASON, DISSENT = "The board saw the plan in May", "Technology sees level 2"


def agreed_on(assessment, alice, level, *keys, reason=REASON, dissent=DISSENT):
    """As after a workshop that showed the votes on these questions."""
    workshop, _made = Workshop.objects.get_or_create(assessment=assessment)
    for key in keys:
        asking = Asking(workshop=workshop, question=question(key), counts=[0, 1, 1, 1, 0], dont_know=0)
        asking.revealed_at = asking.asked_at
        asking.save()
        said = agreeing.Consensus(level, reason, dissent)
        agreeing.agree(assessment=assessment, question=asking.question, agreement=said, revision=0, by=alice)


@pytest.fixture
def assessment_of_five(assessment, alice):
    """Everybody at level 2 throughout, and the room at level 4 on vision-direction."""
    answered(assessment, 5, level=lambda person, place: 2)
    finished(assessment, alice, release=False)
    agreed_on(assessment, alice, 4, "vision-direction")
    assessment.refresh_from_db()
    return assessment


def rows_of(page):
    """The cells of the table *Individual and agreed*, by pillar."""
    table = page[page.index('id="agreed"') :].partition("</table>")[0]
    found = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table, re.DOTALL)
    return {name: re.findall(r"<td[^>]*>(.*?)</td>", cells) for name, cells in found}


def test_both_stand_side_by_side(assessment_of_five, alice):
    address = f"/assessments/{assessment_of_five.pk}/result/"
    page = text(browser_of(alice).get(f"{address}agreement/"))
    rows = rows_of(page)
    assert rows["Vision"] == ["1 of 7", "2.0", "2.3", "2", "2"]  # (6 x 2 + 4) / 7
    assert rows["Culture"] == ["0 of 7", "2.0", "2.0", "2", "2"]
    assert rows["Organisation"] == ["1 of 56", "2.0", "2.0", "2", "2"]
    assert "Based on individual answers (official result)." in text(browser_of(alice).get(address))
    assert "Individual figures come from what each person answered (official result)." in page
    assert REASON in page
    assert DISSENT in page
    assert "individually 2.0 on average" in page
    assert "The organisation’s index and level stay as they are with the agreed answer" in page


def test_its_title_names_a_pillar_that_changes_level(assessment_of_five, alice):
    agreed_on(assessment_of_five, alice, 1, "ethics-accountability")
    page = text(browser_of(alice).get(f"/assessments/{assessment_of_five.pk}/result/agreement/"))
    before, after = rows_of(page)["Ethics"][-2:]
    assert before != after
    assert "Ethics changes level with the two agreed answers, the organisation’s index and level stay" in page


def test_its_title_says_what_the_agreed_answers_change(assessment_of_five, alice):
    browser, address = browser_of(alice), f"/assessments/{assessment_of_five.pk}/result/agreement/"
    keys = [q.key for q in Question.objects.filter(pillar__version=assessment_of_five.bank_version)]
    agreed_on(assessment_of_five, alice, 5, *(key for key in keys if key.startswith("ethics")))
    assert ">Index 2.0 individually, 2.4 with the eight agreed answers<" in text(browser.get(address))
    agreed_on(assessment_of_five, alice, 3, *(key for key in keys if key[:6] not in ("ethics", "vision")))
    agreed_on(assessment_of_five, alice, 3, *(key for key in keys if key[:6] == "vision" and key != "vision-direction"))
    assert ">Level\xa02 individually, level\xa03 with the 56 agreed answers<" in text(browser.get(address))


def test_the_individual_result_is_untouched(assessment_of_five, alice):
    row = Result.objects.get()
    before = (row.result, row.answers, row.checksum, row.index)
    agreed_on(assessment_of_five, alice, 5, "culture-data")
    row.refresh_from_db()
    assert (row.result, row.answers, row.checksum, row.index) == before


def test_what_is_agreed_later_is_on_the_page_at_once(assessment_of_five, alice):
    browser, address = browser_of(alice), f"/assessments/{assessment_of_five.pk}/result/agreement/"
    browser.get(address)
    agreed_on(assessment_of_five, alice, 5, "culture-data", reason="Added after lunch")
    assert "Added after lunch" in text(browser.get(address))
    AgreedAnswer.objects.all().delete()
    assert "Individual and agreed" not in text(browser.get(address))


def test_who_took_part_sees_it_once_the_result_is_released(assessment_of_five, alice, bob):
    address = f"/assessments/{assessment_of_five.pk}/result/agreement/"
    assert REASON not in text(browser_of(bob).get(address))
    browser_of(alice).post(
        f"/assessments/{assessment_of_five.pk}/release/", {"audience": "everyone", "confirmed": "yes"}
    )
    assert REASON in text(browser_of(bob).get(address))


def test_a_second_score_never_tells_a_hidden_answer(assessment, alice):
    """Two people answered: whoever knows both scores of a pillar could take one from the other."""
    answered(assessment, 2, level=lambda person, place: 2 + person)
    finished(assessment, alice)
    agreed_on(assessment, alice, 5, "vision-direction")
    browser = browser_of(alice)
    page = text(browser.get(f"/assessments/{assessment.pk}/result/agreement/"))
    assert rows_of(page)["Vision"] == ["1 of 7", "2.5", "–", "2", "–"]
    assert rows_of(page)["Organisation"][2:] == ["–", "2", "–"]
    assert "Not shown with the agreed answers: Vision and the organisation." in page
    assert "on average" not in page[page.index('id="agreed"') :].partition("</ol>")[0]
    tables = json.loads(browser.get(f"/assessments/{assessment.pk}/result/report.json").content)["tables"]
    vision, *_others, organisation = tables["individual_and_agreed"]
    for row in (vision, organisation):
        assert (row["agreed_score"], row["agreed_level"]) == (None, None)
    assert tables["agreed_answers"][0]["individual_mean"] is None


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "json", "pdf"])
def test_every_file_says_which_is_which(form, assessment_of_five, alice):
    name = "report.pdf" if form == "pdf" else f"result/report.{form}"
    body = browser_of(alice).get(f"/assessments/{assessment_of_five.pk}/{name}").content
    if form == "pdf":
        words = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    elif form in ("docx", "xlsx"):
        archive = zipfile.ZipFile(io.BytesIO(body))
        words = "".join(archive.read(part).decode() for part in archive.namelist() if part.endswith(".xml"))
    else:
        words = body.decode()
    words = " ".join(words.split())
    for expected in (REASON, DISSENT, "official result", "vidual"):
        assert expected in words, expected


def test_the_page_costs_two_queries_more_however_much_was_agreed(
    assessment_of_five, alice, django_assert_max_num_queries
):
    keys = [q.key for q in assessment_of_five.bank_version.pillars.get(key="ethics").questions.all()]
    agreed_on(assessment_of_five, alice, 3, *keys)
    browser, address = browser_of(alice), f"/assessments/{assessment_of_five.pk}/result/"
    with django_assert_max_num_queries(21):
        browser.get(address)
    with django_assert_max_num_queries(14):
        browser.get(address)


def test_a_name_that_is_struck_out_of_a_reason_is_gone_from_a_page_that_was_drawn_before(assessment, alice, bob):
    User.objects.filter(pk=bob.pk).update(name="Bob Nobody")
    answered(assessment, 5)
    finished(assessment, alice, release=False)
    agreed_on(assessment, alice, 4, "vision-direction", reason="As Bob Nobody saw it", dissent="")
    browser, address = browser_of(alice), f"/assessments/{assessment.pk}/result/agreement/"
    assert "As Bob Nobody saw it" in text(browser.get(address))
    AgreedAnswer.objects.update(reason="As […] saw it")  # as erasing does, without a new revision
    assert "As […] saw it" in text(browser.get(address))
