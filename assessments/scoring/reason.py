"""Why there is no index or no organisation level, in one plain sentence."""

from collections.abc import Sequence

from .pillar import RATED
from .tolerance import at_least, whole

NAMED_AT_MOST = 3
NOTHING_APPLIES = "There is no index and no level, because no pillar with a weight has a question that applies."


def sentence(no_index: str | None, no_level: str | None) -> str | None:
    """One sentence that names what is missing; None if nothing is."""
    clauses = []
    if no_index is not None:
        clauses.append(f"there is no index, because {no_index}")
    if no_level is not None:
        clauses.append(f"there is no level, because {no_level}")
    return f"T{'; and '.join(clauses)[1:]}." if clauses else None


def too_little(parts: str, scored: int, needed: int, count: int, coverage: float) -> str:
    """Why there is no index: too few pillars (or groups) with a score, or too little answered, or both."""
    clauses = []
    if scored < needed:
        noun, have = parts.removesuffix("s") if count == 1 else parts, "has" if 1 in {scored, count} else "have"
        clauses.append(
            f"{scored} of {count} {noun} {have} a score and {needed} {'is' if needed == 1 else 'are'} needed"
        )
    if not at_least(coverage, RATED):
        clauses.append(f"only {whole(100 * coverage)} % of what applies is answered and 80 % are needed")
    return " and ".join(clauses)


def without_level(names: Sequence[str]) -> str:
    """Why there is no level: the applicable pillars without one; of more than four, only three by name."""
    rest = len(names) - NAMED_AT_MOST
    if rest > 1:
        names = [*names[:NAMED_AT_MOST], f"{rest} more pillars"]
    return f"{listed(names)} {'has' if len(names) == 1 else 'have'} none"


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
