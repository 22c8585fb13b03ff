"""Base class of commands that only read files: no database, messages instead of tracebacks, exit codes."""

import io
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from assessments.formats.problems import ProblemsError


class FileCommand(BaseCommand):
    """Runs `work`. Exit status 0 if it returns true, 1 for invalid input; argparse exits with 2 for wrong usage."""

    requires_system_checks = ()

    def work(self, *args: Any, **options: Any) -> bool:
        """Run the command. Return False if a problem was reported."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            good = self.work(**options)
            self.stdout.flush()
        except ProblemsError as error:
            self.report_problems(error)
            good = False
        except BrokenPipeError:  # the reader has closed the pipe, as in `score … | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            good = True
        if not good:
            sys.exit(1)

    def report_problems(self, error: ProblemsError) -> None:
        """Print the problems, one per line."""
        self.stderr.write(str(error))
