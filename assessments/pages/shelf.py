"""The question banks that an assessment can be started with, and what helps to choose one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import get_language_info

from assessments import results
from assessments.models import BankVersion
from assessments.reader_language import language
from assessments.scoring.bank import Bank, Subset
from assessments.sentences import ngettext
from assessments.wording.credit import credits, named


@dataclass(frozen=True)
class Offer:
    """A bank as the shelf shows it, in the reader's language where it is translated."""

    bank: Bank
    name: str
    questions: int
    minutes: int
    languages: str
    credits: tuple[tuple[str, str], ...]


def offer_of(version: BankVersion, minutes_for: Callable[[int], int]) -> Offer:
    """What one version measures, how long its number of questions takes, and whose it is."""
    bank = results.bank_in(version, language())
    questions = len(bank.questions)
    spoken = ", ".join(_local(code) for code in dict.fromkeys((version.language, *sorted(version.languages))))
    return Offer(bank, named(bank), questions, minutes_for(questions), spoken, credits(bank))


def described(version: BankVersion, minutes_for: Callable[[int], int]) -> str:
    """The same as markup, for the label of an option."""
    context = {"offer": offer_of(version, minutes_for), "version": version}
    return render_to_string("assessments/planning/_offer.html", context)


def subsets_of(versions: Iterable[BankVersion], minutes_for: Callable[..., int]) -> list[tuple[str, str]]:
    """(key, what it asks) of every subset of these versions, each key once."""
    found: dict[str, str] = {}
    for version in versions:
        for subset in results.bank_in(version, language()).subsets:
            found.setdefault(subset.key, _described_subset(subset, minutes_for))
    return [*found.items()]


def _described_subset(subset: Subset, minutes_for: Callable[..., int]) -> str:
    n = len(subset.questions)
    text = ngettext(
        "%(title)s: %(n)d question, about %(minutes)d minutes. It shows what has changed, without an index or a level",
        "%(title)s: %(n)d questions, about %(minutes)d minutes. It shows what has changed, without an index or a level",
        n,
    )
    return text % {"title": subset.title, "n": n, "minutes": minutes_for(n, is_pulse=True)}


def _local(code: str) -> str:
    """What a language calls itself; its tag if nobody has told us."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
