"""Logs for machines: one JSON object a line, and no text of anybody's unless switched on."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings

FIELDS = ("chat", "kind", "topic", "lang", "text")  # what a record may carry beside its message
TELLTALE = ("telegram.Bot", "telegram.ext")  # libraries whose DEBUG lines hold whole messages


class Structured(logging.Formatter):
    """A record as JSON: time, level, logger, message, what it carries, and its trace.

    >>> record = logging.LogRecord("bot", logging.INFO, "", 0, "%s is up", ("it",), None)
    >>> json.loads(Structured().format(record))["message"]
    'it is up'
    """

    def format(self, record: logging.LogRecord) -> str:
        """Give the line; a trace that was made before, and had its secrets masked, is taken as it is."""
        trace = record.exc_text or (self.formatException(record.exc_info) if record.exc_info else None)
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{name: value for name in FIELDS if (value := getattr(record, name, None)) is not None},
            **({"trace": trace} if trace else {}),
            **({"stack": record.stack_info} if record.stack_info else {}),
        }
        return json.dumps(entry, ensure_ascii=False, default=str)


def set_up_logs(settings: Settings) -> None:
    """Shape what the root's handlers write, and keep texts out of it unless they are wanted."""
    if settings.log_format == "json":
        for handler in logging.getLogger().handlers:
            handler.setFormatter(Structured())
    if settings.log_level == "WARNING":
        logging.getLogger("bot").setLevel(logging.INFO)
    if not settings.log_texts:
        for name in TELLTALE:
            logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().getEffectiveLevel()))
