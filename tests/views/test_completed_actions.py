"""The result says which completed actions moved their question, as far as the change of that question is shown."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, RoadmapAction
from tests.results.test_trend import keys, play  # noqa: F401 - fixtures


@pytest.fixture
def page(client, alice, play):  # noqa: F811
    def read(people):
        first, last = play([2], [3], people=people)
        done = timezone.localdate()
        RoadmapAction.objects.create(
            assessment=first, checksum="x", title="Strategy day", horizon="90d", question="vision-direction",
            status="done", done_on=done,
        )  # fmt: skip
        Assessment.objects.filter(pk=last.pk).update(closed_at=timezone.now())
        client.force_login(alice)
        return client.get(reverse("result_part", args=[last.pk, "change"])).content.decode()

    return read


def test_an_action_whose_question_moved(page):
    text = page(6)
    assert "Strategy day" in text
    assert "The median answer went from level\u00a02 to level\u00a03" in text


def test_nothing_is_said_of_a_question_whose_median_is_hidden(page):
    text = page(4)
    assert "Strategy day" in text
    assert "The median answer went" not in text
