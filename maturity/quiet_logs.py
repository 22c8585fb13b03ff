"""What no line of a log may carry: keys in the paths of mailed links, and addresses of people."""

import logging
import re
import traceback

LINKS = re.compile(r"(/(?:invitations|colleagues|interviews|reset/key)/)[\w:.~=-]+")
ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
TOKEN = re.compile(r"\bmat_[\w-]{20,}")


def quiet(text: str) -> str:
    """The text without them."""
    return TOKEN.sub("mat_…", ADDRESS.sub("…@…", LINKS.sub(r"\1…", text)))


class QuietLogs(logging.Filter):
    """Takes them out of the message and out of what an exception says."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = quiet(record.getMessage()), ()
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = quiet("".join(traceback.format_exception(*record.exc_info)).rstrip())
            record.exc_info = None
        return True
