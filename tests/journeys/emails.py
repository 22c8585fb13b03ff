"""The mail that the served product has sent, as its readers have it."""

import email
import email.policy
import re
import time
from email.message import EmailMessage
from pathlib import Path

HYPHENS = re.compile(rb"^-{79}$", re.MULTILINE)  # part the letters of one file


def mail_folder_of(database: Path) -> Path:
    """The folder into which the server of this database puts its mail."""
    return database.with_suffix(".letters")


def emails_to(address: str, database: Path) -> list[EmailMessage]:
    """Every letter to an address, oldest first."""
    files = sorted(mail_folder_of(database).glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
    parts = [part.strip() for file in files for part in HYPHENS.split(file.read_bytes())]
    messages = [email.message_from_bytes(part, policy=email.policy.default) for part in parts if part]
    return [message for message in messages if message["to"] == address]


def email_to(address: str, database: Path, *, within: float = 45) -> EmailMessage:
    """The last letter to an address; waits for the first."""
    until = time.monotonic() + within
    while not (found := emails_to(address, database)) and time.monotonic() < until:
        time.sleep(0.05)
    assert found, f"No letter to {address}"
    return found[-1]


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    return message.get_body((kind,)).get_content()


def link_in(message: EmailMessage) -> str:
    """The address that stands on a line of its own, for people whose mail shows no buttons."""
    (link,) = re.findall(r"^https?://\S+$", text_of(message), re.MULTILINE)
    return link
