"""What is typed to run the commands of the documents, and those that are run elsewhere or not at all."""

from tests.documents.commands import ROOT

FIXTURES = ROOT / "fixtures"
SMALL, DEMO = FIXTURES / "demo" / "small.yaml", FIXTURES / "demo"
NORTHFIELD = [DEMO / f"northfield-{name}.json" for name in ("2026-q2", "2026-q4")]

# (command, argument …)
WITHOUT_DATABASE = [
    ("check_bank", SMALL),
    ("check_translation", DEMO / "small.ar.yaml", "--bank", SMALL),
    ("score", "--bank", SMALL, "--answers", DEMO / "small-answers.json"),
    ("score", "--bank", SMALL, "--answers", "units.json", "--by-unit"),
    (
        "compare",
        *("--bank", FIXTURES / "ai-leadership.yaml", "--before-bank", FIXTURES / "ai-leadership.yaml"),
        *("--before", NORTHFIELD[0], "--after", NORTHFIELD[1]),
    ),
    ("trend", "--bank", SMALL, "2024.json", "2025.json", "2026.json"),
    ("processing_record",),
]
ASSESSMENT, HEAD = "ASSESSMENT", "HEAD"  # filled in from what the commands before printed
WITH_DATABASE = [
    ("migrate",),
    ("migrate", "--check"),
    ("createcachetable",),
    ("collectstatic",),
    ("collectstatic", "--noinput"),
    ("load_bank", FIXTURES / "ai-leadership.yaml", "--publish"),
    ("load_bank", FIXTURES / "ai-leadership-2.yaml", "--publish"),
    ("load_bank", SMALL),
    ("load_translation", FIXTURES / "ai-leadership.de.yaml", "--offer"),
    ("load_translation", FIXTURES / "ai-leadership-2.de.yaml", "--offer"),
    ("dump_bank", "ai-leadership"),
    ("dump_bank", "ai-leadership", "--version", "1.0.0"),
    ("dump_translation", "ai-leadership", "de", "--version", "1.0.0"),
    ("demo",),
    ("check_health",),
    ("run_due",),
    ("run_due", "--dry-run"),
    ("check_audit",),
    ("check_audit", "--head", HEAD),
    ("export_report", ASSESSMENT, "--output", "report.docx", "--paper", "A4"),
    ("export_report", ASSESSMENT, "--output", "slides.pptx", "--slides", "4:3"),
    ("export_report", ASSESSMENT, "--output", "report.pptx", "--template", "own.pptx"),
    ("export_report", ASSESSMENT, "--output", "brief.pdf", "--brief"),
    ("export_data", ASSESSMENT, "--format", "json", "--output", "data.json"),
    ("export_client", "Northfield", "--output", "client.zip", "--without-reports"),
    ("erase_person", "executive@northfield.example"),
    ("erase_person", "executive@northfield.example", "--review"),
    ("backup", "site.backup"),
    ("preflight", "--backup", "site.backup"),
    ("restore", "site.backup"),
    ("restore", "site.backup", "--yes"),
    ("seed_load", "--organisations", "2", "--rounds", "1", "--people", "3"),
]
IN_ANOTHER_DATABASE = [
    ("migrate", "--verbosity", "0"),
    ("createsuperuser", "--noinput", "--email", "lead@northfield.example"),
    ("import_client", "client.zip", "--lead", "lead@northfield.example"),
    ("import_client", "client.zip", "--lead", "lead@northfield.example", "--apply"),
]
EVERY = WITHOUT_DATABASE + WITH_DATABASE + IN_ANOTHER_DATABASE

ELSEWHERE = {  # the beginning of a command: the test that runs it, or does the same
    "ai-leadership demo": "tests/test_installed.py",
    "ai-leadership serve": "tests/test_installed.py",
    "pipx install": "tests/test_installed.py",
    "ssh-keygen -Y verify": "tests/test_installed.py",
    "sha256sum": "tests/test_installed.py",
    "make package": "tests/test_package.py",
    "make docs": "tests/test_docs.py",
    "podman kube play": "tests/containers/test_kubernetes.py",
    "gunicorn": "tests/faults/stand.py",
    ".venv/bin/pytest -m long tests/faults": "tests/faults/test_faults.py",
    "python manage.py db_worker": "tests/containers/test_containers.py",
    "manage.py db_worker": "tests/containers/test_containers.py",
    "manage.py import_client FILE.zip": "tests/handover",
    "make dev": ".ci/run",
    "make setup": ".ci/run",
    "make lint": ".ci/run",
    "make test": ".ci/run",
    "pip install --require-hashes": "deploy/Containerfile",
    "python -m maturity.catalogues": "Makefile",
}
NOT_RUN = {
    "ai-leadership createsuperuser": "asks for a password at a terminal",
    "manage.py createsuperuser": "asks for a password at a terminal",
    "make demo": "serves until it is stopped; `ai-leadership demo` is the same",
    "make messages": "rewrites the catalogues of this folder",
    "make audit": "asks an online list of vulnerabilities",
    "make bench": "takes minutes, an hour, or a night on a machine that does nothing else",
    "make test-long": "runs this test",
    "sh scripts/mutants.sh": "takes half an hour",
    ".venv/bin/python manage.py …": "a manner of writing",
    "apt-get install": "changes the machine, as root",
    "systemctl": "needs a machine that systemd booted",
    "systemd-": "needs a machine that systemd booted",
    "openssl s_client": "names a tool that was used",
    "git checkout": "is about an earlier version",
}
