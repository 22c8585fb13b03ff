"""Results as files: report, workbook, CSV and JSON."""
