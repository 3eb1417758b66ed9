"""Admins, by user id and in private: the inbox of questions, counts, reloading, the list, posts; nobody else has them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import yaml

from bot.chat.phrases import add_phrase, read_phrases
from bot.chat.wording import read_wording
from bot.library import Library

from .fake import FakeDesk
from .stage import ANN, GROUP, JSON, ROOT, WEI, message, on_stage, settings_for
from .test_dialogue import tap
from .test_surface import WEIS, labels, shown

if TYPE_CHECKING:
    from pathlib import Path

WORDS = read_wording(ROOT / "intents")
ADMIN = str(ANN["id"])
NONSENSE = "zxqv wobble frobnicate"


def data_of(call: JSON) -> list[str]:
    """Give what a message's buttons carry."""
    return [b.get("callback_data", "") for row in call["params"]["reply_markup"]["inline_keyboard"] for b in row]


def test_assigned_phrases_are_reviewable(tmp_path: Path) -> None:
    """The file reads as what was assigned, each phrase once, with words for its reviewer above."""
    path = tmp_path / "deep" / "phrases.yaml"
    for phrase in ("how much: yuan?", "how much: yuan?", "结算 #1"):
        add_phrase(path, "settlement", "en", phrase)
    assert read_phrases(path) == {"settlement": {"en": ["how much: yuan?", "结算 #1"]}}
    assert path.read_text(encoding="utf-8").startswith("# Questions that were not understood")


@pytest.mark.asyncio
async def test_the_inbox_of_questions(server: str) -> None:
    """A question that was not understood is there once, with its count; one tap makes it a phrase of a topic."""
    settings = settings_for(server, admins=ADMIN)
    async with on_stage(server, Library.open(ROOT / "seeds", ROOT / "intents"), settings=settings) as chat:
        for sender in (WEI, WEI, {**WEI, "id": 10}):
            await chat.ask(NONSENSE, sender=sender, chat={**WEIS, "id": sender["id"]})
        await chat.ask("gibber jabber wock", sender=WEI, chat=WEIS)
        card = await chat.ask("/unanswered")
        assert NONSENSE in shown(card)
        assert "3 times" in shown(card)
        assert all(len(data.encode()) <= 64 for data in data_of(card))
        await chat.push(callback_query=tap(card, "Cross-border RMB settlement"))
        after = await chat.next("editMessageText")
        assert "gibber" in shown(after)
        assert yaml.safe_load(settings.phrases.read_text(encoding="utf-8")) == {"settlement": {"en": [NONSENSE]}}
        await chat.push(callback_query=tap(after, WORDS.say("ignore", "en")))
        assert WORDS.say("unanswered_none", "en") in shown(await chat.next("editMessageText"))
        answered = await chat.ask("/unanswered answered")
        assert "Cross-border RMB settlement" in shown(answered)
        await chat.push(callback_query=tap(answered, WORDS.say("reopen", "en")))
        assert (await chat.next("answerCallbackQuery"))["params"]["text"]
        assert NONSENSE in shown(await chat.ask("/unanswered"))


@pytest.mark.asyncio
async def test_nobody_else_has_the_admins_commands(server: str) -> None:
    """To others, and in groups even to admins, the admins' commands are unknown, and their buttons dead."""
    desk = FakeDesk()
    async with on_stage(server, desk, settings=settings_for(server, admins=ADMIN)) as chat:
        card = await chat.ask("/unanswered")
        assert labels(card)
        for name in ("unanswered", "stats", "reload", "allow 5", "allowed"):
            assert "you asked" in shown(await chat.ask(f"/{name}", sender=WEI, chat=WEIS))
            assert "you asked" in shown(await chat.ask(f"/{name.replace(' ', '@footnote_bot ', 1) if ' ' in name else name + '@footnote_bot'}", chat=GROUP))
        await chat.push(callback_query={**tap(card, labels(card)[0], WEI), "message": {**card["result"], "chat": WEIS}})
        assert (await chat.next("answerCallbackQuery"))["params"]["text"] == WORDS.say("stale", "zh")


@pytest.mark.asyncio
async def test_stats_count_without_persons(server: str) -> None:
    """/stats counts questions by kind, opinions, subscriptions and what was set aside."""
    async with on_stage(server, FakeDesk(), settings=settings_for(server, admins=ADMIN)) as chat:
        await chat.push(callback_query=tap(await chat.ask("atm"), "👍"))
        await chat.next("answerCallbackQuery")
        await chat.ask("/subscribe")
        await chat.push(message={"message_id": 1, "chat": {"id": 7}})  # no update that can be read
        said = shown(await chat.ask("/stats"))
        for words in ("1 releases, version v1", "Subscriptions: 1", "1 up, 0 down", "stated: 1", "1 set aside", "cannot be read"):
            assert words in said, words


@pytest.mark.asyncio
async def test_reload_reads_releases_and_content_again(server: str, tmp_path: Path) -> None:
    """/reload takes on what was added, and what is faulty changes nothing and is told."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    settings = settings_for(server, admins=ADMIN, seeds=tmp_path / "seeds")
    async with on_stage(server, Library.open(settings.seeds, settings.intents), settings=settings) as chat:
        first = next(settings.seeds.glob("*.txt"))
        shutil.copy(first, settings.seeds / "second.txt")
        faulty = settings.seeds / "second.yaml"
        faulty.write_text("publisher: 3", encoding="utf-8")
        assert "second.yaml" in shown(await chat.ask("/reload"))
        faulty.write_text(first.with_suffix(".yaml").read_text(encoding="utf-8"), encoding="utf-8")
        said = shown(await chat.ask("/reload"))
        assert "2 releases" in said
        assert "New: second" in said


@pytest.mark.asyncio
async def test_the_list_is_kept_by_command(server: str) -> None:
    """An admin admits and shuts out by id, at once, with the menus that go with it; in the settings' language."""
    async with on_stage(server, FakeDesk(), settings=settings_for(server, admins=ADMIN, access="closed")) as chat:
        polite = WORDS.say("stranger", "zh", chat=8)
        assert shown(await chat.ask("atm", sender=WEI, chat=WEIS)) == polite
        assert shown(await chat.ask("/allow")) == WORDS.say("which_id", "en")
        assert shown(await chat.ask("/allow 8")) == WORDS.say("admitted", "en", id=8)
        assert "you asked" in shown(await chat.ask("atm", sender=WEI, chat=WEIS))
        assert "\n8" in shown(await chat.ask("/allowed"))
        assert shown(await chat.ask("/disallow 8")) == WORDS.say("shut_out", "en", id=8)
        assert shown(await chat.ask("/disallow 8")) == WORDS.say("not_admitted", "en", id=8)
        await chat.push(message=message("atm", WEIS, WEI))
        await chat.settle()
        assert len([c for c in await chat.calls("sendMessage") if c["params"]["chat_id"] == 8]) == 2
        scopes = [c["params"]["scope"].get("chat_id") for c in await chat.calls("setMyCommands") if c["params"]["scope"]["type"] == "chat"]
        assert set(scopes) == {7, 8}
        assert len(await chat.calls("deleteMyCommands")) == 4


@pytest.mark.asyncio
async def test_posts_in_a_channel(server: str) -> None:
    """An admin posts an answer in a channel; where the bot may not write, the admin is told."""
    async with on_stage(server, FakeDesk(), settings=settings_for(server, admins=ADMIN)) as chat:
        assert shown(await chat.ask("/post")) == WORDS.say("post_how", "en")
        posted = await chat.ask("/post -1001 /settlement")
        assert posted["params"]["chat_id"] == -1001
        assert shown(await chat.next()) == WORDS.say("posted", "en", id=-1001)
        await chat.fault("sendMessage", "403")
        assert shown(await chat.ask("/post -1001 /settlement")) == WORDS.say("not_posted", "en", id=-1001)
