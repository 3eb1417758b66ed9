"""One question's cost in process, beside python-telegram-bot handling one text update with an echo handler."""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest, RequestData

from bot.desk import Desk
from tests.questions.grid import grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.library import Library

ROOT = Path(__file__).resolve().parents[2]
BOUND = 5.0
ROUNDS = 7
EACH = 300
QUESTIONS = (
    "how much yuan was settled across borders in 2024?",
    "通道融资余额同比增长多少",
    "how mcuh did fianncing for the coridor rise yoy",
    "成都的跨境人民币结算量是多少？",
    "fx derivatives per firm",
    "whats the weather tomorrow",
)
MESSAGE = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "from": {"id": 1, "is_bot": False, "first_name": "A"}}


class Stub(BaseRequest):
    """Answers every request at once, as a server that is infinitely fast."""

    @property
    def read_timeout(self) -> float:
        """No wait."""
        return 0.0

    async def initialize(self) -> None:
        """Need nothing."""

    async def shutdown(self) -> None:
        """Need nothing."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """Give a message, or the bot itself."""
        del method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        me = {"id": 9, "is_bot": True, "first_name": "B", "username": "b_bot"}
        return 200, json.dumps({"ok": True, "result": me if url.endswith("getMe") else MESSAGE}).encode()


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Send the text back."""
    del context
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


async def library_round(app: Application) -> float:  # type: ignore[type-arg]
    """Give the seconds that one update takes python-telegram-bot."""
    started = time.perf_counter()
    for number in range(EACH):
        update = Update.de_json({"update_id": number, "message": {**MESSAGE, "text": QUESTIONS[number % len(QUESTIONS)]}}, app.bot)
        await app.process_update(update)
    return (time.perf_counter() - started) / EACH


def our_round(desk: Desk | Library, now: datetime, questions: Sequence[str] = QUESTIONS) -> float:
    """Give the seconds that one question takes, the questions asked in turn."""
    started = time.perf_counter()
    for number in range(EACH):
        desk.ask(questions[number % len(questions)], now)
    return (time.perf_counter() - started) / EACH


def unseen(desk: Desk) -> list[str]:
    """Give enough different questions for every round, so that nothing kept from one answers another."""
    questions = list(dict.fromkeys(asked.text for asked in grid(desk)))
    return random.Random(1).sample(questions, ROUNDS * EACH)


async def measure() -> float:
    """Give the ratio of the medians, ours to the library's, for questions never asked before, rounds interleaved."""
    desk = Desk.open(ROOT / "seeds", ROOT / "intents")
    now = datetime.now(UTC)
    app = ApplicationBuilder().token("1:stub").request(Stub()).get_updates_request(Stub()).updater(None).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    await app.initialize()
    questions = unseen(Desk.open(ROOT / "seeds", ROOT / "intents"))
    our_round(desk, now), await library_round(app)
    rounds = [
        (our_round(desk, now, questions[n * EACH : (n + 1) * EACH]), our_round(desk, now), await library_round(app))
        for n in range(ROUNDS)
    ]
    fresh, known, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"library's echo {theirs * 1e3:.3f} ms")
    print(f"a question never asked before {fresh * 1e3:.3f} ms, ratio {fresh / theirs:.2f} (bound {BOUND:.0f})")
    print(f"six questions again and again {known * 1e3:.3f} ms, ratio {known / theirs:.2f}")
    return float(fresh / theirs)


def main() -> None:
    """Measure and print."""
    asyncio.run(measure())
