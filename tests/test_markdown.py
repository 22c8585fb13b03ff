"""A consultant's words: which marks mean something, and that nothing else does."""

import pytest

from assessments.markdown import blocks, is_too_deep


def plain(text):
    return [(block.kind, block.text) for block in blocks(text)]


def test_paragraphs_lines_and_headings():
    assert plain("One\ntwo\n\n### Three\n\nfour") == [
        ("paragraph", "One\ntwo"),
        ("heading", "Three"),
        ("paragraph", "four"),
    ]


def test_headings_have_one_rank():
    assert {block.kind for block in blocks("# a\n\n###### b")} == {"heading"}


def test_emphasis():
    (block,) = blocks("a **b *c*** \\*d\\*")
    assert [(run.text, run.strong, run.emphasis) for run in block.runs] == [
        ("a ", False, False),
        ("b ", True, False),
        ("c", True, True),
        (" *d*", False, False),
    ]


def test_lists_may_stand_in_lists():
    (outer,) = blocks("- a\n  1. b\n  2. c\n- d")
    assert [item[0].text for item in outer.items] == ["a", "d"]
    inner = outer.items[0][1]
    assert (inner.ordered, [item[0].text for item in inner.items]) == (True, ["b", "c"])


def test_a_numbered_list_begins_where_it_says():
    assert blocks("7. seven")[0].start == 7


@pytest.mark.parametrize(
    "text",
    [
        "[a link](https://example.org)",
        "<https://example.org>",
        "![a picture](https://example.org/x.png)",
        "<b onclick=alert(1)>bold</b>",
        "<script>alert(1)</script>",
        "&lt;b&gt; &amp;",
        "`code`",
        "> said",
        "---",
        "| a | b |",
        "[a]: https://example.org",
        "    indented".strip(),
        "https://example.org",
    ],
)
def test_everything_else_stands_as_it_was_typed(text):
    assert plain(text) == [("paragraph", text)]


@pytest.mark.parametrize(
    ("text", "direction"), [("Arabic: سلام", "ltr"), ("سلام **b**", "rtl"), ("1. שלום", "rtl"), ("12", "ltr")]
)
def test_each_part_runs_in_the_direction_of_its_script(text, direction):
    assert blocks(text)[0].direction == direction


def test_lists_three_deep_are_deep_enough():
    assert not is_too_deep("- a\n  - b\n    - c")
    assert is_too_deep("- a\n  - b\n    - c\n      - d")


@pytest.mark.parametrize("text", ["- " * 5000, "*" * 10_000, "_*" * 5000, "1. " * 3000, "**a " * 2500, "\\" * 10_000])
def test_no_text_is_too_much_for_the_reader(text):
    blocks(text)
    is_too_deep(text)


def test_nothing_that_is_accepted_is_left_out():
    text = "- a\n  - b\n    - canary\n\n1. x\n\n   canary\n\n### canary"

    def words(parts):
        return " ".join(part.text + words([inner for item in part.items for inner in item]) for part in parts)

    assert words(blocks(text)).count("canary") == 3
