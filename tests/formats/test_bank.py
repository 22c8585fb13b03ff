"""Reading a bank: every rule of the format has one way to break it here, with line, field and sentence."""

import pathlib

import pytest

from assessments.formats.bank import load_bank, parse_bank, read_bank
from assessments.formats.problems import LIMIT, ProblemsError

from .minimal import BANK, problems_of, spoilt

ROOT = pathlib.Path(__file__).parents[2]


def test_smallest_bank_loads():
    bank = load_bank(BANK)
    assert [question.key for question in bank.questions.values()] == ["q1", "q2"]
    assert bank.questions["q2"].offered == (1, 3, 5)
    assert bank.questions["q1"].next_steps[0].requires == ("q2",)
    assert bank.questions["q1"].allows_na and not bank.questions["q2"].allows_na
    assert bank.retired == ("q-old",)
    assert bank.checksum.startswith("sha256:")


def test_shipped_bank_loads_with_eight_pillars_of_seven():
    bank = read_bank(ROOT / "fixtures" / "ai-leadership.yaml")
    assert [len(pillar.questions) for pillar in bank.pillars] == [7] * 8


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("maturity-bank/1", "maturity-bank/3", '1: format: maturity-bank/1 expected, found "maturity-bank/3"'),
        ("key: tiny", "key: no spaces", '2: key: "no spaces" is not a key'),
        ("key: tiny", "key: " + "x" * 65, "2: key: "),
        ("version: 1.0.0", "version: 1.0.0.0", "3: version: a version such as 1.0.0 expected"),
        ("version: 1.0.0", "version: 01.0.0", "3: version: a version such as 1.0.0 expected"),
        ("title: A tiny bank\n", "", "1: title: this field is missing"),
        ("title: A tiny bank", 'title: "  "', "4: title: this text is blank"),
        ("title: A tiny bank", "title: [a, b]", "4: title: text expected, found a list (two in it)"),
        ("title: A tiny bank", "titel: A tiny bank", "4: titel: unknown field"),
        ("title: A tiny bank", f"title: {'x' * 20_001}", "4: title: 20,001 characters; at most 20,000"),
        ("language: en", "language: english language", "5: language: a language tag"),
        ("language: en", "language: no", '5: language: some readers take a bare no for true or false; quote it: "no"'),
        ("  - {name: Five, summary: The fifth}\n", "", "6: levels: five levels expected, four found"),
        ("{name: Two, summary: The second}", "{name: Two}", "8: levels[1].summary: this field is missing"),
        ("    weight: 1\n    questions", "    weight: -1\n    questions", "15: pillars[0].weight: a weight is 0 or"),
        (
            "    weight: 1\n    questions",
            "    weight: 0.0001\n    questions",
            "15: pillars[0].weight: a weight is 0 or",
        ),
        ("    weight: 1\n    questions", "    weight: 1001\n    questions", "15: pillars[0].weight: a weight is 0 or"),
        ("    weight: 1\n    questions", '    weight: "1"\n    questions', "15: pillars[0].weight: a number expected"),
        ("    weight: 1\n    questions", "    weight: .nan\n    questions", "15: pillars[0].weight: a number expected"),
        (
            "    weight: 1\n    questions",
            "    weight: 1e999\n    questions",
            "15: pillars[0].weight: a number expected",
        ),
        ("    weight: 1\n    questions", "    weight: 0\n    questions", "12: pillars: every pillar weighs 0"),
        (
            "    weight: 1\n    questions",
            "    short: twenty-five characters..!\n    questions",
            "pillars[0].short: 25 char",
        ),
        ("- key: q2", "- key: q1", '29: pillars[0].questions[1].key: "q1" is the key of a question before this one'),
        ("- key: q2", "- key: q-old", '29: pillars[0].questions[1].key: "q-old" belongs to a retired question'),
        ("allows_na: true", "allows_na: yes", "20: pillars[0].questions[0].allows_na: true or false expected"),
        ("allows_na: true", "essential_at: 1", "20: pillars[0].questions[0].essential_at: a whole number from 2 to 5"),
        (
            "allows_na: true",
            "essential_at: 3.0",
            "20: pillars[0].questions[0].essential_at: a whole number from 2 to 5",
        ),
        ("          - All\n", "", "21: pillars[0].questions[0].anchors: five anchors expected, four found"),
        ("- Nothing", "- null", "22: pillars[0].questions[0].anchors[0]: level 1 must be offered"),
        ("- Nothing", "-", "22: pillars[0].questions[0].anchors[0]: text expected, found nothing"),
        (
            "[Never, null, Sometimes, null, Always]",
            "[a, null, null, null, null]",
            "at least two levels must be offered",
        ),
        ("from: 1", "from: 6", "28: pillars[0].questions[0].next_steps[0].from: a whole number from 1 to 5"),
        ("effort: 0.5", "effort: 0", "28: pillars[0].questions[0].next_steps[0].effort: effort is in person-months"),
        ("horizon: 90d", "horizon: 3m", "next_steps[0].horizon: 90d, 6m or 12m expected"),
        ("action: Begin, ", "", "28: pillars[0].questions[0].next_steps[0].action: this field is missing"),
        ("requires: [q2]", "requires: [q3]", 'next_steps[0].requires[0]: there is no question "q3" in this bank'),
        ("retired: [q-old]", "retired: [a, a]", '32: retired[1]: "a" is the key of a retired question before'),
        ("retired: [q-old]", "retired:", "32: retired: a list expected, found nothing"),
    ],
)
def test_broken_rule_is_named_with_line_and_field(old, new, expected):
    assert any(line.startswith("tiny.yaml:") and expected in line for line in problems_of(spoilt(old, new)))


def test_every_problem_is_reported_at_once_in_the_order_of_the_file():
    text = (
        BANK.replace("version: 1.0.0", "version: one").replace("- Half", "- No").replace("requires: [q2]", "needs: x")
    )
    assert [line.split(": ")[0] for line in problems_of(text)] == ["tiny.yaml:3", "tiny.yaml:24", "tiny.yaml:28"]


def test_example_of_the_format_is_worded_as_published():
    [line] = problems_of(spoilt("          - All\n", ""))
    assert line == "tiny.yaml:21: pillars[0].questions[0].anchors: five anchors expected, four found"


def test_many_problems_are_counted_not_listed():
    lines = problems_of(spoilt("retired: [q-old]", "retired: [" + "no!, " * 500 + "q]"))
    assert len(lines) == LIMIT + 1
    assert lines[-1].startswith("tiny.yaml: and ")


@pytest.mark.parametrize("count", [0, 25])
def test_a_bank_has_1_to_24_pillars(count):
    start, rest = BANK.split("pillars:\n")
    pillar = rest.split("retired:")[0]
    pillars = "".join(
        pillar.replace("key: p", f"key: p{i}").replace("q1", f"a{i}").replace("q2", f"b{i}") for i in range(count)
    )
    [line] = problems_of(f"{start}pillars:{chr(10) + pillars if count else ' []'}")
    assert line.startswith("tiny.yaml:12: pillars: 1 to 24 pillars expected, ")


def test_a_pillar_has_at_most_40_questions():
    more = "".join(f"      - {{key: m{i}, text: And?, anchors: [a, b, c, d, e]}}\n" for i in range(39))
    [line] = problems_of(spoilt("retired:", f"{more}retired:"))
    assert line == "tiny.yaml:16: pillars[0].questions: 1 to 40 questions expected, 41 found"


def test_a_loaded_bank_remembers_its_lines():
    loaded = parse_bank(BANK)
    assert loaded.line(("pillars", 0, "questions", 0, "anchors", 2)) == 24
    assert loaded.line(("pillars", 0, "questions", 1, "help")) == 29  # not there: the question's line


def test_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(ProblemsError, match="cannot be read: No such file"):
        read_bank(tmp_path / "none.yaml")
    with pytest.raises(ProblemsError, match="cannot be read: Is a directory"):
        read_bank(tmp_path)


def test_a_list_of_the_wrong_length_does_not_hide_what_is_in_it():
    text = spoilt("          - All\n", "").replace("- Half", "- 50").replace("horizon: 90d", "horizon: 3m")
    found = [line.split(": ", 2)[1:] for line in problems_of(text)]
    assert [place.rsplit(".", 1)[-1] for place, _sentence in found] == ["anchors", "anchors[2]", "horizon"]


def test_rules_are_told_next_to_faults_of_single_fields():
    text = (
        spoilt("version: 1.0.0", "version: 1")
        .replace("- key: q2", "- key: q1")
        .replace("requires: [q2]", "requires: [q1]")
    )
    assert [line.split(": ")[1] for line in problems_of(text)] == ["version", "pillars[0].questions[1].key"]
