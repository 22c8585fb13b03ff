"""Words of e-mails: how long questions take, and what a person typed as it may be in an e-mail."""

import re

SECONDS_PER_QUESTION = 25  # at the pace of a careful reader


def minutes_for(questions: int) -> int:
    """How long so many questions take, in minutes, rounded up to five."""
    return -(-questions * SECONDS_PER_QUESTION // 300) * 5


# Turn the direction of a line around it, or cannot be seen at all: nobody's name needs them, and a letter could lie with them
HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


def plain(text: str) -> str:
    """What a person typed, as one line of visible characters."""
    return " ".join(HIDDEN.sub("", text).split())


def lines_of(text: str) -> list[str]:
    """The same with its lines kept: an e-mail marks each as quoted."""
    return [plain(line) for line in text.strip().splitlines()]
