"""Middleware, in the order of `MIDDLEWARE` in the settings."""
