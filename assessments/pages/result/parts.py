"""The pages of a result: which there are, the sections on each, and what the first one says about the others."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.pages.result.page import ResultPage
from assessments.sentences import gettext as _
from assessments.wording.change import change_title
from assessments.wording.titles import MIN_FOR_AGREEMENT, agreement_title, profile_title

SUMMARY, FIGURES, AGREEMENT, CHANGE, BENCHMARK = "summary", "figures", "agreement", "change", "benchmark"

type Section = tuple[str, str]  # its id, and its name


@dataclass(frozen=True)
class Part:
    """One page of a result. `key` is in its address, except for the summary."""

    key: str
    name: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Pointer:
    """A section on another page: its id, the page, its name, and its finding or what is in it."""

    section: str
    part: str
    name: str
    title: str


def parts(page: ResultPage, *, has_commentary: bool) -> tuple[Part, ...]:
    """The pages in reading order, without those that would be empty."""
    return tuple(part for part in _all_parts(page, has_commentary=has_commentary) if part.sections)


def _all_parts(page: ResultPage, *, has_commentary: bool) -> Iterator[Part]:
    commentary = [("commentary", _("Commentary"))] if has_commentary else []
    agreed = [("agreed", _("Individual and agreed"))] if page.view.agreed else []
    yield Part(
        SUMMARY,
        _("Summary"),
        (
            ("finding", _("Finding")),
            ("level", _("Level and index")),
            ("pillars", _("Pillars against target")),
            ("moves", _("What to do")),
            ("method", _("How sure this is")),
            *commentary,
        ),
    )
    figures = (("profile", _("Profile")), ("figures", _("All figures")))
    evidence = (("evidence", _("Documents")),) if page.evidence else ()
    yield Part(FIGURES, _("Figures"), (*figures, *evidence, ("explain", _("Explain these numbers"))))
    agreement = [("agreement", _("Agreement"))] if page.view.result.answered >= MIN_FOR_AGREEMENT else []
    yield Part(AGREEMENT, _("Agreement"), (*agreement, *agreed))
    since = _("Since last time")
    yield Part(CHANGE, since, (("change", since),) if page.view.earlier else ())
    yield Part(BENCHMARK, _("Benchmark"), (("peers", _("Benchmark")),) if page.peers else ())


def pointers(page: ResultPage, found: tuple[Part, ...]) -> tuple[Pointer, ...]:
    """Every section that is on another page than the summary."""
    titles = {
        "profile": profile_title(page.view),
        "figures": _("Score, interval, bounds, coverage and evidence of every pillar"),
        "explain": _("The inputs and the arithmetic, to recompute by hand"),
        "agreement": agreement_title(page.view),
    }
    if page.view.earlier is not None:
        titles["change"] = change_title(page.view.bank, page.view.earlier.comparison)
    if page.agreed is not None:
        titles["agreed"] = page.agreed.title
    if page.evidence is not None:
        titles["evidence"] = page.evidence.title
    if page.peers is not None:
        titles["peers"] = page.peers.title
    return tuple(
        Pointer(section, part.key, name, titles[section])
        for part in found
        if part.key != SUMMARY
        for section, name in part.sections
    )
