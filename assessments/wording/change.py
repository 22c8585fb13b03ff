"""The change since the previous round in sentences: only a real change is called a change."""

from collections.abc import Sequence

from assessments.scoring.bank import Bank
from assessments.scoring.change import Change, Comparison
from assessments.sentences import gettext as _, ngettext
from assessments.wording import numbers

MAX_NAMED, MAX_LISTED = 2, 6
PLACES = 2  # of an interval: the threshold for a real change has two


def change_title(bank: Bank, comparison: Comparison) -> str:
    """Name the pillars that changed, or count them if there are many; or say that no change can be shown."""
    shared = [change for change in comparison.pillars if change.delta is not None]
    if not shared and comparison.withheld:
        return _("Too few people answered to show what has changed")
    if not shared:
        return _("The two assessments share too few questions to compare")
    if all(change.real is None for change in shared):
        return _("Too few people answered both assessments to call a change clear")
    names = {pillar.key: pillar.short or pillar.name for pillar in bank.pillars}
    risen = [names.get(change.key or "", "") for change in shared if change.real and (change.delta or 0) > 0]
    fallen = [names.get(change.key or "", "") for change in shared if change.real and (change.delta or 0) < 0]
    if not risen and not fallen:
        return _("No pillar shows a clear change")
    return _moved(risen, fallen, everything=len(shared))


def _moved(risen: Sequence[str], fallen: Sequence[str], *, everything: int) -> str:
    if not fallen:
        return _rose(risen, everything)
    if not risen:
        return _fell(fallen, everything)
    if len(risen) <= MAX_NAMED and len(fallen) <= MAX_NAMED:
        params = {"risen": numbers.joined(risen), "fallen": numbers.joined(fallen)}
        return _("%(risen)s rose, %(fallen)s fell") % params
    params = {"risen": numbers.in_words(len(risen)), "fallen": numbers.in_words(len(fallen))}
    return numbers.capitalised(_("%(risen)s pillars rose and %(fallen)s fell") % params)


def _rose(names: Sequence[str], everything: int) -> str:
    if len(names) <= MAX_NAMED:
        return _("%(pillars)s rose since the previous round") % {"pillars": numbers.joined(names)}
    if len(names) == everything:
        return _("Every pillar rose since the previous round")
    params = {"count": numbers.in_words(len(names)), "all": numbers.in_words(everything)}
    return numbers.capitalised(_("%(count)s of %(all)s pillars rose since the previous round") % params)


def _fell(names: Sequence[str], everything: int) -> str:
    if len(names) <= MAX_NAMED:
        return _("%(pillars)s fell since the previous round") % {"pillars": numbers.joined(names)}
    if len(names) == everything:
        return _("Every pillar fell since the previous round")
    params = {"count": numbers.in_words(len(names)), "all": numbers.in_words(everything)}
    return numbers.capitalised(_("%(count)s of %(all)s pillars fell since the previous round") % params)


def verdict(change: Change) -> str:
    """The verdict on one change."""
    if change.comparability == "none":
        return _("not comparable")
    if change.real is None:
        return _("too few people")
    words = _("clear change") if change.real else _("no clear change")
    return _("%(verdict)s, indicative") % {"verdict": words} if change.comparability == "indicative" else words


def delta(change: Change) -> str | None:
    """The change between the scores as printed; None without one."""
    if change.delta is None or change.before is None or change.after is None:
        return None
    return numbers.difference(change.before, change.after)


def interval(change: Change, places: int = PLACES) -> str | None:
    """`−0.12 to +0.51`: "to", because a dash between signs would look like another sign."""
    if change.interval is None:
        return None
    low, high = (numbers.signed(bound, places) for bound in change.interval)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def withheld_sentence(bank: Bank, comparison: Comparison) -> str | None:
    """Name the pillars withheld to protect individuals, and the index with them; None if there are none."""
    names = [pillar.short or pillar.name for pillar in bank.pillars if pillar.key in comparison.withheld]
    if not comparison.withheld:
        return None
    text = _("Not shown, because it would tell what one or two people answered: the change of %(pillars)s.")
    return text % {"pillars": numbers.joined([*names, _("the index")])}


def index_sentence(comparison: Comparison) -> str | None:
    """How the index changed on the questions shared by both assessments; None without a change."""
    change = comparison.overall
    if change.delta is None or change.before is None or change.after is None:
        return None
    params = {
        "before": numbers.score(change.before),
        "after": numbers.score(change.after),
        "delta": numbers.difference(change.before, change.after),
        "share": numbers.coverage(change.common_weight or 0),
    }
    text = _("On the questions that both assessments share (%(share)s of the weight) the index went from %(before)s to "
             "%(after)s, a change of %(delta)s")  # fmt: skip
    if change.interval is None:
        return f"{text % params}."
    params |= {"low": numbers.signed(change.interval[0], PLACES), "high": numbers.signed(change.interval[1], PLACES)}
    tail = _("with a 90%% interval from %(low)s to %(high)s") % params
    ending = _("a clear change") if change.real else _("not a clear change")
    return _("%(opening)s %(interval)s: %(verdict)s.") % {
        "opening": text % params, "interval": tail, "verdict": ending,
    }  # fmt: skip


def different_versions(asked: Sequence[tuple[str, str]]) -> str:
    """Name the version of the bank in each assessment; `asked` are the names of assessments and their versions."""
    listed = numbers.listed([f"{name}: {version}" for name, version in asked])
    return _("These were asked on different versions of the bank (%(asked)s).") % {"asked": listed}


def nothing_shared() -> str:
    """What holds where no question can be compared."""
    return _("No question means the same in each of them, so nothing is compared. Each result holds on its own.")


def people_sentence(change: Change) -> str | None:
    """Whether the same people answered both assessments; None without a standard error."""
    if change.method is None:
        return None
    if change.method == "paired":
        return _("The same people answered both assessments, so their answers are compared person by person.")
    return _("Different people answered the two assessments, so they are compared as two samples.")


def moved_questions(names: Sequence[str]) -> str | None:
    """The questions whose median answer changed, the first six by name; None if there are none."""
    if not names:
        return None
    count, more = len(names), len(names) - MAX_LISTED
    listed = numbers.joined(names) if more < 1 else numbers.listed(names[:MAX_LISTED])
    text = ngettext(
        "The median answer to %(count)s question has changed: %(names)s",
        "The median answers to %(count)s questions have changed: %(names)s",
        count,
    )
    sentence = text % {"count": numbers.in_words(count), "names": listed}
    if more < 1:
        return f"{sentence}."
    return _("%(sentence)s, and %(more)s more.") % {"sentence": sentence, "more": numbers.in_words(more)}
