"""What is remembered between updates: bounded, in memory, and harmless to lose."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

    from bot.questions.context import Context

Key = TypeVar("Key", bound="Hashable")
Value = TypeVar("Value")

REMEMBERED = 10_000  # entries of each kind; one is about 1 kB
DATA_BYTES = 64  # the Bot API: callback_data is 1-64 bytes
ASK, LOOK_UP = "q:", "k:"


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

    def get(self, key: Key) -> Value | None:
        """Give the value and count it as used, or None when it is not remembered."""
        if key in self._entries:
            self._entries.move_to_end(key)
        return self._entries.get(key)

    def put(self, key: Key, value: Value) -> None:
        """Remember the value, forgetting the one used longest ago when there is no room."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) > self._size:
            self._entries.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered: the message that answers it, and the dialogue as it was before."""

    answer_id: int
    before: Context | None


class Buttons:
    """What a tap asks. A question that fits travels in the button itself; a longer one is kept here under a short key.

    >>> buttons = Buttons()
    >>> buttons.question(buttons.data("/settlement"))
    '/settlement'
    >>> long = "how much yuan was settled across borders in 2024, and what was it in the year before that?"
    >>> len(buttons.data(long)) <= 64, buttons.question(buttons.data(long)) == long
    (True, True)
    >>> buttons.question("k:forgotten") is None
    True
    """

    def __init__(self, size: int = REMEMBERED) -> None:
        """Keep at most ``size`` long questions."""
        self._long = Bounded[str, str](size)

    def data(self, question: str) -> str:
        """Give the button's ``callback_data``, at most 64 bytes."""
        question = question.encode(errors="ignore").decode()  # a lone surrogate travels nowhere
        short = ASK + question
        if len(short.encode()) <= DATA_BYTES:
            return short
        key = LOOK_UP + hashlib.sha256(question.encode()).hexdigest()[:32]
        self._long.put(key, question)
        return key

    def question(self, data: str) -> str | None:
        """Give the question that ``callback_data`` stands for, or None for an old or foreign button."""
        if data.startswith(ASK):
            return data.removeprefix(ASK) or None
        return self._long.get(data)


@dataclass(frozen=True, slots=True)
class Memory:
    """All that the Telegram side remembers; messages are keyed by chat id and message id."""

    asked: Bounded[tuple[int, int], Asked] = field(default_factory=Bounded)
    answered: Bounded[tuple[int, int], Context] = field(default_factory=Bounded)
    taps: Bounded[tuple[int, int, str], float] = field(default_factory=Bounded)
    buttons: Buttons = field(default_factory=Buttons)
