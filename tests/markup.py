"""Markup as a browser reads it, however its template is laid out."""

import re


def flat(html):
    """On one line: a run of white space is one space, and none stands inside a tag's ends or beside a tag."""
    html = re.sub(r"[ \t\r\n\f]+", " ", html)
    return re.sub(r" ?(<[^<>]*?) ?> ?", r"\1>", html)
