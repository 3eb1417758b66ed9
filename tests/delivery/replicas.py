"""``make replica-test``: three webhook replicas on one PostgreSQL behind a load balancer, one killed every second under load."""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import secrets
import signal
import socket
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import asyncpg

from bot.chat.slots import SLOTS
from tests.delivery.balancer import balancing
from tests.delivery.load import FAKE, REAL, Load, load, start

if TYPE_CHECKING:
    import subprocess
    from collections.abc import AsyncIterator

REPLICAS, LEASE, PATIENCE = 3, 4.0, 120.0
EVERY = 1.0
POSTGRES = os.environ.get("FOOTNOTE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the run found."""

    kills: int
    questions: int
    lost: int
    aside: int
    twice: int
    most_twice: int
    disorder: int
    violations: int
    left: int
    untaken: int

    @property
    def sound(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.aside or self.disorder or self.violations or self.left or self.untaken) and self.twice <= self.most_twice

    def __str__(self) -> str:
        """Print the counts."""
        return (
            f"{REPLICAS} replicas, one killed {self.kills} times under load, {self.questions} questions: {self.lost} unanswered, {self.aside} set aside, "
            f"{self.untaken} never taken from the server, {self.left} left in the inbox, {self.disorder} out of order, {self.violations} requests against the Bot API's rules.\n"
            f"Answered twice: {self.twice}, each caught at a kill between Telegram's acceptance and our mark "
            f"(bound: {SLOTS} slots at each kill, {self.most_twice})."
        )


@asynccontextmanager
async def a_database() -> AsyncIterator[str]:
    """Make a database, and drop it at the end; give its address."""
    name = f"footnote_{secrets.token_hex(6)}"
    connection = await asyncpg.connect(POSTGRES)
    try:
        await connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{POSTGRES.rpartition('/')[0]}/{name}"
    finally:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.close()


def free_ports(many: int) -> list[int]:
    """Give ports that nothing listens on."""
    sockets = [socket.socket() for _ in range(many)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Replicas:
    """The processes."""

    def __init__(self, settings: dict[str, str], ports: list[int], module: str) -> None:
        """Start each on its port."""
        self.settings, self.ports, self.module = settings, ports, module
        self.running = [self.begin(port) for port in ports]

    def begin(self, port: int) -> subprocess.Popen[bytes]:
        """Start one."""
        return start({**self.settings, "listen": f"127.0.0.1:{port}"}, self.module)

    async def kill(self, which: int) -> None:
        """Kill one and start it anew."""
        assert self.running[which].poll() is None, "a replica ended by itself"
        self.running[which].send_signal(signal.SIGKILL)
        await asyncio.to_thread(self.running[which].wait)
        self.running[which] = self.begin(self.ports[which])

    async def stop(self) -> None:
        """Stop all."""
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            await asyncio.to_thread(process.wait)


async def counts(url: str) -> dict[str, int]:
    """Count the inbox by state."""
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("SELECT state, count(*) AS many FROM inbox GROUP BY state")
    await connection.close()
    return {row["state"]: row["many"] for row in rows}


async def trial(seconds: float, module: str = FAKE, seed: int = 1) -> Verdict:
    """Run the test."""
    chance, kills = random.Random(seed), 0
    async with AsyncExitStack() as stack:
        at: Load = await stack.enter_async_context(load(outstanding=200))
        url = await stack.enter_async_context(a_database())
        ports = free_ports(REPLICAS)
        door = await stack.enter_async_context(balancing(ports))
        settings = {"api_url": at.address, "database_url": url, "webhook_url": f"http://127.0.0.1:{door}/hook", "lease": str(LEASE)}
        replicas = Replicas(settings, ports, module)
        loading = asyncio.create_task(at.run())
        try:
            while not at.order:  # noqa: ASYNC110  (the server sends no event)
                await asyncio.sleep(0.05)
            loop = asyncio.get_running_loop()
            end = loop.time() + seconds
            while loop.time() < end:
                await replicas.kill(chance.randrange(REPLICAS))
                kills += 1
                await asyncio.sleep(chance.uniform(0.5, 1.5) * EVERY)
            lost = await at.finish(loading, PATIENCE)
            for _ in range(40):  # what was answered twice is marked a lease later
                found = await counts(url)
                if not found.get("new", 0) + found.get("claimed", 0):
                    break
                await asyncio.sleep(LEASE / 10)
            await at.read()
        finally:
            await replicas.stop()
        found = await counts(url)
        left = found.get("new", 0) + found.get("claimed", 0)
        return Verdict(kills, at.pushed, len(lost), found.get("aside", 0), len(at.twice), kills * SLOTS, at.disorder, len(at.violations), left, at.untaken)


def main() -> None:
    """Run it and print the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fake", action="store_true", help="a desk that starts at once")
    options = parser.parse_args()
    verdict = asyncio.run(trial(options.seconds, FAKE if options.fake else REAL, options.seed))
    print(verdict)
    raise SystemExit(0 if verdict.sound else 1)


if __name__ == "__main__":
    main()
