"""The logging configuration, which redacts API tokens, keys in e-mailed links and e-mail addresses."""

import logging
import re
import traceback
from typing import Any

LONGEST = 8_000  # characters of a message, and of an exception
LINKS = re.compile(
    r"(/(?:invitations|shared-results|calendars|colleagues|interviews|reset/key|accounts/code/\w+|w)/)[\w:.~=-]+"
)
ADDRESS = re.compile(  # linear: starts at a word, never backtracks, includes text attached to an address
    r"(?<![\w.+'-])[\w.+'-]++@[\w-]++(?:\.[\w-]++)++(?:[\w.+'-]*+@[\w.+'-]*+)*+"
)
TOKEN = re.compile(r"\bmat_[\w-]{20,}")


def redact(text: str) -> str:
    """Return the text shortened and without tokens, link keys and e-mail addresses."""
    return TOKEN.sub("mat_…", ADDRESS.sub("…@…", LINKS.sub(r"\1…", cut(text))))


def cut(text: str) -> str:
    """Return the start and end of a long text, without words cut in half, because part of a key is sensitive too."""
    if len(text) <= LONGEST:
        return text
    beginning, end = text[: LONGEST // 2].rpartition(" ")[0], text[-LONGEST // 2 :].partition(" ")[2]
    return f"{beginning} […{len(text) - len(beginning) - len(end)} characters…] {end}"


class RedactionFilter(logging.Filter):
    """Redacts the message and the exception."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = redact("".join(traceback.format_exception(*record.exc_info)).rstrip())
            record.exc_info = None
        return True


def log_settings(line_format: str, level: str) -> dict[str, Any]:
    """Return Django's LOGGING. Every line passes `RedactionFilter` and has the ids of its request and assessment."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "maturity.middleware.request_id.RequestId"},
            "redact": {"()": "maturity.logs.RedactionFilter"},
        },
        "formatters": {
            "line": {"format": "{asctime} {levelname} {request_id} {assessment_id} {name}: {message}", "style": "{"},
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "{asctime}{levelname}{request_id}{assessment_id}{name}{message}",
                "style": "{",
                "rename_fields": {"asctime": "at", "levelname": "level", "name": "from"},
            },
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": line_format, "filters": ["request_id", "redact"]}
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }
