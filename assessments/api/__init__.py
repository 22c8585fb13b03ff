"""Read-only JSON for programs: the same access and limits as the pages, with a token instead of a session."""
