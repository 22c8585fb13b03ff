"""Northfield, the invented organisation of the drawings, as a hand-made bank and result."""

from dataclasses import replace
from datetime import date

from assessments.scoring.bank import Bank, Level, NextStep, Pillar, Question
from assessments.scoring.benchmark import PeerFigures
from assessments.scoring.change import Change, Comparison
from assessments.scoring.figures import Agreement, Blocker, Overall, PillarResult, Priority, QuestionResult, Result
from assessments.scoring.suppression import ReaderResult
from assessments.scoring.view import Earlier, Peers, ResultView

LEVELS = tuple(
    Level(name, f"{name}: what it means.") for name in ("Initial", "Emerging", "Established", "Integrated", "Leading")
)
NAMES = ("Vision", "Culture", "Talent", "Ethics", "Alignment", "Infrastructure", "Change", "Partnerships")
GROUPS = ("Direction", "People", "People", "Direction", "Direction", "Means", "People", "Means")
ETHICS = (
    ("accountability", "Accountability", "Who answers for AI in your organisation?", (4, 1, 0, 1, 0)),
    ("privacy", "Data use and privacy", "How are data use and privacy in AI governed?", (5, 1, 0, 0, 0)),
    ("bias", "Fairness", "How do you find bias in AI, and act on it?", (4, 2, 0, 0, 0)),
    ("explain", "Transparency", "How well can you explain what your models decide?", (2, 3, 0, 0, 0)),
    ("approval", "Governance framework", "How are AI projects approved and supervised?", (2, 3, 1, 0, 0)),
    ("watch", "Unintended consequences", "How do you watch for unintended consequences?", (2, 3, 1, 0, 0)),
    ("trust", "Trust", "How do you earn trust in your use of AI?", (2, 3, 1, 0, 0)),
)
OTHERS = ("direction", "value", "problems", "unity", "steering", "funding", "visible")


def question(key, text=None, short=None, **fields):
    anchors = fields.pop("anchors", tuple(f"At level {level}, {key} looks like this." for level in range(1, 6)))
    return Question(key=key, text=text or f"How do you handle {key}?", short=short, anchors=anchors, **fields)


def bank(names=NAMES, **fields):
    return Bank(
        key="ai-leadership",
        version="1.0.0",
        title="AI leadership maturity",
        levels=LEVELS,
        source="The Role of Leadership in Scaling AI Innovation",
        pillars=tuple(_pillar(name, group) for name, group in zip(names, _groups(names), strict=True)),
        **fields,
    )


def _groups(names):
    return GROUPS if names == NAMES else (None,) * len(names)


def _pillar(name, group):
    key = name.lower()
    if key == "ethics":
        steps = (NextStep(1, "Name one executive who answers for AI", "Chief executive", 0.5, "90d"),)
        questions = tuple(question(f"ethics-{q}", text, short, next_steps=steps) for q, short, text, _counts in ETHICS)
        questions = (replace(questions[0], essential_at=2, essential_reason="Nobody acts unasked"), *questions[1:])
    else:
        questions = tuple(question(f"{key}-{q}", short=q.capitalize()) for q in OTHERS)
    return Pillar(key=key, name=name, questions=questions, group=group, summary=f"What {name} is about")


def counts(key):
    return next((c for q, _short, _text, c in ETHICS if key == f"ethics-{q}"), (0, 2, 3, 1, 0))


def question_result(key, **fields):
    people = counts(key)
    values = [level for level, number in zip(range(1, 6), people, strict=True) for _ in range(number)]
    figures = {
        "state": "answered",
        "mean": sum(values) / len(values),
        "low_median": values[(len(values) - 1) // 2],
        "n": len(values),
        "dont_know": 6 - len(values),
        "not_applicable": 0,
        "disagreement": 0.5,
        "evidence": 0,
    }
    return QuestionResult(key=key, **{**figures, **fields})


def pillar_result(pillar, **fields):
    figures = {
        "status": "rated",
        "score": 3.0,
        "level": 3,
        "self_declared": None,
        "coverage": 1.0,
        "na_share": 0.0,
        "dont_know_rate": 0.0,
        "bounds": None,
        "evidence_coverage": 2 / 7,
        "attained": {2: 0.95, 3: 0.9, 4: 0.3, 5: 0.0},
        "blocking": (),
        "respondents": 6,
        "se": 0.1,
        "interval": (2.8, 3.2),
        "agreement": Agreement(0.72, "strong", ()),
        "target": 3.5,
        "gap": 0.5,
        "gap_within_error": False,
        "questions": tuple(question_result(q.key) for q in pillar.questions),
        **fields,
    }
    score = figures["score"]
    figures.setdefault("score_100", None if score is None else 25 * (score - 1))
    if figures["bounds"] is None and score is not None:
        figures["bounds"] = (score, score)
    return PillarResult(key=pillar.key, **figures)


def absent(pillar, **fields):
    """A pillar without score, level, interval and gap."""
    empty = {
        "score": None, "level": None, "interval": None, "se": None, "gap": None, "gap_within_error": None,
        "target": None, "evidence_coverage": None, "agreement": Agreement(None, None, ()), "respondents": 0,
        "questions": tuple(
            question_result(q.key, state="not_applicable", mean=None, low_median=None, n=0, dont_know=0,
                            not_applicable=6, evidence=None, disagreement=None)
            for q in pillar.questions
        ),
    }  # fmt: skip
    return pillar_result(pillar, **{**empty, **fields})


def ethics_blockers():
    keys = [f"ethics-{q}" for q, _short, _text, _counts in ETHICS]
    return (Blocker(keys[0], "essential"), *(Blocker(key, "below") for key in keys[1:]))


def below(pillar, *numbers):
    return tuple(Blocker(pillar.questions[number].key, "below") for number in numbers)


def result(**fields):
    pillars = {pillar.key: pillar for pillar in bank().pillars}
    rows = (
        pillar_result(pillars["vision"], score=3.81, level=3, interval=(3.58, 4.04), target=4.0, gap=0.19,
                      gap_within_error=True, agreement=Agreement(0.82, "strong", ()), evidence_coverage=4 / 7,
                      blocking=below(pillars["vision"], 0, 1)),
        pillar_result(pillars["culture"], score=3.21, level=3, interval=(2.99, 3.43), gap=0.29,
                      agreement=Agreement(0.74, "strong", ()), blocking=below(pillars["culture"], 2, 3, 4)),
        pillar_result(pillars["talent"], score=2.88, level=2, interval=(2.54, 3.22), gap=0.62,
                      attained={2: 0.95, 3: 0.4, 4: 0.1, 5: 0.0}, agreement=Agreement(0.66, "moderate", ()),
                      blocking=below(pillars["talent"], 5)),
        pillar_result(pillars["ethics"], score=1.6096, level=1, interval=(1.2996, 1.9196), target=3.0, gap=1.3904,
                      attained={2: 0.54, 3: 0.1, 4: 0.02, 5: 0.0}, blocking=ethics_blockers(),
                      agreement=Agreement(0.72, "strong", ("ethics-accountability",)), evidence_coverage=1 / 7),
        pillar_result(pillars["alignment"], score=3.4, level=3, interval=(3.14, 3.66), gap=0.1, gap_within_error=True,
                      agreement=Agreement(0.79, "strong", ()), blocking=below(pillars["alignment"], 1, 6)),
        pillar_result(pillars["infrastructure"], score=2.69, level=2, interval=(2.27, 3.11), target=3.0, gap=0.31,
                      gap_within_error=True, coverage=6 / 7, bounds=(2.42, 3.02), evidence_coverage=0.5,
                      attained={2: 0.8571, 3: 0.45, 4: 0.1, 5: 0.0}, agreement=Agreement(0.43, "weak", ()),
                      blocking=below(pillars["infrastructure"], 3, 0)),
        pillar_result(pillars["change"], score=3.0, level=3, interval=(2.5, 3.5), target=3.0, gap=0.0,
                      gap_within_error=False, agreement=Agreement(0.38, "weak", ()),
                      blocking=below(pillars["change"], 4)),
        absent(pillars["partnerships"], status="not_applicable", coverage=None, na_share=1.0),
    )  # fmt: skip
    values = {
        "engine": "1.0.0",
        "id": "northfield-q4",
        "bank_key": "ai-leadership",
        "bank_version": "1.0.0",
        "bank_checksum": "sha256:" + "ab" * 32,
        "answered": 6,
        "invited": 8,
        "overall": Overall(2.943, 48.6, 2, 0.98, (2.81, 3.08), (2.748, 3.138), None),
        "pillars": rows,
        "priorities": priorities(),
    }
    return Result(**{**values, **fields})


def priorities():
    return (
        Priority("ethics-accountability", 1, "agree_on_the_facts", 0.68, 0.5, "Name one executive who answers for AI",
                 "Chief executive", "90d"),
        Priority("ethics-privacy", 2, "blocks_next_level", 0.94, 1.0, "Publish one policy for data use and privacy",
                 "Legal", "90d"),
        Priority("ethics-bias", 2, "blocks_next_level", 0.85, 1.5, "Test the models in use for bias, worst risk first",
                 None, "6m"),
        Priority("talent-funding", 2, "blocks_next_level", 0.7, 1.5, "Give every department a trained AI lead", None, "6m"),
        Priority("infrastructure-unity", 2, "blocks_next_level", 0.6, 1.5,
                 "Put each live model under monitoring, with an owner", None, "6m"),
        Priority("culture-value", 3, "gain_per_effort", 0.3, None, None, None, None),
    )  # fmt: skip


def everything(of=None):
    """Every mean and distribution, for `view`."""
    questions = (of or bank()).questions
    return {"means": frozenset(questions), "counts": {key: counts(key) for key in questions}}


NOTHING = {"means": frozenset(), "counts": {}}


def view(base=None, *, of=None, told=None, previous=None, peers=None, organisation="Northfield", **fields):
    """The example, or another result `of` a bank, as somebody sees it who may see all, or what `told` says."""
    found, asked = base or result(), of or bank()
    seen = ReaderResult(found, **(everything(asked) if told is None else told))
    if previous is not None:
        same = Change(None, "none", None, None, None, None, None, None, None, None, ())
        fields["earlier"] = Earlier(previous, Comparison(same, ()), ("Q2", "Q4"))
    if peers is not None:
        figures = {key: PeerFigures(12, 2.0, median, 4.0, None) for key, median in peers.items()}
        fields["peers"] = Peers(12, date(2026, 10, 1), pillars=figures)
    return ResultView(asked, seen, organisation, **fields)


def with_pillars(base, *changed):
    """The result with some pillars replaced by key."""
    by_key = {pillar.key: pillar for pillar in changed}
    return replace(base, pillars=tuple(by_key.get(pillar.key, pillar) for pillar in base.pillars))
