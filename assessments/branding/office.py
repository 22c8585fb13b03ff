"""Uploaded Office templates: what they may hold. Nothing is unpacked before its size is known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal
from zipfile import ZipFile

from django.utils.translation import gettext as _
from lxml import etree

from assessments.zip_errors import DAMAGED

MAX_BYTES, MAX_UNPACKED, MAX_PARTS = 8_000_000, 100_000_000, 2_000
MAX_PART, MAX_XML = 40_000_000, 20_000_000  # bytes of one part, and of all that is parsed
MAX_ELEMENTS = 300_000
OLD = b"\xd0\xcf\x11\xe0"  # a compound file: password-protected, or of Office 2003
TYPES = "[Content_Types].xml"
MEDIA = ("ppt/media/", "word/media/")
MACROS = re.compile(r"vbaproject|vbadata", re.IGNORECASE)
OBJECTS = re.compile(r"embeddings/|activex|oleobject|afchunk|/package$|/control$|/subdocument$", re.IGNORECASE)
FETCHING = re.compile(
    r"\b(?:DDE|DDEAUTO|LINK|IMPORT|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|RD|DATABASE)\b|\bHYPERLINK\s+[^\s\\]|://",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\s*(?:\w{1,20}:)?[/\\]{2}")
XML_STARTS = (b"<", b"Lo\xa7\x94")  # behind a byte order mark, in any encoding

type TemplateKind = Literal["pptx", "docx"]


class TemplateError(ValueError):
    """The file cannot be a template; the message explains why to the person who chose it."""


@dataclass(frozen=True)
class Found:
    """Something that is looked for in a template by its name, and whether the template has it."""

    name: str
    is_there: bool


@dataclass(frozen=True)
class Program:
    """A program whose templates are taken: its name, their endings, and the types of its documents and templates."""

    name: str
    endings: str
    document: bytes
    template: bytes

    @property
    def words(self) -> dict[str, str]:
        return {"program": self.name, "endings": self.endings}


PROGRAMS: dict[TemplateKind, Program] = {
    "pptx": Program(
        "PowerPoint", ".pptx/.potx", b"presentationml.presentation.main+xml", b"presentationml.template.main+xml"
    ),
    "docx": Program(
        "Word", ".docx/.dotx", b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml"
    ),
}
UNREADABLE = (*DAMAGED, KeyError, etree.XMLSyntaxError)


def checked_template(content: bytes, kind: TemplateKind) -> bytes:
    """The template as a document, which is all that libraries open. Raises TemplateError."""
    program = PROGRAMS[kind]
    if len(content) > MAX_BYTES:
        raise TemplateError(_("The file is larger than 8 MB. Remove pictures and pages from the template."))
    if content.startswith(OLD):
        raise TemplateError(_protected(program))
    try:
        with ZipFile(BytesIO(content)) as parts:
            _refuse_bombs(parts, program)
            kinds = parts.read(TYPES)
            if not any(known in kinds for known in (program.document, program.template, b"macroEnabled")):
                raise TemplateError(
                    _("This is not a %(program)s file, whatever its name says. Choose a file that ends in %(endings)s.")
                    % program.words
                )
            _refuse_parts(parts, kinds, program)
            return _as_document(parts, program)
    except TemplateError:
        raise
    except UNREADABLE as broken:
        raise TemplateError(damaged(kind)) from broken


def damaged(kind: TemplateKind) -> str:
    sentence = _("The file is damaged or not a %(program)s file. Choose a file that ends in %(endings)s.")
    return sentence % PROGRAMS[kind].words


def _protected(program: Program) -> str:
    sentence = _("The file is password-protected or from an old version. Save it without a password as %(endings)s.")
    return sentence % program.words


def _refuse_bombs(parts: ZipFile, program: Program) -> None:
    entries = parts.infolist()
    names = [entry.filename.lower() for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise TemplateError(_protected(program))
    sizes = [entry.file_size for entry in entries]
    parsed = sum(size for name, size in zip(names, sizes, strict=True) if not name.startswith(MEDIA))
    if (
        len(entries) > MAX_PARTS
        or max(sum(sizes) - MAX_UNPACKED, parsed - MAX_XML, max(sizes, default=0) - MAX_PART) > 0
        or len(set(names)) < len(names)
    ):
        raise TemplateError(_too_large())


def _refuse_parts(parts: ZipFile, kinds: bytes, program: Program) -> None:
    """Refuse what could run, or lead out of the file."""
    names = [name.lower() for name in parts.namelist()]
    if b"macroenabled" in kinds.lower() or b"vba" in kinds.lower() or any(map(MACROS.search, names)):
        raise TemplateError(_("The template has macros. Save it without them as %(endings)s.") % program.words)
    if any(OBJECTS.search(name) for name in names):
        raise TemplateError(_objects())
    parsed = elements = 0
    for name in parts.namelist():
        content = parts.read(name)
        if name.lower().endswith((".xml", ".rels", ".vml")) or _is_xml(content):
            parsed += len(content)
            if parsed > MAX_XML:
                raise TemplateError(_too_large())
            elements += _refuse_xml(name.lower(), content)
    if elements > MAX_ELEMENTS:
        raise TemplateError(_too_large())


def _is_xml(content: bytes) -> bool:
    """Whether a part can be read as XML: its name, folder and type say nothing about that."""
    return content[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(XML_STARTS)


def _refuse_xml(name: str, content: bytes) -> int:
    """Refuse XML that leads out of the file; returns its number of elements."""
    root = etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    )
    if root.getroottree().docinfo.doctype:
        raise ValueError(name)
    if name.endswith(".rels"):
        _refuse_relationships(root)
    if FETCHING.search(_fields(root)):
        raise TemplateError(_("The template has fields that fetch something from outside it. Remove these fields."))
    if next(root.iter("{*}mailMerge"), None) is not None or any(map(ADDRESS.match, _values(root, "src", "href"))):
        raise TemplateError(_links())
    return sum(1 for _element in root.iter())


def _refuse_relationships(root: Any) -> None:
    for relationship in root.iter("*"):
        if relationship.get("TargetMode", "").lower() == "external":
            raise TemplateError(_links())
        kind = relationship.get("Type", "")
        if OBJECTS.search(kind) or MACROS.search(kind):
            raise TemplateError(_objects())


def _values(root: Any, *names: str, elements: str = "*") -> Iterator[str]:
    """The values of the attributes of these names, in any namespace."""
    for element in root.iter(f"{{*}}{elements}"):
        yield from (value for name, value in element.items() if name.rpartition("}")[2] in names)


def _too_large() -> str:
    return _("The file unpacks to more than a template needs. Remove pictures and pages from it.")


def _links() -> str:
    return _("The template links to something outside it. Remove links, linked pictures and linked templates.")


def _objects() -> str:
    return _("The template has embedded objects. Remove charts, workbooks and other objects from it.")


def _fields(root: Any) -> str:
    """The instructions of all fields, of which Word may have split each into several runs."""
    simple = " ".join(_values(root, "instr", elements="fldSimple"))
    pieces = root.iter("{*}instrText", "{*}fldChar")
    return simple + "".join(part.text or "" if part.tag.endswith("instrText") else " " for part in pieces)


def _as_document(parts: ZipFile, program: Program) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as new:
        for name in parts.namelist():
            content = parts.read(name)
            new.writestr(name, content.replace(program.template, program.document) if name == TYPES else content)
    return written.getvalue()
