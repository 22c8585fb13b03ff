"""What the commands that only read files have in common: no database, sentences instead of tracebacks, exit codes."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from assessments.formats.problems import ProblemsError


class FileCommand(BaseCommand):
    """Runs `work`. Exit status 0 if it returns true, 1 for bad input; wrong usage is argparse's 2."""

    requires_system_checks = ()

    def work(self, *args: Any, **options: Any) -> bool:
        """Do what the command is for; false if something was wrong and has been said."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            good = self.work(**options)
            self.stdout.flush()
        except ProblemsError as error:
            self.complain(error)
            good = False
        except BrokenPipeError:  # anyone who read us has seen enough, as in `score … | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            good = True
        if not good:
            sys.exit(1)

    def complain(self, error: ProblemsError) -> None:
        """Say what is wrong, one line a problem."""
        self.stderr.write(str(error))
