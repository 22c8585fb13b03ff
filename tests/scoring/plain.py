"""From the engine's types to the plain dictionaries of the second opinion, and back to a list of differences."""

from fractions import Fraction


def exact(number):
    """The decimal that a person wrote: 0.1 is one tenth."""
    return None if number is None else Fraction(repr(number))


def plain_step(step):
    return {"effort": exact(step.effort), "action": step.action, "owner": step.owner, "horizon": step.horizon}


def plain_question(question):
    return {
        "key": question.key,
        "weight": exact(question.weight),
        "essential_at": question.essential_at,
        "offered": [level for level, anchor in enumerate(question.anchors, start=1) if anchor is not None],
        "anchors": question.anchors,
        "steps": {step.from_level: plain_step(step) for step in reversed(question.next_steps)},
    }


def plain_bank(bank):
    pillars = [
        {"key": p.key, "weight": exact(p.weight), "questions": [plain_question(question) for question in p.questions]}
        for p in bank.pillars
    ]
    return {"version": bank.version, "pillars": pillars}


def plain_respondent(person):
    grades = {key: evidence.grade for key, evidence in person.evidence.items()}
    return {"id": person.id, "answers": dict(person.answers), "grades": grades}


def plain_answers(answers):
    return {
        "invited": answers.invited,
        "targets": {key: exact(target) for key, target in answers.targets.items()},
        "respondents": [plain_respondent(person) for person in answers.respondents],
    }


def near(number, expected, within=1e-9):
    """Whether two numbers agree (pairs elementwise); None only agrees with None."""
    if number is None or expected is None:
        return number is expected
    if isinstance(expected, list):
        return len(number) == len(expected) and all(near(*pair, within) for pair in zip(number, expected, strict=True))
    return abs(number - float(expected)) <= within


def differences(found, expected, path, states=(), numbers=()):
    for name in states:
        if getattr(found, name) != expected[name]:
            yield f"{path}.{name}: {getattr(found, name)!r}, expected {expected[name]!r}"
    for name in numbers:
        if not near(getattr(found, name), expected[name]):
            yield f"{path}.{name}: {getattr(found, name)!r}, expected {expected[name]!r}"
