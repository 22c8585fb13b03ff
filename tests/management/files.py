"""Running a command as a person does, in a process of its own, and in this one where that is enough."""

import io
import pathlib
import subprocess
import sys

from django.core.management import call_command

ROOT = pathlib.Path(__file__).parents[2]
SMALL = ROOT / "fixtures" / "demo" / "small.yaml"
ANSWERS = ROOT / "fixtures" / "demo" / "small-answers.json"


def run(*arguments):
    """The exit status, stdout and stderr of a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*(str(argument) for argument in arguments), stdout=out, stderr=err)
    except SystemExit as error:
        return error.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def shell(*arguments, **options):
    """A command in a process of its own."""
    command = [sys.executable, "manage.py", *(str(argument) for argument in arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=False, **options)
