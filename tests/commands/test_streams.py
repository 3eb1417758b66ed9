"""The machine interface as other programs meet it: lines in, lines out, any bytes, any locale, pipes that close."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
PLAIN = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
BOT = (sys.executable, "-m", "bot")
QUESTION = "fx derivatives"
PROMPTED = b"\x1b[?2004h"  # line editing begins: pasted text is bracketed from here on
FIGURE = {"value": "12800000000", "unit": "USD", "hedge": "exact", "kind": "level"}


def run(*arguments: str, typed: bytes = b"", environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run a command on bytes."""
    return subprocess.run([*BOT, *arguments], capture_output=True, check=False, cwd=ROOT, env={**PLAIN, **(environment or {})}, input=typed)


def rows(result: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    """Give the objects that a command printed."""
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


def test_one_object_says_all_there_is_to_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """Kind, language, topic, figure and formula are those of the answer, and each quotation is a slice of its release."""
    assert main(["ask", "--json", QUESTION]) == 0
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    row = json.loads(printed)
    assert (row["kind"], row["lang"], row["topic"], row["formula"]) == ("stated", "en", "derivatives", None)
    assert FIGURE.items() <= row["figures"][0].items()
    assert row["score"] > 0
    for quote in row["quotes"]:
        text = (ROOT / "seeds" / f"{quote['release']}.txt").read_bytes().decode()
        assert text[quote["start"] : quote["end"]] == quote["text"]
        assert quote["text"] not in row["text"]
    assert row["headline"] in row["text"]


def test_a_derived_answer_carries_its_formula(capsys: pytest.CaptureFixture[str]) -> None:
    """What is worked out says how, in the object as in the text."""
    assert main(["ask", "--json", "what was the settlement volume the year before?"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["kind"] == "derived"
    assert "37%" in row["formula"]
    assert row["formula"] in row["text"]


def test_explain_leaves_json_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the trace goes to standard error, and standard output stays one object."""
    assert main(["ask", "--json", "--explain", QUESTION]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["topic"] == "derivatives"
    assert "derivatives" in err


def test_words_need_no_quotation_marks(capsys: pytest.CaptureFixture[str]) -> None:
    """A question of several arguments is one question."""
    main(["ask", *QUESTION.split()])
    apart = capsys.readouterr().out
    main(["ask", QUESTION])
    assert capsys.readouterr().out == apart


def test_an_empty_question_is_a_question(capsys: pytest.CaptureFixture[str]) -> None:
    """An empty argument is answered, not taken for standard input."""
    assert main(["ask", "--json", ""]) == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "chat"


def test_a_line_is_answered_before_the_next_is_written() -> None:
    """Each answer is out as soon as its line is in: two programs can talk in turn."""
    with subprocess.Popen([*BOT, "ask"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=PLAIN) as process:
        assert process.stdin
        assert process.stdout
        for text in (QUESTION, "how many firms?"):
            process.stdin.write(json.dumps({"q": text, "conversation": 7}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["topic"] == "derivatives"
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_empty_lines_are_passed_over_and_conversations_may_be_numbers() -> None:
    """Blank lines have no answer; an id may be text or number; without an id nothing is remembered."""
    lines = [{"q": QUESTION, "conversation": 1}, {"q": "how many firms?", "conversation": "1"}, {"q": "how many firms?", "conversation": None}]
    answered = rows(run("ask", typed=b"\n \n" + b"\n\n".join(json.dumps(line).encode() for line in lines)))
    assert [row["topic"] for row in answered[:2]] == ["derivatives", "derivatives"]
    assert len(answered) == 3
    assert answered[2]["topic"] != "derivatives"


@pytest.mark.parametrize(
    "line",
    [b'"q"', b"[]", b"{}", b'{"q": 5}', b'{"q": null}', b"[" * 100_000, b'{"q": "' + b"a" * 1_100_000 + b'"}', b"\xff\xfe"],
    ids=["text", "list", "empty", "number", "null", "deep", "huge", "bytes"],
)
def test_a_line_that_is_no_question_is_named(line: bytes) -> None:
    """Whatever else stands on a line gets one message with the line's number, and exit status 2."""
    result = run("ask", typed=b'{"q": "hello"}\n' + line + b"\n")
    assert result.returncode == 2
    assert result.stderr.decode().startswith("standard input: line 2: ")
    assert result.stderr.count(b"\n") == 1
    assert len(rows(result)) == 1


@pytest.mark.parametrize("text", ["\ud800", "a\udfff settlement", "\x00", "\u202e", "e" * 10_000, "<b>&amp;", "🚀"])
def test_any_text_in_a_line_is_answered(text: str) -> None:
    """Half a surrogate pair, control characters, ten thousand letters: an answer, no trace."""
    result = run("ask", typed=json.dumps({"q": text}).encode())
    assert result.returncode == 0
    assert result.stderr == b""
    assert len(rows(result)) == 1


@pytest.mark.parametrize("settings", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "gbk"}], ids=["C", "ascii", "gbk"])
def test_pipes_carry_utf8_whatever_the_locale(settings: dict[str, str]) -> None:
    """Questions are read and answers written as UTF-8 in a locale that has no Chinese."""
    typed = json.dumps({"q": "跨境人民币结算量"}, ensure_ascii=False).encode()
    row = rows(run("ask", typed=typed, environment=settings))[0]
    assert (row["topic"], row["lang"]) == ("settlement", "zh")
    assert "亿元" in str(row["headline"])
    assert "│ " in run("ask", QUESTION, environment=settings).stdout.decode()


def test_a_closed_pipe_and_a_closed_input_end_quietly() -> None:
    """A reader that has had enough and a standard input that is closed are no errors."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        gone = subprocess.run([*BOT, "facts"], stdout=writer, stderr=subprocess.PIPE, check=False, cwd=ROOT, env=PLAIN)
    finally:
        os.close(writer)
    assert (gone.returncode, gone.stderr) == (0, b"")
    closed = subprocess.run(["/bin/sh", "-c", '"$0" -m bot ask <&-', sys.executable], capture_output=True, check=False, cwd=ROOT, env=PLAIN)
    assert (closed.returncode, closed.stdout, closed.stderr) == (0, b"", b"")


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """What is no command gets the list of those that are, and exit status 2."""
    with pytest.raises(SystemExit) as left:
        main(["anwser"])
    assert left.value.code == 2
    assert re.search(r"anwser.*ask.*facts.*chat.*check", capsys.readouterr().err)


def test_statements_are_printed_one_a_line() -> None:
    """Each statement has its quotation, which is a slice of the release, and the rule that made it."""
    text = next((ROOT / "seeds").glob("*.txt")).read_bytes().decode()
    said = rows(run("facts", "--json", "--statements"))
    assert {"planned", "done", "role"} <= {row["kind"] for row in said}
    for row in said:
        assert row["rule"]
        assert isinstance(row["start"], int)
        assert isinstance(row["end"], int)
        assert text[row["start"] : row["end"]] == row["quote"]


def test_without_a_token_the_bot_is_the_terminal_chat() -> None:
    """No command and no token: the chat on the shipped release."""
    assert "USD 12.8 billion" in run(typed=QUESTION.encode()).stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (("ask", QUESTION), ("telegram", "httpx", "asyncio", "prompt_toolkit", "babel.messages")),
        (("facts",), ("telegram", "httpx", "asyncio", "prompt_toolkit", "rapidfuzz", "bot.questions")),
    ],
)
def test_a_command_imports_only_what_it_needs(arguments: tuple[str, ...], unneeded: tuple[str, ...]) -> None:
    """Neither the Telegram library nor line editing is loaded to answer one question: start-up is bounded."""
    code = f"import sys; from bot.cli import main; main({arguments!r}); print(*sys.modules, sep='\\n')"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, env=PLAIN, text=True).stdout.splitlines()
    assert [name for name in unneeded if name in printed] == []


def test_in_a_terminal_there_are_colours_and_a_history() -> None:
    """On a real terminal the title is bold, the arrow up brings the last question back, and /quit ends the chat."""
    screen = played(b"fx derivatives\r", b"\x1b[A\r", b"/quit\r")
    assert "\033[1mForeign exchange derivative transactions" in screen
    assert screen.count("\033[1mForeign exchange derivative transactions") == 2


def test_no_color_is_obeyed() -> None:
    """NO_COLOR takes the colours off on a real terminal too."""
    assert "\033[1mForeign" not in played(b"fx derivatives\r", b"/quit\r", NO_COLOR="1")


def played(*keys: bytes, **environment: str) -> str:
    """Give what a terminal of its own shows while keys are typed, each at a prompt of its own."""
    ours, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    env = {**PLAIN, "TERM": "xterm", **environment}
    with subprocess.Popen([*BOT, "chat"], stdin=terminal, stdout=terminal, stderr=terminal, cwd=ROOT, env=env, start_new_session=True) as process:
        os.close(terminal)
        shown, waiting, deadline = b"", list(keys), time.monotonic() + 30
        try:
            while process.poll() is None and time.monotonic() < deadline:
                shown += _shown(ours)
                if waiting and shown.count(PROMPTED) > len(keys) - len(waiting):
                    os.write(ours, waiting.pop(0))
        finally:
            process.kill()
            os.close(ours)
    assert process.returncode == 0
    return shown.decode()


def _shown(ours: int) -> bytes:
    """Give what came in the last moment; answer as a terminal does that is asked where its cursor is."""
    if not select.select([ours], [], [], 0.1)[0]:
        return b""
    try:
        shown = os.read(ours, 65536)
    except OSError:  # the other end is closed
        return b""
    if b"\x1b[6n" in shown:
        os.write(ours, b"\x1b[1;1R")
    return shown
