"""The sections of a result page, each a title and rows that a template renders unchanged."""
