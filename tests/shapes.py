"""Invented banks of every shape, as files: stages and groups, a checklist, a long ladder, one question, forty pillars."""

from dataclasses import replace

from assessments.formats.bank import load_bank
from tests.scoring.test_models import HEAD, answer_set, ladder, pillar, questions, samm_shaped

FOLDED = "What counts.\n\n" + "A line of help that says what is meant. " * 30
FUNCTIONS = ("Governance", "Design", "Implementation", "Verification", "Operations")
NAMES = ("Strategy and measurement", "Policy and compliance", "Education and guidance", "Threat assessment")


def keyed(text, key):
    return text.replace("key: shaped", f"key: {key}", 1)


def staged():
    """Fifteen practices with long names in five functions, on 0 to 3; an index of the functions."""
    bank = samm_shaped()
    pillars = [replace(each, name=f"{NAMES[place % 4]} {place + 1}") for place, each in enumerate(bank.pillars)]
    groups = [replace(each, name=name) for each, name in zip(bank.groups, FUNCTIONS, strict=True)]
    return replace(bank, key="staged", title="Invented practices", pillars=(*pillars,), groups=(*groups,))


def aima_shaped():
    """144 questions: 24 practices of six, in three stages, on 0 to 3."""
    head = keyed(HEAD, "aima") + ladder("None", "First", "Second", "Third") + "scale: {from: 0, to: 3}\n"
    sets = answer_set("thirds", 0, 0.33, 0.66, 1)
    keys = [[f"p{p}-{q}" for q in range(6)] for p in range(24)]
    rows = [pillar(f"p{p}", questions(own, "thirds", [2, 2, 3, 3, 4, 4])) for p, own in enumerate(keys)]
    return load_bank(head + sets + "gate: {by: stages}\npillars:\n" + "".join(rows))


def checklist():
    """Two levels, yes or no, three pillars with long names."""
    head = keyed(HEAD, "checklist") + ladder("No", "Yes")
    rows = [
        pillar(
            f"c{p}", [f"      - {{key: c{p}-{q}, text: 'Is {q} done?', anchors: ['No', 'Yes']}}\n" for q in range(5)]
        )
        for p in range(3)
    ]
    text = head + "pillars:\n" + "".join(rows)
    for p, name in enumerate(NAMES[:3]):
        text = text.replace(f"name: c{p}\n", f"name: {name}\n")
    return load_bank(text)


def seven_levels():
    """Seven levels, five pillars, help in paragraphs that is long enough to be folded; some levels are not offered."""
    head = keyed(HEAD, "seven") + ladder("Zero", "One", "Two", "Three", "Four", "Five", "Six")
    few, all_ = "['a', null, 'b', null, 'c', null, 'd']", "['a', 'b', 'c', 'd', 'e', 'f', 'g']"
    help_ = FOLDED.replace("\n", "\\n")
    rows = [
        pillar(f"s{p}", [
            f"      - {{key: s{p}-0, text: 'How far is {p}?', anchors: {few}, essential_at: 3}}\n",
            f"      - {{key: s{p}-1, text: 'And {p} again?', anchors: {all_}, help: \"{help_}\"}}\n",
            f"      - {{key: s{p}-2, text: 'And {p} at last?', anchors: {all_}, allows_na: true}}\n",
        ])
        for p in range(5)
    ]  # fmt: skip
    return load_bank(head + "pillars:\n" + "".join(rows))


def one_question():
    """One pillar, one question, three answers with values of their own."""
    head = keyed(HEAD, "one") + ladder("Low", "Middle", "High") + answer_set("few", 0, 0.4, 1)
    return load_bank(head + "pillars:\n" + pillar("only", questions(["only-1"], "few")))


def largest():
    """The file of a bank of 40 pillars with 60 questions each."""
    head = keyed(HEAD, "largest") + ladder("A", "B", "C") + answer_set("few", 0, 0.5, 1)
    rows = [pillar(f"l{p}", questions([f"l{p}-{q}" for q in range(60)], "few")) for p in range(40)]
    return head + "pillars:\n" + "".join(rows)


def forty_pillars():
    """Forty pillars of two questions on 0 to 100, with no cap and no spread."""
    head = keyed(HEAD, "forty") + ladder("A", "B", "C") + "scale: {from: 0, to: 100}\n"
    rows = [
        pillar(
            f"f{p}",
            [f"      - {{key: f{p}-{q}, text: 'How is {p}/{q}?', anchors: [few, some, all]}}\n" for q in range(2)],
        )
        for p in range(40)
    ]
    return load_bank(head + "gate: {by: answers, cap: null, spread: null}\npillars:\n" + "".join(rows))


def mixed():
    """Two groups, three pillars; questions of 2, 3, 4 and 7 answers on 0 to 10; credit of a share-alike licence."""
    head = keyed(HEAD, "mixed") + "licence: CC BY-SA 4.0\nattribution: The Ashgrove Practice\nlanguage: en\n"
    head += ladder("None", "Begun", "Half", "Nearly", "All") + "scale: {from: 0, to: 10}\n"
    sets = answer_set("halves", 0, 0.5, 1) + answer_set("steps", 0, 0.1, 0.3, 0.5, 0.7, 0.9, 1).partition("\n")[2]
    groups = "groups:\n  - {key: mind, name: Direction}\n  - {key: hand, name: Delivery, weight: 2}\n"
    rows = [
        pillar(
            f"m{p}",
            [
                f"      - {{key: m{p}-2, text: 'Is {p} done?', anchors: ['No', null, null, null, 'Yes']}}\n",
                f"      - {{key: m{p}-4, text: 'How far is {p}?', anchors: [a, b, null, c, d], essential_at: 2,\n"
                f"         next_steps: [{{from: 1, action: Begin with {p}, owner: Ann, effort: 0.5, horizon: 90d}}]}}\n",
                *questions([f"m{p}-3"], "halves"),
                *questions([f"m{p}-7"], "steps"),
            ],
            ("mind", "hand", "hand")[p],
        )
        for p in range(3)
    ]
    return load_bank(head + sets + groups + "pillars:\n" + "".join(rows))


SHAPES = {
    "mixed": mixed,
    "staged": staged,
    "aima": aima_shaped,
    "checklist": checklist,
    "seven": seven_levels,
    "one": one_question,
    "forty": forty_pillars,
}
