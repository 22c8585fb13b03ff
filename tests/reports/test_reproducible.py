"""The same result gives the same bytes: in another process, years later, with other hashes."""

import hashlib
import json
import os
import subprocess
import sys

from assessments.reports.pdf.report import render_pdf
from assessments.reports.slides.deck import report_pptx
from assessments.reports.word import report_docx
from assessments.reports.workbook import workbook
from tests.reports.examples import report, shown

ELSEWHERE = {"PYTHONHASHSEED": "7", "DJANGO_SETTINGS_MODULE": "maturity.settings"}
CODE = """
import json, time, django
django.setup()
later = time.gmtime(2_000_000_000)
time.time, time.localtime = lambda: 2_000_000_000.0, lambda *_seconds: later
from tests.reports.test_reproducible import checksums
print(json.dumps(checksums()))
"""


def checksums():
    """Of each format; that of slides includes the workbooks of their charts."""
    made = {
        "pdf": render_pdf(report()),
        "pptx": report_pptx(report()),
        "docx": report_docx(report()),
        "xlsx": workbook(shown()),
    }
    return {form: hashlib.sha256(content).hexdigest() for form, content in made.items()}


def test_another_process_at_another_time_makes_the_same_files():
    ours = checksums()
    run = [sys.executable, "-c", CODE]
    theirs = subprocess.run(run, env={**os.environ, **ELSEWHERE}, capture_output=True, text=True, check=True)
    assert json.loads(theirs.stdout) == ours
