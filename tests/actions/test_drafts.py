"""Order, copies and history of a draft."""

import pytest

from assessments.actions import banks, draft_snapshots, drafts
from assessments.models import Question


@pytest.fixture
def draft(version, alice):
    return banks.new_draft(version=version, by=alice)


@pytest.fixture
def pillar(draft):
    return draft.pillars.first()


def keys(rows):
    return [row.key for row in rows.order_by("order", "pk")]


def change(row, by, **fields):
    before = draft_snapshots.state_of(row)
    type(row).objects.filter(pk=row.pk).update(**fields)
    after = draft_snapshots.state_of(row)
    version = row.get_version()
    return drafts.record(version=version, verb="changed", row=row, by=by, before=before, after=after)


def test_a_question_moves_one_place_and_stops_at_the_end(pillar, alice):
    first, second, *_others = before = keys(pillar.questions)
    row = pillar.questions.get(key=first)
    assert drafts.move(row=row, by=alice, step=1)
    assert keys(pillar.questions)[:2] == [second, first]
    assert drafts.move(row=row, by=alice, step=-1)
    assert not drafts.move(row=row, by=alice, step=-1)
    assert keys(pillar.questions) == before


def test_pillars_with_one_and_the_same_order_move_too(draft, alice):
    draft.pillars.update(order=0)
    last = draft.pillars.order_by("pk").last()
    drafts.move(row=last, by=alice, step=-1)
    assert keys(draft.pillars)[-2] == last.key


def test_an_order_dragged_on_a_stale_page_changes_nothing(pillar, alice):
    before = keys(pillar.questions)
    row = pillar.questions.first()
    assert not drafts.arrange(row=row, by=alice, keys=[*before[:-1], "gone"])
    assert not drafts.arrange(row=row, by=alice, keys=before[:-1])
    assert not drafts.arrange(row=row, by=alice, keys=before)
    assert keys(pillar.questions) == before
    assert drafts.arrange(row=row, by=alice, keys=before[::-1])
    assert keys(pillar.questions) == before[::-1]


def test_a_move_can_be_undone(pillar, alice):
    before = keys(pillar.questions)
    drafts.move(row=pillar.questions.first(), by=alice, step=1)
    drafts.restore(edit=pillar.version.edits.filter(kind="order").first(), by=alice)
    assert keys(pillar.questions) == before


def test_a_copy_follows_its_original_with_everything_in_it(pillar, alice):
    original = pillar.questions.first()
    copy = drafts.duplicate(question=original, by=alice)
    assert keys(pillar.questions)[:2] == [original.key, f"{original.key}-2"]
    one, other = draft_snapshots.state_of(original), draft_snapshots.state_of(copy)
    assert {**one, "key": ""} == {**other, "key": ""}
    assert drafts.duplicate(question=original, by=alice).key == f"{original.key}-3"


def test_a_copy_never_takes_a_retired_key(pillar, alice):
    original = pillar.questions.first()
    version = pillar.version
    version.retired = [f"{original.key}-2"]
    version.save()
    assert drafts.duplicate(question=original, by=alice).key == f"{original.key}-3"


def test_a_question_comes_back_as_it_was(pillar, alice):
    row = pillar.questions.first()
    before = draft_snapshots.state_of(row)
    edit = change(row, alice, text="Why?", weight=3)
    drafts.restore(edit=edit, by=alice)
    assert draft_snapshots.state_of(row) == before
    assert pillar.version.edits.first().verb == "restored"


def test_a_deleted_question_comes_back_with_anchors_and_steps(pillar, alice):
    row = pillar.questions.first()
    before = draft_snapshots.state_of(row)
    edit = drafts.record(version=pillar.version, verb="deleted", row=row, by=alice, before=before)
    row.delete()
    drafts.restore(edit=edit, by=alice)
    assert draft_snapshots.state_of(Question.objects.get(pillar__version=pillar.version, key=before["key"])) == before


def test_a_question_without_a_pillar_or_key_to_come_back_to_is_refused(pillar, alice):
    row = pillar.questions.first()
    edit = drafts.record(
        version=pillar.version, verb="deleted", row=row, by=alice, before=draft_snapshots.state_of(row)
    )
    row.delete()
    pillar.questions.filter(pk=pillar.questions.first().pk).update(key=edit.before["key"])
    with pytest.raises(drafts.NothingToRestoreError):
        drafts.restore(edit=edit, by=alice)
    pillar.delete()
    with pytest.raises(drafts.NothingToRestoreError):
        drafts.restore(edit=edit, by=alice)


def test_levels_and_texts_of_a_version_come_back(draft, alice):
    before = draft_snapshots.state_of(draft)
    edit = change(draft, alice, title="Another title")
    draft.levels.all().update(name="X")
    drafts.restore(edit=edit, by=alice)
    assert draft_snapshots.state_of(draft) == before


def test_a_save_that_changes_nothing_leaves_no_line(pillar, alice):
    assert change(pillar, alice, name=pillar.name) is None


def test_the_token_differs_whenever_the_state_does(pillar, alice):
    row = pillar.questions.first()
    before = draft_snapshots.version_token(draft_snapshots.state_of(row))
    row.anchors.filter(level=5).delete()
    assert draft_snapshots.version_token(draft_snapshots.state_of(row)) != before
