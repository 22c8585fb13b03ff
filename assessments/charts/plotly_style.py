"""The style elements that plotly.js adds to a page, unless it finds elements of the same ids.

A strict content security policy refuses what a script adds; the page therefore brings these elements itself, empty
and with its nonce. The second id is a hash that changes with the version, so it is read from the installed file.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

GLOBAL = "plotly.js-style-global"
GUARD = re.compile(r'document\.getElementById\("([0-9a-f]{40,128})"\)')


@cache
def style_ids() -> tuple[str, ...]:
    """The ids, in the order in which plotly.js looks for them; reads its 5 MB once a process."""
    return (GLOBAL, *dict.fromkeys(GUARD.findall(plotly_js().read_text(encoding="utf-8"))))


def plotly_js() -> Path:
    """The `plotly.min.js` of the installed package; a `LookupError` if there is none."""
    spec = find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        raise LookupError("The package plotly is not installed. Run `make setup`.")
    return Path(spec.submodule_search_locations[0]) / "package_data" / "plotly.min.js"
