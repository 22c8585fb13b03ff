"""The shape of a bank as texts that an author can type: answer sets and groups, one entry a line."""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from assessments.models.bank import KEY
from assessments.scoring.bank import MAX_ANSWERS

from .fields import text_area

BAR = "|"


class LinesField(forms.CharField):
    """A stored list, edited as lines; `parse` raises ValidationError."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=text_area(8), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return self.written(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, list) else self.parse((value or "").replace("\r\n", "\n"))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != data)

    def written(self, value: list[Any]) -> str:
        raise NotImplementedError

    def parse(self, text: str) -> list[Any]:
        raise NotImplementedError


class ChoicesField(LinesField):
    """Answer sets: a block each, its key first, then `value | text` or, for equal steps, a text a line."""

    def written(self, value: list[Any]) -> str:
        return "\n\n".join("\n".join([each["key"], *map(_choice_line, each["choices"])]) for each in value)

    def parse(self, text: str) -> list[Any]:
        sets = [_answer_set(block) for block in blocks_of(text)]
        _refuse_repeated(each["key"] for each in sets)
        return sets


class GroupsField(LinesField):
    """Groups: a line each, `key | name | weight`; without a key it is made from the name, without a weight it is 1."""

    def written(self, value: list[Any]) -> str:
        return "\n".join(_group_line(each) for each in value)

    def parse(self, text: str) -> list[Any]:
        groups = [_group(line) for line in text.splitlines() if line.strip()]
        _refuse_repeated(each["key"] for each in groups)
        return groups


class SubsetsField(LinesField):
    """Subsets: a line each, `key | title | keys of questions`, the keys separated by spaces or commas."""

    def written(self, value: list[Any]) -> str:
        return "\n".join(f" {BAR} ".join((each["key"], each["title"], " ".join(each["questions"]))) for each in value)

    def parse(self, text: str) -> list[Any]:
        subsets = [_subset(line) for line in text.splitlines() if line.strip()]
        _refuse_repeated(each["key"] for each in subsets)
        return subsets


def blocks_of(text: str) -> list[list[str]]:
    """The lines between blank lines."""
    lines = (line.strip() for line in text.splitlines())
    return [[*block] for filled, block in groupby(lines, bool) if filled]


def number_in(text: str, highest: float) -> float:
    """The number in a text, with a decimal point or comma. Raises ValidationError unless it is from 0 to `highest`."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not 0 <= value <= highest:
        words = {"text": text[:40], "highest": f"{highest:g}"}
        raise ValidationError(_("“%(text)s” is not a number from 0 to %(highest)s.") % words)
    return value


def _choice_line(choice: Mapping[str, Any]) -> str:
    return f"{choice['value']} {BAR} {choice['text']}"


def _answer_set(block: list[str]) -> dict[str, Any]:
    key, *lines = block
    KEY(key)
    if not 2 <= len(lines) <= MAX_ANSWERS:
        raise ValidationError(
            _("“%(key)s” needs 2 to %(most)d answers below its key, one a line.") % {"key": key, "most": MAX_ANSWERS}
        )
    pairs = [line.partition(BAR) for line in lines]
    if not any(bar for _value, bar, _text in pairs):
        return {"key": key, "choices": [{"text": line, "value": n / (len(lines) - 1)} for n, line in enumerate(lines)]}
    if not all(bar and text.strip() for _value, bar, text in pairs):
        raise ValidationError(_("“%(key)s”: write every answer as value, bar, text: 0.5 | Partly.") % {"key": key})
    return {"key": key, "choices": [{"text": t.strip(), "value": number_in(v.strip(), 1)} for v, _bar, t in pairs]}


def _group_line(group: Mapping[str, Any]) -> str:
    weight = () if group["weight"] == 1 else (f"{group['weight']:g}",)
    return f" {BAR} ".join((group["key"], group["name"], *weight))


def _group(line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.split(BAR)]
    key, name = (slugify(parts[0])[:64], parts[0]) if len(parts) == 1 else (parts[0], parts[1])
    KEY(key)
    if not name or len(parts) > 3:
        raise ValidationError(_("“%(line)s”: write a group as key, name, weight.") % {"line": line[:80]})
    return {"key": key, "name": name, "weight": number_in(parts[2], 1000) if len(parts) == 3 else 1.0}


def _subset(line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.split(BAR)]
    if len(parts) != 3 or not all(parts):
        raise ValidationError(_("“%(line)s”: write a subset as key, title, questions.") % {"line": line[:80]})
    keys = parts[2].replace(",", " ").split()
    for key in (parts[0], *keys):
        KEY(key)
    _refuse_repeated(keys)
    return {"key": parts[0], "title": parts[1], "questions": keys}


def _refuse_repeated(keys: Iterable[str]) -> None:
    found = [*keys]
    repeated = next((key for key in found if found.count(key) > 1), None)
    if repeated is not None:
        raise ValidationError(_("“%(key)s” stands here twice.") % {"key": repeated})


def spread(answers: Sequence[str], levels: int) -> list[str | None]:
    """At least two answers evenly over the levels, the lowest and the highest among them: 3 of 5 become 1, 3 and 5."""
    placed: list[str | None] = [None] * levels
    for place, answer in enumerate(answers):
        placed[(2 * place * (levels - 1) + len(answers) - 1) // (2 * (len(answers) - 1))] = answer
    return placed
