"""Answers as Telegram messages."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.model import Answer, AnswerKind, Quote, Suggestion
from bot.chat.keyboards import LABEL, keyboard
from bot.chat.memory import Memory
from bot.chat.rendering import CUT, LIMIT, render, shorten, size
from bot.questions.context import EMPTY

from .server.markup import parse

ANY_TEXT = st.one_of(
    st.text(st.characters(), max_size=60),
    st.sampled_from(["<b>", "</blockquote>", "&amp;", "&", "<", "😀", "\ud800", "\x00", "约6000亿元，", "a, b. "]),
)
LONG_TEXT = st.builds(lambda text, times: text * times, ANY_TEXT, st.sampled_from([0, 1, 1, 3, 70, 900]))
PAGES = st.sampled_from([None, "", "https://example.org/?a=1&b=\"><i>'", "javascript:alert(1)"])


def quote(text: str) -> Quote:
    """Make a quotation."""
    return Quote("r", 0, len(text), text)


ANSWERS = st.builds(
    Answer,
    kind=st.sampled_from(AnswerKind),
    lang=st.just("en"),
    headline=LONG_TEXT,
    context=st.just(EMPTY),
    title=LONG_TEXT,
    lines=st.lists(LONG_TEXT, max_size=4).map(tuple),
    quotes=st.lists(LONG_TEXT.map(quote), max_size=4).map(tuple),
    source=LONG_TEXT,
    page=PAGES,
    formula=st.one_of(st.none(), LONG_TEXT),
)


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_any_answer_is_valid_telegram_html(answer: Answer) -> None:
    """Whatever an answer holds, its HTML is balanced, and 1 to 4,096 characters are left after parsing."""
    page = render(answer)
    shown = parse(page.html).text
    assert shown.strip()
    assert 1 <= size(shown) <= LIMIT
    assert shown == page.plain
    page.html.encode()


def test_quotes_are_cut_first() -> None:
    """When there is too much to say, quotations go before lines, and title, headline and source stay whole."""
    long = "The volume neared 400 billion yuan, up 37 percent. " * 100
    answer = Answer(AnswerKind.STATED, "en", "nearly 400 billion yuan", EMPTY, title="Settlement", lines=("why",),
                    quotes=(quote("First."), quote(long)), source="iChongqing", page="https://example.org")  # fmt: skip
    shown = parse(render(answer).html)
    assert shown.text.startswith("Settlement\nnearly 400 billion yuan\nwhy\nFirst.\nThe volume")
    assert shown.text.endswith(f"{CUT}\niChongqing")
    assert LIMIT - 60 < size(shown.text) <= LIMIT


@pytest.mark.parametrize("room", range(1, 60))
def test_no_figure_is_cut(room: int) -> None:
    """A cut falls at the end of a clause: never inside a number or between a number and its unit."""
    clauses = ("余额超过6000亿元，", "同比增长15.5%；", "it neared 1,400.5 billion yuan,", " up 37%")
    wholes = ["".join(clauses[:number]) for number in range(5)]
    cut = shorten("".join(clauses), room)
    assert size(cut) <= room
    assert cut.removesuffix(f" {CUT}") in wholes


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(Suggestion, LONG_TEXT, LONG_TEXT), max_size=5))
def test_any_suggestion_fits_a_button(suggestions: list[Suggestion]) -> None:
    """Whatever is suggested, labels are 1 to 64 units on one line; callback data is 1 to 64 bytes and leads back."""
    usable = [Suggestion(s.label, s.question.encode(errors="ignore").decode()) for s in suggestions]
    memory = Memory()
    answer = Answer(AnswerKind.CHAT, "en", "a", EMPTY, suggestions=tuple(usable), page="https://example.org/a")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    markup = keyboard(answer, lambda question: memory.button(question, now), "Source")
    assert markup is not None
    assert markup.inline_keyboard[-1][-1].url == answer.page
    for row in markup.inline_keyboard:
        for button in (button for button in row if not button.url):
            assert 1 <= size(button.text) <= LABEL
            assert "\n" not in button.text
            data = str(button.callback_data)
            assert 1 <= len(data.encode()) <= 64
            assert asyncio.run(memory.question(data, now)) in [suggestion.question for suggestion in usable]


def test_formula_is_shown_once() -> None:
    """A formula stands in the message, once, also when the answer's lines hold it already."""
    formula = "under 400 billion ÷ (1 + 37%) = under 292 billion"
    for lines in ((), (formula,)):
        answer = Answer(AnswerKind.DERIVED, "en", "about 292 billion yuan", EMPTY, lines=lines, formula=formula)
        assert len(re.findall(re.escape(formula), render(answer).plain)) == 1
