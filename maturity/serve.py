"""`ai-leadership serve`: run a site on one machine. A new database is prepared; an older one is never changed unasked."""

import os
import sys

import django

PORT = os.environ.get("PORT", "8000")
BANKS = ("ai-leadership", "ai-leadership-2")  # in the order in which they are published: the last is offered first


def main() -> None:
    only_here = use_plain_http_on_this_machine()
    from maturity.processes import refuse_a_taken_port, run_until_stopped

    refuse_a_taken_port(PORT)
    django.setup()
    prepare()
    from django.conf import settings

    bind = os.environ.get("BIND", f"127.0.0.1:{PORT}")
    config = str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py")
    web = ["-m", "gunicorn", "--config", config, "--bind", bind, "maturity.wsgi"]
    run_until_stopped(web, notice=notice_for(bind, only_here), scheduled=True)


def use_plain_http_on_this_machine() -> bool:
    """Turn HTTPS off if no host name is set, as then only this machine reaches the site. Return whether it is so."""
    from maturity.environment import Env
    from maturity.places import state_folder

    env = Env()
    env.read_env(state_folder() / ".env")
    if env.str("ALLOWED_HOSTS", default="") or env.str("HTTPS", default=""):
        return False
    os.environ["HTTPS"] = "off"
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{PORT}/")
    return True


def prepare() -> None:
    """Create the tables and load the shipped banks into a new database. Ends with a sentence if it is an older one."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from maturity.processes import collecting_statics

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending and executor.loader.applied_migrations:
        sys.exit(
            f"The database is from an earlier version: {len(pending)} changes are waiting. See what they do with "
            "`ai-leadership preflight`, back up, then run `ai-leadership migrate`."
        )
    with collecting_statics():
        call_command("createcachetable", verbosity=0)
        if pending:
            print("Preparing a new database …", flush=True)
            call_command("migrate", verbosity=0)
            load_banks()


def load_banks() -> None:
    from django.conf import settings
    from django.core.management import call_command

    folder = settings.BASE_DIR / "fixtures"
    for bank in BANKS:
        call_command("load_bank", str(folder / f"{bank}.yaml"), publish=True)
    for bank in BANKS:  # after both: a new version takes over the translation of the one before
        call_command("load_translation", str(folder / f"{bank}.de.yaml"), offer=True)


def notice_for(bind: str, only_here: bool) -> str:
    """What to do next, for the person at the terminal."""
    first = "  The first administrator: ai-leadership createsuperuser"
    if only_here:
        return f"  http://{bind}   Ctrl-C ends it. For this machine only: set ALLOWED_HOSTS for others.\n{first}"
    return f"  Listening on {bind}, for a proxy that speaks HTTPS. Ctrl-C ends it.\n{first}"
