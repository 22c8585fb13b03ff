"""Every kind of page with banks of every shape: none fails, and none names or draws a level that the bank does not offer."""

import re
from html import unescape

import pytest
from django.utils import timezone

from assessments.actions import assessments, benchmarks, translations
from assessments.formats.dump import dump_translation
from assessments.formats.places import TranslatedTexts, texts_of
from assessments.formats.result import dump_result
from assessments.formats.translation import parse_translation
from assessments.models import Assessment, CohortMember, Organisation, Result
from assessments.results.benchmark import newest_cohort, peers_of
from assessments.scoring.answers import Answers, Respondent
from assessments.scoring.result import score
from tests.markup import flat
from tests.shaped_assessments import assert_only_offered, released, start_shaped, submitted
from tests.shapes import SHAPES

PARTS = ("", "figures/", "agreement/")
CHARTS = ("pillars.svg", "ladder.svg", "pillars.csv", "profile.svg", "agreement.svg")


@pytest.fixture(params=SHAPES)
def shaped(request, northfield, alice, client):
    """(assessment, bank) of five people, closed and released, opened by its lead."""
    client.force_login(alice)
    return start_shaped(SHAPES[request.param](), northfield, alice)


def page(client, address, status=200, **query):
    response = client.get(address, query)
    assert response.status_code == status, address
    return unescape(response.content.decode())


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
    for address in ("roadmap/new/", "roadmap/status/"):
        assert_only_offered(page(client, f"{here}{address}"), bank)
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
    submitted(later, bank, alice, 5, lambda question, *_place: question.offered[-1])
    released(later, alice)
    assert_only_offered(page(client, f"/assessments/{later.pk}/result/"), bank)
    assert_only_offered(page(client, f"/assessments/{later.pk}/result/change/"), bank)
    compared = page(client, "/compare/", rounds=[str(started.pk), str(later.pk)])
    assert_only_offered(compared, bank)


def test_a_translation_is_read_in_the_questionnaire_and_the_result(shaped, alice, client):
    """Each text of the bank has a mark in front; the mark stands wherever a German reader sees a text of the bank."""
    started, bank = shaped
    version = started.bank_version
    source = dump_translation(
        TranslatedTexts(
            bank.key, bank.version, "de", "1.0.0", {place: f"¶{text}" for place, text in texts_of(bank).items()}
        ),
        bank,
    )
    loaded = parse_translation(source, "bank.de.yaml", lambda _key, _version: bank)
    assert loaded.missing == ()
    row, _new = translations.load(version=version, translation=loaded.translation)
    translations.offer(row=row, offered=True)
    alice.language = "de"
    alice.save()
    here, pillar = f"/assessments/{started.pk}/", bank.pillars[0]
    asked = page(client, f"{here}pillars/{pillar.key}/")
    for question in pillar.questions:
        assert f"¶{question.text}" in flat(asked)
        said = [each.text for each in question.choices.choices] if question.choices else question.anchors
        assert all(f"¶{text}" in flat(asked) for text in said if text)
    assert all(f"¶{group.name}" in page(client, here) for group in bank.groups)
    released(started, alice)
    figures = page(client, f"{here}result/figures/")
    assert all(f"¶{each.name}" in figures for each in (*bank.pillars, *bank.groups))


def counted(version, bank, number, by):
    """A verified and consenting organisation with a closed assessment, in which each answer is as far up its question."""
    own = {key: each.offered[number % len(each.offered)] for key, each in bank.questions.items()}
    found = score(bank, Answers(respondents=(Respondent("r", own),), invited=1))
    organisation = Organisation.objects.create(name=f"Organisation {number}", is_verified=True)
    made = Assessment.objects.create(
        organisation=organisation, bank_version=version, name="r", state="closed", closed_at=timezone.now()
    )
    Result.objects.create(
        assessment=made,
        revision=1,
        result=dump_result(found),
        answers="{}",
        engine="2.0.0",
        checksum="c",
        index=found.overall.index,
    )
    benchmarks.consent(organisation=organisation, by=by)


@pytest.mark.parametrize("shape", ["mixed", "staged", "checklist"])
def test_a_benchmark_stands_on_the_scale_of_the_bank(shape, northfield, alice, client):
    """Twelve organisations in which everybody chose the same step; the lead of another reads where hers lies."""
    client.force_login(alice)
    started, bank = start_shaped(SHAPES[shape](), northfield, alice)
    released(started, alice)
    for number in range(12):
        counted(started.bank_version, bank, number, alice)
    assert benchmarks.freeze_due() == 1
    peers = peers_of(Result.objects.get(assessment=started), newest_cohort(started))
    assert peers.n == 12
    assert peers.pillars.keys() == {pillar.key for pillar in bank.pillars if pillar.weight}
    indices = sorted(CohortMember.objects.values_list("index", flat=True))
    assert indices[2] - 0.05 <= peers.index.lower_quartile <= peers.index.upper_quartile <= indices[9] + 0.05
    for found in (peers.index, *peers.pillars.values()):
        assert bank.scale.low <= found.lower_quartile <= found.median <= found.upper_quartile <= bank.scale.high
    assert_only_offered(page(client, f"/assessments/{started.pk}/result/figures/"), bank)
