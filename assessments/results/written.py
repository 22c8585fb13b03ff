"""The texts people added to their answers: comments, reasons why a question does not apply, and evidence."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assessments.models import Answer, Assessment


@dataclass(frozen=True)
class Comment:
    """One comment or reason; `by` is the person's name, in a named assessment only."""

    text: str
    by: str | None = None


@dataclass(frozen=True)
class Evidence:
    """One person's evidence, as text, link or both, with its grade 0-3; `by` as in a comment."""

    grade: int | None
    text: str
    link: str
    by: str | None = None


class Written(NamedTuple):
    """Texts by question key."""

    comments: Mapping[str, tuple[Comment, ...]]
    evidence: Mapping[str, tuple[Evidence, ...]]
    reasons: Mapping[str, tuple[Comment, ...]]  # from people who answered that the question does not apply


NOTHING = Written({}, {}, {})


def names_of(assessment: Assessment) -> dict[str, str]:
    """People's names by pseudonym. One query."""
    return {person.pseudonym: str(person) for person in assessment.participants.select_related("user")}


def written_in(assessment: Assessment, names: Mapping[str, str]) -> Written:
    """All submitted texts. One query.

    Without names the order is stable but reveals nothing: comments, reasons and evidence are shuffled separately, so
    that their positions do not link texts of the same person.
    """
    comments: dict[str, list[Comment]] = {}
    evidence: dict[str, list[Evidence]] = {}
    reasons: dict[str, list[Comment]] = {}
    for key, comment, grade, text, link, other, reason, person in _rows(assessment):
        by = names.get(person)
        if comment:
            comments.setdefault(key, []).append(Comment(comment, by))
        if text or link:
            evidence.setdefault(key, []).append(Evidence(grade, text, link, by))
        if reason and other == Answer.Other.NOT_APPLICABLE:
            reasons.setdefault(key, []).append(Comment(reason, by))
    seed = str(assessment.pk)
    return Written(
        _ordered(comments, seed), _ordered(evidence, f"{seed} evidence"), _ordered(reasons, f"{seed} reasons")
    )


def _rows(assessment: Assessment) -> Sequence[tuple[str, str, int | None, str, str, str | None, str, str]]:
    rows = Answer.objects.filter(submission__participant__assessment=assessment, submission__state="submitted")
    rows = rows.exclude(comment="", evidence_text="", evidence_link="", reason="")
    fields = ("question__key", "comment", "evidence_grade", "evidence_text", "evidence_link", "other", "reason")
    return list(rows.values_list(*fields, "submission__participant__pseudonym"))


def _ordered[T: (Comment, Evidence)](by_question: Mapping[str, list[T]], seed: str) -> dict[str, tuple[T, ...]]:
    """Sort by name if there are names, else shuffle."""
    shuffle = random.Random(seed)  # noqa: S311 - an order, not a secret
    return {key: tuple(_shuffled(sorted(texts, key=_order), shuffle)) for key, texts in sorted(by_question.items())}


def _order(entry: Comment | Evidence) -> tuple[str, ...]:
    return (entry.by or "", entry.text, *((entry.link, str(entry.grade)) if isinstance(entry, Evidence) else ()))


def _shuffled[T: (Comment, Evidence)](texts: list[T], shuffle: random.Random) -> list[T]:
    return texts if any(text.by for text in texts) else shuffle.sample(texts, len(texts))
