"""Names as they are kept: no folders, no hidden characters, nothing that turns a name around."""

import pytest

from assessments.uploads.names import clean_name, stem_of

RLO, NUL, BEL = "\u202e", "\0", "\x07"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\ann\Board.pdf", "Board.pdf"),
        (f"Board{RLO}fdp.exe", "Boardfdp.exe"),
        (f"a{NUL}b{BEL}.pdf", "ab.pdf"),
        ("  two\n lines\t.pdf ", "two lines .pdf"),
        ('say "yes": <b>|?*.pdf', "say yes b .pdf"),
        ("...hidden", "hidden"),
        ("Protokoll\u0308.pdf", "Protokoll\u0308.pdf"),
        ("محضر.pdf", "محضر.pdf"),
        ("..", ""),
        ("x" * 500, "x" * 120),
        ("half \ud800.pdf", "half .pdf"),
    ],
)
def test_a_name_is_cleaned(sent, kept):
    assert clean_name(sent, limit=120) == kept


@pytest.mark.parametrize(
    ("name", "stem"),
    [("a.pdf", "a"), ("a.b.docx", "a.b"), (".pdf", ".pdf"), ("No. 5 of June", "No. 5 of June"), ("a", "a")],
)
def test_the_ending_is_left_out(name, stem):
    assert stem_of(name) == stem
