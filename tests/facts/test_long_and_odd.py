"""Long, deep and odd texts are read in time that grows with their length, and every quote stays a slice."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.facts.reading import read_facts
from bot.releases.decoding import language_of
from bot.releases.model import Masthead, Release
from bot.releases.reading import read_release
from bot.releases.sentences import split_sentences

ROOT = Path(__file__).resolve().parents[2]
FIRST = (ROOT / "seeds" / "000_82a4cc623399501d.txt").read_text(encoding="utf-8")
SIZE = 6_000
# Twice the text may take twice the time; the rest is a busy machine's share. A square would take four times.
GROWTH, NOISE = 3.2, 0.3
ODD = {
    "numbers alone": "5% 5% 1\n",
    "one sentence": "the volume rose and the balance fell while ",
    "one sentence of figures": "the volume rose 5% to USD 5 billion and ",
    "one Chinese sentence": "跨境人民币结算量增长5%，",
    "a title without end": "副行长",
    "names": "Yao Li, Director of ",
    "capitals": "A",
    "capital words": "Abc ",
    "brackets": "(",
    "Chinese brackets": "（",
    "credits": "(Photo/",
    "quotation marks": "“",
    "plans": "will expand and ",
    "lists": "such as a, ",
    "digits": "1",
    "grouped digits": "1,",
    "percentages": "5% ",
    "spaces": " ",
    "full stops": "U.S. ",
    "markup": "<p>up <b>5%</b></p>\n",
    "respectively": "A, B and C rose 5%, 6% and 7% respectively, ",
    "one sentence of periods": "the volume rose 5% in 2024 to USD 5 billion at the end of May 2025 and ",
    "Chinese periods": "2024年5月，进出口总值5218.6亿元，同比增长8.7%；",
    "quotations": "“今年进出口增长5%，比去年快。”王明说。",
    "rows": "Exports 120.5 118.2 1.9\n",
}


def release(text: str) -> Release:
    """Give a bare release of a text."""
    language = language_of(text)
    return Release("odd", text, language, Masthead(), split_sentences(text, language))


def seconds(text: str) -> float:
    """Give the processor time a reading takes."""
    start = time.process_time()
    read_facts(release(text))
    return time.process_time() - start


@pytest.mark.parametrize("unit", ODD.values(), ids=ODD)
def test_time_grows_with_length(unit: str) -> None:
    """Twice the text takes about twice the time, whatever it repeats: no pattern backtracks without bound."""
    text = unit * (SIZE // len(unit))
    assert seconds(text + text + "x.") <= seconds(text + "x.") * GROWTH + NOISE


def test_five_megabytes_are_cut_into_sentences(tmp_path: Path) -> None:
    """A text of 5 MB is read whole, its last sentence a slice like its first."""
    copies = 5_000_000 // len(FIRST.encode()) + 1
    path = tmp_path / "long.txt"
    path.write_text(f"{FIRST}\n" * copies, encoding="utf-8")
    found = read_release(path)
    assert len(found.sentences) == copies * len(split_sentences(FIRST, "en"))
    assert found.quote(found.sentences[-1].span) == found.sentences[-1].text


@pytest.mark.parametrize("wrap", ["<p>{}</p>", "\u200f{}\u200f", "({})", "((({})))", "\ufeff{}", "{}\r\n", "&nbsp;{}&nbsp;"])
def test_what_surrounds_a_figure_hides_nothing(wrap: str) -> None:
    """Markup pasted as text, marks of direction and brackets leave the figure and its place."""
    text = wrap.format("The volume rose 5.5% to USD 3 billion in 2024.")
    found = read_facts(release(text)).figures
    assert [text[f.span.start : f.span.end] for f in found] == ["5.5%", "USD 3 billion"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*ODD.values(), "2024年", "5.5%", "USD 3 billion", "近4000亿元", "\r\n", "。", ". ", "分别", "from 3% to 4%", "\u200f", "10万亿", "约三成"]), max_size=25))
def test_whatever_is_read_quotes_its_text(parts: list[str]) -> None:
    """For any mixture of fragments a reading raises nothing, and figures and statements are slices of it."""
    text = "".join(parts)
    whole = release(text)
    facts = read_facts(whole)
    assert all(text[f.span.start : f.span.end] == f.quantity.surface for f in facts.figures)
    assert all(0 <= s.span.start < s.span.end <= len(text) for s in facts.statements)
