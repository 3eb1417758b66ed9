"""What the inbox promises, with the whole bot on stage: nothing lost, nothing held up, and remembered after a restart."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot.chat import connection, sending
from bot.chat.connection import DiscreetBot
from bot.chat.serving import serve
from bot.chat.wording import read_wording
from bot.storage.store import Storage
from tests.delivery.replicas import a_database

from .fake import FakeDesk
from .stage import GROUP, JSON, ROOT, TOKEN, Client, message, on_stage, settings_for
from .test_dialogue import tap

if TYPE_CHECKING:
    from datetime import datetime

    from bot.answers.model import Answer
    from bot.questions.context import Context
    from bot.settings import Settings
    from bot.storage.backlog import Backlog, SetAside

QUIET = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
pytestmark = [pytest.mark.asyncio, QUIET]


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (connection, sending):
        monkeypatch.setattr(module, "pause", lambda _tries: 0.01)


async def kept(settings: Settings) -> tuple[Backlog, list[SetAside]]:
    """Look into the inbox of a bot that has ended."""
    assert settings.database_url is not None
    async with await Storage.open(settings.database_url.get_secret_value()) as storage:
        return await storage.backlog.now(), await storage.backlog.set_aside()


def last_text(call: JSON) -> str:
    """Give the text of a call."""
    return str(call["params"]["text"])


async def test_what_was_left_is_answered_first(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions that a stopped bot could not answer are answered by the next, in order, before what is new."""
    settings = settings_for(server)
    monkeypatch.setattr("bot.chat.serving.FINISH_SECONDS", 0.2)
    async with on_stage(server, FakeDesk(), settings=settings) as chat:
        await chat.fault("sendMessage", "429", times=100, retry_after=60)
        for text in ("one", "two", "three"):
            await chat.push(message=message(text))
        await chat.until(lambda state: state["waiting"] == 0)
        await chat.until(lambda state: any(call.get("fault") for call in state["requests"]))
    assert (await kept(settings))[0].waiting == 3
    async with on_stage(server, FakeDesk(), settings=settings) as chat:
        await chat.push(message=message("four"))
        sent = [last_text(await chat.next()) for _ in range(4)]
        assert [word in text for word, text in zip(("(one)", "(two)", "(three)", "(four)"), sent, strict=True)] == [True] * 4
    assert (await kept(settings))[0].waiting == 0


async def test_what_always_fails_is_set_aside(server: str) -> None:
    """A question that fails three times is apologised for once and set aside; the chat's next one is answered."""
    settings, desk = settings_for(server), FakeDesk()
    async with on_stage(server, desk, settings=settings) as chat:
        await chat.push(message=message("boom"))
        await chat.push(message=message("atm"))
        assert "noted under" in last_text(await chat.next())
        assert "(atm)" in last_text(await chat.next())
        assert [text for text, _ in desk.asked] == ["boom"] * 3 + ["atm"]
    backlog, (aside,) = await kept(settings)
    assert (backlog.waiting, backlog.aside) == (0, 1)
    assert aside.fault.startswith("RuntimeError, error ")


async def test_what_cannot_be_read_is_set_aside(server: str) -> None:
    """An update of no known form is kept as it came, set aside with its reason, and holds up nothing behind it."""
    settings = settings_for(server)
    async with on_stage(server, FakeDesk(), settings=settings) as chat:
        await chat.push(message={"message_id": "x", "date": "yesterday", "chat": {"id": 7}})
        await chat.push(edited_message={"message_id": 1})
        assert "(atm)" in last_text(await chat.ask("atm"))
    assert {aside.fault for aside in (await kept(settings))[1]} == {"cannot be read"}


class Once(FakeDesk):
    """Fails at a question's first asking."""

    def ask(self, text: str, now: datetime, context: Context | None = None) -> Answer:
        """Answer at the second asking."""
        if text == "hard" and not [asked for asked, _ in self.asked if asked == "hard"]:
            self.asked.append((text, context))
            raise ZeroDivisionError
        return super().ask(text, now, context)


async def test_what_fails_once_is_answered(server: str) -> None:
    """A failure that passes costs a try and no apology."""
    async with on_stage(server, Once()) as chat:
        assert "(hard)" in last_text(await chat.ask("hard"))
        assert len(await chat.calls("sendMessage")) == 1


async def test_an_outage_sets_nothing_aside(server: str) -> None:
    """While Telegram takes nothing from anybody, tries are not counted: when it is back the question is answered."""
    settings = settings_for(server)
    async with on_stage(server, FakeDesk(), settings=settings) as chat:
        await chat.settle()  # the menus are set
        await chat.fault("sendMessage", "502", times=33)
        assert "(atm)" in last_text(await chat.ask("atm"))
    assert (await kept(settings))[0].aside == 0


async def test_who_blocked_us_and_who_moved_is_remembered(server: str, caplog: pytest.LogCaptureFixture) -> None:
    """A 403 and a migrated group are known after a restart; the group is written to where it is now, the person again when he asks."""
    caplog.set_level(logging.INFO)
    settings, new = settings_for(server), -1009
    async with on_stage(server, FakeDesk(), settings=settings) as chat:
        await chat.fault("sendMessage", "400", description="Bad Request: group chat was upgraded to a supergroup chat",
                         parameters={"migrate_to_chat_id": new})  # fmt: skip
        await chat.push(message=message("/settlement", GROUP))
        assert (await chat.next())["params"]["chat_id"] == new
        await chat.fault("sendMessage", "403")
        await chat.push(message=message("atm"))
        await chat.until(lambda state: state["faults"] == 0)
    assert settings.database_url is not None
    async with await Storage.open(settings.database_url.get_secret_value()) as storage:
        assert storage.reach.blocked(7)
    async with on_stage(server, FakeDesk(), settings=settings) as chat:
        await chat.push(message=message("/settlement", GROUP))
        assert (await chat.next())["params"]["chat_id"] == new
        assert "(atm)" in last_text(await chat.ask("atm"))
    async with await Storage.open(settings.database_url.get_secret_value()) as storage:
        assert not storage.reach.blocked(7)


async def test_a_dialogue_outlives_a_restart(server: str) -> None:
    """Follow-up, reply, edit and a long button go on from what was said before a restart."""
    settings = settings_for(server)
    question = message("atm machines")
    async with on_stage(server, FakeDesk(), settings=settings) as chat:
        await chat.push(message=question)
        first = await chat.next()
        await chat.ask("pilot")
    async with on_stage(server, FakeDesk(), settings=settings) as chat:
        assert "(pilot)" in last_text(await chat.ask("growth"))
        reply: dict[str, Any] = {"reply_to_message": first["result"]}
        assert "(atm)" in last_text(await chat.ask("growth", **reply))
        await chat.push(callback_query=tap(first, "Long"))
        assert "and what did the release say" in last_text(await chat.next("sendMessage"))
        await chat.push(edited_message={**question, "text": "pilot", "edit_date": 1})
        await chat.until(lambda state: any(call["method"] == "editMessageText" for call in state["requests"]))


async def test_the_same_update_twice_is_answered_once(server: str) -> None:
    """What Telegram sends again, because our confirmation was lost, is not answered again."""
    async with on_stage(server, FakeDesk()) as chat:
        await chat.ask("atm")
        taken = await chat.state()
        number = next(call["result"][0]["update_id"] for call in taken["requests"] if call["method"] == "getUpdates" and call["result"])
        await chat.push(update_id=number, message=message("atm"))
        await chat.settle()
        assert len(await chat.calls("sendMessage")) == 1


async def test_the_same_question_in_the_same_dialogue_is_asked_once(server: str) -> None:
    """The desk is asked once for the same words in the same dialogue; another dialogue asks it anew."""
    desk = FakeDesk()
    async with on_stage(server, desk) as chat:
        texts = [last_text(await chat.ask("atm")) for _ in range(4)]
    assert len(set(texts)) == 1
    assert [context.topic for _, context in desk.asked if context is not None] == [None, "atm"]


if os.environ.get("FOOTNOTE_TEST_POSTGRES"):

    async def test_of_two_on_one_database_one_polls(server: str) -> None:
        """Two processes on one PostgreSQL do not fight over polling: one leads, and when it ends the other goes on."""
        async with a_database() as url:
            settings = settings_for(server, database_url=url, lease=1)
            async with on_stage(server, FakeDesk(), settings=settings) as chat:
                other = asyncio.create_task(serve(DiscreetBot(TOKEN, server), FakeDesk(), read_wording(ROOT / "intents"), settings))
                for text in ("atm", "pilot"):
                    assert f"({text})" in last_text(await chat.ask(text))
                assert not [call for call in (await chat.state())["requests"] if "Conflict" in call.get("refused", "")]
                assert len(await chat.calls("deleteWebhook")) == 1
                http = chat.http.base_url
            async with httpx.AsyncClient(base_url=http) as again:
                chat = Client(again)
                await chat.until(lambda state: state["polling"])
                assert "(growth" in last_text(await ask_anew(chat))
                other.cancel()
                await asyncio.gather(other, return_exceptions=True)


async def ask_anew(chat: Client) -> JSON:
    """Ask, and take the last answer."""
    before = len(await chat.calls("sendMessage"))
    await chat.push(message=message("growth of it"))
    state = await chat.until(lambda state: sum(call["method"] == "sendMessage" and call["result"] is not None for call in state["requests"]) > before)
    return next(call for call in reversed(state["requests"]) if call["method"] == "sendMessage")


async def test_a_pump_that_fails_ends_the_bot(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error nobody expected in the inbox ends the bot, which a supervisor starts anew, instead of leaving it deaf."""

    async def fail(*_anything: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.storage.inbox.Inbox.turn", fail)
    with pytest.raises(ZeroDivisionError):
        await asyncio.wait_for(serve(DiscreetBot(TOKEN, server), FakeDesk(), read_wording(ROOT / "intents"), settings_for(server)), 10)
