"""Endpoints for the script of a pillar page: save one answer, stay signed in."""

import json
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments import access
from assessments.actions import answering
from assessments.forms.answering import AnswerForm, field_name_of
from assessments.forms.cards import version_of
from assessments.models import Answer
from assessments.pages import questionnaire
from assessments.sentences import gettext as _


@never_cache
@require_http_methods(["PUT"])
def answer(request: HttpRequest, pk: UUID, key: str) -> JsonResponse:
    """Save one answer from a JSON object of the form's fields; fields that are left out keep their value.

    200 with the new revision and time · 400 with messages by field, the valid fields saved · 401 signed out · 403 the
    page belongs to someone else · 409 `closed`, or `other`: the stored answer, newer than the `revision` sent.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"signed_out": True}, status=401)
    user = access.require_user(request.user)
    grant = access.require_question(user, pk, key)
    content, row = questionnaire.question_for(grant.submission, key)
    sent = _read(request.body)
    if sent is None:
        return JsonResponse({"errors": {"choice": [_("This could not be read; nothing was changed.")]}}, status=400)
    if sent.get("submission", str(grant.submission.pk)) != str(grant.submission.pk):
        return JsonResponse({"somebody_else": True}, status=403)
    form = AnswerForm(content, {field_name_of(key, name): value for name, value in sent.items()})
    form.full_clean()
    try:
        saved = answering.save_answer(
            submission=grant.submission,
            delegation=grant.delegation,
            question=row,
            given=answering.Given.sent(form.cleaned_data),
            revision=form.cleaned_data["revision"],
            by=user,
            leave=form.left_out(partial=True),
            page=answering.OpenPage.sent(sent),
        )
    except answering.AnsweringClosedError:
        return JsonResponse({"closed": True}, status=409)
    except answering.StaleAnswerError as stale:
        return JsonResponse({"other": version_of(stale.current)}, status=409)
    return _saved(saved, form)


def _read(body: bytes) -> dict[str, str] | None:
    """Return a JSON object with every value as text, or None for anything else."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict):
        return None
    return {name: "" if value is None else str(value) for name, value in sent.items()}


def _saved(answer: Answer, form: AnswerForm) -> JsonResponse:
    reply: dict[str, object] = {"revision": answer.revision, "saved_at": answer.saved_at.isoformat()}
    if form.errors:
        return JsonResponse(reply | {"errors": {name: list(each) for name, each in form.errors.items()}}, status=400)
    return JsonResponse(reply)


@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Return who is signed in, the seconds left, and whether the end is final. POST counts as activity, GET does not.

    401 if no one is signed in.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"signed_out": True}, status=401)
    ends, final = access.session_ends(request.session), access.session_ends_for_good(request.session)
    seconds = 0 if ends is None else int((ends - timezone.now()).total_seconds())
    return JsonResponse({"left": seconds, "final": final, "person": request.user.pk, "token": get_token(request)})
