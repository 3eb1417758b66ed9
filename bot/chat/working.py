"""One update, from its claim to its outcome."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from telegram import Update

from bot.chat.handlers import handle
from bot.chat.intake import ShapeError
from bot.chat.memory import Memory
from bot.storage.inbox import Claim, Outcome

if TYPE_CHECKING:
    from bot.chat.service import Service
    from bot.chat.shelf import Shelf

log = logging.getLogger(__name__)

MOST_ID = 2**62
MOST_CLAIMS = 20  # an update that was being answered each time the process died is taken to be why


@dataclass(frozen=True, slots=True)
class Worker:
    """Reads updates and has them handled; never raises."""

    service: Service
    shelf: Shelf

    async def answer(self, claim: Claim) -> Outcome:
        """Answer an update; one that cannot be read or answered is set aside."""
        began, metrics = monotonic(), self.service.gate.metrics
        if claim.tries > MOST_CLAIMS:
            outcome = Outcome(claim.seq, fault=f"claimed {MOST_CLAIMS} times and never finished")
        elif (update := self._read(claim)) is None:
            outcome = Outcome(claim.seq, fault="cannot be read")
        else:
            memory = Memory(self.shelf)
            fault = await handle(replace(self.service, memory=memory), update)
            outcome = Outcome(claim.seq, fault, kept=memory.kept)
        if outcome.fault is not None:
            log.error("update %s is set aside: %s", claim.update_id, outcome.fault)
        metrics.updates.labels("done" if outcome.fault is None else "aside").inc()
        metrics.seconds.observe(monotonic() - began)
        return outcome

    def _read(self, claim: Claim) -> Update | None:
        try:
            update = Update.de_json(json.loads(claim.payload), self.service.bot)
            check_ids(update)
        except Exception:
            log.exception("update %s cannot be read", claim.update_id)
            return None
        else:
            return update


def check_ids(update: Update) -> None:
    """Raise ``ShapeError`` unless every id that a handler uses is of its type: the library reads what it is given, of any type."""
    query, chat, message = update.callback_query, update.effective_chat, update.effective_message
    ids = [user.id for user in (update.effective_user, query.from_user if query else None, update.effective_sender) if user is not None]
    ids += [chat.id] if chat is not None else []
    for part in (message, getattr(message, "reply_to_message", None)):
        ids += [part.message_id, part.chat.id] if part is not None else []
        ids += [thread] if (thread := getattr(part, "message_thread_id", None)) is not None else []
    if not all(type(found) is int and abs(found) < MOST_ID for found in ids):
        problem = "an id is no number"
        raise ShapeError(problem)
    queries: list[object] = [asked.id for asked in (query, update.inline_query) if asked is not None]
    if not all(isinstance(found, str) and found for found in queries):
        problem = "a query has no id"
        raise ShapeError(problem)
