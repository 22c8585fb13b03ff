"""Two tabs of one person in any order of clicks, with replies lost, repeated and late: nothing is overwritten unseen."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from assessments import access
from assessments.forms.answering import FIELDS
from assessments.models import Answer
from tests.views.tab import Tab

KEYS = ("vision-direction", "vision-value")
tabs = st.sampled_from((0, 1))
keys = st.sampled_from((KEYS[0], KEYS[0], KEYS[0], KEYS[1]))
choices = st.sampled_from(("1", "2", "3", ""))


@dataclass
class Version:
    """What stands of one question: its fields and revision."""

    fields: tuple
    revision: int


@dataclass
class Script:
    """What one open page knows: its fields, the revisions it has been told, and its own count of saves."""

    tab: Tab
    page: str
    shows: dict = field(default_factory=dict)
    revisions: dict = field(default_factory=dict)
    seen: dict = field(default_factory=dict)  # question -> versions a person could have read on this page
    late: list = field(default_factory=list)  # requests on their way
    delivered: dict = field(default_factory=dict)  # question -> the latest number the server has had
    clashes: dict = field(default_factory=dict)
    saves: int = 0


def standing(key):
    answer = Answer.objects.filter(question__key=key).first()
    if answer is None:
        return Version(tuple("" for _ in FIELDS), 0)
    return Version(tuple("" if (v := getattr(answer, n)) is None else str(v) for n in FIELDS), answer.revision)


class TwoTabs(RuleBasedStateMachine):
    user = assessment = None

    @initialize()
    def begin(self):
        Answer.objects.all().delete()
        self.count = 0
        self.pages = [self._fresh(), self._fresh()]
        self.gone = []

    def _fresh(self):
        self.count += 1
        tab = Tab(self.user, self.assessment)
        tab.open()
        script = Script(tab, f"page-{self.count:08d}")
        for key in KEYS:
            stands = standing(key)
            script.shows[key] = dict(zip(FIELDS, stands.fields, strict=True))
            script.revisions[key] = int(tab.fields[f"{key}:revision"])
            script.seen[key] = [stands.fields]
            assert script.revisions[key] == stands.revision
        return script

    @rule(tab=tabs)
    def reload(self, tab):
        self.gone.append(self.pages[tab])
        self.pages[tab] = self._fresh()

    @rule(tab=tabs, key=keys, choice=choices, fate=st.sampled_from(("arrives", "reply lost", "twice", "late")))
    def answer(self, tab, key, choice, fate):
        """The script sends a question. It asks again until it hears an answer, unless the page waits for its person."""
        script = self.pages[tab]
        script.shows[key]["choice"] = choice
        if key in script.clashes:
            return
        script.saves += 1
        sent = {"revision": script.revisions[key], "page": script.page, "save": script.saves, **script.shows[key]}
        if fate == "late":
            script.late.append((key, sent))
            return
        response = self._deliver(script, key, sent)
        if fate == "twice":
            response = self._deliver(script, key, sent)
        if fate != "reply lost":
            self._hear(script, key, response)

    @rule()
    def what_was_late_arrives(self):
        """Its reply finds nobody: the page has given it up and asked again, or is gone."""
        for script in self.pages + self.gone:
            for key, sent in script.late:
                self._deliver(script, key, sent)
            script.late.clear()

    @rule(tab=tabs, key=keys, mine=st.booleans())
    def decide(self, tab, key, mine):
        script = self.pages[tab]
        other = script.clashes.pop(key, None)
        if other is None:
            return
        script.revisions[key] = max(script.revisions[key], other["revision"])
        if not mine:
            script.shows[key] = {name: other[name] for name in FIELDS}

    @rule(tab=tabs)
    def press_the_button(self, tab):
        """Without the script's help: the whole page at once, then the page as the server shows it."""
        script = self.pages[tab]
        before = {key: standing(key) for key in KEYS}
        script.saves += 1
        sent = {"page": script.page, "save": str(script.saves), "skip": "1"}
        for key in KEYS:
            names = {name: key if name == "choice" else f"{key}:{name}" for name in FIELDS}
            sent |= {names[name]: value for name, value in script.shows[key].items()}
            sent[f"{key}:revision"] = str(script.revisions[key])
        response = script.tab.post(**sent)
        assert response.status_code in (302, 422)
        for key in KEYS:
            self._nothing_unseen_is_gone(script, key, before[key], script.saves, tuple(script.shows[key].values()))
        self.reload(tab)

    def _deliver(self, script, key, sent):
        before = standing(key)
        response = script.tab.put(key, **sent)
        fields = tuple(sent[name] for name in FIELDS)
        assert response.status_code in (200, 409)
        self._nothing_unseen_is_gone(script, key, before, sent["save"], fields)
        if response.status_code == 200:
            assert standing(key).fields == fields
            script.seen[key].append(fields)
            script.delivered[key] = max(script.delivered.get(key, 0), sent["save"])
        else:
            assert standing(key) == before
        return response

    def _nothing_unseen_is_gone(self, script, key, before, number, sent):
        after = standing(key)
        if after == before:
            return
        assert after.fields == sent
        assert before.fields in script.seen[key], (before, script.seen[key])
        assert number >= script.delivered.get(key, 0), "an earlier save landed on top of a later one"
        script.seen[key].append(after.fields)

    def _hear(self, script, key, response):
        reply = response.json()
        if response.status_code == 200:
            assert reply["revision"] == standing(key).revision
            script.revisions[key] = max(script.revisions[key], reply["revision"])
        else:
            other = reply["other"]
            script.clashes[key] = other
            script.seen[key].append(tuple(other[name] for name in FIELDS))

    @invariant()
    def one_row_a_question(self):
        if self.user is not None:
            assert Answer.objects.filter(question__key__in=KEYS).count() <= len(KEYS)


def run(monkeypatch, assessment, bob, *, examples, steps):
    monkeypatch.setattr(TwoTabs, "user", bob)
    monkeypatch.setattr(TwoTabs, "assessment", assessment)
    access.submission_for(bob, assessment.pk)
    suppressed = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        TwoTabs,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=suppressed
        ),
    )


def test_no_interleaving_overwrites_what_was_not_seen(monkeypatch, assessment, bob):
    run(monkeypatch, assessment, bob, examples=15, steps=15)


@pytest.mark.long
def test_no_interleaving_of_very_many_does(monkeypatch, assessment, bob):
    run(monkeypatch, assessment, bob, examples=250, steps=25)
