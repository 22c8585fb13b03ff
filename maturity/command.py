"""The command `ai-leadership`: everything that `manage.py` can do, and `demo` and `serve`, which run the whole site."""

import argparse
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from maturity.places import HOME, state_folder

USAGE = """usage: ai-leadership COMMAND [OPTION …]

  demo         try the product with invented data, in a folder of its own (--port N)
  serve        run the site: web server, background worker and scheduled work (--port N)
  check-bank   check a question bank            score     score answers to a bank
  backup       write the database to one file   restore   read it back
  migrate      prepare the database             preflight say what an upgrade will do
  help         list every command

Settings are environment variables, or lines of .env in {folder} ({home} names another folder).
"""


def main(arguments: list[str] | None = None) -> None:
    """Run one command. Exits with 2 after a wrong one, with 1 and a sentence when the site cannot start."""
    name, *rest = arguments if arguments is not None else sys.argv[1:] or ["--help"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maturity.settings")
    if name in ("-h", "--help"):
        print(USAGE.format(folder=state_folder(), home=HOME), end="")
        return
    if name == "demo":
        os.environ |= {"DEMO": "1", HOME: str(state_folder() / "demo")}
    prepare(state_folder())
    if name in ("demo", "serve"):
        run_site(name, rest)
    else:
        manage([name.replace("-", "_"), *rest])


def prepare(folder: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Create the folder and a `.env` with a new secret key, readable by this user alone, unless a key is given."""
    file = folder / ".env"
    if file.exists() or environment.get("SECRET_KEY") or environment.get("SECRET_KEY_FILE"):
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
            target.write(f"SECRET_KEY={secrets.token_urlsafe(64)}\n")
    except FileExistsError:  # another process was faster
        return
    except OSError as problem:
        sys.exit(
            f"ai-leadership: {problem.filename}: {problem.strerror}. Set {HOME} to a folder that you can write to."
        )


def site_parser(name: str) -> argparse.ArgumentParser:
    """Return the parser of the arguments of `demo` or `serve`."""
    parser = argparse.ArgumentParser(prog=f"ai-leadership {name}", description="Run the site until Ctrl-C.")
    parser.add_argument("--port", default=os.environ.get("PORT", "8000"), help="the port (default: PORT or 8000)")
    return parser


def run_site(name: str, arguments: list[str]) -> None:
    """Run `demo` or `serve` until Ctrl-C."""
    os.environ["PORT"] = site_parser(name).parse_args(arguments).port
    from django.core.exceptions import ImproperlyConfigured

    try:
        if name == "demo":
            from maturity.demo import main as run
        else:
            from maturity.serve import main as run
        run()
    except ImproperlyConfigured as error:
        sys.exit(f"ai-leadership: {error}")


def manage(words: list[str]) -> None:
    """Run a command of Django or of this product by its name."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from assessments.stack import with_room

    try:
        with_room(execute_from_command_line)(["ai-leadership", *words])
    except ImproperlyConfigured as error:
        sys.exit(f"ai-leadership: {error}")
