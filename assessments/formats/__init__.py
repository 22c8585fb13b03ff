"""Files that people can read, to and from the instrument's dataclasses.

`bank` and `dump` hold the question bank (YAML), `answers` one assessment (JSON), `result` the figures (JSON); `shapes`
describes results to pydantic, and `schemas` to everybody. Whatever is wrong with a file is reported all at once in a
`ProblemsError`, each with file, line and field.
"""
