"""A chat as a Telegram user would see it: ``make demo``.

The Bot API server and the bot each run in a process of their own, as in life; two people write, in English and in
Chinese, and everything that Telegram would show them is printed.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import textwrap
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import httpx

from .stage import ANN, BOT, GROUP, JSON, PRIVATE, ROOT, TOKEN, WEI, Client, message, running_server

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = ("sendMessage", "editMessageText", "answerInlineQuery", "answerCallbackQuery")
WIDTH, INDENT = 76, "    "
BOLD, DIM, PLAIN = ("\033[1m", "\033[2m", "\033[0m") if sys.stdout.isatty() and "NO_COLOR" not in os.environ else ("", "", "")
WEIS = {**PRIVATE, "id": WEI["id"], "first_name": "Wei"}
NAMES = {ANN["id"]: "Ann", WEI["id"]: "Wei"}


@dataclass(frozen=True, slots=True)
class Turn:
    """What someone does: writes, taps a button of the last answer, edits what they wrote, or types after @footnote_bot elsewhere."""

    who: JSON
    does: str
    text: str
    where: JSON = field(default_factory=lambda: PRIVATE)
    answered: bool = True


SCRIPT = (
    Turn(ANN, "writes", "/start"),
    Turn(ANN, "writes", "how much yuan was setled across borders last year?"),
    Turn(ANN, "taps", "Year before"),
    Turn(ANN, "writes", "so the corridor balance is 700 billion, right?"),
    Turn(ANN, "writes", "what about Chengdu?"),
    Turn(ANN, "writes", "and ATMs?"),
    Turn(ANN, "edits", "and derivatives?"),
    Turn(ANN, "taps", "Copy", answered=False),
    Turn(ANN, "taps", "👍"),
    Turn(ANN, "writes", "/subscribe"),
    Turn(WEI, "writes", "/start settlement", WEIS),
    Turn(WEI, "writes", "比全国高多少？", WEIS),
    Turn(WEI, "taps", "English", WEIS),
    Turn(WEI, "writes", "成都的跨境人民币结算量是多少？", WEIS),
    Turn(WEI, "writes", "/check 2024年重庆跨境人民币结算量为4000亿元，同比增长47%。", WEIS),
    Turn(WEI, "writes", "/privacy", WEIS),
    Turn(ANN, "writes", "has anyone seen the new numbers?", GROUP, answered=False),
    Turn(ANN, "writes", "@footnote_bot how many pilot firms are there?", GROUP),
    Turn(WEI, "writes", "@footnote_bot 那增速呢？", GROUP),
    Turn(WEI, "types", "外汇衍生品"),
)


class Shown(HTMLParser):
    """Telegram's HTML as a terminal shows it: quotations behind a bar, the rest wrapped."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.lines, self._quoted = [""], False

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        """Open bold type or a quotation."""
        self._quoted = self._quoted or tag == "blockquote"
        self.lines[-1] += {"b": BOLD, "a": DIM}.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        self._quoted = self._quoted and tag != "blockquote"
        self.lines[-1] += PLAIN if tag in ("b", "a") else ""

    def handle_data(self, data: str) -> None:
        """Take words."""
        first, *rest = data.split("\n")
        self.lines[-1] += self._bar(first)
        self.lines += [self._bar(line) for line in rest]

    def _bar(self, text: str) -> str:
        return f"│ {text}" if self._quoted and not self.lines[-1].startswith("│ ") else text


def shown(html: str) -> list[str]:
    """Give a message's lines."""
    page = Shown()
    page.feed(html)
    return [line for text in page.lines for line in wrapped(text)]


def wrapped(text: str) -> list[str]:
    """Break a line where it is too wide; a Chinese character is as wide as two letters."""
    bar = "│ " if text.startswith("│ ") else ""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    room = WIDTH if wide * 3 < len(text) else WIDTH // 2
    return [bar + line for line in textwrap.wrap(text.removeprefix("│ "), room - len(bar))] or [""]


def print_message(name: str, lines: list[str], buttons: list[list[JSON]]) -> None:
    """Print a message with its buttons under it."""
    print(f"{BOLD}{name}{PLAIN}")
    print(textwrap.indent("\n".join(lines), INDENT, lambda _line: True))
    for row in buttons:
        print(INDENT + DIM + " ".join(f"[{button['text']}]" for button in row) + PLAIN)
    print()


def print_call(call: JSON) -> None:
    """Print what a call of the bot's shows to people."""
    params = call["params"]
    if call["method"] == "answerInlineQuery":
        for card in params["results"][:3]:
            print_message("  card", [f"{BOLD}{card['title']}{PLAIN}", card.get("description", "")], [])
    elif call["method"] == "answerCallbackQuery":
        if params.get("text"):
            print_message("  notice", [params["text"]], [])
    else:
        edited = " (edited)" if call["method"] == "editMessageText" else ""
        print_message(f"Footnote{edited}", shown(params["text"]), params.get("reply_markup", {}).get("inline_keyboard", []))


@dataclass
class Player:
    """Plays the script; remembers the last answer and the last question of each chat."""

    chat: Client
    answers: dict[int, JSON] = field(default_factory=dict)
    asked: dict[int, JSON] = field(default_factory=dict)

    async def play(self, turn: Turn) -> None:
        """Do one turn, and print it and what comes of it."""
        where = turn.where["id"]
        place = f" in {GROUP['title']}" if turn.where is GROUP else ""
        doing = {"taps": f"  taps [{turn.text}]", "types": f"  types in another chat: @{BOT['username']} {turn.text}"}.get(turn.does, turn.text)
        print_message(f"{NAMES[turn.who['id']]}{place}{' (edits the last question)' if turn.does == 'edits' else ''}", wrapped(doing), [])
        before = len((await self.chat.state())["requests"])
        await self._push(turn, where)
        if turn.answered:
            await self.chat.until(lambda state: any(call["method"] in SHOWN and call["result"] for call in state["requests"][before:]))
        elif turn.does == "writes":
            print(f"{INDENT}{DIM}(not spoken to, the bot says nothing){PLAIN}\n")
        await self.chat.settle()
        for call in (await self.chat.state())["requests"][before:]:
            if call["method"] in SHOWN and call["result"]:
                print_call(call)
                if call["method"] == "sendMessage":
                    self.answers[call["params"]["chat_id"]] = call
                if call["method"] == "editMessageText":
                    self.answers[where]["params"]["reply_markup"] = call["params"]["reply_markup"]

    async def _push(self, turn: Turn, where: int) -> None:
        if turn.does == "types":
            await self.chat.push(inline_query={"id": "1", "from": turn.who, "query": turn.text, "offset": ""})
        elif turn.does == "taps":
            answer = self.answers[where]
            buttons = [b for row in answer["params"]["reply_markup"]["inline_keyboard"] for b in row]
            button = next(b for b in buttons if b["text"] == turn.text)
            if "copy_text" in button:  # the client's own doing: the bot hears nothing of it
                print(f"{INDENT}{DIM}(copied: {button['copy_text']['text']}){PLAIN}\n")
                return
            data = button["callback_data"]
            tap = {"id": str(len(self.asked)), "from": turn.who, "chat_instance": "c", "message": answer["result"], "data": data}
            await self.chat.push(callback_query=tap)
        elif turn.does == "edits":
            await self.chat.push(edited_message={**self.asked[where], "text": turn.text, "edit_date": 1})
        else:
            self.asked[where] = message(turn.text, turn.where, turn.who)
            await self.chat.push(message=self.asked[where])


@contextmanager
def running_bot(address: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the bot in its own process, with a database that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
        ours = {"TOKEN": TOKEN, "API_URL": address, "DATABASE_URL": f"sqlite:///{folder}/kept.sqlite3", "HEALTH": "off", "LIMITS": "0 0 0"}
        with subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=ROOT, env={**kept, **{f"FOOTNOTE_{k}": v for k, v in ours.items()}}) as bot:
            try:
                yield bot
            finally:
                bot.terminate()


async def main() -> int:
    """Play it all; give the number of requests that broke a rule of the Bot API."""
    with running_server() as address, running_bot(address):
        async with httpx.AsyncClient(base_url=address) as http:
            player = Player(Client(http))
            await player.chat.until(lambda state: bool(state["polling"]))
            for turn in SCRIPT:
                await player.play(turn)
            broken = (await player.chat.state())["violations"]
    print(f"{DIM}{len(SCRIPT)} turns; requests that the Bot API's table would refuse: {len(broken)}{PLAIN}")
    return len(broken)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
