"""What documents do to a supported level, in sentences."""

from collections.abc import Sequence

from assessments.scoring.bank import Bank
from assessments.scoring.documents import PillarEvidence
from assessments.sentences import gettext as _, ngettext


def evidence_title(bank: Bank, backing: Sequence[PillarEvidence]) -> str:
    """The finding: how many supported levels rest on documents that are older than a year."""
    falling = [each for each in backing if each.without_old is not None]
    if not falling:
        return _("No supported level rests on old documents alone")
    if len(falling) == 1:
        names = {"pillar": _name(bank, falling[0].key), "level": level(bank, falling[0].level)}
        return _("%(pillar)s: supported level %(level)s rests on documents older than a year") % names
    text = ngettext(
        "%(n)d supported level rests on documents older than a year",
        "%(n)d supported levels rest on documents older than a year",
        len(falling),
    )
    return text % {"n": len(falling)}


def pillar_sentences(bank: Bank, found: PillarEvidence) -> tuple[str, ...]:
    """What may be said of a pillar: its old documents, the one that matters most, and what would add most."""
    sentences = (_about_old(bank, found), _about_dearest(bank, found), _about_lift(bank, found))
    return tuple(sentence for sentence in sentences if sentence)


def _about_old(bank: Bank, found: PillarEvidence) -> str:
    if found.old is None or found.documents is None:
        return ""
    counts = {"old": found.old, "n": found.documents, "level": level(bank, found.level)}
    if not found.old:
        text = ngettext(
            "Supported level %(level)s: the %(n)d document is no older than a year.",
            "Supported level %(level)s: none of %(n)d documents is older than a year.",
            found.documents,
        )
        return text % counts
    text = ngettext(
        "Supported level %(level)s: %(old)d of %(n)d documents is older than a year",
        "Supported level %(level)s: %(old)d of %(n)d documents are older than a year",
        found.old,
    )
    first = text % counts
    if found.without_old is None:
        return f"{first}."
    return _("%(sentence)s; without them it is %(level)s.") % {
        "sentence": first,
        "level": level(bank, found.without_old.level),
    }


def _about_dearest(bank: Bank, found: PillarEvidence) -> str:
    if found.dearest is None:
        return ""
    return _("It rests most on one document: without that it is %(level)s.") % {
        "level": level(bank, found.dearest.level)
    }


def _about_lift(bank: Bank, found: PillarEvidence) -> str:
    if found.lift is None:
        return ""
    question = bank.questions[found.lift.question]
    return _("A document for “%(question)s” would add most: supported level %(level)s.") % {
        "question": question.short or question.text,
        "level": level(bank, found.lift.level),
    }


def level(bank: Bank, number: int) -> str:
    """A level as the bank counts it."""
    return str(bank.level_text(number))


def _name(bank: Bank, key: str) -> str:
    return next(pillar.name for pillar in bank.pillars if pillar.key == key)
