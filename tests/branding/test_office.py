"""Templates for slides and for Word that are refused, each with a sentence, before anything in them is used."""

from io import BytesIO

import pytest
from docx import Document
from pptx import Presentation

from assessments.branding.office import TemplateError, checked_template
from tests.branding.archives import changed

TYPES = "[Content_Types].xml"
MAIN = {"pptx": "presentationml.presentation", "docx": "wordprocessingml.document"}
BODY = {"pptx": "ppt/presentation.xml", "docx": "word/document.xml"}
FOLDER = {"pptx": "ppt", "docx": "word"}
RELS = {"pptx": "ppt/slideMasters/_rels/slideMaster1.xml.rels", "docx": "word/_rels/document.xml.rels"}
OTHER = {"pptx": "docx", "docx": "pptx"}


def made(kind):
    content = BytesIO()
    (Presentation() if kind == "pptx" else Document()).save(content)
    return content.getvalue()


def link(what, mode="External"):
    target = f'<Relationship Id="rId99" Type="http://x/{what}" Target="http://canary.example/x" TargetMode="{mode}"/>'
    return lambda kind: changed(
        made(kind), swap=[(RELS[kind], b"</Relationships>", target.encode() + b"</Relationships>")]
    )


def macros(kind):
    main = MAIN[kind].encode()
    enabled = main.replace(b"ml.", b"ml.x.") + b".macroEnabled"
    return changed(made(kind), swap=[(TYPES, main + b".main", enabled + b".main")])


def more(*parts):
    return lambda kind: changed(made(kind), more=[(f"{FOLDER[kind]}/{name}", content) for name, content in parts])


def entities(kind):
    swap = (RELS[kind], b"<Relationships", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Relationships')
    return changed(made(kind), swap=[swap])


def encrypted(kind):
    content = bytearray(made(kind))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def field(*pieces):
    """A field whose instruction Word has split into several runs."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return more(("header9.xml", b"<w:hdr " + space + b"><w:p>" + runs.encode() + b"</w:p></w:hdr>"))


def related(what):
    """A part inside the file that is opened as what its relationship says, whatever its own name."""
    return link(what, "Internal")


def elsewhere(name, start=b""):
    """A part with a field that fetches; programs read it as its type says, whatever its name and folder."""
    return more((name, start + b'<x:p xmlns:x="urn:x"><x:fldSimple x:instr="INCLUDEPICTURE canary"/></x:p>'))


def wide(kind):
    return more(("media/x.png", b"<a>" + b"<b/>" * 300_001 + b"</a>"))(kind)


MAIL_MERGE = b'<w:settings xmlns:w="urn:w"><w:mailMerge><w:connectString w:val="x"/></w:mailMerge></w:settings>'
REFUSED = {
    "nothing": (lambda kind: b"", "damaged"),
    "text": (lambda kind: b"PK but not an archive", "damaged"),
    "half": (lambda kind: made(kind)[:9_000], "damaged"),
    "broken": (
        lambda kind: changed(made(kind), swap=[(BODY[kind], b"<w:", b"<q:"), (BODY[kind], b"<p:", b"<q:")]),
        "damaged",
    ),
    "entities": (entities, "damaged"),
    "huge": (lambda kind: b"PK\x03\x04" + b"\0" * 8_000_001, "larger than 8 MB"),
    "bomb": (more(*((f"media/{n}.png", b"\0" * 30_000_000) for n in range(4))), "unpacks to more"),
    "much to read": (more(*((f"theme/{n}.xml", b" " * 6_000_000) for n in range(4))), "unpacks to more"),
    "many parts": (more(*((f"x/{n}", b"") for n in range(2_001))), "unpacks to more"),
    "the same name twice": (more(("A.xml", b"<a/>"), ("a.xml", b"<a/>")), "unpacks to more"),
    "renamed": (lambda kind: made(OTHER[kind]), "not a (PowerPoint|Word) file"),
    "an old file": (lambda kind: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000, "password-protected"),
    "encrypted": (encrypted, "password-protected"),
    "macros": (macros, "has macros"),
    "a macro": (more(("vbaProject.bin", b"x")), "has macros"),
    "an object": (more(("embeddings/oleObject1.bin", b"x")), "embedded objects"),
    "a workbook": (more(("embeddings/a.xlsx", b"x")), "embedded objects"),
    "a control": (more(("activeX/activeX1.xml", b"<x/>")), "embedded objects"),
    "a page of another format": (more(("afchunk.mht", b"x")), "embedded objects"),
    "a link": (link("hyperlink"), "links to something outside"),
    "a link, oddly written": (link("hyperlink", "eXternal"), "links to something outside"),
    "a linked picture": (link("image"), "links to something outside"),
    "a remote template": (link("attachedTemplate"), "links to something outside"),
    "a linked part under another name": (
        more(("_rels/x.RELS", b'<R><r TargetMode="External" Target="http://canary.example"/></R>')),
        "links to something outside",
    ),
    "a picture from elsewhere": (field("INCLUDE", "PICTURE &quot;http://canary.example/a&quot;"), "fields that fetch"),
    "a document among the pictures": (elsewhere("media/document.xml"), "fields that fetch"),
    "a document with another ending": (elsewhere("document.bin"), "fields that fetch"),
    "a document behind a byte order mark": (elsewhere("media/a.png", b"\xef\xbb\xbf\n"), "fields that fetch"),
    "links of a document among the pictures": (
        more(("media/_rels/x.xml.rels", b'<R><r TargetMode="External" Target="http://canary.example"/></R>')),
        "links to something outside",
    ),
    "many elements": (wide, "unpacks to more"),
    "a web page by its relationship": (related("aFChunk"), "embedded objects"),
    "an object by its relationship": (related("oleObject"), "embedded objects"),
    "a control by its relationship": (related("control"), "embedded objects"),
    "macros by their relationship": (related("vbaProject"), "embedded objects"),
    "a query": (more(("settings9.xml", MAIL_MERGE)), "links to something outside"),
    "a picture of an older kind": (
        more(("x9.xml", b'<v:imagedata xmlns:v="urn:v" src="http://canary.example/a.png"/>')),
        "links to something outside",
    ),
    "a share": (more(("x9.xml", b'<v:fill xmlns:v="urn:v" v:href="\\\\canary\\a"/>')), "links to something outside"),
    "a link without quotes": (field("HYPERLINK canary.example"), "fields that fetch"),
    "a link behind its hint": (field('HYPERLINK \\o "x" "http://canary.example"'), "fields that fetch"),
    "a program": (field(" DDEAUTO cmd"), "fields that fetch"),
}


@pytest.mark.parametrize("kind", ["pptx", "docx"])
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_template_is_refused_with_a_sentence(name, kind):
    make, sentence = REFUSED[name]
    with pytest.raises(TemplateError, match=sentence):
        checked_template(make(kind), kind)


@pytest.mark.parametrize("kind", ["pptx", "docx"])
def test_what_programs_write_is_taken_and_a_template_opened_like_a_document(kind):
    main = MAIN[kind].encode() + b".main"
    template = MAIN[kind].split(".", maxsplit=1)[0].encode() + b".template.main"
    for content in (made(kind), changed(made(kind), swap=[(TYPES, main, template)])):
        checked = BytesIO(checked_template(content, kind))
        assert (Presentation if kind == "pptx" else Document)(checked)


def test_fields_of_a_contents_page_are_taken():
    assert checked_template(field(' HYPERLINK \\l "_Toc1"', "PAGE", "NUMPAGES")("docx"), "docx")


def test_a_comment_among_the_links_is_no_obstacle():
    content = changed(made("docx"), swap=[(RELS["docx"], b"</Relationships>", b"<!-- x --></Relationships>")])
    assert checked_template(content, "docx")
