"""Order within a chat, chats side by side."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat.lanes import Lanes

pytestmark = pytest.mark.asyncio


async def test_order_within_and_not_across() -> None:
    """One chat's items are done in order even when the first is slow, and another chat does not wait for them."""
    done: list[tuple[str, int]] = []

    async def work(item: tuple[str, int]) -> None:
        await asyncio.sleep(0.05 if item == ("a", 0) else 0)
        done.append(item)

    lanes = Lanes(work)
    for item in (("a", 0), ("a", 1), ("b", 0), ("a", 2)):
        await lanes.put(item[0], item)
    assert await lanes.close(5) == 0
    assert done == [("b", 0), ("a", 0), ("a", 1), ("a", 2)]


async def test_room_is_bounded() -> None:
    """No more is taken than there is room for; taking waits until something is done."""
    gate = asyncio.Event()

    async def work(_item: int) -> None:
        await gate.wait()

    lanes = Lanes(work, pending=2)
    await lanes.put("a", 1)
    await lanes.put("b", 2)
    third = asyncio.create_task(lanes.put("c", 3))
    await asyncio.sleep(0.01)
    assert not third.done()
    gate.set()
    await asyncio.wait_for(third, 1)
    assert await lanes.close(1) == 0


async def test_close_is_bounded() -> None:
    """Closing waits no longer than told, and says how much was left."""

    async def work(_item: int) -> None:
        await asyncio.Event().wait()

    lanes = Lanes(work)
    for item in range(3):
        await lanes.put("a", item)
    assert await lanes.close(0.05) == 3
