"""A client on its way between two installations, as one file."""
