"""Posting updates to the bot, as Telegram does: with the secret, a chat's one after another, again until answered 200."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import aiohttp

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (a header's name)
AGAIN_SECONDS = 0.05
POST_SECONDS = 15.0
JSON = dict[str, Any]


def chat_of(update: JSON) -> int:
    """Give the chat or person whose order an update belongs to."""
    for name, value in update.items():
        if name != "update_id" and isinstance(value, dict):
            inside = value.get("message") if name == "callback_query" else value
            for holder in (inside, value):
                for key in ("chat", "from"):
                    found = holder.get(key) if isinstance(holder, dict) else None
                    if isinstance(found, dict) and isinstance(found.get("id"), int):
                        return int(found["id"])
    return 0


@dataclass
class Deliverer:
    """One webhook; ``pending`` are the updates not yet taken, ``posts`` how many posts it took so far."""

    url: str
    secret: str | None
    connections: int = 40
    pending: dict[int, JSON] = field(default_factory=dict)
    posts: int = 0
    _queues: dict[int, deque[JSON]] = field(default_factory=dict)
    _lanes: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _session: aiohttp.ClientSession | None = None
    _room: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        """Keep to the number of connections that was asked for."""
        self._room = asyncio.Semaphore(self.connections)

    def put(self, update: JSON) -> None:
        """Post an update, behind the others of its chat."""
        chat = chat_of(update)
        self.pending[update["update_id"]] = update
        self._queues.setdefault(chat, deque()).append(update)
        if chat not in self._lanes:
            self._lanes[chat] = asyncio.create_task(self._lane(chat))

    def halt(self) -> list[JSON]:
        """Post no more; give what was not taken. At once, for what comes while this one ends belongs to the next."""
        for lane in self._lanes.values():
            lane.cancel()
        return list(self.pending.values())

    async def stop(self) -> None:
        """Post no more, and close."""
        self.halt()
        await asyncio.gather(*self._lanes.values(), return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _lane(self, chat: int) -> None:
        queue = self._queues[chat]
        while queue:
            async with self._room:
                taken = await self._post(queue[0])
            if taken:
                self.pending.pop(queue.popleft()["update_id"], None)
            else:
                await asyncio.sleep(AGAIN_SECONDS)
        del self._lanes[chat], self._queues[chat]

    async def _post(self, update: JSON) -> bool:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=POST_SECONDS))
        self.posts += 1
        try:
            headers = {SECRET: self.secret} if self.secret else {}
            async with self._session.post(self.url, json=update, headers=headers) as response:
                await response.read()
                return response.status == 200
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False
