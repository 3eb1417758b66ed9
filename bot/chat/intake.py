"""From what Telegram sent to what the inbox keeps: the update's id, the chat whose order it belongs to, its JSON."""

from __future__ import annotations

import json
from typing import Any

from bot.errors import FootnoteError
from bot.storage.inbox import Arrival

MOST_ID = 2**63 - 1
INLINE = 1 << 60  # inline queries expire: they wait for no chat, only for the same person's
MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post", "my_chat_member", "chat_member", "message_reaction")


class ShapeError(FootnoteError):
    """What came is no update."""


def arrival(raw: object, text: str | None = None) -> Arrival:
    """Give what the inbox keeps of whatever has an update's id; whether the rest can be read is found out later.

    >>> arrival({"update_id": 5, "message": {"chat": {"id": 7}}}).chat
    7
    >>> arrival({"update_id": 5, "inline_query": {"from": {"id": 7}}}).chat == 7 + INLINE
    True
    >>> arrival({"update_id": "5"})
    Traceback (most recent call last):
    bot.chat.intake.ShapeError: update_id is no number of Telegram's
    """
    if not isinstance(raw, dict):
        message = "not an object"
        raise ShapeError(message)
    number = _number(raw.get("update_id"))
    if number is None or number < 0:
        message = "update_id is no number of Telegram's"
        raise ShapeError(message)
    kind, value = next(((name, value) for name, value in raw.items() if isinstance(value, dict)), ("", {}))
    return Arrival(number, _chat(kind, value), json.dumps(raw) if text is None else text)


def check_shape(raw: object) -> None:
    """Raise ``ShapeError`` unless it is an object of an update's outer shape: an id, and one object beside it.

    >>> check_shape({"update_id": 5, "message": {}})
    >>> check_shape({"update_id": 5, "message": {}, "more": 1})
    Traceback (most recent call last):
    bot.chat.intake.ShapeError: an update holds one object beside its id
    """
    values = [raw[name] for name in raw if name != "update_id"] if isinstance(raw, dict) else []
    if len(values) != 1 or not isinstance(values[0], dict):
        message = "an update holds one object beside its id"
        raise ShapeError(message)


def _chat(kind: str, value: dict[str, Any]) -> int:
    inside = value.get("message") if kind == "callback_query" else value
    chat = _id(inside, "chat") if kind == "callback_query" or kind in MESSAGES else None
    if chat is not None:
        return chat
    person = _id(value, "from") or _id(value, "user") or 0
    return person + INLINE if kind in ("inline_query", "chosen_inline_result") else person


def _id(value: object, name: str) -> int | None:
    inner = value.get(name) if isinstance(value, dict) else None
    return _number(inner.get("id")) if isinstance(inner, dict) else None


def _number(value: object) -> int | None:
    sound = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST_ID - INLINE
    return value if sound and isinstance(value, int) else None
