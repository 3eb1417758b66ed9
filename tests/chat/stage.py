"""A bot on stage: our bot in this process, Telegram's server in another, and a client to talk through it."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
import time
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from bot.chat.connection import DiscreetBot
from bot.chat.flood import Flood, Limits
from bot.chat.gate import Gate
from bot.chat.serving import serve
from bot.chat.wording import read_wording
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

    from bot.chat.service import Answering

ROOT = Path(__file__).parents[2]
TABLE = ROOT.parent / "shared" / "botapi" / "api.json"
TOKEN = "4242:canary-in-the-token-AAAA"  # noqa: S105  (a made-up token for the local server)
BOT = {"id": 4242, "is_bot": True, "first_name": "Footnote", "username": "footnote_bot"}
ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "en"}
WEI = {"id": 8, "is_bot": False, "first_name": "Wei", "language_code": "zh-hans"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP = {"id": -100, "type": "supergroup", "title": "Desk"}
PATIENCE = 15.0
JSON = dict[str, Any]


@contextmanager
def running_server(*, checked: bool = True) -> Iterator[str]:
    """Run the server in its own process; give its address. Unless ``checked`` it takes any request, which is faster."""
    table = ["--api", str(TABLE)] if checked and TABLE.exists() else []
    command = [sys.executable, "-m", f"{__package__}.server", "--token", TOKEN, *table]
    top = Path(__file__).parents[str(__package__).count(".") + 1]  # the folder that the package is found from
    with subprocess.Popen(command, cwd=top, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


def message(text: str, chat: JSON = PRIVATE, sender: JSON = ANN, **fields: Any) -> JSON:  # noqa: ANN401  (JSON of any shape)
    """Make a message as Telegram sends it, with its commands and mentions marked as entities."""
    entities = []
    for found in re.finditer(r"(?<!\S)(?:(/)|@)[\w@]+", text):
        offset = len(text[: found.start()].encode("utf-16-le")) // 2
        entities.append({"type": "bot_command" if found[1] else "mention", "offset": offset, "length": len(found[0])})
    base = {"message_id": next(NUMBERS), "date": int(time.time()), "chat": chat, "from": sender, "text": text}
    return {**base, **({"entities": entities} if entities else {}), **fields}


NUMBERS = iter(range(1, 1_000_000))
UPDATES = iter(range(1, 10**9, 1000))  # where each stage's update and message ids begin: Telegram never gives one again


@dataclass
class Client:
    """A person's side of the chat, and what the server saw."""

    http: httpx.AsyncClient
    seen: int = 0
    last: JSON = field(default_factory=dict)

    async def push(self, **update: JSON) -> None:
        """Let one update arrive."""
        (await self.http.post("/control/push", json=[update])).raise_for_status()

    async def state(self) -> JSON:
        """Give what the server saw."""
        return dict((await self.http.get("/control/state")).json())

    async def fault(self, method: str, kind: str, **details: int | str | dict[str, int]) -> None:
        """Order a fault."""
        await self.http.post("/control/fault", json={"method": method, "kind": kind, **details})

    async def calls(self, method: str) -> list[JSON]:
        """Give the calls of a method, oldest first."""
        return [call for call in (await self.state())["requests"] if call["method"] == method]

    async def until(self, ready: Callable[[JSON], bool]) -> JSON:
        """Wait until the server's state satisfies ``ready``."""
        end = time.monotonic() + PATIENCE
        while not ready(state := await self.state()):
            assert time.monotonic() < end, state["requests"][-5:]
            await asyncio.sleep(0.01)
        return state

    async def next(self, *methods: str) -> JSON:
        """Wait for the next successful call of one of the methods; give it."""
        wanted = methods or ("sendMessage", "editMessageText")

        def calls(state: JSON) -> list[JSON]:
            return [c for c in state["requests"][self.seen :] if c["method"] in wanted and c["result"] is not None]

        state = await self.until(lambda state: bool(calls(state)))
        call = calls(state)[0]
        self.seen = state["requests"].index(call) + 1
        return call

    async def ask(self, text: str, **fields: Any) -> JSON:  # noqa: ANN401  (JSON of any shape)
        """Send a message in the private chat and wait for the answer."""
        await self.push(message=message(text, **fields))
        return await self.next()

    async def settle(self) -> JSON:
        """Wait until every update so far was taken and nothing more is sent; give the state."""
        await self.until(lambda state: state["waiting"] == 0 or state["polling"])
        await asyncio.sleep(0.15)
        return await self.state()


def settings_for(address: str, **more: Any) -> Settings:  # noqa: ANN401  (settings of any type)
    """Give the settings of a bot on stage: a database in a new folder, no port for health unless said."""
    folder = tempfile.mkdtemp(prefix="footnote-")
    kept = f"sqlite:///{folder}/kept.sqlite3"
    return Settings.model_validate({"api_url": address, "health": "off", "database_url": kept, "limits": "0 0 0", "questions": "0 0", "phrases": f"{folder}/phrases.yaml", **more})


@asynccontextmanager
async def on_stage(
    address: str, desk: Answering, faults: Sequence[tuple[str, str]] = (), settings: Settings | None = None
) -> AsyncIterator[Client]:
    """Run the bot against the server; at the end no request may have broken a rule of the Bot API.

    ``faults`` (method, kind) stand for good, from before the bot starts.
    """
    settings = settings or settings_for(address)
    async with httpx.AsyncClient(base_url=address) as http:
        first = next(UPDATES)
        await http.post("/control/reset", json={"next_update": first, "next_message": 100_000 + first})
        bot = DiscreetBot(TOKEN, address, Gate(Flood(Limits(*map(float, settings.limits.split())))))
        client = Client(http)
        for method, kind in faults:
            await client.fault(method, kind, times=1000)
        serving = asyncio.create_task(serve(bot, desk, read_wording(ROOT / "intents"), settings))
        try:
            await client.until(lambda state: state["polling"] or serving.done())
            yield client
            if faults:
                await asyncio.wait([serving], timeout=PATIENCE)
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
            client.last = await client.state()
        assert client.last["violations"] == []
