"""Files from strangers: what they are, what they are called, whether a virus is in them, and how they are encrypted."""
