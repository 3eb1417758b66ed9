"""The webhook and the health port, on real sockets."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot.chat import webhook as module
from bot.chat.connection import DiscreetBot
from bot.chat.health import listening
from bot.chat.metrics import Metrics
from bot.chat.run import run
from bot.chat.serving import serve
from bot.chat.webhook import HEADER, LARGEST, Webhook, secret_of
from bot.chat.wording import read_wording
from bot.errors import SettingsError
from bot.settings import read_settings

from .fake import FakeDesk
from .stage import ROOT, TOKEN, Client, settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.storage.inbox import Arrival

SECRET = "canary-in-the-webhook-secret"  # noqa: S105  (made up, to be looked for)
PATH = "/telegram/hook"
GOOD = {"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}}}


class Taker:
    """Stands where the pump does: takes updates down, or never gets them written."""

    def __init__(self) -> None:
        """Begin with nothing taken."""
        self.taken: list[Arrival] = []
        self.stuck = False

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Take updates."""
        if self.stuck:
            await asyncio.Event().wait()
        self.taken.extend(arrivals)


@asynccontextmanager
async def at_the_door() -> AsyncIterator[tuple[httpx.AsyncClient, Taker, Metrics]]:
    """Give a client, what the door leads to, and what was counted."""
    taker, metrics = Taker(), Metrics()
    door = Webhook(taker, metrics, PATH, SECRET)  # type: ignore[arg-type]  # the pump's stand-in
    async with listening(door.runner(), "127.0.0.1:0", "X") as port, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
        yield http, taker, metrics


def count(metrics: Metrics, end: str) -> float:
    """Read a counter."""
    return metrics.registry.get_sample_value("footnote_webhook_requests_total", {"end": end}) or 0.0


async def post(http: httpx.AsyncClient, body: Any = GOOD, secret: str | None = SECRET, path: str = PATH, method: str = "POST") -> int:  # noqa: ANN401  (JSON or bytes)
    """Send a request; give the status."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {} if secret is None else {HEADER: secret}
    return (await http.request(method, path, content=content, headers=headers)).status_code


@pytest.mark.asyncio
async def test_an_update_with_the_secret_is_taken_as_it_came() -> None:
    """What Telegram posts is handed on, byte for byte, with its chat."""
    body = json.dumps(GOOD, indent=1).encode()
    async with at_the_door() as (http, taker, metrics):
        assert await post(http, body) == 200
        assert [(a.update_id, a.chat, a.payload.encode()) for a in taker.taken] == [(5, 7, body)]
        assert count(metrics, "taken") == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper()])
async def test_without_the_secret_there_is_no_entry(secret: str | None) -> None:
    """Whatever else is right, a missing or wrong secret is 403, on every path and method, and counted."""
    async with at_the_door() as (http, taker, metrics):
        for path, method in ((PATH, "POST"), ("/", "GET"), ("/metrics", "PUT")):
            assert await post(http, GOOD, secret, path, method) == 403
        assert (taker.taken, count(metrics, "secret")) == ([], 3)


BAD = [
    b"", b"{", b"null", b"[]", b"5", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"update_id": ' + b"9" * 5000 + b"}", {}, {"update_id": 5},
    {"message": {}}, {"update_id": "5", "message": {}}, {"update_id": True, "message": {}}, {"update_id": -1, "message": {}},
    {"update_id": 2**63, "message": {}}, {"update_id": 5, "message": []}, {"update_id": 5, "message": {}, "more": {}}, b'{"update_id": NaN, "message": {}}',
]  # fmt: skip


@pytest.mark.asyncio
async def test_what_is_no_update_is_refused() -> None:
    """With the secret, but of another shape, too large, or elsewhere: 400, counted, and nothing is taken."""
    async with at_the_door() as (http, taker, metrics):
        for body in BAD:
            assert (await post(http, body), body) == (400, body)
        assert await post(http, b"x" * (LARGEST + 1)) == 400
        assert await post(http, GOOD, path="/elsewhere") == 400
        assert await post(http, b"", method="GET") == 400
        counted = [count(metrics, end) for end in ("shape", "size", "request")]
        assert (taker.taken, counted) == ([], [len(BAD), 1, 2])


@pytest.mark.asyncio
async def test_a_body_without_an_announced_end_is_bounded_too() -> None:
    """A body sent in pieces is cut off at the bound."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 1000 + 100):
            yield b"x" * 1000

    async with at_the_door() as (http, taker, metrics):
        try:
            status = (await http.post(PATH, content=pieces(), headers={HEADER: SECRET})).status_code
        except httpx.WriteError:  # cut off while we still sent
            status = 400
        assert (status, taker.taken, count(metrics, "size")) == (400, [], 1)


@pytest.mark.asyncio
async def test_a_slow_body_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that does not arrive within the bound is 400."""
    monkeypatch.setattr(module, "READ_SECONDS", 0.1)

    async def slowly() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(1)
        yield b"}"

    async with at_the_door() as (http, _, metrics):
        began = time.monotonic()
        with suppress(httpx.HTTPError):  # the connection may be closed while we still send
            assert (await http.post(PATH, content=slowly(), headers={HEADER: SECRET})).status_code == 400
        assert (count(metrics, "time"), time.monotonic() - began < 3) == (1, True)


@pytest.mark.asyncio
async def test_what_cannot_be_written_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the inbox cannot be written the answer is 503, upon which Telegram sends the update again."""
    monkeypatch.setattr(module, "WRITE_SECONDS", 0.1)
    async with at_the_door() as (http, taker, metrics):
        taker.stuck = True
        assert (await post(http), count(metrics, "unwritten")) == (503, 1)


def test_the_secret_made_from_the_token_tells_nothing_of_it() -> None:
    """It is one that Telegram takes, always the same, and holds no part of the token."""
    secret = secret_of(TOKEN)
    assert secret == secret_of(TOKEN) != secret_of(TOKEN + "x")
    assert len(secret) == 64
    assert "canary" not in secret


@pytest.mark.parametrize("settings", [
    {"webhook_url": "bot.example/x"}, {"webhook_url": "https://b/x", "webhook_secret": "short"}, {"listen": "8080"}, {"health": "127.0.0.1"},
    {"limits": "30"}, {"limits": "-1 0 0"}, {"lease": "0"},
])  # fmt: skip
def test_a_wrong_setting_is_one_clear_message(settings: dict[str, str]) -> None:
    """A webhook's address, secret and ports that are none are refused with the setting's name and not their value."""
    name = list(settings)[-1].upper()
    with pytest.raises(SettingsError, match=f"FOOTNOTE_{name}") as caught:
        run(read_settings({"FOOTNOTE_TOKEN": TOKEN, **{f"FOOTNOTE_{n.upper()}": v for n, v in settings.items()}}), FakeDesk())
    assert "short" not in str(caught.value)


@asynccontextmanager
async def on_stage_by_webhook(address: str) -> AsyncIterator[tuple[Client, str]]:
    """Run the bot with a webhook set at the server; give the client and the health port's address."""
    hook, health = free_port(), free_port()
    settings = settings_for(address, webhook_url=f"http://127.0.0.1:{hook}{PATH}", webhook_secret=SECRET,
                            listen=f"127.0.0.1:{hook}", health=f"127.0.0.1:{health}")  # fmt: skip
    async with httpx.AsyncClient(base_url=address) as http:
        await http.post("/control/reset")
        client = Client(http)
        serving = asyncio.create_task(serve(DiscreetBot(TOKEN, address), FakeDesk(), read_wording(ROOT / "intents"), settings))
        await client.until(lambda state: any(call["method"] == "setWebhook" for call in state["requests"]))
        yield client, f"http://127.0.0.1:{health}"
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        assert (await client.state())["violations"] == []
        await http.post("/control/reset")


def free_port() -> int:
    """Give a port that nothing listens on."""
    import socket  # noqa: PLC0415 - only here

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.asyncio
async def test_the_bot_by_webhook_from_question_to_metrics(server: str, caplog: pytest.LogCaptureFixture) -> None:
    """Updates posted by the server are answered; health says so, metrics count, and neither holds text or secret."""
    caplog.set_level(logging.INFO)
    async with on_stage_by_webhook(server) as (chat, health), httpx.AsyncClient(base_url=health) as http:
        assert "(atm)" in (await chat.ask("atm"))["params"]["text"]
        assert "(pilot)" in (await chat.ask("pilot"))["params"]["text"]
        assert [(await http.get(path)).status_code for path in ("/healthz", "/readyz", "/other")] == [200, 200, 404]
        page = (await http.get("/metrics")).text
        assert 'footnote_questions_total{kind="stated"} 2.0' in page
        assert 'footnote_webhook_requests_total{end="taken"} 2.0' in page
        assert "footnote_queue_age_seconds 0.0" in page
        assert not [word for word in ("pilot", SECRET, TOKEN.partition(":")[2]) if word in page]
    assert SECRET not in caplog.text


@pytest.mark.asyncio
async def test_a_port_that_is_taken_is_one_clear_message() -> None:
    """What cannot be listened on is refused with the setting's name."""
    async with at_the_door() as (http, taker, metrics):
        endpoint = str(http.base_url).removeprefix("http://").rstrip("/")
        door = Webhook(taker, metrics, PATH, SECRET)  # type: ignore[arg-type]  # the pump's stand-in
        with pytest.raises(SettingsError, match=r"FOOTNOTE_LISTEN: 127\.0\.0\.1"):
            async with listening(door.runner(), endpoint, "FOOTNOTE_LISTEN"):
                pass
