"""Running an installation: backups, exports as ZIP files, the audit check, and scheduled work."""
