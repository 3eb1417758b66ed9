"""Settles a figure's name once it is found: no name is a stretch of time, a price of a currency is its rate, and two names of one thing stand together."""

from __future__ import annotations

import re

from bot.facts.model import FigureKind
from bot.facts.nouns import MONTHS
from bot.text.patterns import Folded

# "The third quarter contributed 217.9 billion", "September's 76.4 billion was a record": of what is spoken of all along.
TIME = Folded(
    r"(?:the |this |last |that |its |a )*(?:(?:first|second|third|fourth|last|latest|final|past|previous|same|whole|full) )*(?:(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven) )?"
    rf"(?:{MONTHS}|months?|quarters?|half(?:[ -]year)?|half-years?|years?|weeks?|period|holiday|season|day)(?: (?:of|to|and|through) (?:the |this |last )*(?:{MONTHS}|years?|20\d\d))?(?: (?:alone|itself|20\d\d|19\d\d))?(?:['’]s?)?"
)
NOTHING = Folded(r"(?:another|others?|itself|themselves|alone|today|now|more|less|about|over|nearly|both|each|all|same|up|down|one|much|between|from|to)")
PER_CURRENCY = Folded(r"^ ?(?:per|to(?: the| one| a)?|against (?:the|one)|for (?:one|each|every)) (?:us |u\.s\. |american |hong kong |singapore )?(?:dollar|euro|pound|yen)\b")
PER = re.compile(r"(?:[^().;]{0,24}\))?(?: \([^()]{1,60}\))? per (?P<unit>(?!cent\b)[a-z]+)\b", re.IGNORECASE)
RATED = Folded(r"\b(?:rate|parity|price|fixing)\b")
CONVERTED = Folded(r"\W*(?:amounts? )?(?:are )?(?:converted|at)\b")
TRADE = Folded(r"(?:.{1,40}['’]s )?(?:total |overall |two-way |full-year |half-year |annual |monthly |quarterly )?(?:foreign |external |goods |merchandise )?trade(?: in goods)?(?: growth)?(?: in the (?:month|quarter|year|period|half))?(?: (?:of|by) [^,;]{2,60})?")
SHORT = re.compile(r"\((?P<short>[A-Z]{2,6})\)")
WORD = re.compile(r"[A-Za-z]+")
LONGEST = 120  # characters of what is abbreviated
PLAIN = re.compile(r"(?:(?!(?:of|in|to|the|for|with|from|by|on|at)\b)[\w'’-]+ ){0,2}\w+")  # a name that is of nothing else
SHORTER = 48  # no longer name is only a time
# Short names that a release may use beside the whole without saying that they are one.
KNOWN = {
    "GDP": "gross domestic product", "FDI": "foreign direct investment", "ODI": "outbound direct investment", "CPI": "consumer price index", "PPI": "producer price index",
    "PMI": "purchasing managers' index", "LPR": "loan prime rate", "IPO": "initial public offering", "IPOs": "initial public offerings", "SMEs": "small and medium-sized enterprises",
}
IN_FULL = ("imports and exports", "exports and imports")


def in_full(text: str) -> dict[str, str]:
    """Give what a release's short names stand for: its abbreviations, and the trade that it calls imports and exports elsewhere.

    >>> in_full("Imports and exports rose. Trade with Asia"), in_full("Trade rose")
    ({'trade': 'imports and exports'}, {})
    """
    low = text.lower()
    both = "customs" in low and "exports" in low and "imports" in low  # what customs call trade is the two together
    trade = next((name for name in IN_FULL if name in low), IN_FULL[0] if both else "")
    known = {short: whole for short, whole in KNOWN.items() if whole in low}
    return {**known, **short_names(text), **({"trade": trade} if trade else {})}


def short_names(text: str) -> dict[str, str]:
    """Give the measures that a release has abbreviations of: each abbreviation with the words whose first letters it is.

    The way of Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions", for initials.

    >>> short_names("Foreign direct investment (FDI) rose; the gross domestic product (GDP) of the city (see ABC)")
    {'FDI': 'foreign direct investment', 'GDP': 'gross domestic product'}
    """
    found: dict[str, str] = {}
    for match in SHORT.finditer(text):
        words = WORD.findall(text[max(0, match.start() - LONGEST) : match.start()].lower())[-len(match["short"]) :]
        if "".join(word[0] for word in words) == match["short"].lower():
            found.setdefault(match["short"], " ".join(words))
    return found


def settled(name: str, kind: FigureKind, after: str, main: str, full: dict[str, str]) -> str:
    """Give a name as a reader takes it; ``main`` is what the release is about, ``full`` its short names with what each stands for.

    >>> settled("third quarter", FigureKind.LEVEL, "", "imports", {}), settled("Converted", FigureKind.RATE, " to one US dollar", "", {})
    ('imports', 'exchange rate')
    >>> settled("foreign trade", FigureKind.LEVEL, "", "", {"trade": "imports and exports"}), settled("GDP", FigureKind.LEVEL, "", "", {"GDP": "gross domestic product"})
    ('foreign trade (imports and exports)', 'GDP (gross domestic product)')
    """
    if main and len(name) <= SHORTER and (TIME.fullmatch(name) or NOTHING.fullmatch(name)):
        name = main
    if kind == FigureKind.RATE and PER_CURRENCY.match(after) and (CONVERTED.match(name) or not RATED.search(name)):
        return "exchange rate"
    per = PER.match(after) if kind == FigureKind.LEVEL and " per " in after and " per " not in name else None
    if per:
        name = f"{name} per {per['unit']}"
    if not full:
        return name
    known = full.get("trade") if TRADE.fullmatch(name) else full.get(name.rpartition(" ")[2]) if PLAIN.fullmatch(name) else None
    return f"{name} ({known})" if known and known not in name.lower() else name
