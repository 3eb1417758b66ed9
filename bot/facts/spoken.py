"""Words around a period that tell whose it is: what is compared, when a thing began, what goes on, what is to come."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from bot.facts.model import FigureKind
from bot.facts.nouns import UP_DOWN
from bot.text.patterns import grouped
from bot.text.period import Period, PeriodKind
from bot.text.quantity import POINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.facts.draft import Draft
    from bot.text.period import FoundPeriod

COMPARED = re.compile(
    r"(?:\bfrom|\bthan(?: in| that of| at| for)?|\bbelow|\bcompared (?:with|to)|\bagainst|\bof the whole of|\blevel of|\b(?:that|those|figures?|readings?|values?|totals?|levels?|averages?) (?:of|in|at|for|seen in)|\bnumber of|\bsince|\bwhat (?:it|they) (?:was|were)(?: in| at)?|\bto|\bversus|\bahead of|\b(?:up|down) on|\b(?:did|seen|recorded) (?:in|at|during))\s*"
    r"(?:the )?(?:end of |same (?:period|month|quarter|time|[a-z]+ months|half) (?:of |in )?|corresponding (?:period|month|quarter) (?:of |in )?|whole of |level of |average (?:of|for|in) |(?:spring|summer|autumn|fall|winter) of )?$",
    re.IGNORECASE,
)
COMPARED_ZH = re.compile(r"(?:比|较|与|由|从|是|相当于|(?<!截)至|截至(?=上|去))\s*(?:上年)?$")
BETWEEN = re.compile(r"\bbetween (?:the )?$", re.IGNORECASE)
STEPS = r"(?P<step>year|quarter|month)"
AGO_AFTER = re.compile(
    rf"^\s?(?:\([^)]*\)\s?)?(?:per [a-z]+ )?(?:in |at |for |during |seen )?(?:(?:a|one) {STEPS} (?:earlier|ago|before)|(?:the )?(?:previous|preceding|prior) (?P<step2>year|quarter|month)\b|(?:the )?(?:same|corresponding) (?:period|quarter|month|time|point)(?: of| in)? (?:last year|a year|the previous year|the preceding year)|last (?P<step3>year|quarter)\b)",
    re.IGNORECASE,
)
YEAR_AGO_BEFORE = re.compile(r"(?:上年同期|去年同期|上年末?|去年)的?\s*$")
BASE = re.compile(r"\b(?:from|compared (?:with|to)|against|versus|after|than|above|below)\s+(?:[a-z]+ ){0,3}$|\((?:net |from |up from |down from )?$", re.IGNORECASE)
# "from 4.1 percent in 2024": the period is of the figure that another is compared with.
COMPARED_FIGURE = re.compile(r"\b(?:from|compared (?:with|to)|against|(?<!more )(?<!less )(?<!fewer )(?<!higher )(?<!lower )than|versus|after|times (?:the|that))\s[^,;.]{0,24}?\d[^,;]{0,24}?(?:\bin the (?:same|corresponding) [a-z]+ )?\b(?:in|at|for|of|by)\s(?:the )?$", re.IGNORECASE)
# "weekly options, launched in November, supplied": when a thing began is not when it was measured.
BEGUN = re.compile(
    r", (?:which |that )?(?:was |were )?(?:only |first |newly |formally )?(?:launched|opened|introduced|established|founded|set up|created|started|inaugurated|approved|designated|listed|licen[sc]ed|upgraded|formed|unveiled)\b[^,;\d]{0,60}$"
    r"|\bsince (?:the |its )?(?:launch|start|introduction|establishment|opening|founding|inception|beginning|debut)\b[^,;\d]{0,50}$",
    re.IGNORECASE,
)
BEGUN_WITH = re.compile(r"^ with (?:only |just |some )?")
POSSESSED = re.compile(r"['’]s (?:record |revised )?")
POSSESSIVE = re.compile(r"['’]s")
ALONE = re.compile(r"^,? alone\b|^当月")
STOCK = re.compile(r"balance|outstanding|stood at|stock of|余额|存量", re.IGNORECASE)
STOCKS = re.compile(r"\b(?:loans?|deposits|reserves|debt|holdings|(?:total|gross|net|bank|foreign) assets|liabilities|balances?|outstanding|wallets|(?<!capital )(?<!current )accounts|atms|machines|terminals|borrowers|bonds|held|receivables|shops|outlets)\b", re.IGNORECASE)
NEW = re.compile(r"\b(?:new|flows?|increase[sd]?|issu\w+|approved|lent|repaid|drawn|remitt\w+|rate|ratio|cost|granted|applications|financing|growth|interest|mortgages? loans?)\b", re.IGNORECASE)
WHOLE_YEAR = re.compile(r"\bfull[- ]year\b|全年|年内|今年", re.IGNORECASE)
NEAR = 14
OWN_GAP = re.compile(r"\s(?:per [a-z]+ )?(?:(?:[a-z]{3,}ed|seen|sold|spent|set) )?(?:in|at|for|by|as of|as at|over|during)\s(?:the )?|\s", re.IGNORECASE)
BRIEF = (PeriodKind.MONTH, PeriodKind.POINT)
STRETCHES = (PeriodKind.RUN, PeriodKind.QUARTER, PeriodKind.HALF)
MOVED = re.compile(rf"\b(?:{grouped(UP_DOWN)}) $", re.IGNORECASE)
OCCASION = re.compile(r" (?:press |news |media )?(?:briefing|conference|meeting|session|forum|report|bulletin|release|update)\b", re.IGNORECASE)
AGO = re.compile(r"\byears ago$", re.IGNORECASE)
TO_COME = re.compile(r"\b(?:will|shall) (?:be |also )?[a-z]+\b|\bmay (?:receive|apply|borrow|get|be)\b|\bis to be\b", re.IGNORECASE)
IT = re.compile(r"(?:It|They|That|This) [a-z]|(?:Of|Among) (?:this|these|that|them|which|the total)\b|By (?:product|item|sector|region|currency|type|instrument)\b|其中|这", re.IGNORECASE)
RATED = re.compile(r"\b(?:rates?|yields?|cost)\b|利率|费率", re.IGNORECASE)
PAST_YEARS = re.compile(r"[^.;,\d]{0,60}?\b(?:in|over|during|for|within) the (?P<text>(?:past|last) (?:[a-z]+ )?(?:years?|months|decades?|quarters))\b", re.IGNORECASE)
MOST_YEARS = 30
SAME_OF = re.compile(r"\s(?:in|for|during|over|at) the (?:same|corresponding) (?:period|months?|quarters?|half|time|point|stretch) (?:of|in) (?P<year>20\d\d)\b", re.IGNORECASE)
LIKE = re.compile(r"\b(?:same|corresponding|like) (?:period|quarter|month|months|half|time|stretch) (?:of|in) $", re.IGNORECASE)
# "saved about 600,000 yuan in conversion costs last year,": nothing between a figure and the year compares.
WITHIN = re.compile(r"(?: \([^()]{1,30}\))?(?: (?!(?:than|from|over|on|against|compared|same|corresponding|period|versus|above|below|as|for|up|down|more|less|fewer|higher|lower|earlier|and|but|while|to)\b)[A-Za-z'’-]+){0,9} ", re.IGNORECASE)
CLAUSE_ENDS = re.compile(r"\s*(?:[,.;:”\"–—]|$|and\b|with\b)")
RELATED = re.compile(r"^(?:.* )?last year$", re.IGNORECASE)
REACH = 200  # characters of a sentence that are looked through for a word
OPENING = 40
FEW = 12
BESIDES = re.compile(r"^,? (?:it|they|this|growth|the (?:increase|rise|fall|decline))\b|^[，,](?:同比|累计|合计)*(?:增长|下降|上涨)", re.IGNORECASE)
SAME_STRETCH = re.compile(r"\b(?:during|over|in|throughout) (?:the|this|that) (?:same )?period\b", re.IGNORECASE)
RUN = re.compile(r" to | through |[-–—至到]")
FROM = re.compile(r"\b(?:(?:up|down|risen|fallen|slowed|eased|climbing|rising|falling|compared|increased|decreased|decreasing|increasing)?,? ?from|compared with|against) (?:about |just |over |nearly )?$", re.IGNORECASE)
ASIDE = re.compile(r"[(（][^()（）]*$")
AHEAD = re.compile(r"\b(?:will|expect|forecast|plan|aim|target|next|project|until|by the end)\w*\b|将|力争|预计|计划|到", re.IGNORECASE)


LONGEST_PHRASE = 45
APART = re.compile(r"[,;:，；。：]")
LED_BY = re.compile(r"(?:in|at|by|over|during|as of|as at) ", re.IGNORECASE)
LEADS = re.compile(r"\b(?:in|by|at|for|during|as of|over|between|and)\s*(?:the )?$")
BEGINS, ENDS = attrgetter("start"), attrgetter("end")


def closer(text: str, draft: Draft, after: FoundPeriod) -> bool:
    """Whether a period right after a figure is its own ("in the first half of 2025", "in June")."""
    gap = text[draft.end : after.start]
    if len(gap) > LONGEST_PHRASE or APART.search(gap):
        return False
    return bool(LED_BY.match(after.period.text) or LEADS.search(gap))


def set_aside(text: str, found: FoundPeriod, draft: Draft) -> bool:
    """Whether a period stands in a bracket that is closed before the figure."""
    if ")" not in text:
        return False
    first = max(0, found.start - REACH)
    return ")" in text[found.end : found.end + REACH][: draft.start - found.end] and text.rfind("(", first, found.start) > text.rfind(")", first, found.start)


def as_brief(main: Period | None, period: Period) -> bool:
    """Whether the document's own period is as brief as a month or a point, so that such a one carries on."""
    return main is None or main.kind == period.kind or main.kind in BRIEF


def apart(main: Period | None, period: Period) -> bool:
    """Whether a period lies outside the document's own: what comes after it is of it, too."""
    return bool(main and main.start and main.end and period.end and not main.start <= period.end <= main.end)


def cumulative(main: Period | None, period: Period) -> bool:
    """Whether a period is the run from January that a monthly release gives beside its month."""
    month = main is not None and main.kind == PeriodKind.MONTH
    return bool(month and period.kind in STRETCHES and period.start and period.start.month == 1 and period.kind == PeriodKind.RUN)


def goes_on(draft: Draft) -> bool:
    """Whether a month or a point in time said before goes on: for a rate, and where "it" goes on."""
    text = draft.sentence.text
    rated = draft.quantity.unit == POINT and RATED.search(text, max(0, draft.start - REACH), draft.start)
    return draft.kind == FigureKind.RATE or bool(rated or IT.match(text))


def own_period(draft: Draft, found: Sequence[FoundPeriod]) -> Period | None:
    """Give the period that stands right after a figure ("from 4.2 percent in December"): its own, and never to come."""
    if not found:
        return None
    last = bisect_left(found, draft.start, key=ENDS) - 1
    before = found[last] if last >= 0 else None
    if before and before.period.kind == PeriodKind.MONTH and POSSESSED.fullmatch(draft.sentence.text[before.end : draft.start]):
        return before.period
    at = bisect_left(found, draft.end, key=BEGINS)
    for f in found[at : at + 2]:
        gap = draft.sentence.text[draft.end : f.start]
        if RELATED.fullmatch(f.period.text) and draft.kind != FigureKind.MULTIPLE and WITHIN.fullmatch(gap) and CLAUSE_ENDS.match(draft.sentence.text, f.end):
            return f.period
        if not (0 < len(gap) <= NEAR and OWN_GAP.fullmatch(gap)) or f.period.kind in (PeriodKind.DAY, PeriodKind.OTHER):
            continue
        if gap == " " and not re.match(r"(?:in|at|by|over|during|as) ", f.period.text, re.IGNORECASE):
            continue
        return f.period
    return None


def past_years(draft: Draft) -> Period | None:
    """Give the stretch that ends now which the words after a figure name: "over the past three years"."""
    after = draft.sentence.text[draft.end : draft.end + 100]
    said = PAST_YEARS.match(after) if " the past " in after or " the last " in after else None
    return Period(PeriodKind.OTHER, None, None, said["text"].casefold()) if said else None
