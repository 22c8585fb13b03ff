"""No test sees what another has left, and none the database of whoever runs them."""

import os
import subprocess
import sys

BESIDE = """
from django.utils import translation

def test_one_speaks_german():
    translation.activate("de")

def test_the_next_speaks_english():
    assert translation.get_language() == "en"

def test_a_bank_is_there_without_asking_for_the_database(ready):
    assert ready.stat().st_size
"""


def test_each_test_begins_afresh_on_a_database_that_is_no_site(tmp_path):
    """As journeys run alone: none of them asks pytest-django for a database."""
    sites, file = tmp_path / "site.sqlite3", tmp_path / "test_beside.py"
    file.write_text(BESIDE)
    file.with_name("conftest.py").write_text("from tests.conftest import *")
    command = [sys.executable, "-m", "pytest", "-c", "pyproject.toml", str(file)]
    own = os.environ | {"DATABASE_URL": f"sqlite:///{sites}"}
    done = subprocess.run(command, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not sites.exists()
