"""What goes wrong: on our side, on Telegram's, on the way."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from typing import TYPE_CHECKING

import pytest

from bot.chat import connection, sending
from bot.chat.connection import CONFLICTS, DiscreetBot
from bot.chat.serving import serve
from bot.chat.wording import read_wording
from bot.errors import TelegramError

from .fake import FakeDesk
from .stage import GROUP, JSON, ROOT, TOKEN, message, on_stage, settings_for

if TYPE_CHECKING:
    from collections.abc import Callable

# the library warns whenever Telegram asks to wait, whichever way the wait is read
QUIET = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
pytestmark = [pytest.mark.asyncio, QUIET]


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry at once: the pauses' length has its own test."""
    soon: Callable[[int], float] = lambda _tries: 0.01  # noqa: E731  (a stand-in for a function)
    monkeypatch.setattr(sending, "pause", soon)
    monkeypatch.setattr(connection, "pause", soon)


async def test_apology_and_log_carry_the_same_id(server: str, caplog: pytest.LogCaptureFixture) -> None:
    """An unexpected error gives the person a short apology with an id, and the log the trace with the same id."""
    async with on_stage(server, FakeDesk()) as chat:
        text = (await chat.ask("boom"))["params"]["text"]
        found = re.search(r"noted under ([0-9a-f]{8})", text)
        assert found
        record = next(record for record in caplog.records if found[1] in record.getMessage())
        assert "the desk fell over" in str(record.exc_info)
        assert "fell over" not in text
        assert "(atm)" in (await chat.ask("atm"))["params"]["text"]


@pytest.mark.parametrize("kind", ["500", "502", "garbage", "drop"])
@pytest.mark.parametrize("method", ["sendMessage", "getUpdates", "answerCallbackQuery", "*"])
async def test_faulty_network_is_retried(server: str, method: str, kind: str) -> None:
    """A server error, a gateway's page or a broken connection delays an answer and loses none."""
    async with on_stage(server, FakeDesk()) as chat:
        await chat.fault(method, kind, times=3)
        assert "(atm)" in (await chat.ask("atm"))["params"]["text"]


async def test_wait_is_obeyed_and_holds_up_no_other_chat(server: str) -> None:
    """Told to wait, the bot waits as long as it is told; other chats are answered meanwhile."""
    async with on_stage(server, FakeDesk()) as chat:
        await chat.fault("sendMessage", "429", retry_after=2)
        began = time.monotonic()
        await chat.push(message=message("atm"))
        await chat.push(message=message("pilot"))
        await chat.push(message=message("/settlement", GROUP))
        order = [(await chat.next())["params"]["text"] for _ in range(3)]
        assert ["settlement" in order[0], "(atm)" in order[1], "(pilot)" in order[2]] == [True, True, True]
        assert time.monotonic() - began >= 2


async def test_forbidden_is_no_error(server: str, caplog: pytest.LogCaptureFixture) -> None:
    """A person who blocked the bot costs one line in the log, no retry, and nobody else's answer."""
    caplog.set_level(logging.INFO)
    async with on_stage(server, FakeDesk()) as chat:
        await chat.fault("sendMessage", "403")
        await chat.push(message=message("atm"))
        assert "(pilot)" in (await chat.ask("pilot"))["params"]["text"]
        assert len(await chat.calls("sendMessage")) == 2
        assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_refused_html_goes_out_as_plain_text(server: str, caplog: pytest.LogCaptureFixture) -> None:
    """HTML that Telegram refuses is sent as plain text, and logged."""
    async with on_stage(server, FakeDesk()) as chat:
        await chat.fault("sendMessage", "400", description="Bad Request: can't parse entities: odd tag")
        call = await chat.ask("atm")
        assert "parse_mode" not in call["params"]
        assert call["params"]["reply_markup"]
        assert call["params"]["text"].startswith("About atm <&>\nyou asked")
        assert "odd tag" in caplog.text


async def test_refused_buttons_are_left_out(server: str) -> None:
    """When Telegram refuses the message in plain text too, it goes out without buttons rather than not at all."""
    async with on_stage(server, FakeDesk()) as chat:
        await chat.fault("sendMessage", "400", times=2, description="Bad Request: BUTTON_URL_INVALID")
        call = await chat.ask("atm")
        assert "reply_markup" not in call["params"]
        assert "(atm)" in call["params"]["text"]


async def test_expired_tap_is_no_error(server: str, caplog: pytest.LogCaptureFixture) -> None:
    """A tap too old to acknowledge is answered all the same."""
    async with on_stage(server, FakeDesk()) as chat:
        first = await chat.ask("atm")
        await chat.fault("answerCallbackQuery", "400", description="Bad Request: query is too old")
        tap = {"id": "1", "from": message("x")["from"], "chat_instance": "c", "message": first["result"]}
        await chat.push(callback_query={**tap, "data": "q:growth"})
        assert "(atm)" in (await chat.next())["params"]["text"]
        assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_answer_that_is_gone_is_sent_anew(server: str) -> None:
    """An edited question whose answer was deleted gets a new answer."""
    async with on_stage(server, FakeDesk()) as chat:
        question = message("atm")
        await chat.push(message=question)
        await chat.next()
        await chat.fault("editMessageText", "400", description="Bad Request: message to edit not found")
        await chat.push(edited_message={**question, "text": "pilot", "edit_date": 1})
        assert (await chat.next())["method"] == "sendMessage"


async def test_unreadable_update_holds_up_nothing(server: str, caplog: pytest.LogCaptureFixture) -> None:
    """An update that cannot be read is logged and passed over; those behind it are answered."""
    async with on_stage(server, FakeDesk()) as chat:
        await chat.push(message={"message_id": "x", "date": "yesterday", "chat": 5})
        assert "(atm)" in (await chat.ask("atm"))["params"]["text"]
        assert "cannot be read" in caplog.text


async def test_stop_finishes_and_confirms(server: str) -> None:
    """Told to stop, the bot finishes what it took and confirms it, so that nothing is answered twice."""
    async with on_stage(server, FakeDesk()) as chat:
        await chat.fault("sendMessage", "429", retry_after=1)
        await chat.push(message=message("atm"))
        await chat.until(lambda state: any(call.get("fault") for call in state["requests"]))
    state = chat.last
    assert [call["params"]["timeout"] for call in state["requests"] if call["method"] == "getUpdates"][-1] == 0
    assert "(atm)" in state["requests"][-2]["params"]["text"]
    assert state["waiting"] == 0


@pytest.mark.parametrize(("method", "kind", "words"), [
    ("getMe", "401", "FOOTNOTE_TOKEN"), ("getMe", "404", "@BotFather"), ("getUpdates", "401", "FOOTNOTE_TOKEN"),
    ("getUpdates", "409", "Another process"),
])  # fmt: skip
async def test_refusal_is_one_clear_message(server: str, method: str, kind: str, words: str) -> None:
    """A token that Telegram refuses and a second poller end the bot with a message naming setting and remedy."""
    with pytest.raises(TelegramError) as caught:
        async with on_stage(server, FakeDesk(), faults=((method, kind),)):
            pass
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert TOKEN not in repr(caught.value)
    assert caught.value.__context__ is None


async def test_two_pollers_leave_one(server: str) -> None:
    """Of two bots with one token, one ends with a clear message and the other goes on answering."""
    answered: list[str] = []
    with pytest.raises(TelegramError, match="Another process"):
        await play_with_two(server, answered)
    assert "(atm)" in answered[0]


async def play_with_two(address: str, answered: list[str]) -> None:
    """Start a second bot beside the one on stage, and ask once one of them has given up."""
    async with on_stage(address, FakeDesk()) as chat:
        words = read_wording(ROOT / "intents")
        second = asyncio.create_task(serve(DiscreetBot(TOKEN, address), FakeDesk(), words, settings_for(address)))
        await chat.until(lambda state: conflicts(state) >= CONFLICTS + 2)
        answered.append((await chat.ask("atm"))["params"]["text"])
        second.cancel()
        await asyncio.wait([second])


def conflicts(state: JSON) -> int:
    """Count the polls that were sent away."""
    return sum("Conflict" in call.get("refused", "") for call in state["requests"])


async def test_one_conflict_is_no_second_poller(server: str) -> None:
    """A poller that just ended may cause a conflict or two; the bot goes on."""
    async with on_stage(server, FakeDesk()) as chat:
        await chat.fault("getUpdates", "409", times=2)
        assert "(atm)" in (await chat.ask("atm"))["params"]["text"]
