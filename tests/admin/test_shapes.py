"""A bank of any shape, typed by hand: its ladder, answer sets, groups and stages, and many questions at once."""

import pytest

from assessments import results
from assessments.actions import draft_snapshots
from assessments.admin.paste import pasted_in
from assessments.admin.shape_fields import ChoicesField, GroupsField, spread
from assessments.formats.bank import parse_bank
from assessments.formats.dump import dump_bank
from assessments.models import Level, Pillar, Question, QuestionBank

from .conftest import change, form_of, page, save

SETS = "thirds\n0 | No\n0,5 | Partly\n1 | Yes\n\nboth\nNo\nYes"


@pytest.fixture
def draft(dana):
    version = QuestionBank.objects.create(key="mine").versions.create(version="1.0.0", title="Mine")
    Level.objects.bulk_create(Level(version=version, number=n, name=f"L{n}") for n in range(1, 6))
    return version


@pytest.fixture
def shaped(workshop, draft):
    ladder = {"level_1_value": "0", "level_2_value": "0.5", "level_3_value": "1"}
    gone = {f"level_{n}_name": "" for n in (4, 5)}
    shape = {"kind": "2", "answer_sets": SETS, "headings": "Build\nrun | Run | 2", "mean_of": "groups"}
    rest = {"gate_by": "stages", "gate_hold": "0.9", "scale_from": "0", "scale_to": "3", "attribution": "Nobody"}
    response = save(workshop, draft, **ladder, **gone, **shape, **rest)
    assert response.status_code == 302, response.context["adminform"].form.errors
    draft.refresh_from_db()
    return draft


@pytest.fixture
def pillar(shaped):
    return Pillar.objects.create(version=shaped, key="design", name="Design", group="build")


def test_every_field_is_kept(workshop, shaped):
    assert shaped.format == 2
    assert [(level.name, level.value) for level in shaped.levels.all()] == [("L1", 0), ("L2", 0.5), ("L3", 1)]
    assert shaped.scale == [0, 3]
    assert [each["key"] for each in shaped.choices] == ["thirds", "both"]
    assert [one["value"] for one in shaped.choices[0]["choices"]] == [0, 0.5, 1]
    assert shaped.groups == [
        {"key": "build", "name": "Build", "weight": 1.0}, {"key": "run", "name": "Run", "weight": 2.0}
    ]  # fmt: skip
    assert (shaped.index_of, shaped.attribution) == ("groups", "Nobody")
    assert (shaped.gate["by"], shaped.gate["hold"]) == ("stages", 0.9)
    before = shaped.edits.count()
    assert save(workshop, shaped).status_code == 302
    assert shaped.edits.count() == before


def test_a_bank_typed_by_hand_is_one_that_loads(workshop, shaped, pillar):
    Pillar.objects.create(version=shaped, key="watch", name="Watch", group="run")
    for each in shaped.pillars.all():
        sent = {"text": "1. Is it drawn?\n2. Is it kept?", "answer_set": "thirds", "of_stage": "2"}
        assert workshop.post(f"/admin/assessments/pillar/{each.pk}/paste/", sent).status_code == 302
    bank = parse_bank(dump_bank(results.bank_of(shaped)).encode(), "mine.yaml").bank
    assert [question.text for question in bank.questions.values()] == ["Is it drawn?", "Is it kept?"] * 2
    assert {question.stage for question in bank.questions.values()} == {2}
    assert workshop.get(page(shaped, "check/")).status_code == 200


@pytest.mark.parametrize(("places", "best"), [("spread", 3), ("lowest", 2)])
def test_a_block_without_an_answer_set_has_its_levels_below_it(workshop, pillar, places, best):
    sent = {"text": "Is it drawn?\nNever\nAlways\n\nIs it kept?\nNo\nHalf\nYes"}
    response = workshop.post(f"/admin/assessments/pillar/{pillar.pk}/paste/", sent)
    assert response.status_code == 422
    assert (
        "2 answers for 3 levels. Spread, they become levels 1, 3; otherwise levels 1, 2." in response.content.decode()
    )
    workshop.post(f"/admin/assessments/pillar/{pillar.pk}/paste/", {**sent, "places": places})
    first, second = pillar.questions.all()
    assert [(anchor.level, anchor.text) for anchor in first.anchors.all()] == [(1, "Never"), (best, "Always")]
    assert second.anchors.count() == 3
    assert (first.key, second.key) == ("design-1", "design-2")


@pytest.mark.parametrize("levels", range(2, 8))
def test_answers_are_spread_from_the_lowest_level_to_the_highest(levels):
    for count in range(2, levels + 1):
        answers = [str(number) for number in range(count)]
        placed = spread(answers, levels)
        assert [each for each in placed if each] == answers
        assert (len(placed), placed[0], placed[-1]) == (levels, answers[0], answers[-1])
    assert spread(["Never", "Sometimes", "Always"], 5) == ["Never", None, "Sometimes", None, "Always"]


def test_typed_answers_are_spread_on_demand(workshop, pillar):
    workshop.post(
        f"/admin/assessments/pillar/{pillar.pk}/paste/",
        {"text": "Is it kept?\nNo\nHalf\nYes\n\nIs it drawn?\nNo\nHalf\nYes"},
    )
    question = pillar.questions.first()
    assert save(workshop, question, anchor_2="Yes", anchor_3="").status_code == 302
    assert [anchor.level for anchor in question.anchors.all()] == [1, 2]
    assert save(workshop, question, evenly="on").status_code == 302
    assert [anchor.level for anchor in question.anchors.all()] == [1, 3]


@pytest.mark.parametrize(
    ("text", "said"),
    [("Is it drawn?", "Question 1 has no answers"), ("A?\nB?\n" * 31, "room for 60"), ("", "required")],
)
def test_what_cannot_be_pasted_is_said_and_kept(workshop, pillar, text, said):
    response = workshop.post(f"/admin/assessments/pillar/{pillar.pk}/paste/", {"text": text})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert pillar.questions.count() == 0


def test_a_question_has_an_answer_set_or_descriptors(workshop, pillar):
    workshop.post(f"/admin/assessments/pillar/{pillar.pk}/paste/", {"text": "Is it drawn?", "answer_set": "both"})
    question = pillar.questions.get()
    assert "anchor_4" not in form_of(workshop.get(change(question)))
    assert save(workshop, question, anchor_1="Never").status_code == 200
    assert save(workshop, question, answer_set="thirds", of_stage="3").status_code == 302
    question.refresh_from_db()
    assert (question.choices, question.stage) == ("thirds", 3)


def test_an_answer_set_in_use_stays(workshop, shaped, pillar):
    workshop.post(f"/admin/assessments/pillar/{pillar.pk}/paste/", {"text": "Is it drawn?", "answer_set": "both"})
    response = save(workshop, shaped, answer_sets="thirds\nNo\nYes")
    assert "answer set “both”" in str(response.context["adminform"].form.errors)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"level_6_name": "Sixth"}, "level_6_name"),
        ({"answer_sets": SETS}, "kind"),
        ({"level_2_name": ""}, "level_2_name"),
        ({"kind": "2", "answer_sets": "alone"}, "answer_sets"),
        ({"kind": "2", "answer_sets": "a\n0 | No\nYes"}, "answer_sets"),
        ({"kind": "2", "answer_sets": "a\n0 | No\n7 | Yes"}, "answer_sets"),
        ({"kind": "2", "headings": "a | A\na | B"}, "headings"),
        ({"kind": "2", "scale_from": "3", "scale_to": "3"}, "scale_to"),
        ({"kind": "2", "scale_from": "3"}, "scale_to"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(workshop, draft, changes, field):
    before = draft_snapshots.state_of(draft)
    response = save(workshop, draft, **changes)
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert draft_snapshots.state_of(draft) == before


def test_what_is_written_is_read_again():
    for field, text in ((ChoicesField(), SETS), (GroupsField(), "Build\nrun | Run | 2")):
        stored = field.parse(text)
        assert field.parse(field.written(stored)) == stored


def test_lines_blocks_and_bullets():
    assert [each.text for each in pasted_in("- One?\n2) Two?\nThree?")] == ["One?", "Two?", "Three?"]
    assert [each.below for each in pasted_in("One?\nHelp\n\nTwo?")] == [("Help",), ()]


def test_subsets_are_typed_checked_and_shown(workshop, draft):
    pillar = Pillar.objects.create(version=draft, key="design", name="Design")
    for key in ("first", "second"):
        Question.objects.create(pillar=pillar, key=key, text=f"{key}?")
    assert save(workshop, draft, parts_asked="pulse | Pulse | first").status_code == 302
    draft.refresh_from_db()
    assert draft.subsets == [{"key": "pulse", "title": "Pulse", "questions": ["first"]}]
    assert draft.has_subset("pulse")
    for wrong, said in (
        ("pulse | Pulse | third", "no question “third”"),
        ("pulse | Pulse | first, second", "asks every question of Design"),
        ("pulse | Pulse", "write a subset as key, title, questions"),
        ("pulse | Pulse | first first", "stands here twice"),
    ):
        response = save(workshop, draft, parts_asked=wrong)
        assert said in str(response.context["adminform"].form.errors["parts_asked"])
    assert save(workshop, draft, parts_asked="").status_code == 302
    draft.refresh_from_db()
    assert draft.subsets == []
