"""Settles a figure's name once it is found: no name is a stretch of time, a price of a currency is its rate, and two names of one thing stand together."""

from __future__ import annotations

from bot.facts.model import FigureKind
from bot.text.patterns import Folded

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
# "The third quarter contributed 217.9 billion", "September's 76.4 billion was a record": of what is spoken of all along.
TIME = Folded(
    r"(?:the |this |last |that |its |a )*(?:(?:first|second|third|fourth|last|latest|final|past|previous|same|whole|full) )*(?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven) )?"
    rf"(?:{_MONTHS}|months?|quarters?|half(?:[ -]year)?|half-years?|years?|weeks?|period|holiday|season|day)(?: (?:of|to|and|through) (?:the |this |last )*(?:{_MONTHS}|years?|20\d\d))?(?: (?:alone|itself|20\d\d|19\d\d))?(?:['’]s?)?"
)
NOTHING = Folded(r"(?:another|others?|itself|themselves|alone|today|now|more|less|about|over|nearly|both|each|all|same|up|down|one|much)")
PER_CURRENCY = Folded(r"^ ?(?:per|to(?: the| one| a)?|against (?:the|one)|for (?:one|each|every)) (?:us |u\.s\. |american |hong kong |singapore )?(?:dollar|euro|pound|yen)\b")
RATED = Folded(r"\b(?:rate|parity|price|fixing)\b")
TRADE = Folded(r"(?:.{1,40}['’]s )?(?:total |overall |two-way )?(?:foreign |external |goods |merchandise )?trade(?: in goods)?")
IN_FULL = ("imports and exports", "exports and imports")


def whole_name(text: str) -> str:
    """Give the name by which a release calls its trade in full, or nothing.

    >>> whole_name("Imports and exports rose. Trade with Asia"), whole_name("Trade rose")
    ('imports and exports', '')
    """
    low = text.lower()
    return next((name for name in IN_FULL if name in low), "")


def settled(name: str, kind: FigureKind, after: str, main: str, full: str) -> str:
    """Give a name as a reader takes it; ``main`` is what the release is about, ``full`` its trade's name in full.

    >>> settled("third quarter", FigureKind.LEVEL, "", "imports", ""), settled("Converted", FigureKind.RATE, " to one US dollar", "", "")
    ('imports', 'exchange rate')
    >>> settled("foreign trade", FigureKind.LEVEL, "", "", "imports and exports"), settled("trade with ASEAN", FigureKind.LEVEL, "", "", "imports and exports")
    ('foreign trade (imports and exports)', 'trade with ASEAN')
    """
    if main and (TIME.fullmatch(name) or NOTHING.fullmatch(name)):
        name = main
    if kind == FigureKind.RATE and PER_CURRENCY.match(after) and not RATED.search(name):
        return "exchange rate"
    return f"{name} ({full})" if full and TRADE.fullmatch(name) else name
