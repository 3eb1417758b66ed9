"""A load on a Bot API server of its own: group questions pushed as fast as they are answered, and what came of them."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from tests.chat.stage import ROOT, TOKEN, running_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

CHATS = 40
SENDER = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "en"}
TICK = 0.02
FAKE, REAL = "tests.delivery.bot", "bot"


def start(settings: Mapping[str, str], module: str = FAKE) -> subprocess.Popen[bytes]:
    """Start a bot."""
    environment = {f"FOOTNOTE_{name.upper()}": value for name, value in {"token": TOKEN, "limits": "0 0 0", "questions": "0 0", "health": "off", "log_level": "ERROR", **settings}.items()}
    command = [sys.executable, "-m", module, *(["run"] if module == REAL else [])]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


def question(number: int, chats: int = CHATS) -> dict[str, Any]:
    """Make the update of a number: a command in one of the groups, whose message has the update's number."""
    chat = {"id": -1000 - number % chats, "type": "supergroup", "title": "Desk"}
    text = "/settlement@footnote_bot"
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    message = {"message_id": number, "date": 1, "chat": chat, "from": SENDER, "text": text, "entities": entities}
    return {"update_id": number, "message": message}


@dataclass
class Load:
    """Pushes questions and reads the server's journal of accepted answers."""

    http: httpx.AsyncClient
    address: str
    outstanding: int = 300
    chats: int = CHATS
    pushed: int = 0
    order: list[tuple[int, int]] = field(default_factory=list)  # (chat, question) as accepted
    answers: Counter[int] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    untaken: int = 0  # updates that the server still has
    pushing: bool = True
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """Keep so many questions outstanding until told to push no more and all are answered."""
        while self.pushing or len(self.answers) < self.pushed:
            await self.read()
            room = self.outstanding - (self.pushed - len(self.answers))
            if self.pushing and room > 0:
                first = self.pushed + 1
                await self.http.post("/control/push", json=[question(number, self.chats) for number in range(first, first + room)])
                self.pushed += room
            await asyncio.sleep(TICK)

    async def read(self) -> None:
        """Read what was accepted since the last time; one reader at a time, or an answer would be read twice and another never."""
        async with self.reading:
            await self._read()

    async def _read(self) -> None:
        journal = (await self.http.get("/control/journal", params={"from": len(self.order)})).json()
        self.order += [(chat, number) for chat, number, _ in journal["accepted"]]
        self.answers.update(number for _, number, _ in journal["accepted"])
        self.violations, self.untaken = journal["violations"], journal["waiting"]

    async def finish(self, loading: asyncio.Task[None], within: float) -> list[int]:
        """Push no more and wait for what is outstanding; give the questions that no answer came to."""
        self.pushing = False
        try:
            await asyncio.wait_for(loading, within)
        except TimeoutError:
            await self.read()
        return [number for number in range(1, self.pushed + 1) if not self.answers[number]]

    @property
    def twice(self) -> set[int]:
        """The questions answered more than once."""
        return {number for number, times in self.answers.items() if times > 1}

    @property
    def disorder(self) -> int:
        """How many answers came after one to a later question of the same chat."""
        latest: Counter[int] = Counter()
        found = 0
        for chat, number in self.order:
            found += number < latest[chat]
            latest[chat] = max(latest[chat], number)
        return found


@asynccontextmanager
async def load(outstanding: int = 300, chats: int = CHATS) -> AsyncIterator[Load]:
    """Give a load on a server of its own."""
    with running_server() as address:
        async with httpx.AsyncClient(base_url=address, timeout=30) as http:
            await http.post("/control/reset", json={"lean": True})
            yield Load(http, address, outstanding, chats)
