"""A person's own profile."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from assessments import access, languages
from assessments.access.decorators import UserRequest, signed_in
from assessments.actions import people
from assessments.forms.profile import ProfileForm
from assessments.sentences import gettext as _


@signed_in("GET, POST")
def profile(request: UserRequest) -> HttpResponse:
    user = request.user
    offered = {each.code.lower(): each.name for each in languages.choices()}
    reads = user.language or get_language() or ""
    initial = {
        "name": user.name,
        "addressed_as": user.addressed_as,
        "language": reads,
        "time_zone": user.time_zone or access.usual_time_zone(user),
        "wants_action_reminders": user.wants_action_reminders,
    }
    form = ProfileForm(
        request.POST or None, initial=initial, languages=list({reads: languages.name_of(reads), **offered}.items())
    )
    if not form.is_valid():
        return render(request, "account/profile.html", {"form": form})
    people.change_profile(user=user, **form.cleaned_data)
    messages.success(request, _("Your profile is saved."))
    return languages.remember(request, redirect("profile"), user.language)
