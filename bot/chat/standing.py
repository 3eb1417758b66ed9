"""What is known of chats without asking the database at each question: their choices, and who is admitted.

Few chats choose anything and few are admitted, so all of it is in memory; what this process changes holds at once, what
another one changes within the seconds between two looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.chats import NOTHING_CHOSEN, Choices

if TYPE_CHECKING:
    from datetime import datetime

    from bot.chat.rules import Rules
    from bot.storage.store import Storage


class Standing:
    """Choices and admissions."""

    def __init__(self, storage: Storage, rules: Rules) -> None:
        """Know nothing yet; ``look`` reads."""
        self._storage, self._rules = storage, rules
        self._choices: dict[int, Choices] = {}
        self._admitted: frozenset[int] = frozenset()

    async def look(self) -> None:
        """Read everything again."""
        self._choices = await self._storage.chats.all()
        self._admitted = frozenset(await self._storage.allowed.all())

    def choices(self, chat: int) -> Choices:
        """Give what a chat has chosen."""
        return self._choices.get(chat, NOTHING_CHOSEN)

    async def choose(self, chat: int, choices: Choices) -> None:
        """Keep a chat's choices."""
        await self._storage.chats.put(chat, choices)
        self._choices[chat] = choices

    def forget(self, chat: int) -> None:
        """Know nothing of a chat's choices any more."""
        self._choices.pop(chat, None)

    def admits(self, *numbers: int) -> bool:
        """Tell whether one of these chats and people may ask."""
        rules = self._rules
        return not rules.closed or any(number in found for found in (rules.admins, rules.admitted, self._admitted) for number in numbers)

    @property
    def admitted(self) -> list[int]:
        """Give every id on a list, people first."""
        return sorted(self._rules.admitted | self._admitted, reverse=True)

    async def admit(self, number: int, by: int, now: datetime) -> None:
        """Put an id on the list."""
        await self._storage.allowed.allow(number, by, now)
        self._admitted |= {number}

    async def shut_out(self, number: int) -> bool:
        """Take an id off the list; tell whether it was on it. One that the settings admit stays admitted."""
        self._admitted -= {number}
        return await self._storage.allowed.shut_out(number)
