"""The help pages: `docs/help/<language>/<topic>.md` as HTML, with pictures from `static/img/help/<language>/`."""

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import get_language

from .method import MethodNote, rendered

FOLDER = settings.BASE_DIR / "docs" / "help"
TOPICS = ("answering", "managing", "question-banks")
WRITTEN_IN = ("en", "de")
PICTURE = (1120, 700)  # pixels, as `make screenshots` takes them


def help_language() -> str:
    """The language the help is shown in: English unless it is written in the reader's."""
    language = (get_language() or "en").partition("-")[0]
    return language if language in WRITTEN_IN else "en"


def help_page(topic: str) -> MethodNote:
    """One topic of `TOPICS` in the reader's language."""
    language = help_language()
    text = (FOLDER / language / f"{topic}.md").read_text(encoding="utf-8")
    return rendered(text, picture=lambda name: static(f"img/help/{language}/{name}.webp"), size=PICTURE)


def help_titles() -> list[tuple[str, str]]:
    """Every topic with its title in the reader's language, for links between the pages."""
    folder = FOLDER / help_language()
    return [
        (topic, (folder / f"{topic}.md").read_text(encoding="utf-8").partition("\n")[0].lstrip("# "))
        for topic in TOPICS
    ]
