"""Erasing a person: their name and address in the texts of others, and nobody else's words."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from assessments.actions import assessments, invitations
from assessments.actions.invitations import Invitee
from assessments.models import (
    AgreedAnswer,
    Answer,
    Commentary,
    Edit,
    Organisation,
    Participant,
    RoadmapAction,
    Scenario,
    User,
)
from assessments.privacy import erasing
from tests.actions.pat import erase_and_look, everywhere, five, own_storage, pat, three
from tests.mailbox import BASE

__all__ = ["everywhere", "five", "own_storage", "pat", "three"]


STRUCK = "Thanks to […], […]\n<[…]>: vision first."


def test_documents_of_an_organisation_stay_without_the_name(everywhere, pat):
    """What a room agreed on and a board read is theirs; only the last to save it is known, not who wrote which word."""
    erase_and_look(pat)
    assert Commentary.objects.get().text == STRUCK
    agreed = AgreedAnswer.objects.get()
    assert (agreed.level, agreed.reason, agreed.dissent, agreed.agreed_by) == (3, STRUCK, STRUCK, None)
    assert agreed.earlier == [{"level": 2, "reason": STRUCK, "dissent": "[…]", "revision": 1}]
    everywhere.refresh_from_db()
    assert everywhere.targets["vision"] == {"target": 4, "reason": STRUCK}
    assert RoadmapAction.objects.filter(title="Ask […]", owner="Ann").exists()
    frozen = Answer.objects.filter(submission__participant__assessment=everywhere).exclude(comment="")
    assert set(frozen.values_list("comment", "evidence_text")) == {("<[…]>: vision first.", "<[…]>: vision first.")}
    others = Answer.objects.filter(submission__participant__assessment__name="Open").exclude(comment="")
    assert set(others.values_list("comment", "evidence_text")) == {(STRUCK, STRUCK)}
    assert Scenario.objects.filter(name="", levels={}).exists(), "a scenario has one author: the name goes, levels stay"
    assert Edit.objects.filter(reason="", kind="version").exists()


def test_nobody_strikes_words_out_of_the_texts_of_strangers(assessment, alone, charlie, lakeside, version):
    """A name is what somebody calls themselves: it counts where they were, and once somebody has looked."""
    one = User.objects.create_user("board@lakeside.example", name="Board")
    two = User.objects.create_user("first@lakeside.example", name="Vision First")
    own = assessments.start(organisation=lakeside, bank_version=version, name="L", by=charlie)
    for user in (one, two):
        assessments.add_participant(assessment=own, user=user, function="legal", by=charlie)
    for place in (own, assessment):
        Commentary.objects.create(assessment=place, text="The board says: vision first.", checksum="x")
        RoadmapAction.objects.create(assessment=place, checksum="x", title="Ask", owner="Board", horizon="90d")
    erase_and_look(one)
    erasing.erase(user=two)
    assert Commentary.objects.get(assessment=own).text == "The […] says: vision first."
    assert Commentary.objects.get(assessment=assessment).text == "The board says: vision first."
    assert RoadmapAction.objects.get(assessment=own).owner == ""
    assert RoadmapAction.objects.get(assessment=assessment).owner == "Board"


@pytest.mark.parametrize("name", ["Zoë Öz", "Ωλγα Νίκου"])
def test_capitals_of_any_alphabet_are_found(assessment, bob, name):
    User.objects.filter(pk=bob.pk).update(name=name)
    Commentary.objects.create(assessment=assessment, text=f"As {name.upper()} said.", checksum="x")
    erase_and_look(bob)
    assert Commentary.objects.get().text == "As […] said."


def test_nobody_empties_the_log_of_the_admin(alice, northfield):
    """What the admin's log says of each change is `changed` or `added`: whoever is called so erases no line by it."""
    one, two = (User.objects.create_user(f"{n}@lakeside.example", name=n) for n in ("changed", "Zoë Grey"))
    kind = ContentType.objects.get_for_model(Organisation)
    said = json.dumps([{"changed": {"name": "membership", "object": "Zoë Grey – Northfield", "fields": ["Role"]}}])
    line = {"user": alice, "content_type": kind, "object_id": str(northfield.pk), "action_flag": 2}
    LogEntry.objects.create(**line, object_repr="Northfield", change_message=said)
    LogEntry.objects.create(**line, object_repr=f"By {two.email}", change_message="Changed Zoë Grey.")
    erasing.erase(user=one)
    assert list(LogEntry.objects.filter(change_message=said).values_list("object_repr", flat=True)) == ["Northfield"]
    erasing.erase(user=two)
    whom, other = LogEntry.objects.order_by("pk")
    (what,) = json.loads(whom.change_message)
    assert what == {"changed": {"name": "membership", "object": "[…] – Northfield", "fields": ["Role"]}}
    assert (whom.object_repr, other.object_repr, other.change_message) == ("Northfield", "By […]", "Changed Zoë Grey.")


def test_of_the_admins_log_only_lines_that_may_say_it_are_read(alice, northfield, monkeypatch):
    quoted = User.objects.create_user("zoe@lakeside.example", name='Zoë "Z\\ed" Grey')
    kind = ContentType.objects.get_for_model(Organisation)
    line = {"user": alice, "content_type": kind, "object_id": str(northfield.pk), "action_flag": 2}
    LogEntry.objects.bulk_create(LogEntry(**line, object_repr="Northfield", change_message="[]") for _n in range(50))
    said = json.dumps([{"changed": {"name": "membership", "object": 'Zoë "Z\\ed" Grey – Northfield'}}])
    LogEntry.objects.create(**line, object_repr="Northfield", change_message=said)
    read = []
    made = LogEntry.from_db.__func__
    monkeypatch.setattr(
        LogEntry, "from_db", classmethod(lambda cls, *row, **how: read.append(row) or made(cls, *row, **how))
    )
    erasing.erase(user=quoted)
    assert len(read) < 5
    assert [line for line in LogEntry.objects.values_list("change_message", flat=True) if "Grey" in line] == []


def test_a_namesake_keeps_their_own_name(assessment, alice, alone):
    for number in range(2):
        user = User.objects.create_user(f"anna{number}@northfield.example", name="Anna Miller")
        assessments.add_participant(assessment=assessment, user=user, function="legal", by=alice)
    Participant.objects.filter(user__name="Anna Miller").update(name="Anna Miller")
    erasing.erase(user=User.objects.get(email="anna0@northfield.example"))
    assert Participant.objects.get(user__email="anna1@northfield.example").name == "Anna Miller"


def test_an_address_that_was_only_begun_to_be_registered_reaches_nothing(assessment, alice, emails):
    """An account that nobody ever proved falls to the clock; whose address it named is somebody else."""
    guest = "guest@northfield.example"
    invitations.invite(assessment=assessment, invitees=[Invitee(guest, "Guest", "legal")], by=alice, base_url=BASE)
    commentary = Commentary.objects.create(assessment=assessment, text=f"Ask {guest}.", checksum="x")
    squatter = User.objects.create_user(guest)
    EmailAddress.objects.create(user=squatter, email=guest, verified=False, primary=True)
    erasing.erase(user=squatter)
    commentary.refresh_from_db()
    assert commentary.text == f"Ask {guest}."
    assert Participant.objects.filter(invitations__email=guest, name="Guest").exists()
    assert not User.objects.filter(email=guest).exists()


def test_a_longer_address_is_somebody_elses(assessment, bob):
    kept = f"x{bob.email} {bob.email}.au {bob.email}x"
    commentary = Commentary.objects.create(assessment=assessment, text=f"{kept} {bob.email}.", checksum="x")
    erasing.erase(user=bob)
    commentary.refresh_from_db()
    assert commentary.text == f"{kept} […]."
