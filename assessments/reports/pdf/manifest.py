"""The inputs of a report as a list with a checksum: the same list gives the same file, byte for byte."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version

from assessments.reports.pdf.render import TYPEFACES
from assessments.reports.report import Report
from assessments.reports.sections.change import Since
from assessments.results import Brand, Comment, Evidence, LogoImage


@dataclass(frozen=True)
class ReportManifest:
    """Every input of a report, including figures that its reader may not see.

    Its checksum is printed. It includes the salt of the result, so that no one can guess those figures by trying.
    """

    salt: str
    result: str
    bank: str | None
    method: str
    organisation: str
    round: str
    prepared_by: str | None
    days: tuple[str | None, ...]  # scored, opened, closed
    interviews: tuple[int | str, ...]  # counts of recorded and of unconfirmed interviews, and who recorded them
    disclosure: str
    commentary: str
    brand: str | None
    client_logo: str | None
    comments: str
    evidence: str
    previous: str | None
    since: str | None
    cohort: str | None
    actions: str
    agreed: str | None
    units: str | None
    origin: tuple[str, ...]
    threads: str | None
    question_pages: str
    language: str
    paper: str
    engine: str
    fonts: Mapping[str, str]
    borrowed_fonts: tuple[str, ...]
    missing: tuple[str, ...]
    look: str

    @property
    def checksum(self) -> str:
        return _checksum(asdict(self))


def manifest(
    report: Report, *, engine: str, look: str, borrowed: tuple[str, ...] = (), missing: tuple[str, ...] = ()
) -> ReportManifest:
    """The manifest of a report rendered by `engine`; `look` is a checksum of templates and style sheets."""
    days = (report.scored_on, report.opened_on, report.closed_on)
    disclosed = {
        "means": sorted(report.means),
        "counts": dict(report.counts),
        "withheld": sorted(report.seen.withheld),
        "blocking": [[blocker.question for blocker in pillar.blocking] for pillar in report.result.pillars],
        "priorities": [priority.question for priority in report.result.priorities],
    }
    return ReportManifest(
        salt=report.salt,
        result=report.checksum,
        bank=report.result.bank_checksum,
        method=report.result.engine,
        organisation=report.organisation,
        round=report.assessment_name,
        prepared_by=report.prepared_by,
        days=tuple(None if day is None else day.isoformat() for day in days),
        interviews=(report.interviews.recorded, report.interviews.unconfirmed, *report.interviews.roles),
        disclosure=_checksum(disclosed),
        commentary=_checksum([asdict(text) for text in report.commentary]),
        brand=None if report.brand is None else _checksum(_seen(report.brand)),
        client_logo=None if report.client_logo is None else _checksum(_seen(report.client_logo)),
        comments=_checksum(_plain(report.comments)),
        evidence=_checksum(_plain(report.evidence)),
        previous=None if report.earlier is None else _checksum(asdict(report.earlier.result)),
        since=None if report.since is None else _checksum(_compared(report.since)),
        cohort=None if report.peers is None else _checksum(asdict(report.peers)),
        actions=_checksum([asdict(action) for action in report.actions]),
        agreed=None if report.agreed is None else _checksum(asdict(report.agreed)),
        units=None if report.units is None else _checksum(asdict(report.units)),
        origin=report.origin,
        threads=_checksum([asdict(thread) for thread in report.threads]) if report.threads else None,
        question_pages=report.question_pages,
        language=report.language,
        paper=report.paper,
        engine=engine,
        fonts={package: version(package) for package in TYPEFACES.values()},
        borrowed_fonts=borrowed,
        missing=missing,
        look=look,
    )


def _seen(thing: Brand | LogoImage) -> dict[str, object]:
    """The fields without the picture itself, whose checksum is among them."""
    fields = asdict(thing)
    (fields.get("logo") or fields).pop("png", None)
    return fields


def _plain(written: Mapping[str, Sequence[Comment | Evidence]]) -> dict[str, object]:
    return {key: [asdict(entry) for entry in entries] for key, entries in written.items()}


def _compared(since: Since) -> list[object]:
    return [since.checksum, since.assessments, sorted(since.before.seen.means), since.seen_now]


def _checksum(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
