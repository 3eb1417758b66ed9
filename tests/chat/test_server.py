"""The server's own checks: what Telegram would refuse is refused here."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from .server.markup import MarkupError, parse
from .server.methods import delete_webhook, set_webhook
from .server.state import State
from .server.table import Table
from .stage import TABLE

BUTTON = {"text": "a", "callback_data": "q"}


def keyboard(**button: object) -> dict[str, object]:
    """Make a keyboard of one button."""
    return {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [[{**BUTTON, **button}]]}}


def card(**fields: object) -> dict[str, object]:
    """Make an inline answer of one card."""
    content = {"message_text": "<b>a</b>", "parse_mode": "HTML"}
    result = {"type": "article", "id": "1", "title": "a", "input_message_content": content, **fields}
    return {"inline_query_id": "1", "results": [result]}


def commands(count: int = 1, **fields: object) -> dict[str, object]:
    """Make a menu."""
    return {"commands": [{"command": "a_1", "description": "d", **fields}] * count, "scope": {"type": "default"}}


GOOD: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", {"chat_id": 1, "text": "a"}),
    ("sendMessage", {"chat_id": 1, "text": f"<b>{'a' * 4096}</b>", "parse_mode": "HTML"}),
    ("sendMessage", keyboard()),
    ("answerInlineQuery", card()),
    ("setMyCommands", commands(100)),
]
BAD: list[tuple[str, dict[str, Any]]] = [
    ("sendMesage", {}),
    ("sendMessage", {"text": "a"}),
    ("sendMessage", {"chat_id": 1, "text": ""}),
    ("sendMessage", {"chat_id": 1, "text": "a" * 4097}),
    ("sendMessage", {"chat_id": 1, "text": "<b>a", "parse_mode": "HTML"}),
    ("sendMessage", {"chat_id": 1, "text": "a", "parse_mode": "html5"}),
    ("sendMessage", {"chat_id": 1, "text": "a", "colour": "red"}),
    ("sendMessage", {"chat_id": 1.5, "text": "a"}),
    ("sendMessage", {"chat_id": 1, "text": "a", "reply_parameters": {"message": 1}}),
    ("sendMessage", keyboard(callback_data="亿" * 22)),
    ("sendMessage", keyboard(callback_data="")),
    ("sendMessage", keyboard(url="https://example.org")),
    ("sendMessage", keyboard(text=1)),
    ("answerInlineQuery", {**card(), "results": card()["results"] * 51}),  # type: ignore[operator]
    ("answerInlineQuery", card(type="articles")),
    ("answerInlineQuery", card(id="i" * 65)),
    ("answerInlineQuery", card(input_message_content={"message_text": "<c>", "parse_mode": "HTML"})),
    ("answerInlineQuery", {**card(), "button": {"text": "a", "start_parameter": "a b"}}),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}),
    ("setMyCommands", commands(101)),
    ("setMyCommands", commands(command="Settlement")),
    ("setMyCommands", commands(description="")),
    ("setMyCommands", {**commands(), "scope": {"type": "everyone"}}),
    ("getUpdates", {"limit": 101}),
]

if TABLE.exists():  # without the table, the server checks nothing

    @pytest.mark.parametrize(("method", "params"), GOOD)
    def test_good_request_passes(method: str, params: dict[str, Any]) -> None:
        """What the table allows is not held against the bot."""
        assert Table.read(TABLE).check(method, params) == []

    @pytest.mark.parametrize(("method", "params"), BAD)
    def test_bad_request_is_noticed(method: str, params: dict[str, Any]) -> None:
        """Each breach of the table, in names, types, required fields or limits, is noticed."""
        assert Table.read(TABLE).check(method, params)


@pytest.mark.parametrize(
    "source",
    ["<b>", "</b>", "<b><i></b></i>", "<p>a</p>", "a < b", "a & b", "&nbsp;", '<a class="x">a</a>', "<B>a</B >x<",
     "<blockquote><blockquote>a</blockquote></blockquote>", "<b"],
)  # fmt: skip
def test_bad_markup_is_noticed(source: str) -> None:
    """Unknown, unbalanced or badly nested tags, bare signs and unknown entities are no Telegram HTML."""
    with pytest.raises(MarkupError):
        parse(source)


def test_good_markup_gives_text_and_entities() -> None:
    """Tags become entities over the text that is left."""
    reading = parse('<b>a</b> <a href="https://e.org/?a&#38;b">c &lt;</a><blockquote expandable>d</blockquote>')
    assert reading.text == "a c <d"
    assert [entity["type"] for entity in reading.entities] == ["b", "a", "blockquote"]


def question(number: int) -> dict[str, Any]:
    """Make an update, in one of three chats."""
    return {"update_id": number, "message": {"message_id": number, "chat": {"id": -1 - number % 3, "type": "group"}}}


async def test_webhook_set_again_loses_nothing() -> None:
    """What arrives while one webhook makes way for another, however many are set at once, waits to be posted, each update once."""
    state, last = State(), 60
    for number in range(1, 4):
        state.push(question(number))
    await set_webhook(state, {"url": "http://127.0.0.1:9/a"})
    await asyncio.sleep(0.05)  # posts are under way, and sessions open
    changes = [asyncio.create_task(set_webhook(state, {"url": f"http://127.0.0.1:9/{again}"})) for again in range(3)]
    for number in range(4, last + 1):
        state.push(question(number))
        await asyncio.sleep(0)
    await asyncio.gather(*changes)
    assert state.webhook is not None
    assert sorted(state.webhook.pending) == list(range(1, last + 1))
    await delete_webhook(state, {})
    assert [update["update_id"] for update in state.updates] == list(range(1, last + 1))
