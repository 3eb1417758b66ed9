"""Flood limits: kept, obeyed, and no chat waits for another."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from time import monotonic
from unittest.mock import AsyncMock

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.chat.flood import CHATS_KEPT, Flood, Limits
from bot.chat.gate import Gate

pytestmark = pytest.mark.asyncio


async def timed(flood: Flood, *chats: int) -> float:
    """Give the seconds until all may write."""
    began = monotonic()
    await asyncio.gather(*(flood.wait(chat) for chat in chats))
    return monotonic() - began


async def test_a_chat_has_its_pace() -> None:
    """A burst of three goes at once, the fourth message of a private chat waits, and another chat does not."""
    flood = Flood(Limits(overall=0, private=10, group=0))
    assert await timed(flood, 7, 7, 7) < 0.05
    waiting = asyncio.create_task(timed(flood, 7))
    assert await timed(flood, 8, -9, -9) < 0.05
    assert 0.05 < await waiting < 0.3


async def test_all_together_have_theirs() -> None:
    """Over all chats no more go than the overall limit; it is shared with other replicas."""
    flood = Flood(Limits(overall=40, private=0, group=0))
    flood.share(2)
    assert await timed(flood, *range(1, 21)) < 0.05
    assert 0.2 < await timed(flood, *range(30, 36)) < 0.6


async def test_a_wait_that_telegram_asks_for_is_one_chats() -> None:
    """Told to wait in a chat, only that chat's next message waits."""
    flood = Flood(Limits())
    flood.put_off(7, 0.2)
    waiting = asyncio.create_task(timed(flood, 7))
    assert await timed(flood, 8) < 0.05
    assert 0.15 < await waiting < 0.5


async def test_no_limit_is_none_and_memory_is_bounded() -> None:
    """With limits of 0 nothing waits, however many chats there are, and not all of them are remembered."""
    flood = Flood(Limits(0, 0, 0))
    assert await timed(flood, *([7] * 1000)) < 0.5
    for chat in range(1, CHATS_KEPT + 100):
        await flood.wait(chat)
    assert len(flood._chats) == CHATS_KEPT  # noqa: SLF001  (its size is seen nowhere else)


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")  # the library's own message reads the wait the old way
async def test_what_is_tried_again_is_counted() -> None:
    """A faulty network and a wait that Telegram asks for are retries; a refusal is none."""
    gate = Gate()
    errors = (TimedOut(), NetworkError("gone"), RetryAfter(timedelta(seconds=3)), BadRequest("no"), Forbidden("blocked"))
    for error in errors:
        with pytest.raises(TelegramError):
            await gate.pass_on("sendMessage", {"chat_id": 7}, AsyncMock(side_effect=error))
    assert "footnote_retries_total 3.0" in gate.metrics.page().decode()
