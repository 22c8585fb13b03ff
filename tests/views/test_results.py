"""The result page and the files of its charts: who sees what, how many queries, how large."""

import gzip
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.actions import assessments
from assessments.models import Answer, Assessment, Participant, Question, Submission, User
from tests.markup import flat
from tests.views.result_pages import every_page

LEVELS = (3, 2, 4, 1, 3, 5, 2, 3)


def answered(round_, people, *, every=None, level=lambda person, question: LEVELS[(person + question) % 8]):
    """Submissions of `people` people (bob and alice left out) that answer all questions, or those in `every`."""
    questions = [
        q for q in Question.objects.filter(pillar__version=round_.bank_version) if every is None or q.key in every
    ]
    for number in range(people):
        user, _new = User.objects.get_or_create(email=f"p{number}@northfield.example", name=f"Person {number}")
        participant = assessments.add_participant(assessment=round_, user=user, function="technology", by=user)
        draft = Submission.objects.create(
            participant=participant, state=Submission.State.SUBMITTED, submitted_at=timezone.now()
        )
        Answer.objects.bulk_create(
            Answer(submission=draft, question=question, answered_by=user, level=level(number, place))
            for place, question in enumerate(questions)
        )


def another(round_, alice, name):
    return assessments.start(
        organisation=round_.organisation, bank_version=round_.bank_version, name=name, by=alice, function="ceo"
    )


def finished(round_, alice, *, release=True):
    assessments.close(assessment=round_, by=alice)
    if release:
        assessments.release(assessment=Assessment.objects.get(pk=round_.pk), by=alice, everyone=True)
    return f"/assessments/{round_.pk}/result/"


def counted(client, address):
    client.get(address)  # banks are read once a process
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    return response, len(queries)


@pytest.mark.parametrize("people", [1, 40])
def test_page_costs_the_same_for_one_and_for_forty(people, assessment, alice, client):
    answered(assessment, people)
    first = finished(assessment, alice)
    later = another(assessment, alice, "Q1 later")
    answered(later, people)
    client.force_login(alice)
    response, queries = counted(client, finished(later, alice))
    assert response.status_code == 200
    assert queries <= 14
    assert len(gzip.compress(response.content)) <= 60_000
    assert client.get(first).status_code == 200


def test_a_page_that_was_drawn_before_reads_neither_answers_nor_figures(assessment, alice, client):
    answered(assessment, 3)
    address = finished(assessment, alice)
    client.force_login(alice)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    asked = " ".join(query["sql"] for query in queries)
    assert '"assessments_result"."checksum"' in asked
    assert '"assessments_result"."result"' not in asked
    assert '"assessments_answer"' not in asked


def test_scripts_and_styles_of_a_kept_page_carry_the_nonce_of_each_visit(assessment, alice, client):
    answered(assessment, 3)
    address = finished(assessment, alice)
    client.force_login(alice)
    for _visit in range(2):
        response = client.get(f"{address}figures/")
        nonces = set(re.findall(r'nonce="([^"]+)"', response.content.decode()))
        assert len(nonces) == 1
        assert f"'nonce-{nonces.pop()}'" in response["Content-Security-Policy"]


def test_page_names_what_it_compares_with_only_to_who_may_see_it(assessment, alice, bob, client):
    answered(assessment, 4)
    finished(assessment, alice, release=False)
    later = another(assessment, alice, "Q1 later")
    assessments.add_participant(assessment=later, user=bob, function="legal", by=alice)
    answered(later, 4, level=lambda person, question: 5)
    address = finished(later, alice)
    client.force_login(alice)
    assert 'id="change"' in client.get(f"{address}change/").content.decode()
    client.force_login(bob)
    assert client.get(f"{address}change/").status_code == 404
    page = every_page(client, address)
    assert 'id="change"' not in page
    assert "Previous round" not in page
    assert client.get(f"{address}charts/change.svg").status_code == 404


def test_charts_are_files(assessment, alice, client):
    answered(assessment, 5)
    address = finished(assessment, alice)
    client.force_login(alice)
    kinds = {"svg": (b"<svg ", "image/svg+xml"), "csv": (b"\xef\xbb\xbf", "text/csv; charset=utf-8")}
    kinds["png"] = (b"\x89PNG", "image/png")
    for name in ("pillars", "profile", "ladder", "agreement", "answers-vision-direction"):
        for kind, (start, content_type) in kinds.items():
            response = client.get(f"{address}charts/{name}.{kind}")
            assert response.content.startswith(start), (name, kind)
            assert response["Content-Type"] == content_type
            assert f'filename="northfield-q4-{name}.{kind}"' in response["Content-Disposition"]
    assert client.get(f"{address}charts/pillars.exe").status_code == 404
    assert client.get(f"{address}charts/nonsense.svg").status_code == 404


def test_four_people_of_a_confidential_assessment_have_no_distribution(assessment, alice, client):
    answered(assessment, 4, level=lambda person, question: (1, 5)[person % 2])
    address = finished(assessment, alice)
    client.force_login(alice)
    assert client.get(f"{address}charts/answers-vision-direction.svg").status_code == 404
    page = every_page(client, address)
    assert 'class="chart spread"' not in page
    assert "Mean 3.0, 4 people" not in page, "whether views differ is told from five people on"
    assert "on average" not in page  # with the mean it would give two and two away


def test_a_drawing_stands_no_more_exactly_than_is_printed_where_a_question_is_hidden(assessment, alice, client):
    """Else its place would tell the pillar's exact mean, and taking off what is shown the hidden answers."""
    answered(assessment, 7)
    theirs = Answer.objects.filter(question__key="vision-direction", submission__participant__assessment=assessment)
    theirs.exclude(submission__participant__user__name__in=["Person 0", "Person 1"]).delete()
    client.force_login(alice)
    address = finished(assessment, alice)
    page = client.get(f"{address}figures/").content.decode()
    figure = json.loads(re.search(r'<script id="profile-figure"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    values = {
        axis: [trace["r"][place] for trace in figure["data"] for place, key in enumerate(trace["theta"])
               if key == axis and trace["meta"]["role"] in ("current", "interval")]
        for axis in ("vision", "culture")
    }  # fmt: skip
    assert all(value == round(value, 1) for value in values["vision"])
    assert any(value != round(value, 1) for value in values["culture"])
    dot = re.search(
        r'>Vision(?:</a>)?</span><div class="strip-box">.*?cx="([\d.]+)%"',
        flat(client.get(address).content.decode()),
    )
    assert float(dot[1]) / 2.5 == pytest.approx(round(float(dot[1]) / 2.5))  # a tenth of a level is 2.5%


def test_two_people_have_no_mean_and_no_flag_by_name(assessment, alice, client):
    answered(assessment, 2, level=lambda person, question: (1, 5)[person % 2])
    client.force_login(alice)
    address = finished(assessment, alice)
    explained = client.get(f"{address}figures/").content.decode().partition('id="explain"')[2]
    assert "not shown" in explained
    assert "3.0000" not in re.sub("<tfoot>.*?</tfoot>", "", explained)
    assert "Views differ" not in every_page(client, address)


def test_hurried_answers_are_hinted_at_to_the_lead_alone(assessment, alice, bob, client):
    answered(assessment, 5, level=lambda person, question: 3 if person == 0 else LEVELS[(person + question) % 8])
    address = finished(assessment, alice)
    client.force_login(alice)
    assert "One person gave nearly the same answer throughout" in every_page(client, address)
    client.force_login(bob)
    assert "nearly the same answer" not in every_page(client, address)


def test_level_stands_beside_the_level_that_evidence_supports(assessment, alice, client):
    answered(assessment, 5, level=lambda person, question: 4)
    Answer.objects.filter(question__key__startswith="vision", submission__participant__assessment=assessment).update(
        evidence_grade=2
    )
    client.force_login(alice)
    page = client.get(f"{finished(assessment, alice)}figures/").content.decode()
    cells = re.findall(r'<th scope="row">(\w+)</th><td>(\d)</td><td>(\d)</td><td><b>', flat(page))
    rows = {name: (level, supported) for name, level, supported in cells}
    assert rows["Vision"] == ("4", "4")
    assert rows["Culture"] == ("4", "1")


def test_a_page_drawn_once_serves_only_who_may_see_the_same(assessment, alice, bob, client):
    """The second look is the first one; a new name is seen at once, and a participant gets no link of the lead."""
    answered(assessment, 5)
    address = finished(assessment, alice)
    client.force_login(alice)
    first, again = client.get(address).content.decode(), client.get(address).content.decode()
    scrub = re.compile(r'(nonce|value)="[^"]*"')
    assert scrub.sub("", first) == scrub.sub("", again)
    Assessment.objects.filter(pk=assessment.pk).update(name="Renamed")
    assert "assessment Renamed" in client.get(address).content.decode()
    client.force_login(bob)
    assert "Explore scenarios" not in client.get(address).content.decode()


def test_a_section_that_moved_is_pointed_to_under_its_old_fragment(assessment, alice, client):
    """A link of last year ends at the link to the page, with no script as well; a page that is not there is none."""
    answered(assessment, 3)
    address = finished(assessment, alice)
    client.force_login(alice)
    summary = flat(client.get(address).content.decode())
    for section, part in {
        "profile": "figures",
        "figures": "figures",
        "explain": "figures",
        "agreement": "agreement",
    }.items():
        assert f'<a id="{section}" class="moved" href="{address}{part}/#{section}">' in summary
        assert f'<section id="{section}"' in flat(client.get(f"{address}{part}/").content.decode())
    for section in ("finding", "pillars", "blocks", "moves", "method"):
        assert f'id="{section}"' in summary
    for absent in ("summary", "change", "benchmark", "nonsense"):
        assert client.get(f"{address}{absent}/").status_code == 404


def test_an_outsider_gets_the_same_as_for_nothing(assessment, alice, charlie, client):
    answered(assessment, 5)
    address = finished(assessment, alice)
    client.force_login(charlie)
    assert client.get(f"{address}charts/pillars.svg").status_code == 404
    assert Participant.objects.filter(assessment=assessment).count() == 7
