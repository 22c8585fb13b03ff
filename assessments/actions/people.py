"""What somebody settles for themselves."""

from assessments.models import User


def choose_language(*, user: User, language: str) -> None:
    """From now on pages and letters speak it, as far as they can. `language` is a BCP 47 tag in lower case."""
    user.language = language
    user.save(update_fields=["language"])
