"""The cast and the stage: alice leads Northfield, bob takes part, charlie leads Lakeside and must see nothing of it."""

import contextlib
import gc
import hashlib
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.sqlite3.creation import DatabaseCreation
from django.test import TransactionTestCase
from django.test.utils import override_settings, setup_databases, teardown_databases
from django.utils import translation
from django.utils.crypto import get_random_string
from hypothesis import HealthCheck, settings as examples

from assessments.actions import assessments, banks, organisations
from assessments.formats.bank import read_bank
from assessments.models import Assessment, BankVersion, User, triggers
from assessments.stack import with_room
from maturity import catalogues

SILENT = "nqxz"  # letters of which no word that a test looks for is made
DATABASES = {"db", "transactional_db", "django_db_setup", "ready"}  # without one of them Django refuses to query
CACHES = settings.CACHES  # of the site; tests have another
LONGEST = 15  # seconds that a test of today's date takes at most

# How long an example takes says something of the machine alone
examples.register_profile("any machine", examples(deadline=None, suppress_health_check=[HealthCheck.too_slow]))
examples.load_profile("any machine")


def pytest_sessionstart():
    """Words that were translated since the last set-up."""
    list(catalogues.compile_stale())


def pytest_collection_modifyitems(items):
    """Tests that ask for no database say the same on every engine: `.ci/run` runs them once."""
    for item in items:
        if item.get_closest_marker("django_db") or not DATABASES.isdisjoint(item.fixturenames):
            item.add_marker(pytest.mark.database)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What is collected stays to the end: the garbage collector need not walk it again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """As pytest runs it, with the same room on the stack as a site has."""
    return with_room(item.config.pluginmanager.get_plugin("runner").pytest_runtest_protocol)(item, nextitem)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    """No test begins in the last seconds of a day: what is today for its first line is so for its last."""
    left = 86_400 - time.time() % 86_400
    if left < LONGEST:
        time.sleep(left)


def load_the_bank():
    version, _made = banks.load(bank=read_bank("fixtures/ai-leadership.yaml"))
    banks.publish(version=version)


@contextlib.contextmanager
def without_triggers():
    """Emptying all tables between tests is the one thing that may delete a published bank."""
    with connection.cursor() as cursor:
        for statement in triggers.remove(connection.vendor):
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for statement in triggers.install(connection.vendor, triggers.SUBSET_VERSION_COLUMNS):
            cursor.execute(statement)


empty_tables = TransactionTestCase._fixture_teardown


def empty_tables_and_reload(self):
    with without_triggers(), mock.patch.object(connection.ops, "sql_flush", deletions):
        empty_tables(self)
    load_the_bank()


def deletions(_style, tables, **_options):
    """TRUNCATE takes a second on PostgreSQL: a new file for each of a hundred tables and their indexes."""
    return [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]


def restore(file, target):
    with contextlib.closing(sqlite3.connect(file)) as source:
        source.backup(target)


def migrated_file(config):
    """Where a migrated SQLite database is kept from run to run: another for each state of the models and packages."""
    state = hashlib.sha256()
    for file in [*sorted(Path("assessments").glob("m[io]*/**/*.py")), Path("requirements.txt")]:
        state.update(file.read_bytes())
    return config.cache.mkdir("migrated") / f"{state.hexdigest()}.sqlite3"


@contextlib.contextmanager
def kept_migrations(file):
    """Begin the database in memory as a copy of `file`, which is made of it once it is migrated."""
    create = DatabaseCreation._create_test_db
    with contextlib.ExitStack() as kept:

        def create_from_file(*args, **kwargs):
            name = create(*args, **kwargs)
            if file.exists():
                restore(file, kept.enter_context(contextlib.closing(sqlite3.connect(name, uri=True))))
            return name

        with mock.patch.object(DatabaseCreation, "_create_test_db", create_from_file):
            yield
    if connection.vendor == "sqlite" and not file.exists():
        own = file.with_suffix(f".{os.getpid()}")
        copy_database(own)
        own.replace(file)


def copy_database(file):
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)


@pytest.fixture(scope="session")
def django_db_setup(
    request, django_test_environment, django_db_modify_db_settings, django_db_blocker, tmp_path_factory
):
    """A database of the tests' own, whatever was collected, and on SQLite a file of it as every test finds it.

    pytest-django makes none where no test asks for one, as journeys do not: `load_the_bank` would reach the developer's.
    """
    with django_db_blocker.unblock(), override_settings(CACHES=CACHES):  # which asks for a table of its own
        with kept_migrations(migrated_file(request.config)):
            made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        load_the_bank()
        TransactionTestCase._fixture_teardown, file = empty_tables_and_reload, None
        if connection.vendor == "sqlite":
            copy_database(file := tmp_path_factory.mktemp("ready") / "ready.sqlite3")
            TransactionTestCase._fixture_teardown = lambda self: restore(file, connection.connection)
    yield file
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def ready(django_db_setup, tmp_path_factory):
    """A SQLite file with all tables, triggers and the bank, to be copied: that of the tests, where they run on one."""
    if django_db_setup:
        return django_db_setup
    file = tmp_path_factory.mktemp("ready") / "ready.sqlite3"
    for command in ("migrate", "createcachetable", "load_bank fixtures/ai-leadership.yaml --publish"):
        own = os.environ | {"DATABASE_URL": f"sqlite:///{file}"}
        subprocess.run([sys.executable, "manage.py", *command.split()], env=own, capture_output=True, check=True)
    return file


@pytest.fixture(scope="session", autouse=True)
def quick_and_local(own_media):
    """Settings of every test; a test that needs another value sets it for itself."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        TASKS={"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}},
        MEDIA_ROOT=str(own_media),
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_NAME="sessionid",  # this and the next two as over HTTP
        CSRF_COOKIE_NAME="csrftoken",
        LANGUAGE_COOKIE_NAME="django_language",
        SECOND_FACTOR_REQUIRED=False,  # tested in security/test_sign_in.py
        MFA_TOTP_TOLERANCE=1,  # a code of the half minute that ends while a test types it
    ):
        yield


@pytest.fixture(autouse=True)
def own_limits():
    """How often somebody signed in counts for one test."""
    cache.clear()


@pytest.fixture(autouse=True)
def own_language():
    """A request that ends in German leaves German active in its thread."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def own_media(tmp_path_factory):
    """What is stored lies in no folder that another worker or a site uses."""
    return tmp_path_factory.getbasetemp() / "media"


@pytest.fixture(scope="session", autouse=True)
def patched(tmp_path_factory):
    """What would make a test depend on chance, on the speed of the machine, or on another worker."""
    with pytest.MonkeyPatch.context() as patch:
        # Random tokens of a page would now and then contain the short word that a test expects not to find
        patch.setattr("django.middleware.csrf.CSRF_ALLOWED_CHARS", SILENT)
        patch.setattr("django.utils.csp.generate_nonce", lambda: get_random_string(22, SILENT))
        # Workers print at the same time: the lock that makes a machine's processes take turns is one per worker
        lock = tmp_path_factory.getbasetemp() / "pdf.lock"
        patch.setattr("assessments.reports.pdf.worker.lock_file", lambda: lock)
        # The database of a slow machine is not taken for one that is gone
        patch.setattr("assessments.views.health.TIMEOUT", 60)
        yield


@pytest.fixture
def emails(monkeypatch, mailoutbox):
    """E-mails are sent at once, since a test's own transaction is never committed. Gives those that were sent."""
    monkeypatch.setattr("assessments.emails.transaction.on_commit", lambda post, robust=False: post())
    return mailoutbox


@pytest.fixture
def version(db):
    return BankVersion.objects.published().get()


def person(email):
    return User.objects.create_user(email, name=email.split("@")[0].title())


@pytest.fixture
def alice(db):
    return person("alice@northfield.example")


@pytest.fixture
def bob(db):
    return person("bob@northfield.example")


@pytest.fixture
def charlie(db):
    return person("charlie@lakeside.example")


@pytest.fixture
def northfield(alice):
    return organisations.create(name="Northfield", by=alice)


@pytest.fixture
def lakeside(charlie):
    return organisations.create(name="Lakeside", by=charlie)


@pytest.fixture
def assessment(northfield, alice, bob, version):
    """An open assessment of Northfield in which alice and bob take part."""
    started = assessments.start(organisation=northfield, bank_version=version, name="Q4", by=alice, function="ceo")
    assessments.add_participant(assessment=started, user=bob, function="legal", by=alice)
    return started


@pytest.fixture
def alone(northfield, alice, version):
    """An open assessment in which alice answers for herself."""
    return assessments.start(
        organisation=northfield, bank_version=version, name="Alone", by=alice, function="ceo", for_one=True
    )


@pytest.fixture
def submission(assessment, bob):
    """Bob's submission, begun and still empty."""
    return submission_of(assessment, bob)


def submission_of(assessment, user):
    from assessments import access

    return access.submission_for(user, Assessment.objects.get(pk=assessment.pk).pk)
