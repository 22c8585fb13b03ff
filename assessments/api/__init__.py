"""Read-only JSON for programs: the same doors and the same limits as the pages, with a token instead of a session."""
