"""The targets of an assessment, pillar by pillar."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from assessments.scoring.bank import Bank, Pillar, Scale
from assessments.sentences import gettext as _
from assessments.wording import numbers

from .helper import with_button
from .plain import validate_plain_name
from .planning import SAVE_AND_CONTINUE
from .version_token import VersionTokenForm


class TargetsForm(VersionTokenForm):
    """A target for each pillar, the rationale, and who approved it."""

    approved_by = forms.CharField(
        label=gettext_lazy("Approved by"), max_length=150, required=False, validators=[validate_plain_name]
    )
    approved_on = forms.DateField(
        label=gettext_lazy("Approved on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        bank: Bank,
        targets: Mapping[str, Any],
        today: datetime.date,
        token: str,
        skip_to: str = "",
    ) -> None:
        """`skip_to`: the address of the next step, offered while no target is saved."""
        super().__init__(data, initial=dict(_initial(targets)) | {"token": token})
        pillars = [pillar for pillar in bank.pillars if pillar.highest > 1]
        self.pillars, self.today = pillars, today
        for pillar in pillars:
            self.fields[f"target-{pillar.key}"] = _target_field(bank, pillar)
            self.fields[f"reason-{pillar.key}"] = forms.CharField(
                label=_("Reason"), max_length=500, required=False, help_text=_("Needed if you set a target.")
            )
            for name in ("target", "reason"):
                self.fields[f"{name}-{pillar.key}"].about = pillar.name  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.depends = True  # type: ignore[attr-defined]  # the page says that all of it is optional
        self.order_fields([name for name in self.fields if not name.startswith("approved_")])
        groups = (
            Fieldset(each.name, Div(f"target-{each.key}", f"reason-{each.key}", css_class="pair")) for each in pillars
        )
        approval = Fieldset(_("Who approved them, if you set a target"), "approved_by", "approved_on")
        self.helper = with_button("token", *groups, approval, button=SAVE_AND_CONTINUE)
        if skip_to and not targets:
            link = format_html('<a class="button second" href="{}">{}</a>', skip_to, _("Skip: set no targets"))
            self.helper.layout[-1].append(HTML(link))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        targeted = [pillar for pillar in self.pillars if data.get(f"target-{pillar.key}") is not None]
        for pillar in targeted:
            if not data.get(f"reason-{pillar.key}"):
                message = _("%(pillar)s: explain why this is good enough.") % {"pillar": pillar.name}
                self.add_error(f"reason-{pillar.key}", message)
        if targeted and not data.get("approved_by"):
            self.add_error("approved_by", _("Enter who approved the targets."))
        if targeted and not data.get("approved_on") and "approved_on" not in self.errors:
            self.add_error("approved_on", _("Enter the date the targets were approved."))
        if data.get("approved_on") and data["approved_on"] > self.today:
            self.add_error("approved_on", _("Enter a date that is not in the future."))
        return data

    @property
    def targets(self) -> dict[str, dict[str, Any]]:
        """Return the targets as `Assessment.targets` stores them; needs a valid form."""
        data = self.cleaned_data
        approval = {"approved_by": data["approved_by"], "approved_on": str(data["approved_on"])}
        return {
            pillar.key: {
                "target": data[f"target-{pillar.key}"],
                "reason": data[f"reason-{pillar.key}"],
                **approval,
            }
            for pillar in self.pillars
            if data[f"target-{pillar.key}"] is not None
        }


def _target_field(bank: Bank, pillar: Pillar) -> forms.FloatField:
    offered = Scale(bank.scale.low, bank.level_scores[pillar.highest - 1])
    params = {"pillar": pillar.name, "scale": numbers.ends(offered)}
    wrong = _("%(pillar)s: enter a number from %(scale)s.") % params
    return forms.FloatField(
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        label=_("Target, from %(scale)s") % params,
        required=False,
        min_value=offered.low,
        max_value=offered.high,
        widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"}),
    )


def _initial(targets: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the initial value of each field; the approval is that of the first target that has one."""
    for key, entry in targets.items():
        yield f"target-{key}", entry["target"]
        yield f"reason-{key}", entry.get("reason", "")
    for name in ("approved_by", "approved_on"):
        value = next((entry[name] for entry in targets.values() if entry.get(name)), None)
        if value is not None:
            yield name, value
