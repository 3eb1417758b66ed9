"""The promise, for any input: no figure without a source, quotations that are slices, and never a trace."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.desk import Desk
from bot.text.quantities import find_quantities

if TYPE_CHECKING:
    from bot.answers.model import Answer

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, tzinfo=UTC)
YEARS = re.compile(r"(?:19|20)\d\d")
COMMANDS = re.compile(r"/\w+")
HUNDRED = Decimal(100)


@lru_cache(maxsize=1)
def desk() -> Desk:
    """Open the shipped release once."""
    return Desk.open(ROOT / "seeds", ROOT / "intents")


@lru_cache(maxsize=1)
def vocabulary() -> list[str]:
    """Give every way to say anything, numbers and junk beside."""
    book = desk().book
    words = [str(s) for c in book.concepts.values() for s in (*c.en, *c.zh)]
    extra = ["900 billion yuan", "in 2023", "2022年", "5%", "1234", "<b>", "&amp;", "Chengdu", "成都", "EU", "右", "\u202e", "🚀", "last year", "去年", "?", "，", "33618", "12.8", "480"]
    return words + extra


def unsourced(answer: Answer) -> list[str]:
    """Give the numbers of a reply that stand in no quotation and no formula."""
    sources = [q.text for q in answer.quotes] + [answer.formula or "", answer.source]
    sources += [desk().store.releases[0].quote(f.span) for f in answer.figures]
    held = {q.quantity.amount for text in sources for q in find_quantities(text)} | {HUNDRED}
    # A refusal names what did not fit, in the asker's own words: its first line states no fact.
    said = "\n".join(answer.lines) if answer.kind == "refused" else answer.text
    text = YEARS.sub(" ", COMMANDS.sub(" ", said)).replace("33618", " ")
    return [q.quantity.surface for q in find_quantities(text) if any(c.isdigit() for c in q.quantity.surface) and q.quantity.amount not in held and not _dated(q.quantity.surface, answer)]


def _dated(surface: str, answer: Answer) -> bool:
    """Whether a number is the day of the release or of a period that the reply names."""
    return surface.isdigit() and int(surface) <= 31 and any(surface in t for t in (answer.source, *[q.text for q in answer.quotes], str(desk().anchor)))


def check(answer: Answer) -> None:
    """Hold an answer against the promise."""
    release = desk().store.releases[0]
    for quote in answer.quotes:
        assert release.text[quote.start : quote.end] == quote.text
    if answer.kind in ("stated", "derived"):
        assert answer.quotes
    if answer.kind == "derived":
        assert answer.formula
    assert unsourced(answer) == []
    assert answer.headline.strip()


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.deferred(lambda: st.sampled_from(vocabulary())), min_size=1, max_size=7))
def test_no_reply_holds_an_unsourced_number(words: list[str]) -> None:
    """Whatever is asked with the content's own words, every number in the reply is the release's or worked out."""
    check(desk().ask(" ".join(words), NOW))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_gets_an_answer_or_a_polite_refusal(text: str) -> None:
    """Ask never raises, and what comes back keeps the promise."""
    check(desk().ask(text, NOW))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.deferred(lambda: st.sampled_from(vocabulary())), min_size=2, max_size=6))
def test_a_dialogue_keeps_the_promise(turns: list[str]) -> None:
    """The promise holds from turn to turn."""
    context = None
    for turn in turns:
        answer = desk().ask(turn, NOW, context)
        check(answer)
        context = answer.context


@settings(max_examples=150, deadline=None)
@given(st.deferred(lambda: st.sampled_from(vocabulary())), st.sampled_from([str.upper, str.title, lambda s: s + "!!!", lambda s: f"  {s} ", lambda s: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in s)]))
def test_case_width_and_punctuation_change_no_match(text: str, change: object) -> None:
    """Upper case, full width, spaces and marks leave topic, aspect and kind as they were."""
    if not text.replace(" ", "").isalpha():
        return
    plain, changed = desk().ask(text, NOW), desk().ask(change(text), NOW)  # type: ignore[operator]
    assert (plain.kind, plain.topic, plain.aspect) == (changed.kind, changed.topic, changed.aspect)


def test_odd_questions_are_answered_politely() -> None:
    """Empty, huge, emoji-only, control characters, markup and other languages: an answer or a refusal, no trace."""
    for text in ("", " ", "\x00\x01", "🔥" * 50, "a" * 10_000, "how much " * 1200, "<script>alert(1)</script>", "Quel est le solde ?", "ﷺ" * 200, "９９９", "(" * 3000, "1" * 5000):
        answer = desk().ask(text, NOW)
        check(answer)
        assert "Traceback" not in answer.text
        assert "<" not in answer.text


def test_the_year_before_a_refused_period_is_refused() -> None:
    """What was refused stays the referent: the year before it is not worked out from the release's own year."""
    first = desk().ask("the corridor financing balance in Q2 2024", NOW)
    answer = desk().ask("and a year earlier?", NOW, first.context)
    assert str(first.kind) == "refused"
    assert str(answer.kind) == "refused"
