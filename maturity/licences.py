"""`python -m maturity.licences`: list the packages this product uses, with their licences."""

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", re.MULTILINE)
# The package metadata does not state it clearly; taken from the licence files
READ = {
    "certifi": "MPL-2.0",
    "django-pwned": "MIT",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "qrcode": "BSD-3-Clause",
    "pyphen": "LGPL-2.1-or-later OR MPL-1.1 OR GPL-2.0-or-later",
    "resvg-py": "MIT",
    "uharfbuzz": "Apache-2.0",
}
ALLOWED = re.compile(
    r"(?:MIT|MIT-0|MIT-CMU|BSD|BSD License|BSD-[23]-Clause|Apache-2\.0|Apache Software License|MPL-[12]\.[01]|MIT License"
    r"|PSF-2\.0|OFL-1\.1|LGPL-3\.0-only|LGPL-2\.1-or-later|GPL-2\.0-or-later|ISC| AND | OR )+"
)


class Part(NamedTuple):
    name: str
    version: str
    licence: str


def parts(requirements: Path = Path("requirements.txt")) -> Iterator[Part]:
    """Yield every locked package installed here; packages for other platforms are skipped."""
    for name, version in PINNED.findall(requirements.read_text()):
        try:
            yield Part(name, version, READ.get(name) or _licence(metadata.metadata(name)))
        except metadata.PackageNotFoundError:
            continue


def _licence(about: metadata.PackageMetadata) -> str:
    """Return the licence expression, else the classifiers, else the first line of the licence field."""
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = [each for each in about.get_all("Classifier") or [] if each.startswith("License ::")]
    if classifiers:
        return " OR ".join(each.split(" :: ")[-1] for each in classifiers)
    return (about.get("License") or "unknown").split("\n")[0]


def is_allowed(licence: str) -> bool:
    """Whether the package may be distributed, unchanged and separate, with an Apache-2.0 product."""
    return bool(ALLOWED.fullmatch(licence))


if __name__ == "__main__":
    print("| package | version | licence |\n|---|---|---|")
    for part in parts():
        print(f"| {part.name} | {part.version} | {part.licence} |")
