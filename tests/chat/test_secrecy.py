"""The token stays out of logs, tracebacks and reprs, whatever happens."""

from __future__ import annotations

import asyncio
import io
import logging
import traceback
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import httpx
import pytest
from telegram.error import TelegramError as LibraryError

from bot.chat import connection, sending
from bot.chat.connection import DiscreetBot
from bot.chat.run import run
from bot.chat.secrecy import MASK, kept_secret
from bot.chat.serving import serve
from bot.chat.webhook import HEADER
from bot.chat.wording import read_wording
from bot.errors import StorageError, TelegramError
from bot.settings import read_settings
from tests.delivery.replicas import free_ports

from .fake import FakeDesk
from .stage import JSON, ROOT, TOKEN, Client, message, on_stage, settings_for

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = TOKEN.partition(":")[2]
HOOK_SECRET = "canary-in-the-webhook-secret"  # noqa: S105  (made up, to be looked for)
NO_DATABASE = "postgresql://canary-user:canary-password@127.0.0.1:9/none"  # the discard port: nothing listens
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


def test_no_secret_is_in_the_settings_repr() -> None:
    """Token, webhook secret and database password are in no repr of the settings."""
    settings = read_settings({"FOOTNOTE_TOKEN": TOKEN, "FOOTNOTE_WEBHOOK_SECRET": HOOK_SECRET, "FOOTNOTE_DATABASE_URL": NO_DATABASE})
    assert "canary" not in f"{settings!r} {settings}"


def test_a_database_that_is_not_there_keeps_the_password() -> None:
    """A database that cannot be reached ends the bot with one message; password and user are in it and in the log nowhere."""
    settings = {"FOOTNOTE_TOKEN": TOKEN, "FOOTNOTE_DATABASE_URL": NO_DATABASE, "FOOTNOTE_API_URL": "http://127.0.0.1:9"}
    with every_line_logged() as written, pytest.raises(StorageError) as caught:
        run(read_settings(settings), FakeDesk())
    assert "canary" not in "".join(traceback.format_exception(caught.value)) + written.getvalue()
    assert "127.0.0.1:9" in str(caught.value)


@pytest.mark.asyncio
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("kind", ["400", "429", "500", "garbage", "drop"])
async def test_webhook_secret_is_in_no_log_line(server: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At DEBUG, while setting the webhook fails and strangers knock with other secrets, no logger writes ours."""
    for module in (connection, sending):
        monkeypatch.setattr(module, "pause", lambda _tries: 0.01)
    port = free_ports(1)[0]
    hook = {"webhook_url": f"http://127.0.0.1:{port}/hook", "webhook_secret": HOOK_SECRET, "listen": f"127.0.0.1:{port}"}
    with every_line_logged() as written, kept_secret(TOKEN, HOOK_SECRET):
        async with httpx.AsyncClient(base_url=server) as http:
            await http.post("/control/reset")
            client = Client(http)
            await client.fault("setWebhook", kind, times=2)
            settings = settings_for(server, **hook)
            serving = asyncio.create_task(serve(DiscreetBot(TOKEN, server), FakeDesk(), read_wording(ROOT / "intents"), settings))
            await client.until(lambda state: state["faults"] == 0 and any(c["method"] == "setWebhook" and c["result"] for c in state["requests"]))
            answer = await http.post(hook["webhook_url"], headers={HEADER: "wrong"}, json={})
            assert "(atm)" in (await client.ask("atm"))["params"]["text"]
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            await http.post("/control/reset")
    assert (answer.status_code, answer.text) == (403, "")
    assert "canary" not in written.getvalue()


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
