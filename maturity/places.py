"""Where the product keeps its files: those it came with, which it never writes, and those of this installation.

In a checkout both are the project folder. A package that was installed finds what it came with inside itself.
"""

import os
from pathlib import Path

HOME = "AI_LEADERSHIP_HOME"  # the environment variable that names another folder for this installation's files
PACKAGE = Path(__file__).resolve().parent
INSTALLED = (PACKAGE / "resources").is_dir()
RESOURCES = PACKAGE / "resources" if INSTALLED else PACKAGE.parent  # templates, static, fixtures, locale, docs


def state_folder() -> Path:
    """Return the folder of `.env`, the SQLite database, exported files and collected static files.

    `AI_LEADERSHIP_HOME` names it; otherwise it is the project folder, or for an installed package `ai-leadership` in
    `XDG_STATE_HOME` (`~/.local/state`). The folder need not exist.
    """
    if named := os.environ.get(HOME):
        return Path(named).expanduser().resolve()
    if not INSTALLED:
        return PACKAGE.parent
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "ai-leadership"
