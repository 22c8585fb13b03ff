"""Load templates without the layout that only their authors need."""

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader as FilesystemLoader

INDENTATION = re.compile(r"\n[ \t]+")
STATEMENT = re.compile(
    r"^(\{% (?:(?:load|comment|endcomment|if|elif|else|endif|for|empty|endfor|with|endwith|partialdef|endpartialdef)\b"
    r"(?:(?!%\}).)*|(?:(?!%\}).)* as \w+ )%\})\n",
    re.MULTILINE,
)


class Loader(FilesystemLoader):
    """Removes indentation from HTML, and the newline after a line that is a single statement.

    With them, a compressed page is 5 to 15% larger. Other newlines stay. A statement alone on its line has its end tag
    alone on a line too (`tests/templates/test_layout.py`), so no two words are joined.
    """

    def get_contents(self, origin: Origin) -> str:
        source: str = super().get_contents(origin)
        return compact(source) if origin.name.endswith(".html") else source


def compact(source: str) -> str:
    return STATEMENT.sub(r"\1", INDENTATION.sub("\n", source))
