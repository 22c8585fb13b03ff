"""A client with a row in every table that a hand-over takes along, made as people make them."""

import datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from assessments.actions import (
    agreeing,
    assessments,
    brands,
    commenting,
    roadmap,
    scenarios,
    translations,
    units,
    workshops,
)
from assessments.branding.picture import picture_of
from assessments.formats.bank import read_bank
from assessments.formats.translation import parse_translation
from assessments.models import Assessment, Consultancy, Engagement, Question, Result
from assessments.results import bank_of
from tests.actions.test_units import grow
from tests.branding.pictures import a_png
from tests.results.test_changes import played
from tests.views.room import shown_to_few

SYSTEM = units.NewUnit(("Chat",), {"purpose": "Answers", "owner": "Kim", "risk_class": "limited"})
TARGET = {"target": 4, "reason": "the board asked", "approved_by": "The board", "approved_on": "2026-03-01"}


def whole_client(organisation, version, lead):
    """Two closed assessments; the later one has been written about, planned on, tried out and talked over."""
    german(version)
    grow(organisation, lead, ["Europe", "Europe > Sales", "Asia"])
    units.add(organisation=organisation, kind="system", units=[SYSTEM], by=lead)
    firm = consultancy(organisation, lead)
    made = [played(organisation, version, lead, name, [level, 3]) for name, level in (("Q1", 2), ("Q2", 4))]
    later = made[1]
    Assessment.objects.filter(pk=later.pk).update(targets={"culture": TARGET}, reminder_days=[7, 1])
    assessments.release(assessment=later, by=lead)
    later.refresh_from_db()
    planned(later, lead)
    written(later, firm, lead)
    talked(later, lead)
    return SimpleNamespace(organisation=organisation, assessments=made, firm=firm, lead=lead)


def german(version):
    row, _new = translations.load(version=version, translation=german_texts())
    translations.offer(row=row, offered=True)


@cache
def german_texts():
    """Read once: it is YAML, and the same for every client."""
    text = Path("fixtures/ai-leadership.de.yaml").read_bytes()
    return parse_translation(text, "de", lambda _key, _version: read_bank("fixtures/ai-leadership.yaml")).translation


def consultancy(organisation, lead):
    """Serves the client to this day; its logo is another one than the client's."""
    firm = Consultancy.objects.create(
        name="Ashgrove", accent="#0D49BB", imprint="Ashgrove Ltd, Leeds", disclaimer="No advice"
    )
    Engagement.objects.create(consultancy=firm, organisation=organisation, since=datetime.date(2026, 1, 5))
    brands.set_logo(owner=firm, picture=picture_of(a_png(200, 100)), words="Ashgrove", by=lead)
    brands.set_logo(owner=organisation, picture=picture_of(a_png(100, 100, (200, 30, 30))), words="", by=lead)
    return firm


def checksum_of(assessment):
    return Result.objects.current().get(assessment=assessment).checksum


def planned(assessment, lead):
    """Two moves, the second after the first, one of them done; an action of people's own; a scenario."""
    moves = [
        roadmap.Proposal("vision-direction", "Write the vision down", "Chief executive", 1.5, "90d", ()),
        roadmap.Proposal("vision-value", "Count what it brings", "", None, "12m", ("vision-direction",)),
    ]
    checksum = checksum_of(assessment)
    roadmap.add(assessment=assessment, proposals=moves, checksum=checksum, by=lead)
    own = {"title": "Talk", "question": "", "owner": "Everybody", "due_on": None, "horizon": "6m", "effort": 0.5}
    roadmap.decide(assessment=assessment, fields={**own, "status": "dropped"}, requires=(), checksum=checksum, by=lead)
    roadmap.mark(action=assessment.roadmap.get(question="vision-direction"), status="done", by=lead)
    levels = {"vision-direction": 5, "culture-learning": 4}
    known = set(bank_of(assessment.bank_version).questions)
    levels = {key: level for key, level in levels.items() if key in known}
    scenarios.save(assessment=assessment, name="If we dared", levels=levels, checksum=checksum, by=lead)


def written(assessment, firm, lead):
    """The consultancy on the whole assessment, the lead on a pillar, on a result that is no more."""
    said = {"assessment": assessment, "revision": 0, "by": lead}
    commenting.save(
        **said, pillar="", text="**Well done**\n\n- go on", checksum=checksum_of(assessment), consultancy=firm
    )
    commenting.save(**said, pillar="culture", text="Our own words", checksum="sha256:" + "0" * 64, consultancy=None)


def talked(assessment, lead):
    """One question shown and agreed on twice, with a dissent; another asked and not shown."""
    first, second = Question.objects.filter(
        pillar__version=assessment.bank_version, key__in=("vision-direction", "vision-value")
    ).order_by("key")
    workshop = workshops.start(assessment=assessment, by=lead)
    asking = workshops.ask(assessment=assessment, question=first, turn=workshop.turn, by=lead)
    for level, participant in zip((2, 3, None), assessment.participants.all(), strict=True):
        workshops.vote(asking=asking, voter=participant, level=level)
    shown_to_few(asking)
    for revision, said in enumerate((agreeing.Consensus(2, "at first"), agreeing.Consensus(3, "shown", "one doubts"))):
        agreeing.agree(assessment=assessment, question=first, agreement=said, revision=revision, by=lead)
    workshop.refresh_from_db()
    workshops.ask(assessment=assessment, question=second, turn=workshop.turn, by=lead)
