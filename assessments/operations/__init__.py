"""What keeps an installation running: backups, exports as ZIP files, the audit check, and what is timed."""
