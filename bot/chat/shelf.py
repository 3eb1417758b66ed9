"""What every update's memory draws on: the database, and what was read from it or written to it of late."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.chat.intake import INLINE

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import datetime, timedelta

    from bot.storage.conversations import Kept, KeptConversations

Key = TypeVar("Key", bound="Hashable")
Value = TypeVar("Value")

REMEMBERED = 10_000  # entries in memory; one is about 1 kB


class Bounded(Generic[Key, Value]):
    """A mapping that forgets what was used longest ago.

    >>> seen = Bounded[str, int](2)
    >>> for number, name in enumerate("abc"): seen.put(name, number)
    >>> seen.get("a"), seen.get("c")
    (None, 2)
    """

    def __init__(self, size: int = REMEMBERED) -> None:
        """Keep at most ``size`` entries."""
        self._size = size
        self._entries: OrderedDict[Key, Value] = OrderedDict()

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)

    def __contains__(self, key: Key) -> bool:
        """Tell whether something is remembered under the key."""
        return key in self._entries

    def get(self, key: Key) -> Value | None:
        """Give the value and count it as used, or None when it is not remembered."""
        if key in self._entries:
            self._entries.move_to_end(key)
        return self._entries.get(key)

    def pop(self, key: Key) -> Value | None:
        """Give the value and forget it."""
        return self._entries.pop(key, None)

    def put(self, key: Key, value: Value) -> None:
        """Remember the value, forgetting the one used longest ago when there is no room."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) > self._size:
            self._entries.popitem(last=False)


Stored = tuple[str, "datetime"]


def dialogue_key(key: tuple[int, int, int]) -> str:
    """Give the key of the dialogue of (chat, asker, topic of a forum)."""
    return f"d:{key[0]}:{key[1]}:{key[2]}"


@dataclass
class Shelf:
    """Entries by key. What is held in memory is believed only where no other process writes (``alone``).

    Without a database all is held in memory. Reads that are asked for at the same time are one query.
    """

    kept: KeptConversations | None = None
    alone: bool = True
    _held: Bounded[str, Stored | None] = field(default_factory=Bounded)
    _recalled: Bounded[str, Stored | None] = field(default_factory=Bounded)  # read with a claim, for its update alone
    _wanted: dict[str, asyncio.Future[Stored | None]] = field(default_factory=dict)
    _reading: asyncio.Task[None] | None = None

    async def read(self, key: str, now: datetime, age: timedelta) -> str | None:
        """Give an entry's JSON, or None when it is not kept or is older than ``age``."""
        if self._sure_of(key):
            stored = self._held.get(key)
        elif key in self._recalled:
            stored = self._recalled.pop(key)
        else:
            stored = await self._read(key)
        return stored[0] if stored is not None and now - stored[1] <= age else None

    def hold(self, entry: Kept) -> None:
        """Hold what is about to be written."""
        if self.alone:
            self._held.put(entry.key, (entry.value, entry.kept))

    def forget(self) -> None:
        """Believe nothing held in memory any more: what the database no longer has is gone here, too."""
        self._held, self._recalled = Bounded(), Bounded()

    def wanted(self, chat: int) -> str | None:
        """Give the key of a private chat's dialogue, to be read with the claim of its update, unless it is known."""
        key = dialogue_key((chat, chat, 0))
        return key if 0 < chat < INLINE and not self._sure_of(key) else None

    def recall(self, recalled: Mapping[str, Stored | None]) -> None:
        """Take what was read with a claim: until the claim is marked nobody else changes it."""
        for key, stored in recalled.items():
            self._recalled.put(key, stored)

    def _sure_of(self, key: str) -> bool:
        return self.kept is None or (self.alone and key in self._held)

    async def _read(self, key: str) -> Stored | None:
        future = self._wanted.get(key)
        if future is None:
            future = self._wanted[key] = asyncio.get_running_loop().create_future()
            if self._reading is None or self._reading.done():
                self._reading = asyncio.create_task(self._read_wanted())
        return await asyncio.shield(future)

    async def _read_wanted(self) -> None:
        await asyncio.sleep(0)  # let others ask, too
        while self._wanted and self.kept is not None:
            wanted, self._wanted = self._wanted, {}
            try:
                found = await self.kept.get(wanted)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is each asker's to see
                for future in wanted.values():
                    if not future.done():
                        future.set_exception(error)
                continue
            for key, future in wanted.items():
                if self.alone and key not in self._held:
                    self._held.put(key, found.get(key))
                if not future.done():
                    future.set_result(found.get(key))
