"""The commands: the machine interface, the terminal chat, the tables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.conversations import Conversations
from bot.questions.context import Context

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"kind", "headline", "text", "lang", "topic", "aspect", "score", "figures", "quotes", "formula", "suggestions"}


def run(*arguments: str, typed: str = "") -> str:
    """Run a command and give what it prints."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
    return subprocess.run([sys.executable, "-m", "bot", *arguments], capture_output=True, text=True, check=True, cwd=ROOT, env=plain, input=typed).stdout


def test_ask_as_json_has_every_key() -> None:
    """One question gives one object with the documented keys."""
    assert set(json.loads(run("ask", "--json", "fx derivatives"))) >= KEYS


def test_a_stream_keeps_each_conversation_apart() -> None:
    """Answers come in order; a follow-up takes its own conversation's topic."""
    lines = [{"q": "ASEAN total?", "conversation": "a"}, {"q": "fx derivatives", "conversation": "b"}, {"q": "in yuan?", "conversation": "a"}, {"q": "how many firms", "conversation": "b"}, {"q": "in yuan?"}]
    rows = [json.loads(line) for line in run("ask", typed="\n".join(map(json.dumps, lines))).splitlines()]
    assert [row["topic"] for row in rows[:4]] == ["asean", "derivatives", "asean", "derivatives"]
    assert rows[4]["kind"] == "ambiguous"


def test_a_slash_is_a_command() -> None:
    """A text that begins with a slash is the command it is in Telegram, with its arguments."""
    assert json.loads(run("ask", "--json", "/settlement"))["topic"] == "settlement"
    assert json.loads(run("ask", "--json", "/settlement growth"))["aspect"] == "change"
    assert "/settlement" in json.loads(run("ask", "--json", "/setlement"))["text"]


def test_explain_shows_what_matched_and_what_vetoed() -> None:
    """The trace names the ranked topics and the veto."""
    printed = run("ask", "--explain", "rmb settlement in Chengdu")
    assert "topics: settlement" in printed
    assert "veto: place" in printed


def test_facts_shows_the_rule_of_each_figure() -> None:
    """The table has a row for each figure with the rule that made it."""
    printed = run("facts")
    assert "amount_level" in printed
    assert "table_cell" not in printed


def test_a_plain_text_without_masthead_is_read(tmp_path: Path) -> None:
    """A bare text file gives its figures."""
    path = tmp_path / "bare.txt"
    path.write_text("LANTING, July 24, 2025 -- Exports reached 12.5 billion yuan in June, up 3.1 percent.", encoding="utf-8")
    rows = [json.loads(line) for line in run("facts", "--json", str(path)).splitlines()]
    assert [(row["value"], row["unit"]) for row in rows] == [("12500000000", "CNY"), ("3.1", "percent")]


def test_the_chat_answers_until_the_input_ends() -> None:
    """The terminal chat greets, answers a question and a number that picks a suggestion, and ends without colour codes."""
    printed = run("chat", typed="fx derivatives\nhow many firms\n/quit\n")
    assert "USD 12.8 billion" in printed
    assert "480 enterprises" in printed
    assert "\033[" not in printed


def test_conversations_are_bounded_and_forgotten() -> None:
    """The least recently used goes first, and an old one is forgotten."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    kept = Conversations(most=2, kept=timedelta(hours=1))
    for name in "abc":
        kept.put(name, Context(topic=name), now)
    assert kept.get("a", now) is None
    assert kept.get("b", now) == Context(topic="b")
    assert kept.get("b", now + timedelta(hours=2)) is None
    assert len(kept) == 1
