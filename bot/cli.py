"""The commands: ask, facts, add, chat, check, and the bot itself."""

from __future__ import annotations

import argparse
import gc
import io
import json
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import Fault, FaultsError, FootnoteError
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.answers.model import Answer
    from bot.library import Library

WRONG = 2
LONGEST_LINE = 1_000_000


def parser() -> argparse.ArgumentParser:
    """Give the command line's grammar."""
    top = argparse.ArgumentParser(prog="footnote", description="Answers questions over official releases, each figure with its source.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    ask = commands.add_parser("ask", help="answer a question, or one JSON object a line from standard input")
    ask.add_argument("question", nargs="*", metavar="QUESTION")
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    ask.add_argument("--explain", action="store_true", help="add what matched, the scores and the vetoes")
    facts = commands.add_parser("facts", help="list the figures and statements of texts (default: all of seeds/)")
    facts.add_argument("files", nargs="*", type=Path, metavar="FILE")
    facts.add_argument("--json", action="store_true", help="print one JSON object a line")
    facts.add_argument("--statements", action="store_true", help="with --json: the statements instead of the figures")
    facts.add_argument("--html", type=Path, metavar="OUT", help="write one self-contained page that shows every figure of the one FILE in its text")
    facts.add_argument("--language", choices=("en", "zh"), help="with --html: the page's own language (default: the release's)")
    add = commands.add_parser("add", help="check a text and store it among the releases with its masthead")
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--publisher", metavar="NAME", help="who published it")
    add.add_argument("--published", metavar="DATE", help="the day it was published, as 2025-02-20")
    add.add_argument("--page", metavar="URL", help="its web address")
    add.add_argument("--place", metavar="PLACE", help="the place it is of (default: read in the text)")
    add.add_argument("--language", metavar="en|zh", help="its language (default: told from the text)")
    commands.add_parser("chat", help="chat in this terminal")
    commands.add_parser("check", help="validate seeds and intents and list every fault")
    commands.add_parser("run", help="answer in Telegram (the default when a token is set)")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; give its exit status: 2 with one clear message where something is missing or wrong."""
    _streams()
    options = parser().parse_args(arguments)
    try:
        settings = read_settings()
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        status = _run(options, settings)
        sys.stdout.flush()
    except FootnoteError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command's message
        return WRONG
    except BrokenPipeError:
        # Who read us has had enough; the interpreter's own flush at exit must not find the closed pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return status


def _streams() -> None:
    """Read and write UTF-8 wherever no terminal says otherwise; what cannot be read or shown is replaced, never a trace."""
    if sys.stdin is None:
        sys.stdin = io.StringIO()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _run(options: argparse.Namespace, settings: Settings) -> int:
    if options.command == "ask":
        return _ask(options, settings)
    if options.command == "facts":
        return _facts(options, settings)
    if options.command == "add":
        return _add(options, settings)
    if options.command == "check":
        return _check(settings)
    if options.command == "run" or (options.command is None and settings.token is not None):
        from bot.chat.logs import set_up_logs  # noqa: PLC0415 - telegram is imported only by the bot itself

        set_up_logs(settings)  # before what logs as it is imported
        from bot.chat.run import run  # noqa: PLC0415 - telegram is imported only by the bot itself

        desk = _desk(settings)
        desk.warm(datetime.now(UTC))
        run(settings, desk)
        return 0
    from bot.terminal import chat  # noqa: PLC0415 - line editing is needed only here

    chat(_desk(settings), plain=settings.plain)
    return 0


def _desk(settings: Settings) -> Library:
    gc.disable()  # what is loaded here stays: looking for garbage among it costs a twelfth of the start
    try:
        from bot.library import Library  # noqa: PLC0415 - `facts` needs no intents

        library = Library.open(settings.seeds, settings.intents)
        library.home.decider  # noqa: B018 - made once, kept
    finally:
        gc.freeze()
        gc.enable()
    return library


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from bot.terminal import render  # noqa: PLC0415 - not needed by the other commands

    desk = _desk(settings)
    if not options.question:
        for row in _answer_lines(desk, sys.stdin):
            print(json.dumps(row, ensure_ascii=False), flush=True)  # noqa: T201 - a command's output
        return 0
    answer = desk.ask(" ".join(options.question), datetime.now(UTC))
    if options.json:
        print(json.dumps(answer_row(answer), ensure_ascii=False))  # noqa: T201 - a command's output
    else:
        print(render(answer))  # noqa: T201 - a command's output
    if options.explain:
        print("\n".join(answer.trace), file=sys.stderr if options.json else sys.stdout)
    return 0


def _answer_lines(desk: Library, lines: Iterable[str]) -> Iterator[dict[str, object]]:
    """Answer one JSON object a line, in order; each conversation keeps its context."""
    from bot.conversations import Conversations  # noqa: PLC0415 - only a stream of questions needs it

    conversations = Conversations()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        question, key = _question(line, number)
        now = datetime.now(UTC)
        answer = desk.ask(question, now, conversations.get(key, now) if key else None)
        if key:
            conversations.put(key, answer.context, now)
        yield answer_row(answer)


def _question(line: str, number: int) -> tuple[str, str | None]:
    """Read a line; raise FaultsError where it is no object with a question."""
    try:
        row = json.loads(line[:LONGEST_LINE])
    except (ValueError, RecursionError) as error:
        raise FaultsError([Fault("standard input", f"line {number}", f"is not JSON: {error}", 'write {"q": "…"}')]) from None
    if not isinstance(row, dict) or not isinstance(row.get("q"), str):
        raise FaultsError([Fault("standard input", f"line {number}", "has no text under q", 'write {"q": "…"}')])
    key = row.get("conversation")
    return row["q"], None if key is None else str(key)


def answer_row(answer: Answer) -> dict[str, object]:
    """Give an answer as one JSON object: the machine interface."""
    return {
        "kind": str(answer.kind),
        "headline": answer.headline,
        "text": answer.text,
        "lang": answer.lang,
        "topic": answer.topic,
        "aspect": answer.aspect,
        "score": answer.score,
        "figures": [
            {
                "value": format(f.quantity.amount.normalize(), "f"),
                "unit": f.quantity.unit,
                "hedge": str(f.quantity.hedge),
                "kind": str(f.kind),
                "metric": f.metric,
                "period": f.period.text if f.period else None,
            }
            for f in answer.figures
        ],
        "quotes": [{"release": q.release, "start": q.start, "end": q.end, "text": q.text} for q in answer.quotes],
        "formula": answer.formula,
        "suggestions": [s.question for s in answer.suggestions],
        "source": answer.source,
    }


def _facts(options: argparse.Namespace, settings: Settings) -> int:
    from bot.evidence.notes import notes_of  # noqa: PLC0415 - not needed by the other commands
    from bot.facts.dump import figure_row, statement_row  # noqa: PLC0415 - not needed by the other commands
    from bot.facts.reading import read_facts  # noqa: PLC0415 - not needed by the other commands
    from bot.releases.reading import read_release, read_seeds  # noqa: PLC0415 - not needed by the other commands
    from bot.terminal import table  # noqa: PLC0415 - not needed by the other commands

    releases = [read_release(path) for path in options.files] or read_seeds(settings.seeds)
    _note(note for release in releases for note in notes_of(release))
    if options.html:
        from bot.evidence.page import write_page  # noqa: PLC0415 - templates are needed only here

        write_page(releases, options.files, options.html, settings.intents, options.language)
        return 0
    for release in releases:
        facts = read_facts(release)
        figures = [figure_row(f, release) for f in facts.figures]
        statements = [statement_row(s, release) for s in facts.statements]
        if options.json:
            for row in statements if options.statements else figures:
                print(json.dumps(row, ensure_ascii=False))  # noqa: T201 - a command's output
        else:
            print(table(release.id, figures, statements))  # noqa: T201 - a command's output
    return 0


def _note(notes: Iterable[str]) -> None:
    for note in notes:
        print(note, file=sys.stderr)  # noqa: T201 - beside a command's output, so that the output stays data


def _add(options: argparse.Namespace, settings: Settings) -> int:
    from bot.adding import MASTHEAD, add  # noqa: PLC0415 - not needed by the other commands

    given = {name: getattr(options, name) for name in MASTHEAD}
    report, notes = add(options.file, given, settings, datetime.now(UTC).date())
    _note(notes)
    print("\n".join(report))  # noqa: T201 - a command's output
    return 0


def _check(settings: Settings) -> int:
    from bot.checking import report  # noqa: PLC0415 - not needed by the other commands

    lines, sound = report(settings)
    print("\n".join(lines))  # noqa: T201 - a command's output
    return 0 if sound else WRONG
