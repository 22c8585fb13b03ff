"""Files that people can read, to and from the instrument's dataclasses.

`bank` and `translation` are YAML, `answers` and `result` JSON. `shapes` (JSON) and `bank_shapes` (YAML) describe each
file once, to pydantic: that reads it, `pydantic_messages` says in our words what is wrong, `schemas` publishes it.
`bank_rules` has what must hold between the parts. Whatever is wrong is reported all at once in a `ProblemsError`,
with file, line and field.
"""
