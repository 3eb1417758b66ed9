"""Cleans what a person typed; the text of a release is never touched.

Order: markup neutralised, NFKC, invisible marks dropped, traditional folded to simplified, case folded, white space folded.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TAG = re.compile(r"<(?:script|style)\b[^<>]{0,200}>[^<]{0,2000}</(?:script|style)>|</?[a-z!][^<>]{0,200}>", re.IGNORECASE)
LINK = re.compile(r"\(?https?://[^\s()<>]{1,500}\)?", re.IGNORECASE)
INVISIBLE = frozenset({"Cf", "Cc", "Co", "Cs"})
SYMBOL = frozenset({"So", "Sk"})
# Accents that compose with no letter: dropped, so that a word they decorate stays one word.
MARK = frozenset({"Mn", "Me"})
CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
CJK_RUN = re.compile(rf"{CJK.pattern}+")
LATIN = re.compile(r"[A-Za-z]{2,}")
SPACE = re.compile(r"\s+")
# One Chinese character says about as much as this many English letters' words.
CJK_PER_WORD = 1.0
MOST_KEPT = 8192  # characters


@lru_cache(maxsize=1)
def _folder() -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415 - its tables are read only when Chinese is typed

    return OpenCC("t2s").convert  # type: ignore[no-any-return]


class _Each(dict[int, str]):
    """What each character becomes, by its code point, worked out when it is first met; as ``str.translate`` takes it."""

    def __init__(self, become: Callable[[str], str]) -> None:
        super().__init__()
        self._become = become

    def __missing__(self, code: int) -> str:
        became = self._become(chr(code))
        if len(self) < MOST_KEPT:
            self[code] = became
        return became


def simplify(text: str) -> str:
    """Fold traditional characters to simplified ones, character by character, so that offsets stay.

    >>> simplify("外匯衍生品"), simplify("plain")
    ('外汇衍生品', 'plain')
    """
    if not CJK.search(text):
        return text
    return text.translate(_SIMPLE)


def _simple(character: str) -> str:
    return _folder()(character) if CJK.match(character) else character


def _visible(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    category = unicodedata.category(character)
    if character in "\n\t\r":
        return " "
    if category in INVISIBLE or category in MARK:
        return ""
    return " " if category in SYMBOL else character


_SIMPLE, _VISIBLE = _Each(_simple), _Each(_visible)


def clean(text: str) -> str:
    r"""Clean a question for reading.

    >>> clean("ＡＳＥＡＮ　２０２４\u200b？"), clean("<b>Yoy</b> &amp; up"), clean("涉外收支規模")
    ('asean 2024?', 'yoy & up', '涉外收支规模')
    >>> clean("3 < 4"), clean("settle\u00adment")
    ('3 < 4', 'settlement')
    >>> clean("cafe\u0301"), clean("s\u0336e\u0336ttle"), clean("5\ufe0f\u20e3 atms")
    ('café', 'settle', '5 atms')
    """
    text = LINK.sub(" ", TAG.sub(" ", html.unescape(text)))
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFC", text).translate(_VISIBLE))
    return SPACE.sub(" ", simplify(text).casefold()).strip()


def bare(text: str) -> str:
    """Leave out everything but letters, digits and apostrophes, for comparing whole messages.

    >>> bare("thanks!!  a lot :)")
    'thanks a lot'
    """
    return " ".join("".join(c if c.isalnum() or c in "' " else " " for c in text).split())


def lang_of(text: str) -> str:
    """Tell a question's language: Chinese where it has any Chinese beside at most as many English words.

    >>> lang_of("外汇衍生品 2024?"), lang_of("fx derivatives"), lang_of("what does 通道 mean in this release"), lang_of("ATM外卡")
    ('zh', 'en', 'en', 'zh')
    """
    chinese = len(CJK.findall(text))
    words = len(LATIN.findall(text))
    return "zh" if chinese and chinese > words * CJK_PER_WORD else "en"
