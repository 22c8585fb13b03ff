"""Every kind of page with banks of every shape: none fails, and none names or draws a level that the bank does not offer."""

import re
from html import unescape

import pytest
from django.utils import timezone

from assessments.actions import assessments, banks
from assessments.models import Answer, Assessment, Question, Submission, User
from assessments.results import bank_of
from tests.markup import flat
from tests.shapes import SHAPES

PARTS = ("", "figures/", "agreement/")
CHARTS = ("pillars.svg", "ladder.svg", "pillars.csv", "profile.svg", "agreement.svg")


def submitted(assessment, bank, alice, people):
    """Submissions of people who answer all over what each question offers."""
    rows = {row.key: row for row in Question.objects.filter(pillar__version=assessment.bank_version)}
    for number in range(people):
        user = User.objects.create_user(f"p{number}@northfield.example", name=f"Person {number}")
        person = assessments.add_participant(assessment=assessment, user=user, function="technology", by=alice)
        sent = Submission.objects.create(
            participant=person, state=Submission.State.SUBMITTED, submitted_at=timezone.now()
        )
        Answer.objects.bulk_create(
            Answer(submission=sent, question=rows[key], answered_by=user, level=level(question, number, place))
            for place, (key, question) in enumerate(bank.questions.items())
        )


def level(question, number, place):
    """Stages low down are reached, those higher up not quite."""
    top = len(question.offered) - 1
    return question.offered[max(0, top - (number + place) % 3 - ((question.stage or 2) - 2))]


@pytest.fixture(params=SHAPES)
def shaped(request, northfield, alice, client):
    """(assessment, bank) of five people, closed and released, opened by its lead."""
    version, _made = banks.load(bank=SHAPES[request.param]())
    banks.publish(version=version)
    started = assessments.start(organisation=northfield, bank_version=version, name="Q4", by=alice, function="ceo")
    submitted(started, bank_of(version), alice, 5)
    client.force_login(alice)
    return started, bank_of(version)


def page(client, address, status=200, **query):
    response = client.get(address, query)
    assert response.status_code == status, address
    return unescape(response.content.decode())


def assert_only_offered(text, bank):
    """No level above the bank's highest, as `level 5` or as a step of a ladder."""
    named = {int(number) for number in re.findall(r"\blevels?[\s\u00a0](\d+)", text, re.IGNORECASE)}
    assert max(named, default=1) <= bank.highest, sorted(named)
    assert text.count('class="step"') in {0, bank.highest}


def released(started, alice):
    assessments.close(assessment=started, by=alice)
    assessments.release(assessment=Assessment.objects.get(pk=started.pk), by=alice, everyone=True)


def test_the_questionnaire_asks_what_each_question_offers(shaped, client):
    started, bank = shaped
    here = f"/assessments/{started.pk}/"
    overview = page(client, here)
    assert all(group.name in overview for group in bank.groups)
    for pillar in bank.pillars[:3]:
        asked = page(client, f"{here}pillars/{pillar.key}/")
        assert_only_offered(asked, bank)
        for question in pillar.questions:
            offered = re.findall(rf'<input\s+type="radio"\s+id="[^"]+"\s+name="{question.key}"\s+value="(\d)"', asked)
            assert [*map(int, offered)] == [*question.offered]
    first = bank.pillars[0].questions[0]
    sent = {first.key: str(first.offered[-1]), f"{first.key}:revision": "0"}
    assert client.post(f"{here}pillars/{bank.pillars[0].key}/", sent).status_code in {200, 302, 422}
    assert_only_offered(page(client, f"{here}review/"), bank)


def test_every_page_of_a_result_keeps_to_the_scale(shaped, alice, client):
    started, bank = shaped
    released(started, alice)
    here = f"/assessments/{started.pk}/"
    for part in PARTS:
        assert_only_offered(page(client, f"{here}result/{part}"), bank)
    summary = page(client, f"{here}result/")
    ticks = re.findall(
        r"<text[^>]*>([\d.]+)</text>", summary.partition('class="chart scale"')[2].partition("</svg>")[0]
    )
    assert float(ticks[0]) == bank.scale.low
    assert float(ticks[-1]) == bank.scale.high
    assert f"of {bank.scale.high:g}</small>" in flat(summary)
    for name in CHARTS:
        response = client.get(f"{here}result/charts/{name}")
        assert response.status_code in {200, 404}
        assert_only_offered(unescape(response.content.decode()), bank)


def test_scenarios_and_the_roadmap_offer_only_what_can_be_answered(shaped, alice, client):
    started, bank = shaped
    released(started, alice)
    here = f"/assessments/{started.pk}/"
    form = page(client, f"{here}what-if/")
    assert_only_offered(form, bank)
    question = next(iter(bank.questions.values()))
    values = re.findall(r'value="(\d+)"', form.partition(f'name="{question.key}"')[2].partition("</select>")[0])
    assert [*map(int, values)] == [*question.offered[1:]]
    moved = {key: each.offered[-1] for key, each in bank.questions.items()}
    assert_only_offered(page(client, f"{here}what-if/", **moved), bank)
    for address in ("roadmap/", "roadmap/add/", "roadmap/add/?budget=3", "commentary/", "commentary/whole/"):
        assert_only_offered(page(client, f"{here}{address}"), bank)
    assert_only_offered(page(client, f"{here}commentary/pillars/{bank.pillars[0].key}/"), bank)
    for address in ("/portfolio/", "/portfolio/pillars/", "/home/", f"{here}manage/"):
        assert_only_offered(page(client, address), bank)


def test_a_workshop_votes_on_the_answers_of_the_question(shaped, client):
    started, bank = shaped
    here = f"/assessments/{started.pk}/workshop/"
    client.post(f"{here}start")
    key, question = next(iter(bank.questions.items()))
    client.post(f"{here}ask", {"question": key, "turn": "1"})
    for address in (here, f"{here}screen/", f"{here}vote/"):
        assert_only_offered(page(client, address), bank)
    sent = {"level": question.offered[-1], "reason": "Seen", "dissent": "", "revision": 0}
    assert client.post(f"{here}answers/{key}/", sent).status_code == 302
    assert_only_offered(page(client, here), bank)


def test_rounds_are_compared_on_the_scale(shaped, northfield, alice, client):
    started, bank = shaped
    released(started, alice)
    later = assessments.start(
        organisation=northfield, bank_version=started.bank_version, name="Later", by=alice, function="ceo"
    )
    rows = Question.objects.filter(pillar__version=started.bank_version)
    for user in User.objects.filter(email__startswith="p"):
        person = assessments.add_participant(assessment=later, user=user, function="technology", by=alice)
        sent = Submission.objects.create(
            participant=person, state=Submission.State.SUBMITTED, submitted_at=timezone.now()
        )
        Answer.objects.bulk_create(
            Answer(submission=sent, question=row, answered_by=user, level=bank.questions[row.key].offered[-1])
            for row in rows
        )
    released(later, alice)
    assert_only_offered(page(client, f"/assessments/{later.pk}/result/"), bank)
    assert_only_offered(page(client, f"/assessments/{later.pk}/result/change/"), bank)
    compared = page(client, "/compare/", rounds=[str(started.pk), str(later.pk)])
    assert_only_offered(compared, bank)
