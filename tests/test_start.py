"""What a web process carries from its start: what its first result needs, and no library that few pages need."""

import json
import subprocess
import sys

from django.urls import reverse

RARE = {
    "ninja",
    "ruamel",
    "weasyprint",
    "plotly",
    "openpyxl",
    "docx",
    "PIL",
    "fontTools",
    "resvg_py",
    "numpy",
}
LINKED = """
import json, sys
import maturity.wsgi
from django.urls import resolve, reverse
resolve(reverse("home"))
{more}
print(json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})))
"""


def loaded(more=""):
    """The packages in a fresh process that found a page and linked to another."""
    done = subprocess.run([sys.executable, "-c", LINKED.format(more=more)], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_a_web_process_starts_without_what_few_pages_need():
    assert loaded() & RARE == set()


def test_a_web_process_starts_with_what_its_first_result_needs():
    assert {"pydantic", "markdown_it"} <= loaded()


def test_the_api_is_loaded_when_it_is_asked_for():
    assert "ninja" in loaded('resolve("/api/v1/portfolio")')


def test_the_api_is_found_by_name():
    assert reverse("api-v1:portfolio") == "/api/v1/portfolio"
