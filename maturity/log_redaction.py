"""Logs: how lines are written, and what none may carry: keys in the paths of mailed links, and addresses of people."""

import logging
import re
import traceback
from typing import Any

LONGEST = 8_000  # characters of a line, and of an exception's
LINKS = re.compile(r"(/(?:invitations|colleagues|interviews|reset/key)/)[\w:.~=-]+")
ADDRESS = re.compile(  # linear: begins where a word does, gives nothing back, and takes what an address is glued to
    r"(?<![\w.+'-])[\w.+'-]++@[\w-]++(?:\.[\w-]++)++(?:[\w.+'-]*+@[\w.+'-]*+)*+"
)
TOKEN = re.compile(r"\bmat_[\w-]{20,}")


def quiet(text: str) -> str:
    """The text without them, and cut."""
    return TOKEN.sub("mat_…", ADDRESS.sub("…@…", LINKS.sub(r"\1…", cut(text))))


def cut(text: str) -> str:
    """The beginning and the end of a long text, without the words that the cut went through: half a key is one still."""
    if len(text) <= LONGEST:
        return text
    beginning, end = text[: LONGEST // 2].rpartition(" ")[0], text[-LONGEST // 2 :].partition(" ")[2]
    return f"{beginning} […{len(text) - len(beginning) - len(end)} characters…] {end}"


class QuietLogs(logging.Filter):
    """Takes them out of the message and out of what an exception says."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = quiet(record.getMessage()), ()
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = quiet("".join(traceback.format_exception(*record.exc_info)).rstrip())
            record.exc_info = None
        return True


def log_settings(line_format: str, level: str) -> dict[str, Any]:
    """Django's LOGGING. Every line passes `QuietLogs`, and carries the id of the request that it belongs to."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "maturity.middleware.request_id.RequestId"},
            "quiet": {"()": "maturity.log_redaction.QuietLogs"},
        },
        "formatters": {
            "line": {"format": "{asctime} {levelname} {request_id} {name}: {message}", "style": "{"},
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "{asctime}{levelname}{request_id}{name}{message}",
                "style": "{",
                "rename_fields": {"asctime": "at", "levelname": "level", "name": "from"},
            },
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": line_format, "filters": ["request_id", "quiet"]}
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }
