"""The token stays out of logs, tracebacks and reprs, whatever happens."""

from __future__ import annotations

import io
import logging
import traceback
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from telegram.error import TelegramError as LibraryError

from bot.chat import connection, sending
from bot.chat.connection import DiscreetBot
from bot.chat.run import run
from bot.chat.secrecy import MASK, kept_secret
from bot.errors import TelegramError
from bot.settings import read_settings

from .fake import FakeDesk
from .stage import JSON, TOKEN, message, on_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = TOKEN.partition(":")[2]
FATAL = ("401", "403", "404", "409")
FAULTS = ["401", "403", "404", "409", "429", "500", "garbage", "drop", "hang"]


@contextmanager
def every_line_logged() -> Iterator[io.StringIO]:
    """Log everything at DEBUG, with traces, on the root's handler and on one of the HTTP client's own."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root, client = logging.getLogger(), logging.getLogger("httpx")
    level = root.level
    root.addHandler(handler)
    client.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        client.removeHandler(handler)
        root.setLevel(level)


@pytest.mark.asyncio
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("kind", FAULTS)
async def test_token_is_in_no_log_line(server: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At DEBUG, through every fault, no logger writes the token or its secret half, though it would have."""
    for module in (connection, sending):
        monkeypatch.setattr(module, "pause", lambda _tries: 0.01)
    with every_line_logged() as written, kept_secret(TOKEN), suppress(TelegramError):
        async with on_stage(server, FakeDesk()) as chat:
            for method, times in (("getMe", 1), ("sendMessage", 2), ("getUpdates", 3)):
                await chat.fault(method, kind, times=times, retry_after=1 if kind == "429" else 0)
            bot = DiscreetBot(TOKEN, server)
            try:
                await bot.initialize()
            except LibraryError:
                logging.getLogger("any").exception("no start")
            await bot.shutdown()
            await chat.push(message=message("boom"))
            await chat.until(lambda state: state["faults"] == 0 or (kind in FATAL and faulty(state, "getUpdates")))
    assert SECRET not in written.getvalue()
    assert MASK in written.getvalue()
    assert "Traceback" in written.getvalue()


def faulty(state: JSON, method: str) -> bool:
    """Tell whether a fault struck the method."""
    return any(call["method"] == method and call.get("fault") for call in state["requests"])


def refused() -> None:
    """Fail as a library might, with the token in the message."""
    try:
        int(TOKEN)
    except ValueError as error:
        message = f"the token {TOKEN} was refused"
        raise RuntimeError(message) from error


def test_token_is_in_no_traceback() -> None:
    """A logged error is written without the token, in its message, its arguments or the errors it came from."""
    with every_line_logged() as written, kept_secret(TOKEN):
        try:
            refused()
        except RuntimeError:
            logging.getLogger("any").exception("failed with %s", TOKEN)
    assert written.getvalue().count("Traceback") == 2
    assert SECRET not in written.getvalue()


def test_unexpected_end_keeps_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected error that ends the bot is one message with an id; its trace is in the log, without the token."""

    async def fail(*_anything: object) -> None:
        refused()

    monkeypatch.setattr(DiscreetBot, "initialize", fail)
    with every_line_logged() as written, pytest.raises(TelegramError) as caught:
        run(read_settings({"FOOTNOTE_TOKEN": TOKEN, "FOOTNOTE_API_URL": "http://127.0.0.1:9"}), FakeDesk())
    number = str(caught.value).partition("error, ")[2][:8]
    assert f"error {number}" in written.getvalue()
    assert "was refused" in written.getvalue()
    assert SECRET not in "".join(traceback.format_exception(caught.value)) + written.getvalue()


def test_everything_is_put_back() -> None:
    """After the guarded block, logging is as before."""
    before = logging.getLogRecordFactory()
    with kept_secret(TOKEN):
        assert logging.getLogRecordFactory() is not before
    assert logging.getLogRecordFactory() is before


def test_token_is_in_no_repr() -> None:
    """The bot's repr and string are without its token."""
    bot = DiscreetBot(TOKEN, "http://127.0.0.1:1")
    assert SECRET not in f"{bot!r} {bot}"


def test_records_without_the_token_are_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    """A record that holds no secret keeps its message, arguments and error, for handlers that format their own way."""
    with kept_secret(TOKEN):
        try:
            int("about settlement")
        except ValueError:
            logging.getLogger("any").exception("about %s", "settlement")
    record = caplog.records[-1]
    assert record.args == ("settlement",)
    assert record.exc_info is not None
