"""Actions of a roadmap, and a budget for them."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from assessments.models import MAX_EFFORT, MAX_NOTE, RoadmapAction, Unit, User
from assessments.scoring.bank import Bank
from assessments.sentences import gettext as _

from .helper import with_button
from .plain import NameField

OWNER_LIMIT = 150  # characters
MAX_MONTHS = 120  # ten people for one year


class BudgetForm(forms.Form):
    """The amount of work that is affordable."""

    budget = forms.FloatField(
        label=gettext_lazy("Budget in person-months"),
        min_value=0.1,
        max_value=MAX_MONTHS,
        widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"}),
        error_messages={
            "min_value": gettext_lazy("Enter between 0.1 and 120 person-months."),
            "max_value": gettext_lazy("Enter between 0.1 and 120 person-months."),
            "invalid": gettext_lazy("Enter between 0.1 and 120 person-months."),
        },
    )


class MovesForm(forms.Form):
    """The moves that become actions, by question key."""

    moves = forms.MultipleChoiceField(
        error_messages={
            "required": gettext_lazy("Select at least one move."),
            "invalid_choice": gettext_lazy("One of these moves is already on the roadmap. Check the list again."),
        }
    )

    def __init__(self, *args: Any, keys: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["moves"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]


class ActionForm(forms.Form):
    """One action: what, who, by when, at what effort, after which others."""

    title = forms.CharField(label=gettext_lazy("Action"), max_length=300)
    question = forms.ChoiceField(
        label=gettext_lazy("Question it addresses"),
        required=False,
        help_text=gettext_lazy("Once the action is done, the next round suggests answering this question again."),
    )
    owner_account = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=gettext_lazy("Owner"),
        required=False,
        empty_label=gettext_lazy("Nobody, or somebody else"),
        help_text=gettext_lazy("A person of the organisation is reminded a week before the due date."),
    )
    owner = NameField(label=gettext_lazy("Name of another owner"), required=False)
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=gettext_lazy("Unit"), required=False, empty_label=None
    )
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    horizon = forms.ChoiceField(
        label=gettext_lazy("Within"), choices=RoadmapAction.Horizon.choices, widget=forms.RadioSelect
    )
    effort = forms.FloatField(
        label=gettext_lazy("Effort in person-months"),
        required=False,
        min_value=0.05,
        max_value=MAX_EFFORT,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    status = forms.ChoiceField(
        label=gettext_lazy("State"), choices=RoadmapAction.Status.choices, widget=forms.RadioSelect
    )
    requires = forms.ModelMultipleChoiceField(
        queryset=RoadmapAction.objects.none(),
        label=gettext_lazy("Comes after"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        bank: Bank,
        others: QuerySet[RoadmapAction],
        people: QuerySet[User],
        units: Sequence[tuple[UUID, str]] = (),
        own_question: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        used = {action.question for action in others} - {own_question}
        self.fields["question"].choices = list(_questions(bank, used))  # type: ignore[attr-defined]
        self.fields["requires"].queryset = others  # type: ignore[attr-defined]
        self.fields["owner_account"].queryset = people  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[pk for pk, _label in units])  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("The whole organisation")), *units]  # type: ignore[attr-defined]
        if not units:
            del self.fields["unit"]
        if not others:
            del self.fields["requires"]
        self.helper = with_button(*self.fields, button=_("Save action"))

    def clean(self) -> dict[str, Any]:
        """An owner with an account is called by their name."""
        found = super().clean() or self.cleaned_data
        if account := found.get("owner_account"):
            found["owner"] = str(account)[:OWNER_LIMIT]
        return found

    @property
    def action_fields(self) -> dict[str, Any]:
        """Return the action's fields without its prerequisites; needs a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "requires"}

    @property
    def prerequisites(self) -> list[RoadmapAction]:
        """Return the prerequisites; needs a valid form."""
        return list(self.cleaned_data.get("requires", ()))


class ProgressForm(forms.Form):
    """How far an action is, in a state and a note."""

    prefix = "progress"  # beside the form of the action itself, which has a state too
    status = forms.ChoiceField(label=gettext_lazy("State"), choices=RoadmapAction.Status.choices)
    text = forms.CharField(
        label=gettext_lazy("Note of progress"),
        max_length=MAX_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, action: RoadmapAction, address: str = "roadmap_note", **kwargs: Any) -> None:
        """`address` is the name of the URL that stores the note."""
        super().__init__(*args, **kwargs)
        self.initial = {"status": action.status}
        self.helper = with_button("status", "text", button=_("Add note"))
        self.helper.form_action = reverse(address, args=[action.assessment_id, action.pk])


def _questions(bank: Bank, used: Collection[str]) -> Iterator[tuple[str, object]]:
    """Yield the questions without an action, by pillar."""
    yield "", _("None: an action of your own")
    for pillar in bank.pillars:
        own = [(q.key, q.short or q.text) for q in pillar.questions if q.key not in used]
        if own:
            yield pillar.name, own
