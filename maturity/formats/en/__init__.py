"""Dates in English: 20 November 2026."""
