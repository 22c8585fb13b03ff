"""The sections of a report, one module per subject, as blocks for PDF and Word."""
