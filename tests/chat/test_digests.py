"""Cards of new releases and word of newer figures: to whoever asked for them, once, whatever happens in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.chat.wording import read_wording
from bot.desk import Desk
from bot.storage.store import Storage
from bot.storage.subscriptions import Subscription

from .fake import FakeDesk
from .stage import ROOT, WEI, message, on_stage, settings_for
from .test_dialogue import tap
from .test_surface import CHANNEL, WEIS, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from .stage import JSON, Client

pytestmark = pytest.mark.asyncio
WORDS = read_wording(ROOT / "intents")


async def cards(chat: Client, release: str) -> list[int]:
    """Give the chats that got a release's card, one entry a card."""
    return [c["params"]["chat_id"] for c in await chat.calls("sendMessage") if f"card of {release}" in c["params"]["text"] and c["result"]]


def card_of(release: str, chat: object) -> Callable[[JSON], bool]:
    """Make a test of the server's state: the chat has the release's card."""

    def there(state: JSON) -> bool:
        sent = [c["params"] for c in state["requests"] if c["method"] == "sendMessage" and c["result"]]
        return any(p["chat_id"] == chat and f"card of {release}" in p["text"] for p in sent)

    return there


async def test_each_subscriber_gets_one_card(server: str) -> None:
    """A new release brings each subscriber one card, across restarts; what was there before, or before them, brings none."""
    settings = settings_for(server)
    async with on_stage(server, FakeDesk(), settings=settings) as chat:
        await chat.ask("/subscribe")
        await chat.ask("/subscribe")
        post = message("/subscribe", CHANNEL, sender_chat=CHANNEL)
        await chat.push(channel_post=post)
        await chat.next()
        assert await cards(chat, "old") == []
    async with on_stage(server, FakeDesk(releases=("new", "old")), settings=settings) as chat:
        await chat.until(card_of("new", CHANNEL["id"]))
        await chat.ask("/subscribe", sender=WEI, chat=WEIS)
    for _ in range(2):
        async with on_stage(server, FakeDesk(releases=("new", "old")), settings=settings) as chat:
            await chat.ask("atm")
            await chat.settle()
            assert await cards(chat, "new") == []
    async with on_stage(server, FakeDesk(releases=("newer", "new", "old")), settings=settings) as chat:
        await chat.ask("/unsubscribe", sender=WEI, chat=WEIS)
        await chat.until(card_of("newer", CHANNEL["id"]))
        await chat.settle()
        assert set(await cards(chat, "newer")) - {WEI["id"]} == {7, CHANNEL["id"]}
        assert len(await cards(chat, "newer")) == len(set(await cards(chat, "newer")))


async def test_a_card_that_fails_is_sent_later(server: str) -> None:
    """A card that Telegram did not take is sent at a later run, and the others are not sent again."""
    desk = FakeDesk()
    async with on_stage(server, desk) as chat:
        await chat.ask("/subscribe")
        await chat.ask("/subscribe", sender=WEI, chat=WEIS)
        await chat.fault("sendMessage", "400", times=3)  # as HTML, as plain text, and with nothing beside
        desk.releases = ("new", "old")
        await chat.until(card_of("new", WEI["id"]))
        assert await cards(chat, "new") == [8]
        await chat.until(card_of("new", 7))
        await chat.settle()
        assert await cards(chat, "new") == [8, 7]


async def test_a_card_lost_in_a_crash_is_sent_again(server: str) -> None:
    """A card that was begun and never marked as sent comes after a while, and only to the chat that had none."""
    settings, long_ago = settings_for(server), datetime.now(UTC) - timedelta(minutes=5)
    async with await Storage.open(settings.database_url.get_secret_value() if settings.database_url else None) as storage:
        kept = storage.subscriptions
        for number in (7, 8):
            await kept.add(Subscription(number), long_ago)
        for release, number in (("old", 0), ("new", 0), ("new", 7), ("new", 8)):
            await kept.take_digest(release, number, 0, long_ago)
        for release, number in (("old", 0), ("new", 8)):
            await kept.digest_sent(release, number, 0, long_ago)
    async with on_stage(server, FakeDesk(releases=("new", "old")), settings=settings) as chat:
        await chat.until(card_of("new", 7))
        await chat.settle()
        assert await cards(chat, "new") == [7]


async def test_the_card_of_a_real_release_cites_itself() -> None:
    """A release's card gives its headline, figures of several topics, the sentences they stand in, and its source."""
    desk = Desk.open(ROOT / "seeds", ROOT / "intents")
    for lang in ("en", "zh"):
        card = desk.digest(desk.releases[0], lang)
        release = desk.store.release(desk.releases[0])
        assert card.title
        assert len(card.lines) == len(card.figures) >= 3
        assert all(release.text[quote.start : quote.end] == quote.text for quote in card.quotes)
        assert all(figure.quantity.surface in "\n".join(q.text for q in card.quotes) for figure in card.figures)
        assert "2025" in card.source


async def test_newer_figures_are_told_where_wanted(server: str) -> None:
    """A chat that turned it on is told once when a newer release has a figure it was given; one that did not is not."""
    settings = settings_for(server)
    real = Desk.open(ROOT / "seeds", ROOT / "intents")
    async with on_stage(server, real, settings=settings) as chat:
        card = await chat.ask("/settings")
        await chat.push(callback_query=tap(card, WORDS.say("setting_superseded_off", "en")))
        await chat.next("editMessageText")
        await chat.ask("/settlement")
        await chat.ask("/settlement", sender=WEI, chat=WEIS)
    told = WORDS.say("superseded", "en")
    for times in (1, 0):
        async with on_stage(server, FakeDesk(releases=("new", "old")), settings=settings) as chat:
            await chat.ask("atm", sender=WEI, chat=WEIS)
            if times:
                await chat.until(lambda state: any(told in c["params"].get("text", "") for c in state["requests"]))
            await chat.settle()
            sent = [c for c in await chat.calls("sendMessage") if told in shown(c)]
            assert [c["params"]["chat_id"] for c in sent] == [7] * times
