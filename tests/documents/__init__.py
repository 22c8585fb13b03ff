"""What the documents tell a reader to type."""
