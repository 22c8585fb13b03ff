"""The roadmap as people see it: what could be decided, what was, and how far it is."""
