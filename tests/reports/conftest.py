"""What reports made without a database leave out."""

import pytest


@pytest.fixture
def no_peers(monkeypatch):
    """Nobody to compare with: a cohort would be looked up in the database."""
    monkeypatch.setattr("assessments.reports.report.newest_cohort", lambda _assessment: None)
