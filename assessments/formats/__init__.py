"""Convert the instrument's dataclasses to and from files that people can read.

`bank` and `translation` are YAML, `answers` and `result` JSON. `shapes` (JSON) and `bank_shapes` (YAML) describe each
file once, as pydantic types: pydantic validates files, `pydantic_messages` words its errors, and `schemas` publishes
JSON Schemas. `bank_rules` checks rules across fields. One `ProblemsError` reports all problems, each with file, line
and field.
"""
