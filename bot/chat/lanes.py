"""Updates of one chat one after another, different chats side by side."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable

Item = TypeVar("Item")

PENDING = 1_000  # updates taken from Telegram and not yet answered


class Lanes(Generic[Item]):
    """Work in order within a key; a chat that has to wait holds up no other."""

    def __init__(self, work: Callable[[Item], Awaitable[None]], pending: int = PENDING) -> None:
        """Do ``work`` on every item; at most ``pending`` items are taken before ``put`` waits."""
        self._work = work
        self._room = asyncio.Semaphore(pending)
        self._tails: dict[Hashable, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def put(self, key: Hashable, item: Item) -> None:
        """Queue the item behind the others of its key."""
        await self._room.acquire()
        task = asyncio.create_task(self._run(self._tails.get(key), item))
        self._tails[key] = task
        self._running.add(task)
        task.add_done_callback(partial(self._done, key))

    async def close(self, within: float) -> int:
        """Finish what was taken, within a number of seconds; give how many items were left undone."""
        if not self._running:
            return 0
        _, late = await asyncio.wait(self._running, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)

    async def _run(self, ahead: asyncio.Task[None] | None, item: Item) -> None:
        if ahead is not None:
            await asyncio.wait([ahead])
        await self._work(item)

    def _done(self, key: Hashable, task: asyncio.Task[None]) -> None:
        self._room.release()
        self._running.discard(task)
        if self._tails.get(key) is task:
            del self._tails[key]
