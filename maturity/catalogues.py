"""The interface translations, `locale/*/LC_MESSAGES/django.po`, compiled without the system's gettext.

`python -m maturity.catalogues` compiles catalogues that are newer than their compiled file; `… gather` first collects
all marked strings, which needs xgettext.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
IGNORED_FOLDERS = (".venv", ".uv", "build", "media", "mutants", "staticfiles", "tests")


def main(wish: str | None) -> None:
    if wish == "gather":
        gather()
    for compiled in compile_stale():
        print(f"{compiled.relative_to(ROOT)}: compiled")


def catalogue_files() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def read(source: Path, *, whole: bool = False) -> Catalog:
    """Return the translated messages of a catalogue, or all if `whole`. The folder name gives the language.

    Raises PoFileError for an invalid catalogue.
    """
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
    for message in list(catalogue):
        forms = message.string if isinstance(message.string, list | tuple) else [message.string]
        if message.id and not whole and not all(forms):
            catalogue.delete(message.id, message.context)
    return catalogue


def compile_stale() -> Iterator[Path]:
    """Compile each catalogue that is newer than its compiled file, without fuzzy entries. Replaces whole files."""
    for source in catalogue_files():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        with beside.open("wb") as file:
            write_mo(file, read(source))
        beside.replace(target)
        yield target


def gather() -> None:
    """Collect all marked strings into every catalogue. The date is omitted to avoid merge conflicts."""
    if shutil.which("xgettext") is None:
        sys.exit("Collecting words needs GNU gettext. Install it once: sudo apt-get install gettext")
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maturity.settings")
    django.setup()
    languages = [source.parts[-3] for source in catalogue_files()]
    call_command(
        "makemessages",
        locale=languages,
        ignore_patterns=[*IGNORED_FOLDERS],
        no_obsolete=True,
        no_wrap=True,
        add_location="file",
    )
    for source in catalogue_files():
        lines = source.read_text("utf-8").splitlines(keepends=True)
        source.write_text("".join(line for line in lines if not line.startswith('"POT-Creation-Date')), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else None)
