"""Thousands of made-up updates: nothing falls over, and whatever is sent is what Telegram accepts."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Update
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.chat.handlers import handle
from bot.desk import Desk

from .server.table import Table
from .stage import ROOT, TABLE
from .test_handlers import Stub, service
from .updates import Maker

if TYPE_CHECKING:
    from bot.chat.service import Service

COUNT = 1_000
QUIET = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


async def handle_all(at_work: Service, maker: Maker) -> int:
    """Handle made-up updates; give how many could be read."""
    read = 0
    for number in range(COUNT):
        try:
            update = Update.de_json(maker.update(number), at_work.bot)
        except Exception:  # noqa: BLE001, S112  (what the library cannot read, the poller passes over)
            continue
        read += 1
        await handle(at_work, update)
    return read


def on_the_wire(table: Table, method: str, params: dict[str, Any]) -> list[str]:
    """Give what is wrong with a request as Telegram would read it: a form, its lists and objects as JSON."""
    form = RequestData([RequestParameter.from_input(name, value) for name, value in params.items()]).json_parameters
    values, problems = table.decode(method, form)
    return problems or table.check(method, values)


if TABLE.exists():  # updates are made up from the table

    @QUIET
    @pytest.mark.asyncio
    @pytest.mark.parametrize("odd", [0.0, 0.02])
    async def test_made_up_updates(caplog: pytest.LogCaptureFixture, odd: float) -> None:
        """An update that keeps to the table is no error and leads to valid requests; no other one stops the bot."""
        table, stub = Table.read(TABLE), Stub()
        async with service(stub, Desk.open(ROOT / "seeds", ROOT / "intents")) as at_work:
            read = await handle_all(at_work, Maker(table, Random(7), odd))
        assert odd or [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
        assert read > COUNT * (0.2 if odd else 0.8)
        assert {"sendMessage", "answerCallbackQuery", "answerInlineQuery"} <= {method for method, _ in stub.sent}
        assert odd or [p for method, params in stub.sent for p in on_the_wire(table, method, params)] == []
