"""The terminal's writing: widths, wrapping, answers, tables, and the numbers that pick a suggestion."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.model import Answer, AnswerKind, Quote, Suggestion
from bot.desk import Desk
from bot.questions.context import EMPTY, Context
from bot.terminal import CELL, chat, render, table, width_of, wrap

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BOTH = st.text(alphabet="ab c,.’“”（）跨境结算，。、：5%\u0301é", max_size=120)
ANSWER = Answer(
    AnswerKind.STATED,
    "en",
    "over 5 things",
    EMPTY,
    title="Things · Somewhere",
    lines=("A line that follows.",),
    quotes=(Quote("a", 0, 40, "Over five things were counted, all of them in one long sentence.\nAnd a second."),),
    source="A, 1 Jan 2025 · no speaker named",
    suggestions=(Suggestion("Growth", "growth of things"), Suggestion("Source", "/source")),
)


@lru_cache(maxsize=1)
def desk() -> Desk:
    """Open the shipped release once."""
    return Desk.open(ROOT / "seeds", ROOT / "intents")


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every terminal of these tests 40 columns wide."""
    monkeypatch.setenv("COLUMNS", "40")


@given(BOTH, st.integers(min_value=8, max_value=60))
def test_wrapping_loses_nothing_and_keeps_the_width(text: str, width: int) -> None:
    """No character but white space is lost, and no line is wider than asked, one closing mark apart."""
    lines = wrap(text, width)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    assert all(width_of(line.rstrip()) <= width for line in lines)


def test_a_chinese_line_breaks_anywhere_and_an_english_word_never() -> None:
    """Chinese fills the line; an English word in it moves to the next line whole."""
    assert wrap("跨境人民币结算", 8) == ["跨境人民", "币结算"]
    assert wrap("结算量为 renminbi settlement", 12) == ["结算量为 ", "renminbi ", "settlement"]


def test_no_line_begins_with_a_closing_mark() -> None:
    """A comma or a closing bracket stays with the character before it."""
    assert wrap("跨境人民币，结算", 10) == ["跨境人民", "币，结算"]


def test_an_answer_has_its_parts_in_order() -> None:
    """Title, headline, lines, quotation behind its bar, source and what to ask next follow one another."""
    assert render(ANSWER).splitlines() == [
        "Things · Somewhere",
        "over 5 things",
        "A line that follows.",
        "│ Over five things were counted, all of",
        "│ them in one long sentence.",
        "│ And a second.",
        "A, 1 Jan 2025 · no speaker named",
        "[Growth] [Source]",
    ]


def test_suggestions_are_numbered_where_a_number_picks_one() -> None:
    """The chat shows the number of each suggestion."""
    assert render(ANSWER, numbered=True).splitlines()[-1] == "[1 Growth] [2 Source]"


def test_colours_change_nothing_but_colours() -> None:
    """A coloured answer is the plain one with the title bold and the source dim."""
    coloured = render(ANSWER, colour=True)
    assert coloured.startswith("\033[1mThings")
    assert re.sub(r"\033\[\dm", "", coloured) == render(ANSWER)


def test_nothing_in_an_answer_steers_the_terminal() -> None:
    """Escape sequences and direction marks, from a release or a question, come out as spaces."""
    hostile = Answer(AnswerKind.REFUSED, "en", "no \033[2J\u202eword\rhere", EMPTY, quotes=(Quote("a", 0, 5, "a\x07b\x9bc"),))
    assert not set(render(hostile)) & set("\033\u202e\r\x07\x9b")
    row = dict.fromkeys(("kind", "subject", "quote", "rule"), "x\033[31my")
    assert "\033" not in table("name", [], [row])


@pytest.mark.parametrize("question", ["settlement", "跨境结算中的人民币 ILSTC settlement？", "/help", "/facts", "成都的跨境人民币结算量是多少", "2023年跨境人民币结算"])
def test_every_line_of_a_reply_fits_the_terminal(question: str) -> None:
    """No line of a real reply is wider than the terminal, one long button apart."""
    printed = render(desk().ask(question, NOW)).splitlines()
    assert all(width_of(line) <= 40 for line in printed if not line.startswith("["))
    assert all(width_of(line) <= 40 or line.count("[") == 1 for line in printed)


def test_the_table_is_aligned_and_cut() -> None:
    """Columns begin at one place in every row, Chinese or not, and a long cell is cut with an ellipsis."""
    rows = [{"surface": "近4000亿元", "value": "1", "metric": "跨境" * 30}, {"surface": "USD 5", "value": "2", "metric": "short"}]
    lines = table("name", rows, []).splitlines()
    assert lines[0] == "name: 2 figures, 0 statements"
    assert len({width_of(line[: line.index(mark)]) for line, mark in zip(lines[1:4], ("value", "1", "2"), strict=True)}) == 1
    cut = next(cell for cell in re.split(r"\s{2,}", lines[2]) if "跨境" in cell)
    assert cut.endswith("…")
    assert width_of(cut) <= CELL


class Recorder(Desk):
    """A desk that notes what it was asked."""

    def ask(self, text: str, now: datetime, context: Context | None = None) -> Answer:
        """Note the question and give an answer with two suggestions."""
        del now, context
        asked.append(text)
        return ANSWER


asked: list[str] = []


def test_a_number_picks_its_suggestion_and_any_other_is_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """1, 2 and a full-width 2 ask what the button would; 0, 3 and a huge number are questions; /quit ends."""
    asked.clear()
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n 2 \n２\n0\n3\n99999999999999999999\n²\n/quit\nafter\n"))
    chat(Recorder(desk().store, desk().book))
    assert [text.strip() for text in asked] == ["/start", "growth of things", "/source", "/source", "0", "3", "99999999999999999999", "²"]


def test_the_chat_takes_up_the_dialogue(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A follow-up is read with what was answered before it, and the end of the input ends the chat."""
    monkeypatch.setattr("sys.stdin", io.StringIO("fx derivatives\nhow many firms?\n"))
    chat(desk())
    assert "\n480 enterprises\n" in capsys.readouterr().out
