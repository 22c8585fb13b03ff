"""Dates in German: 20. November 2026."""
