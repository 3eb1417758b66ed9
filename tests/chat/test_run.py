"""The command ``run``, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from typing import IO, TYPE_CHECKING

import httpx
import pytest

from bot.chat.run import run
from bot.errors import SettingsError
from bot.settings import read_settings
from tests.delivery.replicas import a_database, free_ports

from .fake import FakeDesk
from .stage import ROOT, TOKEN, Client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = TOKEN.partition(":")[2]
NOWHERE = "http://127.0.0.1:9"  # the discard port: nothing listens


def start(to: IO[str] | int = subprocess.PIPE, **settings: str) -> subprocess.Popen[str]:
    """Start the bot as a person would; what it writes goes ``to`` a file."""
    settings.setdefault("database_url", f"sqlite:///{tempfile.mkdtemp(prefix='footnote-')}/kept.sqlite3")
    environment = {f"FOOTNOTE_{name.upper()}": value for name, value in {"health": "off", **settings}.items()}
    command = [sys.executable, "-m", "bot", "run"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=to, text=True
    )


@pytest.fixture
def fresh(server: str) -> Iterator[str]:
    """Give the server with nothing left of other tests."""
    httpx.post(f"{server}/control/reset")
    yield server
    httpx.post(f"{server}/control/reset")


NO_TOKENS = [None, " ", "12345", "12345:", "12345:a b", "12345:абв", "x:AAA", "1:a\nb", "1:a/../b"]


@pytest.mark.parametrize("token", NO_TOKENS)
def test_a_token_that_is_none(token: str | None) -> None:
    """Without a token, or with something else in its place, one message names the setting and the remedy."""
    settings = read_settings({} if token is None else {"FOOTNOTE_TOKEN": token})
    with pytest.raises(SettingsError, match=r"FOOTNOTE_TOKEN .* @BotFather") as caught:
        run(settings, FakeDesk())
    assert token is None or not token.strip() or token not in str(caught.value)


@pytest.mark.parametrize("url", ["api.telegram.org", "ftp://api.telegram.org", "https://", "https://a b/", "http://a\nb"])
def test_an_address_that_is_none(url: str) -> None:
    """What is no server's address is refused with the setting's name, not tried for ever."""
    settings = read_settings({"FOOTNOTE_TOKEN": TOKEN, "FOOTNOTE_API_URL": url})
    with pytest.raises(SettingsError, match="FOOTNOTE_API_URL"):
        run(settings, FakeDesk())


@pytest.mark.parametrize(("token", "url", "words"), [
    ("", "", "FOOTNOTE_TOKEN is not set"), ("4242:another-bots-canary", "", "FOOTNOTE_TOKEN: copy it again"),
])  # fmt: skip
def test_refusals_end_with_status_two(fresh: str, token: str, url: str, words: str) -> None:
    """A missing or refused token ends the command with status 2 and one line, with no trace and no token."""
    with start(token=token, api_url=url or fresh, log_level="CRITICAL") as process:
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 2
    assert words in errors
    assert len(errors.strip().splitlines()) == 1
    assert "canary" not in errors


def test_no_network_is_retried_until_told_to_stop() -> None:
    """Without a network the bot says so, naming the setting, tries again, and ends when told to."""
    with start(token=TOKEN, api_url=NOWHERE) as process:
        assert process.stderr is not None
        lines = [process.stderr.readline() for _ in range(2)]
        process.send_signal(signal.SIGTERM)
        _, rest = process.communicate(timeout=30)
    assert all("FOOTNOTE_API_URL" in line and "again in" in line for line in lines)
    assert process.returncode == 0
    assert SECRET not in "".join(lines) + rest


def test_answers_and_stops(fresh: str) -> None:
    """The command answers a question from the repo's releases, writes no token at DEBUG, and ends on SIGTERM."""
    with start(token=TOKEN, api_url=fresh, log_level="DEBUG", log_texts="true") as process:
        try:
            call = asyncio.run(ask(fresh, "how much yuan was settled across borders in 2024?"))
        finally:
            process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            _, errors = process.communicate(timeout=30)
    assert "400 billion yuan" in call
    assert process.returncode == 0
    assert time.monotonic() - began < 12
    assert "sendMessage" in errors
    assert SECRET not in errors


if os.environ.get("FOOTNOTE_TEST_POSTGRES"):

    @pytest.mark.asyncio
    async def test_on_a_server_no_password_is_written(fresh: str, tmp_path: Path) -> None:
        """On PostgreSQL by webhook, at DEBUG, an answer is given and neither token, secret nor password is written."""
        port, log = free_ports(1)[0], tmp_path / "log"
        async with a_database() as url:
            with_password = url.replace("postgres@", "postgres:canary-in-the-password@")
            hook = {"webhook_url": f"http://127.0.0.1:{port}/hook", "webhook_secret": "canary-in-the-webhook", "listen": f"127.0.0.1:{port}"}
            with log.open("w") as written, start(token=TOKEN, api_url=fresh, log_level="DEBUG", database_url=with_password, to=written, **hook) as process:
                answer = await ask(fresh, "how much yuan was settled across borders in 2024?")
                process.send_signal(signal.SIGTERM)
                await asyncio.to_thread(process.wait, 30)
        assert "400 billion yuan" in answer
        assert process.returncode == 0
        assert '"level": "DEBUG"' in log.read_text()
        assert "canary" not in log.read_text()


async def ask(address: str, text: str) -> str:
    """Ask the bot at the other end of the server."""
    async with httpx.AsyncClient(base_url=address) as http:
        client = Client(http)
        return str((await client.ask(text))["params"]["text"])
