"""Writing a draft: one screen a level, history, two editors at once."""

import pytest

from assessments.actions import draft_snapshots
from assessments.models import BankVersion, NextStep, Pillar, Question, QuestionBank
from tests.markup import flat

from .conftest import change, form_of, page, save


def keys(rows):
    return [row.key for row in rows.order_by("order", "pk")]


def test_a_version_is_saved_with_its_levels_and_told_in_the_history(workshop, draft, dana):
    response = save(workshop, draft, title="Renamed", level_3_name="Rooted", retired="old-one, old-two")
    assert response.status_code == 302, response.context["errors"]
    draft.refresh_from_db()
    assert (draft.title, draft.retired) == ("Renamed", ["old-one", "old-two"])
    assert draft.levels.get(number=3).name == "Rooted"
    edit = draft.edits.first()
    assert (edit.verb, edit.kind, edit.by) == ("changed", "version", dana)
    assert (edit.before["title"], edit.after["title"]) == ("AI leadership maturity", "Renamed")


def test_a_question_is_saved_with_descriptors_and_steps(workshop, question):
    steps = {"next_steps-0-action": "Write it down", "next_steps-0-requires": "culture-safety, ethics-rules"}
    assert save(workshop, question, anchor_2="", anchor_5="It pays", **steps).status_code == 302
    assert [a.level for a in question.anchors.all()] == [1, 3, 4, 5]
    assert question.anchors.get(level=5).text == "It pays"
    assert question.next_steps.first().requires == ["culture-safety", "ethics-rules"]
    edit = question.pillar.version.edits.first()
    assert (edit.kind, edit.key, edit.before["anchors"][4] != "It pays") == ("question", question.key, True)


def test_saving_without_a_change_leaves_no_history(workshop, draft, pillar, question):
    before = draft.edits.count()
    for row in (draft, pillar, question):
        assert save(workshop, row).status_code == 302
    assert draft.edits.count() == before


def test_a_row_for_a_step_that_nobody_touched_is_no_step(workshop, question):
    count = question.next_steps.count()
    assert save(workshop, question, **{f"next_steps-{count}-from_level": "1"}).status_code == 302
    assert question.next_steps.count() == count


def test_a_step_is_added_and_removed(workshop, question):
    count = question.next_steps.count()
    new = {
        f"next_steps-{count}-{name}": value
        for name, value in {"from_level": "2", "order": "9", "action": "Ask"}.items()
    }
    assert save(workshop, question, **new).status_code == 302
    assert question.next_steps.last().action == "Ask"
    save(workshop, question, **{"next_steps-0-DELETE": "on"})
    assert question.next_steps.count() == count


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"anchor_1": ""}, "anchor_1"),
        ({"anchor_2": "", "anchor_3": "", "anchor_4": "", "anchor_5": ""}, "anchor_2"),
        ({"key": "vision-value"}, "key"),
        ({"key": "not a key"}, "key"),
        ({"essential_at": "1"}, "essential_at"),
        ({"weight": "nan"}, "weight"),
        ({"weight": "0.0001"}, "weight"),
    ],
)
def test_what_no_bank_may_hold_is_refused_at_its_field(workshop, question, changes, field):
    before = draft_snapshots.state_of(question)
    response = save(workshop, question, **changes)
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors or "__all__" in response.context["adminform"].form.errors
    assert draft_snapshots.state_of(question) == before


def test_a_retired_key_is_not_used_again(workshop, draft, question):
    draft.retired = ["gone"]
    draft.save()
    assert "key" in save(workshop, question, key="gone").context["adminform"].form.errors


def test_an_empty_step_effort_is_absent_and_zero_is_refused(workshop, question):
    save(workshop, question, **{"next_steps-0-effort": ""})
    assert question.next_steps.first().effort is None
    for wrong in ("0", "-1", "inf", "nan"):
        assert save(workshop, question, **{"next_steps-0-effort": wrong}).status_code == 200
    assert NextStep.objects.get(pk=question.next_steps.first().pk).effort is None


def test_the_way_from_an_empty_bank_to_a_question(workshop):
    workshop.post("/admin/assessments/questionbank/add/", {"key": "small"})
    bank = QuestionBank.objects.get(key="small")
    levels = {f"level_{n}_{part}": f"{part} {n}" for n in range(1, 6) for part in ("name", "summary")}
    address = f"/admin/assessments/bankversion/add/?bank={bank.pk}"
    assert workshop.get(address).context["adminform"].form["version"].value() == "1.0.0"
    made = workshop.post(address, {"bank": bank.pk, "version": "1.0.0", "title": "Small", "language": "en", **levels})
    version = bank.versions.get()
    assert made["Location"] == change(version)
    workshop.post(
        f"/admin/assessments/pillar/add/?version={version.pk}",
        {"version": version.pk, "key": "p", "name": "Pillar", "weight": "1"},
    )
    pillar = version.pillars.get()
    address = f"/admin/assessments/question/add/?pillar={pillar.pk}"
    data = {
        **form_of(workshop.get(address)), "pillar": pillar.pk, "key": "q", "text": "Who?", "weight": "1",
        "anchor_1": "Nobody", "anchor_3": "Some",
    }  # fmt: skip
    assert workshop.post(address, data)["Location"] == f"{change(pillar)}#row-{pillar.questions.get().pk}"
    assert draft_snapshots.state_of(pillar.questions.get())["anchors"] == ["Nobody", None, "Some", None, None]
    assert [(e.verb, e.kind) for e in version.edits.order_by("pk")] == [
        ("added", "version"), ("added", "pillar"), ("added", "question"),
    ]  # fmt: skip


def test_rows_move_by_button_and_by_drag(workshop, pillar):
    first, second, *others = keys(pillar.questions)
    row = pillar.questions.get(key=first)
    moved = workshop.post(f"/admin/assessments/question/{row.pk}/move/", {"step": "down"})
    assert moved["Location"] == f"{change(pillar)}#row-{row.pk}"
    assert keys(pillar.questions) == [second, first, *others]
    address = f"/admin/assessments/question/{row.pk}/arrange/"
    assert workshop.post(address, {"key": [first, second, *others]}).status_code == 204
    assert keys(pillar.questions) == [first, second, *others]
    assert workshop.post(address, {"key": [first]}).status_code == 409


def test_pillars_move_and_nothing_moves_by_get(workshop, draft, pillar):
    before = keys(draft.pillars)
    assert workshop.get(f"/admin/assessments/pillar/{pillar.pk}/move/?step=down").status_code == 405
    workshop.post(f"/admin/assessments/pillar/{pillar.pk}/move/", {"step": "down"})
    assert keys(draft.pillars)[:2] == before[1::-1]
    assert [row.key for row in workshop.get(change(draft)).context["pillars"]][:2] == before[1::-1]


def test_a_question_is_duplicated_and_opened(workshop, pillar, question):
    response = workshop.post(f"/admin/assessments/question/{question.pk}/duplicate/")
    copy = pillar.questions.get(key=f"{question.key}-2")
    assert response["Location"] == change(copy)


def test_a_deleted_pillar_comes_back_from_its_history_with_its_questions(workshop, draft, pillar):
    before = keys(pillar.questions)
    confirm = workshop.get(f"/admin/assessments/pillar/{pillar.pk}/delete/")
    assert confirm.content.count(b"<li>") < 40  # named and counted, not listed one by one
    assert workshop.post(f"/admin/assessments/pillar/{pillar.pk}/delete/", {"post": "yes"}).status_code == 302
    for edit in (draft.edits.get(kind="pillar"), *draft.edits.filter(kind="question", verb="deleted")):
        workshop.post(page(draft, f"edits/{edit.pk}/restore/"))
    assert sorted(keys(Pillar.objects.get(version=draft, key=pillar.key).questions)) == sorted(before)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/admin/"])
def test_deleting_leads_where_no_parameter_says(workshop, pillar, target):
    for name in ("parent", "next"):
        row = pillar.questions.first()
        address = f"/admin/assessments/question/{row.pk}/delete/?{name}={target}"
        answer = workshop.post(address, {"post": "yes", name: target})
        assert answer["Location"] == "/admin/assessments/questionbank/"


def test_history_shows_words_and_restores(workshop, draft, question):
    old = question.text
    save(workshop, question, text=f"{old} Really?")
    html = workshop.get(page(draft, f"edits/?row={question.pk}")).content.decode()
    assert "Really?</ins>" in flat(html)
    edit = draft.edits.get(verb="changed")
    workshop.post(page(draft, f"edits/{edit.pk}/restore/"))
    question.refresh_from_db()
    assert question.text == old


def test_what_cannot_come_back_says_so(workshop, draft, question):
    edit = draft.edits.create(
        verb="deleted", kind="question", row=0, key="x", before={**draft_snapshots.state_of(question)}
    )
    response = workshop.post(page(draft, f"edits/{edit.pk}/restore/"), follow=True)
    assert "This cannot be restored" in response.content.decode()


# Two editors at once


@pytest.mark.parametrize("which", ["draft", "pillar", "question"])
def test_the_second_editor_is_warned_and_asked(workshop, request, which):
    row = request.getfixturevalue(which)
    name = {"draft": "title", "pillar": "name", "question": "text"}[which]
    opened = form_of(workshop.get(change(row)))
    save(workshop, row, **{name: "By the first"})
    refused = workshop.post(change(row), {**opened, name: "By the second"})
    html = refused.content.decode()
    assert refused.status_code == 200
    assert "Two of you changed this" in html
    assert "By the <del>first</del><ins>second</ins>" in html.replace("\n>", ">")
    row.refresh_from_db()
    assert getattr(row, name) == "By the first"
    again = {**opened, name: "By the second", "_opened": refused.context["token"]}
    assert workshop.post(change(row), again).status_code == 302
    row.refresh_from_db()
    assert getattr(row, name) == "By the second"


def test_a_change_of_a_descriptor_or_a_step_alone_is_noticed_too(workshop, question):
    opened = form_of(workshop.get(change(question)))
    save(workshop, question, anchor_4="Otherwise")
    assert "Two of you changed this" in workshop.post(change(question), opened).content.decode()
    opened = form_of(workshop.get(change(question)))
    save(workshop, question, **{"next_steps-0-action": "Otherwise"})
    assert "Two of you changed this" in workshop.post(change(question), opened).content.decode()


def test_a_save_without_a_token_is_refused(workshop, question):
    data = form_of(workshop.get(change(question)))
    del data["_opened"]
    assert workshop.post(change(question), data).status_code == 200


def test_moving_another_row_does_not_make_a_save_stale(workshop, question):
    opened = form_of(workshop.get(change(question)))
    workshop.post(f"/admin/assessments/question/{question.pk}/move/", {"step": "down"})
    assert workshop.post(change(question), {**opened, "text": "Who else?"}).status_code == 302


# What is published stays


@pytest.mark.parametrize("name", ["publish/", "edits/1/restore/"])
def test_a_published_version_refuses_every_page_that_writes(workshop, version, name):
    edit = version.edits.create(verb="changed", kind="version", before=draft_snapshots.state_of(version))
    response = workshop.post(page(version, name.replace("1", str(edit.pk))))
    assert response.status_code == 403


@pytest.mark.parametrize("verb", ["move", "arrange", "duplicate"])
def test_rows_of_a_published_version_stay_where_they_are(workshop, version, verb):
    row = Question.objects.filter(pillar__version=version).first()
    assert workshop.post(f"/admin/assessments/question/{row.pk}/{verb}/", {"step": "down"}).status_code == 403


def test_screens_cost_a_fixed_number_of_queries(workshop, draft, pillar, question, django_assert_max_num_queries):
    for row in (draft, pillar, question):
        with django_assert_max_num_queries(32):
            workshop.get(change(row))
    assert BankVersion.objects.filter(pk=draft.pk).exists()
