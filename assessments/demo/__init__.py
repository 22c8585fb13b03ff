"""The demonstration, with invented organisations, and seeding many of them."""
