"""The results of units as sentences: how many are at which level, which holds the group back, and what is not shown."""

from collections import Counter
from collections.abc import Sequence

from assessments.scoring.bank import Bank
from assessments.scoring.unit_figures import UnitLine, UnitResults
from assessments.scoring.units import Rollup
from assessments.sentences import gettext as _, ngettext

from . import numbers


def headline(bank: Bank, found: UnitResults) -> str:
    """`Level 3 in 4 of 6 units; Logistics holds the group at level 2`."""
    levels = [line.level for line in found.leaves if line.level is not None]
    if not levels:
        return _("No unit has a level that can be shown")
    names = names_of(found.units)
    if len(found.leaves) == 1:
        only = {"unit": names[found.leaves[0].id], "level": numbers.level(bank, levels[0])}
        return _("%(unit)s is at %(level)s") % only
    usual = max(set(levels), key=lambda level: (levels.count(level), level))
    values = {
        "level": numbers.capitalised(numbers.level(bank, usual)),
        "n": levels.count(usual),
        "all": len(levels),
        "units": numbers.joined([names[line.id] for line in lowest(found)[:3]]),
        "lowest": numbers.level(bank, min(levels)),
    }
    if min(levels) == usual:
        return (
            ngettext("%(level)s in %(n)d of %(all)d unit", "%(level)s in %(n)d of %(all)d units", len(levels)) % values
        )
    if len(lowest(found)) > 3:
        said = _("%(level)s in %(n)d of %(all)d units; %(few)d hold the group at %(lowest)s")
        return said % {**values, "few": len(lowest(found))}
    return (
        ngettext(
            "%(level)s in %(n)d of %(all)d units; %(units)s holds the group at %(lowest)s",
            "%(level)s in %(n)d of %(all)d units; %(units)s hold the group at %(lowest)s",
            len(lowest(found)),
        )
        % values
    )


def lowest(found: UnitResults) -> list[UnitLine]:
    """The units at the lowest level that a unit has, the lowest index first."""
    levelled = [line for line in found.leaves if line.level is not None]
    least = min((line.level or 0 for line in levelled), default=0)
    return sorted((line for line in levelled if line.level == least), key=lambda line: line.index or 0.0)


def names_of(lines: Sequence[UnitLine]) -> dict[str, str]:
    """The names of units by id: of people in a unit itself, said so; of a name that several have, with the unit above."""
    by_id, taken = {line.id: line for line in lines}, Counter(line.name.casefold() for line in lines if not line.is_own)
    found = {}
    for line in lines:
        above = by_id.get(line.parent or "")
        if line.is_own:
            found[line.id] = _("%(unit)s (without the units below)") % {"unit": line.name}
        elif above is not None and taken[line.name.casefold()] > 1:
            found[line.id] = f"{above.name} › {line.name}"
        else:
            found[line.id] = line.name
    return found


def shares(bank: Bank, rollup: Rollup) -> str:
    """`level 2: 33%, level 3: 67%`, without levels that no unit has; "" without a level."""
    found = rollup.share_by_level or {}
    return numbers.listed([
        _("%(level)s: %(share)s") % {"level": numbers.level(bank, level), "share": numbers.percent(share)}
        for level, share in found.items() if share
    ])  # fmt: skip


def mean(rollup: Rollup) -> str:
    """`2.5 (1.0–4.1)`, `2.5` without an interval, "" without a mean."""
    if rollup.mean is None:
        return ""
    if rollup.interval is None:
        return numbers.score(rollup.mean)
    return _("%(mean)s (%(interval)s)") % {
        "mean": numbers.score(rollup.mean),
        "interval": numbers.interval(rollup.interval),
    }


def hidden(found: UnitResults) -> str | None:
    """How many units are not shown and why; None if all are."""
    n = sum(line.is_hidden for line in found.units)
    if not n:
        return None
    return ngettext(
        "%(n)d unit is not shown in full, because fewer than five people answered there, or because the difference to the units "
        "above would be about fewer than five people.",
        "%(n)d units are not shown in full, because fewer than five people answered there, or because the difference to the units "
        "above would be about fewer than five people.",
        n,
    ) % {"n": n}


def weights(found: UnitResults) -> str:
    """What the mean is weighted by, and how many units it is over."""
    said = (
        _("The mean is weighted by headcount.") if found.is_weighted else _("Every unit counts the same in the mean.")
    )
    scored = sum(line.index is not None for line in found.leaves)
    over = _("It is over %(n)d of %(all)d units; the interval knows how far units differ and how sure each is.")
    return f"{said} {over % {'n': scored, 'all': len(found.leaves)}}"


def central(n: int) -> str:
    """That units are scored without `n` central questions."""
    said = ngettext(
        "%(n)d central question was asked only of people who answer for the whole, and is in no score of a unit.",
        "%(n)d central questions were asked only of people who answer for the whole, and are in no score of a unit.",
        n,
    )
    return said % {"n": n}
