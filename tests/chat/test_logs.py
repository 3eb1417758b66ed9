"""The log of the real bot: lines that machines read, and no text of anybody's at any level unless switched on."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from .stage import ANN, ROOT, TOKEN, Client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CANARY = "zebra"


@contextmanager
def running(environment: dict[str, str], path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the bot, its log written to a file."""
    with path.open("wb") as log, subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environment, stdout=log, stderr=log) as bot:
        try:
            yield bot
        finally:
            bot.terminate()


@pytest.mark.asyncio
@pytest.mark.parametrize("texts", [False, True])
async def test_logs_are_structured_and_hold_no_texts(server: str, tmp_path: Path, *, texts: bool) -> None:
    """At DEBUG every line is a JSON object, and neither a question nor an answer stands in any; with texts on, questions do."""
    ours = {"TOKEN": TOKEN, "API_URL": server, "DATABASE_URL": f"sqlite:///{tmp_path}/kept.sqlite3", "HEALTH": "off", "LOG_LEVEL": "DEBUG",
            "LIMITS": "0 0 0", "LOG_TEXTS": str(texts).lower()}  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    environment = {**kept, **{f"FOOTNOTE_{name}": value for name, value in ours.items()}}
    async with httpx.AsyncClient(base_url=server) as http:
        await http.post("/control/reset", json={"next_update": 10**10, "next_message": 10**9})
        with running(environment, tmp_path / "log") as bot:
            client = Client(http)
            await client.until(lambda state: bool(state["polling"]))
            await client.ask(f"{CANARY} gibberish wobble")
            await client.ask(f"how much yuan was settled across borders, {CANARY}?")
            await client.ask(f"/feedback {CANARY}")
            await client.push(inline_query={"id": "1", "from": ANN, "query": f"{CANARY} settlement", "offset": ""})
            await client.next("answerInlineQuery")
            bot.terminate()
            await asyncio.to_thread(bot.wait)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text(encoding="utf-8").splitlines()]
    assert any(line["level"] == "DEBUG" for line in lines)
    assert any(line.get("kind") == "refused" for line in lines)
    assert any(CANARY in str(line) for line in lines) is texts
    assert texts or not any("400 billion" in str(line) for line in lines)
