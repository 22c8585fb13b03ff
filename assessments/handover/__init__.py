"""Move a client to another installation as one file."""
