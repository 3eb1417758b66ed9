"""Keeping the token and other secrets out of every log line and traceback, whoever writes them.

The HTTP client prints request URLs at INFO, and the token stands in them; python-telegram-bot puts it into the message
of a refused token and into its own DEBUG lines. Handlers come and go and other libraries bring theirs, so the token is
taken out where a record is made, and once more by a filter on the root's handlers for records that arrive ready-made.
"""

from __future__ import annotations

import logging
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK = "***"


class Redactor(logging.Filter):
    """A logging filter that masks secrets in message, arguments, traceback and stack.

    >>> Redactor("123:secret-part").hide("GET /bot123:secret-part/getMe, 123%3Asecret-part")
    'GET /bot***/getMe, ***'
    """

    def __init__(self, *secrets: str) -> None:
        """Mask each secret as it is, as part of a URL, and the half after a colon alone (of a token, the secret one)."""
        super().__init__()
        forms = [form for secret in secrets for form in (secret, quote(secret, safe=""), secret.partition(":")[2])]
        self._secrets = tuple(sorted({form for form in forms if form}, key=len, reverse=True))

    def hide(self, text: str) -> str:
        """Give the text with every secret masked."""
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the secrets in the record; it is always kept."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # a wrong format string is for logging to report, without the arguments
            message = str(record.msg)
        if (hidden := self.hide(message)) != message:
            record.msg, record.args = hidden, None
        trace = record.exc_text or ""
        if record.exc_info and not trace:
            trace = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        if (hidden := self.hide(trace)) != trace:
            record.exc_text, record.exc_info = hidden, None
        if record.stack_info:
            record.stack_info = self.hide(record.stack_info)
        return True


@contextmanager
def kept_secret(*secrets: str) -> Iterator[Redactor]:
    """Mask the secrets in every log record until the block ends."""
    redactor, factory = Redactor(*secrets), logging.getLogRecordFactory()
    handlers = list(logging.getLogger().handlers)

    def make(*args: object, **kwargs: object) -> logging.LogRecord:
        record = factory(*args, **kwargs)
        redactor.filter(record)
        return record

    logging.setLogRecordFactory(make)
    for handler in handlers:
        handler.addFilter(redactor)
    try:
        yield redactor
    finally:
        logging.setLogRecordFactory(factory)
        for handler in handlers:
            handler.removeFilter(redactor)
