"""A result in sentences: specific, provable from the figures, without praise or alarm."""
