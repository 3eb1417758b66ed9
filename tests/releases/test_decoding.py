"""Bytes become a text or one clear refusal; GB18030 is told from what only looks like it."""

from __future__ import annotations

import pytest

from bot.errors import ReleaseError
from bot.releases.decoding import LARGEST, decode

CHINESE = "2024年，重庆跨境人民币结算量近4000亿元，同比增长37%，高于全国平均水平15个百分点。"
TRADITIONAL = "二零二四年，重慶跨境人民幣結算量近四千億元，同比增長百分之三十七，高於全國平均水平。"
JAPANESE = "重慶市の2024年の国境を越えた人民元決済額は約4000億元に達し、前年比37％増となった。"
KOREAN = "충칭시의 2024년 국경 간 위안화 결제액은 약 4000억 위안으로 전년 대비 37% 증가했다."


@pytest.mark.parametrize("text", [CHINESE, TRADITIONAL, CHINESE * 400])
def test_chinese_in_the_national_encoding_is_told(text: str) -> None:
    """GB18030 is recognised, long and short, and said to be what it was."""
    assert decode(text.encode("gb18030"), "a.txt") == (text, "gb18030")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(TRADITIONAL, "big5"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"), (KOREAN, "euc_kr"), ("Объём вырос на 37 процентов", "cp1251"), ("Le volume a été dépassé", "latin-1")],
)
def test_other_encodings_are_refused_and_never_guessed(text: str, encoding: str) -> None:
    """Bytes in another encoding are refused, also where they would decode as GB18030 into nonsense."""
    with pytest.raises(ReleaseError, match=r"a\.txt: is neither UTF-8 .*save it as UTF-8"):
        decode(text.encode(encoding), "a.txt")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 \xe2\xe3", "a PDF"),
        (b"PK\x03\x04rest", "Word, Excel or zip"),
        (b"\xd0\xcf\x11\xe0rest", "old Word"),
        (b"{\\rtf1 Volume rose}", "RTF"),
        ("up 5%".encode("utf-16"), "UTF-16"),
        ("up 5%".encode("utf-16-le"), "control characters"),
        (b"\x01\x02\x03\x04 up", "control characters"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"x" * (LARGEST + 1), "larger than"),
    ],
)
def test_what_is_no_text_is_named_for_what_it_is(data: bytes, words: str) -> None:
    """Other formats, other widths, controls, an empty file and one without end are each refused by name."""
    with pytest.raises(ReleaseError, match=words):
        decode(data, "a.txt")


@pytest.mark.parametrize("text", ["a\r\nb\rc\n", "\ufeffVolume rose 5%.", "\u202eVolume\u202c rose", "page\x0cbreak and much more of the text, so that one control is no harm " * 4])
def test_a_text_is_taken_as_it_stands(text: str) -> None:
    """Mixed line ends, a byte-order mark, marks of direction and a page break stay in the text."""
    assert decode(text.encode(), "a.txt") == (text, "utf-8")
