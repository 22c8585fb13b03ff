"""Examples to practise on before answering: invented organisations, each with a question, and what its authors chose."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from assessments.models import Submission
from assessments.reader_language import language
from assessments.scoring.bank import Question

from .questionnaire import bank_for

FILE = settings.BASE_DIR / "fixtures" / "calibration.yaml"
SETS = 3
TEXTS = ("organisation", "sector", "text", "why")


@dataclass(frozen=True)
class Vignette:
    """An invented organisation: `level` of `question` is what the authors chose, `why` the reason."""

    key: str
    set: int
    question: str
    organisation: str
    sector: str
    text: str
    level: int
    why: str


@dataclass(frozen=True)
class Example:
    """A vignette with its question in the reader's language, and the level that they chose; None before."""

    vignette: Vignette
    question: Question
    chosen: int | None = None

    @property
    def agrees(self) -> bool:
        return self.chosen == self.vignette.level

    @property
    def ours(self) -> str:
        """The statement that the authors chose."""
        return self.question.anchors[self.vignette.level - 1] or ""


@cache
def _read(code: str) -> Any:
    from ruamel.yaml import YAML  # 60 ms that other parts of the site should not spend

    path = FILE if code == "en" else FILE.with_suffix(f".{code}.yaml")
    return YAML(typ="safe").load(path) if path.exists() else None


def vignettes(code: str) -> tuple[Vignette, ...]:
    """All vignettes in a language, or in English if they are not translated."""
    texts = {each["key"]: each for each in (_read(code) or _read("en"))["vignettes"]}
    entries = _read("en")["vignettes"]
    return tuple(Vignette(**{**each, **{name: texts[each["key"]][name] for name in TEXTS}}) for each in entries)


def is_offered(submission: Submission) -> bool:
    """Whether there are examples: for our bank, in the major version for which they were written; not in a pulse."""
    assessment, file = submission.participant.assessment, _read("en")
    version = assessment.bank_version
    is_ours = version.bank.key == file["bank"] and version.version.partition(".")[0] == str(file["major"])
    return is_ours and not assessment.is_pulse


def examples_for(submission: Submission) -> tuple[Example, ...]:
    """Three examples, the same ones for a person whenever they look; different ones for different people."""
    questions = bank_for(submission).questions
    own = submission.pk.int % SETS + 1
    return tuple(Example(each, questions[each.question]) for each in vignettes(language()) if each.set == own)
