"""The invented result on the landing page: the shipped bank and a demonstration round, scored like any other."""

from functools import lru_cache

from django.conf import settings

from .charts.disclosure import Disclosure
from .charts.page import ResultPage, result_page
from .exchange.answers import load_answers
from .exchange.bank import read_bank
from .scoring.bank import Bank
from .scoring.result import Result, score

ORGANISATION = "Northfield"
BANK = settings.BASE_DIR / "fixtures" / "ai-leadership.yaml"
ANSWERS = settings.BASE_DIR / "fixtures" / "demo" / "northfield-2026-q4.json"


@lru_cache(maxsize=1)
def sample_bank() -> Bank:
    return read_bank(BANK)


@lru_cache(maxsize=1)
def sample_result() -> Result:
    bank = sample_bank()
    return score(bank, load_answers(ANSWERS.read_text(), bank, ANSWERS.name))


@lru_cache(maxsize=4)
def sample_page(language: str) -> ResultPage:
    """The sample as a page in the language that is active, which names the copy kept."""
    return result_page(sample_bank(), sample_result(), organisation=ORGANISATION, disclosure=Disclosure())
