"""Templates are laid out for the people who read them; what only they need stays out of the page."""

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
    """HTML without its indentation, and without the end of a line that is one statement.

    With them, a compressed page is 5 to 15% larger. Every other line keeps its end, and a statement that stands alone
    on its line is closed alone on a line (`tests/templates/test_layout.py`), so no two words run together.
    """

    def get_contents(self, origin: Origin) -> str:
        source: str = super().get_contents(origin)
        return compact(source) if origin.name.endswith(".html") else source


def compact(source: str) -> str:
    return STATEMENT.sub(r"\1", INDENTATION.sub("\n", source))
