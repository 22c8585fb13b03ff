"""The report on paper: time beside a bare document of the same words, size, memory, and saves meanwhile."""

from __future__ import annotations

import contextlib
import html
import statistics
import threading
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessments.results import AssessmentResult

BARE = """@page { size: A4; margin: 20mm } p { margin: 0; font-size: 9pt } html { font-family: 'Source Sans 3' }
@font-face { font-family: 'Source Sans 3'; src: url('appfont:source-sans-3/400') }"""


def reports(line: Callable[..., None], shown: AssessmentResult) -> None:
    """One line for the report of an assessment, warm; the bare document takes turns with it, so that both meet one noise."""
    from assessments.reports.pdf import worker as pdf_worker
    from assessments.reports.pdf.report import rendered_report
    from assessments.reports.report import report_of

    report = report_of(shown)
    printed = rendered_report(report)
    bare = plain_document(printed.pdf)
    with pdf_worker.one_at_a_time(30):
        process = pdf_worker._process().process.pid
    ours, theirs = [], []
    bare()
    for _ in range(7):
        ours.append(timed(lambda: rendered_report(report)))
        theirs.append(timed(bare))
    mine, floor = statistics.median(ours), statistics.median(theirs)
    facts = f"{printed.pages} pages", f"{len(printed.pdf) / 1024:.0f} KB", f"peak {peak(process)} MB"
    line("report, rendering", mine, f"{mine / floor:5.2f} × bare ({floor * 1000:.0f} ms)", *facts)


def formats(line: Callable[..., None], shown: AssessmentResult) -> None:
    """One line for each format that people ask for, warm, and one for the four together; a PDF's processor is elsewhere."""
    from assessments.reports.files import file_of

    together = 0.0
    for form in ("pdf", "pptx", "docx", "xlsx"):
        make = partial(file_of, shown, form, wait=30)
        size = len(make())
        begun = time.process_time()
        seconds = statistics.median(timed(make) for _ in range(5))
        together += seconds
        line(
            f"{form}, made",
            seconds,
            f"{(time.process_time() - begun) / 5:.2f} s of processor here",
            f"{size / 1024:.0f} KB",
        )
    line("pdf, pptx, docx and xlsx", together)


def saves(line: Callable[..., None], save: Callable[[], object], fetch: Callable[[], object]) -> None:
    """The 95th percentile of saving an answer, alone and while five reports are asked for."""
    save()
    alone = [timed(save) for _ in range(60)]
    threads = [threading.Thread(target=patient(fetch)) for _ in range(5)]
    for thread in threads:
        thread.start()
    beside = []
    while any(thread.is_alive() for thread in threads):
        beside.append(timed(save))
    quiet, busy = percentile(alone), percentile(beside)
    line(
        "save beside 5 reports, p95",
        busy,
        f"{busy / quiet:5.2f} × alone ({quiet * 1000:.2f} ms)",
        f"{len(beside)} saves",
    )


def patient(fetch: Callable[[], object]) -> Callable[[], None]:
    """Asks again until it has its report, as the page that says "another report is being made" does."""

    def work() -> None:
        for _attempt in range(60):
            with contextlib.suppress(RuntimeError):
                fetch()
                return
            time.sleep(1)

    return work


def plain_document(pdf: bytes) -> Callable[[], object]:
    """The words of a report, a paragraph a line, in the same typeface: as little as WeasyPrint can do for them."""
    from pypdf import PdfReader
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from assessments.reports.pdf.render import own_files_only

    pages = [page.extract_text().split("\n") for page in PdfReader(BytesIO(pdf)).pages]
    text = "".join(
        "<section style='break-before: page'>" + "".join(f"<p>{html.escape(row)}</p>" for row in rows) + "</section>"
        for rows in pages
    )

    def work() -> object:
        fonts, fetcher = FontConfiguration(), own_files_only()
        style = CSS(string=BARE, font_config=fonts, url_fetcher=fetcher)
        return HTML(string=text, url_fetcher=fetcher).write_pdf(stylesheets=[style], font_config=fonts)

    return work


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def percentile(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else float("nan")


def peak(process: int) -> int:
    """The most memory that a process ever held, in MB; 0 where /proc does not tell."""
    path = Path(f"/proc/{process}/status")
    if not path.exists():
        return 0
    rows = dict(row.split(":", 1) for row in path.read_text().splitlines() if ":" in row)
    return int(rows["VmHWM"].split()[0]) // 1024
