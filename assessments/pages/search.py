"""A page of many rows, and finding those that contain some words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

ROWS_PER_PAGE = 100


@dataclass(frozen=True)
class SearchPage[Row]:
    """A page of all rows, or of those with `words` in them. `total` counts them all."""

    words: str
    total: int
    page: Page[Row]

    @property
    def is_long(self) -> bool:
        """Whether all rows take more than one page."""
        return self.total > ROWS_PER_PAGE

    @property
    def query(self) -> str:
        """What else the addresses of its pages need, URL-encoded."""
        return urlencode({"q": self.words}) if self.words else ""


def search_page[Row](rows: Sequence[Row], asked: Mapping[str, str], text_of: Callable[[Row], str]) -> SearchPage[Row]:
    """The page as `asked` for: `q`, words to be found in `text_of` a row in any case, and `page`, its number."""
    sought = " ".join(asked.get("q", "").split())
    found = [row for row in rows if sought.casefold() in text_of(row).casefold()] if sought else rows
    return SearchPage(sought, len(rows), page_of(found, asked.get("page", "")))


def page_of[Row](rows: Sequence[Row], page: str) -> Page[Row]:
    """A page of the rows; the first or last if there is no such number."""
    return Paginator(rows, ROWS_PER_PAGE).get_page(page)
