"""What is counted, for Prometheus: numbers only, never a text, a name or a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

if TYPE_CHECKING:
    from datetime import datetime

    from telegram.error import TelegramError as LibraryError

    from bot.storage.backlog import Backlog

KINDS = (RetryAfter, ChatMigrated, Forbidden, InvalidToken, Conflict, BadRequest, TimedOut, NetworkError)
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The counters of one bot, in a registry of its own."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.registry = CollectorRegistry()
        self.questions = Counter("footnote_questions", "Questions answered, by kind of answer", ["kind"], registry=self.registry)
        self.updates = Counter("footnote_updates", "Updates by what became of them", ["end"], registry=self.registry)
        self.seconds = Histogram("footnote_answer_seconds", "From claim to answer", buckets=BUCKETS, registry=self.registry)
        self.errors = Counter("footnote_telegram_errors", "Refusals and failures of Telegram", ["method", "kind"], registry=self.registry)
        self.retries = Counter("footnote_retries", "Calls and updates tried again", registry=self.registry)
        self.webhook = Counter("footnote_webhook_requests", "Requests at the webhook", ["end"], registry=self.registry)
        self.waiting = Gauge("footnote_queue_updates", "Updates in the inbox and not answered", registry=self.registry)
        self.age = Gauge("footnote_queue_age_seconds", "Age of the oldest update not answered", registry=self.registry)
        self.aside = Gauge("footnote_set_aside_updates", "Updates set aside", registry=self.registry)
        self.leads = Gauge("footnote_leader", "Whether this process polls and runs the periodic jobs", registry=self.registry)

    def error(self, method: str, error: LibraryError) -> None:
        """Count an error of Telegram's by its kind."""
        kind = next((kind.__name__ for kind in KINDS if isinstance(error, kind)), "TelegramError")
        self.errors.labels(method, kind).inc()

    def backlog(self, backlog: Backlog, now: datetime) -> None:
        """Show the state of the inbox."""
        self.waiting.set(backlog.waiting)
        self.age.set((now - backlog.oldest).total_seconds() if backlog.oldest else 0)
        self.aside.set(backlog.aside)

    def page(self) -> bytes:
        """Give the page that Prometheus reads."""
        return generate_latest(self.registry)
