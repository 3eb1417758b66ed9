"""What a person typed is cleaned for reading: every way to write a word reads as that word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.cleaning import clean, lang_of, simplify


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ＲＭＢ　ｓｅｔｔｌｅｍｅｎｔ", "rmb settlement"),
        ("SETTLEMENT", "settlement"),
        ("set\u200btle\u00adment", "settlement"),
        ("\u202esettlement\u202c", "settlement"),
        ("\ufeffsettlement\x00", "settlement"),
        ("s\u0336e\u0336ttlement", "settlement"),
        ("settlement 😀 2024", "settlement 2024"),
        ("5\ufe0f\u20e3 atms", "5 atms"),
        ("<b>settlement</b> &amp; growth", "settlement & growth"),
        ("<script>alert(1)</script>atm", "atm"),
        ("see https://example.org/a?b=1 atm", "see atm"),
        ("  a \r\n\t b ", "a b"),
        ("跨境人民幣結算規模", "跨境人民币结算规模"),
        ("２０２４年", "2024年"),
        ("ﬁnancing", "financing"),
    ],
)
def test_ways_to_write_a_word_read_as_it(typed: str, read: str) -> None:
    """Width, case, invisible marks, markup, links, emoji and traditional characters are folded away."""
    assert clean(typed) == read


@pytest.mark.parametrize("text", ["3 < 4 and 5 > 2", "a & b", "usd 5.46bn, up 37%", "don't", "“33618”", "6000亿元，增长15.5%"])
def test_what_means_something_stays(text: str) -> None:
    """Signs of comparison, apostrophes, quotation marks and figures are no markup."""
    assert clean(text) == text.replace("，", ",")


@given(st.text(max_size=300))
def test_cleaned_text_holds_nothing_unseen(text: str) -> None:
    """Whatever is typed, nothing invisible, no upper-case ASCII and no double space is left."""
    read = clean(text)
    assert read == read.strip()
    assert "  " not in read
    assert not {unicodedata.category(c) for c in read} & {"Cc", "Cf", "Co", "Cs"}
    assert not any("A" <= c <= "Z" for c in read)


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_simplifying_keeps_every_offset(text: str) -> None:
    """Folding traditional characters changes no length, so that offsets stay those of the release."""
    assert len(simplify(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("重庆跨境人民币结算规模", "zh"),
        ("ASEAN收支是多少", "zh"),
        ("人民幣結算?", "zh"),
        ("How much?", "en"),
        ("what does 通道 mean in this release", "en"),
        ("2024?", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_the_askers(text: str, lang: str) -> None:
    """A question is Chinese where Chinese carries it, English otherwise."""
    assert lang_of(text) == lang


@pytest.mark.parametrize("junk", ["<" * 50_000, "<a" * 25_000, "&" * 50_000, "<script>" * 6_000, "https://" * 6_000, "e" + "\u0301" * 20_000, " " * 50_000])
def test_long_junk_is_cleaned(junk: str) -> None:
    """Openings that never close, entities without end and marks without letters leave a word beside them readable."""
    assert clean(junk + " atm ").endswith("atm")
