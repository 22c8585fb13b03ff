"""The stage for a load: a database with the demonstration, an open assessment of many people, and a session for each.

`python -m tests.load.stage PLAN PEOPLE` writes what the people need to know to PLAN, as JSON.
"""

import io
import json
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maturity.settings")


def session_of(user) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from maturity.accounts.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def main(plan: str, people: int) -> None:
    django.setup()
    from django.core.management import call_command

    from assessments.models import Assessment, Participant, User

    commands = [["migrate"], ["createcachetable"], ["collectstatic", "--noinput"], ["demo"]]
    for command in commands:
        call_command(*command, verbosity=0, stdout=io.StringIO())
    opened = Assessment.objects.get(state="open", for_one=False)
    users = User.objects.bulk_create(User(email=f"person{n}@load.example", password="!") for n in range(people))
    Participant.objects.bulk_create(Participant(assessment=opened, user=user) for user in users)
    closed = list(Assessment.objects.filter(state="released").values_list("pk", flat=True))
    pillars = opened.bank_version.pillars.prefetch_related("questions")
    known = {
        "round": f"/assessments/{opened.pk}/",
        "report": f"/assessments/{closed[0]}/report.pdf",
        "rounds": [str(pk) for pk in closed],
        "sections": [{"key": p.key, "questions": [q.key for q in p.questions.all()]} for p in pillars],
        "users": [user.pk for user in users],
        "people": [session_of(user) for user in users],
        "consultant": session_of(User.objects.get(email="consultant@hart.example")),
    }
    Path(plan).write_text(json.dumps(known))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
