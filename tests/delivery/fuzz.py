"""``make fuzz``: 100,000 generated updates and mutated bytes at the webhook of the real bot.

Updates are made from the Bot API's own table: half keep to it in every field, the rest have values of wrong types here
and there; between them come updates whose bytes were changed, cut and doubled, and requests with a wrong secret, path or
method. The bot must stay up, answer every request with 200, 400 or 403, raise nothing over an update that keeps to the
table, send nothing that the table forbids, end with an empty inbox, and grow no further.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import httpx

from tests.chat.server.table import Table
from tests.chat.stage import ROOT, TABLE, TOKEN, running_server
from tests.chat.updates import Maker
from tests.delivery.memory import resident
from tests.delivery.replicas import free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT, AT_ONCE, PATIENCE = 100_000, 32, 600.0
BOUND, EARLY = 1.10, 0.5  # memory at the end against that at half way, when what is bounded is full
SECRET = "a-secret-of-the-fuzz-run"  # noqa: S105 - a made-up secret
PATH = "/telegram"
FAILED = re.compile(r"update (\d+) (?:failed|is set aside: (?!cannot be read))")
UNREAD = re.compile(r"update (\d+) is set aside: cannot be read")
SURPRISES = ("never retrieved", "the job", "the bot stopped", "Unhandled", "Error handling request", "could not be answered; reference")
ODD_FROM = 1_000_000_000  # ids from here on are of updates that do not keep to the table


@dataclass
class Verdict:
    """What the run found."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    broken: int = 0
    failed: int = 0
    odd_failed: int = 0
    surprises: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    waiting: int = 0
    unread: int = 0
    answers: int = 0
    early: int = 1
    late: int = 1
    alive: bool = False

    @property
    def growth(self) -> float:
        """Memory at the end against that at half way."""
        return self.late / self.early

    def sound(self, bound: float = BOUND) -> bool:
        """Whether every promise was kept."""
        wrong = self.broken or self.failed or self.surprises or self.violations or self.waiting or not self.answers or set(self.statuses) - {200, 400, 403}
        return self.alive and not wrong and self.growth <= bound

    def __str__(self) -> str:
        """Print the counts."""
        statuses = ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        return (
            f"{self.sent} requests at the webhook ({statuses}), {self.broken} without an answer; the bot is {'up' if self.alive else 'DOWN'}.\n"
            f"Updates that keep to the table and failed: {self.failed}; other ones set aside: {self.unread} that cannot be read, {self.odd_failed} after their tries. Messages sent: {self.answers}.\n"
            f"Unhandled: {len(self.surprises)} {self.surprises[:3]}; requests against the Bot API's rules: {len(self.violations)} {self.violations[:3]}.\n"
            f"Left in the inbox: {self.waiting}. Memory: {self.early / 1024:.1f} MB half way, {self.late / 1024:.1f} MB at the end, ratio {self.growth:.3f} (bound {BOUND:.2f})."
        )


def mutated(body: bytes, chance: Random) -> bytes:
    """Change, drop, double or insert bytes here and there."""
    data = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data)) if data else 0
        match chance.randrange(5):
            case 0 if data:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 40)]
            case 2:
                data[at:at] = data[at : at + chance.randint(1, 40)]
            case 3:
                data[at:at] = chance.choice((b'"', b"{", b"[", b"\x00", b"\xff", b"9" * 30, b"\\ud800", b"null", b"-1", b"[" * 200))
            case _:
                del data[at:]
    return bytes(data)


@dataclass
class Requests:
    """Makes requests by chance: (method, path, headers, body)."""

    chance: Random
    table: Table

    def __post_init__(self) -> None:
        """Make the makers of updates, one that keeps to the table and one that does not."""
        kinds = tuple(f["name"] for f in self.table.types["Update"]["fields"] if f["name"] != "update_id")
        self._sound = Maker(self.table, self.chance)
        self._any = Maker(self.table, self.chance, kinds=kinds)
        self._odd = Maker(self.table, self.chance, odd=0.02, kinds=kinds)

    def make(self, number: int) -> tuple[str, str, dict[str, str], bytes]:
        """Make one."""
        dice, secret = self.chance.random(), {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
        if dice < 0.5:
            return "POST", PATH, secret, _json((self._sound if dice < 0.4 else self._any).update(number))
        if dice < 0.75:
            return "POST", PATH, secret, _json(self._odd.update(ODD_FROM + number))
        if dice < 0.97:
            return "POST", PATH, secret, mutated(_json(self._sound.update(ODD_FROM + number)), self.chance)
        body = _json(self._sound.update(ODD_FROM + number))
        return self.chance.choice((
            ("POST", PATH, {}, body), ("POST", PATH, {**secret, "X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}, body), ("GET", PATH, secret, b""),
            ("PUT", PATH, secret, body), ("POST", "/other", secret, body), ("POST", PATH, secret, b"[" * 100_000), ("POST", PATH, secret, body + b" " * 600_000),
        ))  # fmt: skip


def _json(update: dict[str, Any]) -> bytes:
    return json.dumps(update, ensure_ascii=False).encode("utf-8", "surrogatepass")


async def trial(count: int = COUNT, seed: int = 0) -> Verdict:
    """Send so many requests; give what was found."""
    (hook, health), verdict = free_ports(2), Verdict()
    requests = Requests(Random(seed), Table.read(TABLE))
    with tempfile.TemporaryDirectory() as folder, running_server() as address, (Path(folder) / "log").open("wb") as log:
        with running(folder, address, hook, health, log) as bot:
            async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=AT_ONCE)) as http:
                await http.post(f"{address}/control/reset", json={"lean": True})
                await until(http, f"http://127.0.0.1:{health}/readyz", lambda text: text == "ready\n")
                for share in (EARLY, 1 - EARLY):
                    await send(http, f"http://127.0.0.1:{hook}", requests, int(count * share), verdict)
                    verdict.waiting = await drained(http, f"http://127.0.0.1:{health}/metrics")
                    verdict.alive = bot.poll() is None
                    verdict.early, verdict.late = (verdict.late if verdict.late > 1 else resident(bot)), resident(bot)
                verdict.answers = len((await http.get(f"{address}/control/journal", params={"from": 0})).json()["accepted"])
                verdict.violations = (await http.get(f"{address}/control/state")).json()["violations"]
        read_log(Path(folder) / "log", verdict)
    return verdict


async def send(http: httpx.AsyncClient, url: str, requests: Requests, count: int, verdict: Verdict) -> None:
    """Send requests, some at once."""
    numbers = iter(range(verdict.sent + 1, verdict.sent + count + 1))

    async def one_after_another() -> None:
        for number in numbers:
            method, path, headers, body = requests.make(number)
            try:
                response = await http.request(method, url + path, headers=headers, content=body)
                verdict.statuses[response.status_code] += 1
            except httpx.WriteError:  # refused before all of it was written, as it should be
                verdict.statuses[400] += 1
            except httpx.HTTPError:
                verdict.broken += 1
            verdict.sent += 1

    await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))


async def drained(http: httpx.AsyncClient, url: str) -> int:
    """Wait until the inbox is empty; give what is left in it when patience ends."""
    await asyncio.sleep(6)  # the gauge is read every five seconds
    end, left = time.monotonic() + PATIENCE, 1
    while left and time.monotonic() < end:
        page = (await http.get(url)).text
        found = re.search(r"^footnote_queue_updates (\S+)$", page, re.MULTILINE)
        left = int(float(found[1])) if found else 1
        await asyncio.sleep(0.5)
    return left


async def until(http: httpx.AsyncClient, url: str, ready: Any) -> None:  # noqa: ANN401 - a test of a text
    """Wait until a page says what it should."""
    end = time.monotonic() + 60
    while True:
        try:
            if ready((await http.get(url)).text):
                return
        except httpx.HTTPError:
            pass
        assert time.monotonic() < end, "the bot does not come up"
        await asyncio.sleep(0.1)


@contextmanager
def running(folder: str, address: str, hook: int, health: int, log: Any) -> Iterator[subprocess.Popen[bytes]]:  # noqa: ANN401 - an open file
    """Run the real bot by webhook."""
    ours = {"TOKEN": TOKEN, "API_URL": address, "DATABASE_URL": f"sqlite:///{folder}/kept.sqlite3", "HEALTH": f"127.0.0.1:{health}", "LIMITS": "0 0 0",
            "QUESTIONS": "0 0", "WEBHOOK_URL": f"http://127.0.0.1:{hook}{PATH}", "WEBHOOK_SECRET": SECRET, "LISTEN": f"127.0.0.1:{hook}",
            "ADMINS": "7", "PHRASES": f"{folder}/phrases.yaml", "LOG_LEVEL": "ERROR"}  # fmt: skip
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
    environment = {**kept, **{f"FOOTNOTE_{name}": value for name, value in ours.items()}}
    with subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environment, stdout=log, stderr=log) as bot:
        try:
            yield bot
        finally:
            bot.terminate()


def read_log(path: Path, verdict: Verdict) -> None:
    """Count what the bot's log says went wrong."""
    failed: set[int] = set()
    unread: set[str] = set()
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        failed |= {int(found[1]) for found in [FAILED.search(line)] if found}
        unread |= {found[1] for found in [UNREAD.search(line)] if found}
        if any(words in line for words in SURPRISES):
            verdict.surprises.append(line[:200])
    verdict.unread = len(unread)
    verdict.failed = sum(number < ODD_FROM for number in failed)
    verdict.odd_failed = len(failed) - verdict.failed


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=COUNT)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if not TABLE.exists():
        print("The Bot API's table is not here: updates cannot be made from it.")
        raise SystemExit(2)
    began = time.monotonic()
    verdict = asyncio.run(trial(options.count, options.seed))
    print(verdict)
    print(f"{time.monotonic() - began:.0f} s, seed {options.seed}")
    raise SystemExit(0 if verdict.sound() else 1)


if __name__ == "__main__":
    main()
