"""One update, from its claim to its outcome."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from telegram import Update

from bot.chat.handlers import handle
from bot.chat.memory import Memory
from bot.storage.inbox import Claim, Outcome

if TYPE_CHECKING:
    from bot.chat.service import Service
    from bot.chat.shelf import Shelf

log = logging.getLogger(__name__)

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
            return Update.de_json(json.loads(claim.payload), self.service.bot)
        except Exception:
            log.exception("update %s cannot be read", claim.update_id)
            return None
