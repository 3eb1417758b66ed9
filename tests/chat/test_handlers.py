"""A handler without a network: what would be sent, taken down by a stand-in for the HTTP client."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Bot, Update
from telegram.request import BaseRequest, RequestData

from bot.answers.model import AnswerKind, Suggestion
from bot.chat.addressing import Name
from bot.chat.gate import Gate
from bot.chat.handlers import handle
from bot.chat.inline import cards
from bot.chat.memory import Memory
from bot.chat.rules import Rules
from bot.chat.service import Answering, Opened, Service
from bot.chat.standing import Standing
from bot.chat.wording import read_wording
from bot.storage.store import Storage

from .fake import FakeDesk
from .stage import BOT, PRIVATE, ROOT, TOKEN, message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.answers.model import Answer
    from bot.questions.context import Context


class Stub(BaseRequest):
    """An HTTP client that takes down what is sent and says yes."""

    def __init__(self) -> None:
        """Begin with nothing sent."""
        self.sent: list[tuple[str, dict[str, Any]]] = []

    @property
    def read_timeout(self) -> float:
        """Give a timeout, as the library asks for one."""
        return 1.0

    async def initialize(self) -> None:
        """Need nothing."""

    async def shutdown(self) -> None:
        """Leave nothing."""

    async def do_request(self, url: str, method: str, request_data: RequestData | None = None,
                         *_timeouts: object, **_more: object) -> tuple[int, bytes]:  # fmt: skip
        """Take the request down."""
        assert method == "POST"
        self.sent.append((url.rpartition("/")[2], request_data.parameters if request_data else {}))
        result = {"message_id": 1, "date": 1, "chat": PRIVATE, "from": BOT, "text": "a"}
        return 200, json.dumps({"ok": True, "result": result}).encode()


@asynccontextmanager
async def service(stub: Stub, desk: Answering) -> AsyncIterator[Service]:
    """Make the bot at work, with a database of its own."""
    bot, rules = Bot(TOKEN, request=stub, get_updates_request=stub), Rules()
    words = read_wording(ROOT / "intents")
    with TemporaryDirectory() as folder:
        async with await Storage.open(f"sqlite:///{folder}/kept.sqlite3") as storage:
            yield Service(bot, Name(4242, "footnote_bot"), Opened(desk), words, Memory(), lambda: datetime(2026, 1, 1, tzinfo=UTC),
                          Gate(), storage, Standing(storage, rules), rules)  # fmt: skip


@pytest.mark.asyncio
async def test_one_update_one_message() -> None:
    """A question leads to one call of the desk and one message, and the handler needs nothing else."""
    stub, desk = Stub(), FakeDesk()
    async with service(stub, desk) as at_work:
        await handle(at_work, Update.de_json({"update_id": 1, "message": message("atm")}, at_work.bot))
    assert [method for method, _ in stub.sent] == ["sendMessage"]
    assert [text for text, _ in desk.asked] == ["atm"]


class Choosy(FakeDesk):
    """A desk whose answers are of a kind that the question names."""

    def ask(self, text: str, now: datetime, context: Context | None = None) -> Answer:
        """Answer with the kind that is asked for."""
        kind = AnswerKind(text) if text in set(AnswerKind) else AnswerKind.CHAT
        suggestions = (Suggestion("1", "stated"), Suggestion("2", "chat"), Suggestion("3", "derived"))
        return replace(super().ask(text, now, context), kind=kind, suggestions=suggestions)


@pytest.mark.asyncio
@pytest.mark.parametrize(("text", "titles"), [
    ("stated", ["stated", "derived"]), ("derived", ["derived", "stated"]),
    ("refused", ["refused", "stated", "derived"]),
    ("ambiguous", ["stated", "derived"]), ("hello", ["stated", "derived"]), ("", ["stated", "derived"]),
])  # fmt: skip
async def test_cards_show_figures(text: str, titles: list[str]) -> None:
    """Inline cards are answers with a figure, or a refusal of what was typed; never small talk or a question back."""
    async with service(Stub(), Choosy()) as at_work:
        found = cards(at_work, text, "en")
    assert [card.title for card in found] == [f"About {title} <&>" for title in titles]
