"""What the leader does from time to time."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.chat.memory import MESSAGE_KEPT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.storage.store import Storage

log = logging.getLogger(__name__)

DONE_KEPT = timedelta(days=2)  # Telegram sends an update again for a day at most
ASIDE_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Job:
    """Work to be done every so many seconds, and once at the start."""

    name: str
    every: float
    work: Callable[[], Awaitable[object]]


async def run_jobs(jobs: Sequence[Job]) -> None:
    """Run every job until cancelled; one that fails is logged and tried again at its next time."""
    await asyncio.gather(*(_run(job) for job in jobs))


async def _run(job: Job) -> None:
    while True:
        try:
            await job.work()
        except Exception:
            log.exception("the job %s failed", job.name)
        await asyncio.sleep(job.every)


def housekeeping(storage: Storage, clock: Callable[[], datetime], retention: timedelta) -> list[Job]:
    """Give the jobs that keep the database small, and nothing of anybody's for longer than ``retention``."""

    async def prune() -> None:
        now = clock()
        await storage.backlog.prune(now - min(DONE_KEPT, retention), now - min(ASIDE_KEPT, retention))
        await storage.conversations.prune(now - MESSAGE_KEPT)
        for kept in (storage.unanswered, storage.feedback, storage.given):
            await kept.delete_before(now - retention)
        await storage.counters.delete_before((now - retention).date())

    return [Job("prune", 600.0, prune)]
