"""What is said of answers that somebody recorded for others."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def interviews(recorded: int, unconfirmed: int, roles: Collection[str]) -> str | None:
    """How many people were interviewed, by whom (`lead`, `consultant`), and how many have not confirmed it; None for none."""
    if not recorded:
        return None
    said = ngettext("%(n)d recorded in an interview", "%(n)d recorded in interviews", recorded) % {"n": recorded}
    if by := _by(roles):
        said = f"{said} {by}"
    if not unconfirmed:
        return _("%(said)s, confirmed") % {"said": said}
    return _("%(said)s, %(n)d not confirmed") % {"said": said, "n": unconfirmed}


def _by(roles: Collection[str]) -> str | None:
    if len(roles) > 1:
        return _("by a lead and a consultant")
    return {"lead": _("by a lead"), "consultant": _("by a consultant")}.get("".join(roles))
