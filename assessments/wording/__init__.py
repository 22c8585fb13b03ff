"""A Result as sentences: specific, provable from the figures, without praise or alarm."""
