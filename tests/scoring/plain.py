"""From the engine's types to the plain dictionaries of the second opinion, and back to a list of differences."""

from fractions import Fraction


def exact(number):
    """The decimal that a person wrote: 0.1 is one tenth."""
    return None if number is None else Fraction(repr(number))


def plain_step(step):
    return {"effort": exact(step.effort), "action": step.action, "owner": step.owner, "horizon": step.horizon}


def plain_question(question):
    choices = question.choices and question.choices.choices
    return {
        "key": question.key,
        "weight": exact(question.weight),
        "essential_at": question.essential_at,
        "anchors": question.anchors,
        "choices": choices and [exact(choice.value) for choice in choices],
        "texts": [choice.text for choice in choices] if choices else question.anchors,
        "stage": question.stage,
        "steps": {step.from_level: plain_step(step) for step in reversed(question.next_steps)},
    }


def plain_pillar(pillar):
    questions = [plain_question(question) for question in pillar.questions]
    return {"key": pillar.key, "weight": exact(pillar.weight), "group": pillar.group, "questions": questions}


def plain_bank(bank):
    gate = bank.gate
    limits = {"by": gate.by, "hold": exact(gate.hold)}
    if gate.by == "answers":
        limits |= {"reach": exact(gate.reach), "cap": gate.cap, "spread": gate.spread}
    return {
        "key": bank.key,
        "version": bank.version,
        "format": bank.format,
        "levels": [exact(level.value) for level in bank.levels],
        "scale": bank.range and (exact(bank.range.low), exact(bank.range.high)),
        "gate": limits,
        "groups": [{"key": group.key, "weight": exact(group.weight)} for group in bank.groups],
        "index_of": bank.index_of,
        "pillars": [plain_pillar(pillar) for pillar in bank.pillars],
    }


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
