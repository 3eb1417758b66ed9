"""Tells what a figure is by the words around it: level, change, share, count, rate or multiple; its sign and basis.

The words of an English sentence come in small letters, and every pattern here is of small letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.facts.kinds_zh import DOWN_ZH, GROWN_TIMES_ZH, GROWTH_AT_ZH, UP_ZH, clause_zh, is_difference_zh, percent_zh
from bot.facts.model import FigureKind
from bot.text.patterns import grouped, words
from bot.text.quantity import COUNT, MULTIPLE, PERCENT, POINT

if TYPE_CHECKING:
    from bot.text.quantity import Quantity

BEFORE, AFTER, WIDE = 90, 60, 400
CLAUSE_EN = re.compile(r"[;:,. ](?:(?<=[;:])|(?<=,) (?=and |while |but |with |as |which |up |down |of which|compared|against)|(?<=\.)(?<!\.[a-z]\.) |(?<= )wh(?:ile|ereas) )")  # begins with what any begins with: the engine skips to those
LAST_CLAUSE_EN = re.compile(rf".*{CLAUSE_EN.pattern}", re.DOTALL)

UP_EN = r"rose|rises?|risen|rising|grew|grow(?:s|n|ing)?|growth|(?<!by )up|increas(?:e|ed|es|ing)|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:es?|ed|ing)|soar(?:s|ed|ing)?|gain(?:s|ed|ing)?|expand(?:s|ed|ing)?|edged up|higher|faster|more|widen(?:s|ed|ing)?|wider|quicken(?:s|ed)?|accelerat(?:es|ed|ing|ion)|pick(?:s|ed) up|strengthen(?:ed)?|stronger|dearer|add(?:ed|ing)|advance[ds]?|rebound(?:s|ed)?|recover(?:s|ed)?|above|surpass(?:ed|ing)?|outpac(?:ed|ing)|beat|lift(?:ed|ing)|rais(?:ed|ing)|improv(?:ed|ing|ement)|swell(?:ed)?|larger|bigger|put on|puts on|appreciat(?:ed|ion)|rall(?:ied|y)|leap(?:t|ed)|leapt|(?:sky)?rocketed|boost(?:ed|ing)?|hiked?|firmed|ballooned|mounted|spiked|doubled|outperform(?:ed)?"
DOWN_EN = r"fell|fall(?:s|en|ing)?|down|dropp?(?:ed|s|ing)?|declin(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|slip(?:ped|s)?|shr[aiu]nks?(?:ing)?|lower|less|fewer|below|narrow(?:ed|s|ing|er)?|cheaper|slow(?:s|ed|er|ing|down)?|eas(?:es|ed|ing)|weaken(?:s|ed)?|weaker|shorter|contract(?:ed|ion|ing)?|cut|reduc(?:ed|tion|ing)|los[ts]|slump(?:ed|ing|s)?|plung(?:ed|e|es|ing)|slid(?:e|es|ing)?|tumbl(?:ed|e|es|ing)|sinking|sinks?|slipping|shedding|halved|retreat(?:ed)?|trimm?(?:ed)?|dipp?(?:ed)?|edged down|smaller|depreciat(?:ed|ion)|shed|shorten(?:ed)?|lowered|lowering|slash(?:ed|ing)|sank|sunk|short of|moderat(?:ed|ing)|cooled|cooling|compress(?:ed)?|diminish(?:ed)?|pulled back|lower(?:ed|s)?"
CHANGE_EN = re.compile(words(f"{UP_EN}|{DOWN_EN}"))
DOWN_EN_RE = re.compile(words(DOWN_EN))
UP_EN_RE = re.compile(words(UP_EN))

SHARE_EN = re.compile(r"\b(?:share|proportion|account(?:ed|s|ing)? for|made up|mak(?:es?|ing) up|took|takes|take|equal to|equivalent to|contribut(?:ed|ing)|comprised|represent(?:ed|ing)|constitut(?:ed|ing))\b")
SHARE_AFTER_EN = re.compile(r"^ (?:lived?|said|used?|had|have|chose|expect(?:s|ed)?|came|went|bought|work(?:ed)?|responded|took)\b|^\s?(?:of\b|\)|were?\b|are\b|now\b)|^ (?:share|of all)")
RATE_EN = re.compile(words(r"rates?|ratio|yield|occupancy|capacity utili[sz]ation|utili[sz]ation|unemployment|index|pmi|lpr|inflation|volatility|parity|repo|mortgages?|priced|cost|fee|margin|intensity|coverage|penetration|failure|coupon|tariffs?|dut(?:y|ies)|vat|premium|jobless|factor|spread|score|roe|roa|return on|costs|fees|cet1|nim|returns?|charged?|billed|levied|commission"))
TARGET = re.compile(words(r"will|aims?|aimed|target(?:s|ed)?|expects?|expected|plans?|forecast|projected|means to|set a|hopes?|strives?|goal|by the end of 20\d\d"))
VS_PEER = re.compile(r"national|nationwide|the nation|country as a whole|whole country|全国|全省平均|平均水平|一般贷款|rural residents|农村居民|provincial average|peers")
YTD = re.compile(r"start of the year|beginning of the year|turn of the year|end of (?:last year|the previous year)|from the end of 20\d\d|year-to-date|比年初|较年初|比上年末|较上年末|上年末|年初")
MOM = re.compile(r"month[- ]on[- ]month|on the month|from (?:the )?(?:previous|a|last) month|than in (?:the )?(?:previous|last) month|环比|比上月|较上月|from (?:january|february|march|april|may|june|july|august|september|october|november)\b|below (?:january|february|march|april|may|june|july|august|september|october|november)\b")
QOQ = re.compile(r"quarter[- ]on[- ]quarter|from (?:the )?(?:previous|last) quarter|than in the previous quarter|quarter earlier|比上季度?|较上季度?|比[一二三四]季度|较[一二三四]季度")
PREVIOUS = re.compile(r"比上半年|较上半年|比一季度|比前三季度|比前?\d+个月|较前?\d+个月|比1[—-]\d+月|由上半年|than in the first (?:half|quarter)")
SINCE = re.compile(r"than in 20[01]\d|level of 20\d\d|compared with 20\d\d|since 20\d\d|与20\d\d年相比|比20\d\d年|old ceiling|试点前|两年|five years|改革前")
YEARLY = re.compile(r"year[ -]on[ -]year|(?:on|over) the year|\ba year\b|(?:same|corresponding) (?:period|month|quarter|time)|last year|previous year|(?:than|from|over|against|with) (?:in |that of |the )?20\d\d|annual|同比|上年|去年|[较比]20\d\d年")


def clause_of(text: str, start: int, end: int, language: str) -> tuple[str, str]:
    """Give the words of a figure's clause before and after it."""
    left = text[max(0, start - BEFORE) : start]
    right = text[end : end + AFTER]
    if language == "zh":
        return clause_zh(left, right)
    cut = LAST_CLAUSE_EN.match(left)
    stop = CLAUSE_EN.search(right)
    return left[cut.end() :] if cut else left, right[: stop.start()] if stop else right


Clause = tuple[str, str]


def kind_of(quantity: Quantity, text: str, place: tuple[int, int], clause: Clause, language: str, kinds: tuple[FigureKind | None, FigureKind | None] = (None, None)) -> FigureKind:
    """Tell a figure's kind; ``kinds`` are those of the figure of the same unit before it in its sentence, and in the one before."""
    previous, usual = kinds
    start, end = place
    before, after = clause
    before = text[max(0, start - BEFORE) : start] if language == "en" and AND_BY.match(before) else before
    if quantity.unit == POINT:
        return FigureKind.CHANGE
    if quantity.unit == MULTIPLE:
        return _multiple(before, language)
    if quantity.unit == PERCENT:
        return _percent(before, after, text[max(0, start - BEFORE) : start], language, (previous, usual), worded="" if DIGIT.search(quantity.surface) else quantity.surface)
    if _is_difference(before, after, text[end : end + AFTER], language):
        return FigureKind.CHANGE
    if previous == FigureKind.CHANGE and (PART_OF_RISE.match(after) or LIKEWISE.search(before)):
        return FigureKind.CHANGE
    if quantity.unit == COUNT:
        return FigureKind.RATE if PER_SO_MANY.match(text[end : end + AFTER]) else FigureKind.COUNT
    return FigureKind.RATE if _is_price(quantity, before, after) else FigureKind.LEVEL


ONE_IN = re.compile(r"[a-z] (?:in|out of) [a-z]")
DIGIT = re.compile(r"\d")
AND_BY = re.compile(r"\s*(?:and|but|or) by\b")


def _multiple(before: str, language: str) -> FigureKind:
    grown = language == "zh" and GROWN_TIMES_ZH.search(before)
    return FigureKind.CHANGE if grown else FigureKind.MULTIPLE


# "rose 5 percent" tells a change whatever rate is named before it; "rose above 5 percent" and "rose to" tell where it stands.
LONGEST_HEDGING = 44
HEDGING = re.compile(
    r"(?:\b(?:(?:more|less|fewer|higher|lower|greater) than|(?:well |just |slightly |a little )?(?:over|under)|nearly|almost|about|around|some|roughly|approximately|at least"
    r"|at most|up to|as much as|no (?:more|less|fewer) than|close to|only|just|a|an|the|another|a further|a record|a total of|an estimated) )+$",
)
HEDGING_ENDS = ("than ", "over ", "under ", "nearly ", "almost ", "about ", "around ", "some ", "roughly ", "approximately ", "least ", "most ", "to ", "as ", "only ", "just ", "a ", "an ", "the ", "another ", "further ", "record ", "of ", "estimated ")
DIRECT = re.compile(
    rf"\b(?:(?:{grouped(f'{UP_EN}|{DOWN_EN}')})(?: (?:up|down|slightly|sharply|marginally|modestly|further|steadily|again|a further|another|year on year|on average))?(?: by)?"
    r"|(?:increase|rise|gain|growth|growth rate|jump|surge|expansion|drop|decline|decrease|fall|reduction|contraction|slump|cut|dip) of|growth (?:target|goal) of|(?:grew|grow|rose|fell|expanded|increased|declined|rising|growing) at an? (?:[a-z-]+ ){0,3}(?:rate|pace) of) $",
)
BASE = re.compile(r"\b(?:(?:up|down|higher|lower|compared|improving|rising|falling) (?:from|with|to)|against|versus|vs\.?|than|rather than|it was|it at|and|or) $|\((?:net|from|up from|down from|against|\d{4}:?) $")
STANDS = re.compile(r"\b(?:to|at|from|above|below|between|than|and) $")
AGAINST = re.compile(
    r"(?:increase|rise|growth|gain|drop|decline|fall|year-on-year|jump|surge|decrease|higher|lower|more|less|fewer|up|down|on the year|dearer|cheaper|wider|narrower|larger|smaller|bigger|longer|slower|quicker|stronger|weaker|shorter|faster"
    r"|month-on-month|annual|above|below|ahead of|short of)\b",
)
# "was 0.9%, or 17,300, more than a year earlier"; "the strongest gains were recorded in communication (3.8%)".
OR_SO_MANY_MORE = re.compile(r", or [^,;]{1,30}, (?:more|less|fewer|higher|lower|faster|slower)\b")
FOR_GROWTH = re.compile(r" for (?:[a-z-]+ ){0,3}growth\b")
GAINS_IN = re.compile(r"\b(?:gains?|increases?|rises?|declines?|decreases?|drops?|falls?|losses|growth rates?)\b[^.;()]{0,40}\b(?:in|by|for|from) [^.;()]{1,60}(?:\([^()]{1,30}\)[^.;()]{1,60}){0,3}\((?:up |down |\+|-)?$")
OPENS = re.compile(r"\W*(?:and |while |but )?(?:nearly |almost |about |over |some )?")
OPENS_SHARE = re.compile(r"^ (?:were|was|are|concern(?:s|ed)?|[a-z]{3,}ed)\b(?! (?:by|to)\b)")
RATE_STANDS = re.compile(r"\b(?:fees?|rates?|ratio|yield|coupon)\b[^,;]{0,50}\b(?:from|to|at) $")
LENT_AT = re.compile(r"\b(?:lent|borrowed|lending facility|re-?lending)\b[^;]{0,60},? at $|\b(?:bonds?|bills?|notes|loans?|tenors?|maturit(?:y|ies)|funds|repos?)\b[^,;]{0,40} at $")
RESTATED = re.compile(r"(?:yuan|billion|million|trillion|bn|points|\d)(?: [a-z]+){0,4}, or $")
NO_VERB = re.compile(r"\b(?:above|below|(?:made|making|make|makes|took) up) $")
SHARE_OF = re.compile(r"^\s?of (?!(?:last|the same|the previous|january|february|march|april|may|june|july|august|september|october|november|december|20)\b)")
THAT_OF = re.compile(r"^\W*(?:and |while )?(?:that|those) (?:of|for|in|from|to)\b[^;]{0,80}\b(?:was|were|stood at|came to|at) $")
AIM_OF = re.compile(r"\b(?:goal|target|floor|ceiling|threshold|minimum|requirement) of $")
SHARE_NOUN = re.compile(r"\b(?:shares?|contribution|proportion|percentage(?! point)|weight)\b")
PART_OF_RISE = re.compile(r"^ of (?:that|this|it|the (?:net |total |overall )?(?:increase|rise|growth|gain|decline|fall))\b")
LIKEWISE = re.compile(r"\b(?:those|that|the ones?) (?:of|from|in|to) [^,;]{1,60} (?:for|by) $")
PER_SO_MANY = re.compile(r"^\s(?:[a-z-]+ ){1,2}(?:per|for every|a) (?:\d|hundred|thousand|million|head|capita|person|resident|inhabitant|household|square)")
PER_MONEY = re.compile(r"\b(?:every|each|per) (?:\d[\d,]* |hundred |one )?(?:yuan|dollar|euro|pound)\b|每[\u4e00-\u9fff]{0,4}\d*[百千万]?(?:元|美元)")
FOR_EACH = re.compile(r"^[^.;,]{0,40}\bfor (?:each|every) (?:yuan|dollar|euro|pound)\b")


A_SHARE = re.compile(r"(?<!per )\bshare\b(?! (?:capital|price|index|offering))|\b(?:their|respective) shares\b")
GROWTH_RATE = re.compile(r"\b(?:growth rates?|rates? of (?:growth|increase|change|expansion)|growth (?:in|of))\b(?!.*\b(?:unemployment|interest|policy|vacancy|exchange)\b)")
APPOSED = re.compile(r"\b(?:increase|rise|growth|decline|drop|fall|decrease)\b[^,;.\d]{0,30}, $")
BY = re.compile(r"\bby $")
INCREASE_OF = re.compile(r"\b(?:increase|rise|gain|growth|drop|decline|decrease|fall|reduction|jump|surge) of $")
PRICED = re.compile(r"\b(?:(?:exchange|spot|mid|reference|fixing|dollar|conversion|forward) rate|parity|converted at|locked in)\b|中间价|汇率|价格锁定|以$")
PRICED_AFTER = re.compile(r"\s?(?:per|to (?:the|one|a)) (?:us )?dollar|的价格锁定")


def _is_price(quantity: Quantity, before: str, after: str) -> bool:
    """Whether a small amount of money is an exchange rate or a rate locked in."""
    if quantity.amount >= 1000:  # noqa: PLR2004 - no exchange rate of a major currency against another is as large
        return False
    return bool(FOR_EACH.search(after) or PER_MONEY.search(before) or PRICED.search(before) or PRICED_AFTER.match(after))


def _unhedged(before: str) -> str:
    """Leave out the small words before a figure, looked for at the end only."""
    hedging = HEDGING.search(before, max(0, len(before) - LONGEST_HEDGING)) if before.endswith(HEDGING_ENDS) else None
    return before[: hedging.start()] if hedging else before


def _percent(before: str, after: str, wide: str, language: str, kinds: tuple[FigureKind | None, FigureKind | None], *, worded: str) -> FigureKind:
    if language == "zh":
        return percent_zh(before, after, wide)
    before, wide = _unhedged(before), _unhedged(wide)
    around = _percent_beside(before, after, wide, kinds[0]) or _percent_around(before, after, wide)
    if worded and (around == FigureKind.RATE or ONE_IN.search(worded)):
        return FigureKind.SHARE  # "three in ten", "almost half" are parts of something, whatever rate is spoken of
    return around or (FigureKind.RATE if FigureKind.RATE in kinds else FigureKind.SHARE)


def _percent_beside(before: str, after: str, wide: str, previous: FigureKind | None) -> FigureKind | None:
    """Tell a percentage's kind by the words right beside it: "5% higher", "5% of exports", "rose 5%", "up from 5%"."""
    if AGAINST.match(after.strip()) or OR_SO_MANY_MORE.match(after) or FOR_GROWTH.match(after) or GAINS_IN.search(wide) or (GROWTH_RATE.search(before) and not BY.search(before)):
        return FigureKind.CHANGE
    if OPENS.fullmatch(before) and OPENS_SHARE.match(after):
        return FigureKind.SHARE
    if SHARE_OF.match(after):
        return FigureKind.RATE if RATE_STANDS.search(before) and not A_SHARE.search(before) else FigureKind.SHARE
    if LENT_AT.search(before):
        return FigureKind.RATE
    if before.endswith(("or ", ", or ")) and RESTATED.search(wide):
        return FigureKind.SHARE
    if DIRECT.search(before) and not NO_VERB.search(before):
        return FigureKind.CHANGE
    if previous and (BASE.search(wide) or THAT_OF.match(before) or AIM_OF.search(before)):
        return previous
    return FigureKind.SHARE if SHARE_NOUN.search(before) and STANDS.search(before) else None


def _percent_around(before: str, after: str, wide: str) -> FigureKind | None:
    """Tell a percentage's kind by what its clause, then what goes before the clause, is about."""
    near = before[-46:]
    last = max((m.end() for m in CHANGE_EN.finditer(near)), default=-1)
    shares = max((m.end() for m in SHARE_EN.finditer(near)), default=-1)
    by = re.search(r"\bby $", near)
    if RATE_EN.search(before) and not by and "grow" not in near:
        return FigureKind.SHARE if A_SHARE.search(before) else FigureKind.RATE
    if (A_SHARE.search(near) and not by) or (shares > -1 and shares >= last):
        return FigureKind.SHARE
    if last >= 0:
        return FigureKind.CHANGE
    if SHARE_AFTER_EN.match(after):
        return FigureKind.SHARE
    if RATE_EN.search(wide):
        return FigureKind.RATE
    return FigureKind.CHANGE if CHANGE_EN.search(wide) else None


def _is_difference(before: str, after: str, wide: str, language: str) -> bool:
    """Whether an amount or number is a difference: "rose by 9.87 trillion", "67 more than", 比年初增加2283亿元."""
    if language == "zh":
        return is_difference_zh(before)
    if APPOSED.search(before) or re.match(r",?\s?(?:\w+ )?(?:more|less|fewer|higher|lower|larger|smaller|bigger) than|\s(?:more|less|fewer) than", after) or re.match(r"\s?\w* ?more than (?:in|at|a|last|the)", wide):
        return True
    if re.match(r"\s(?:more|less|fewer|higher|lower|up|down) (?:year|month|quarter|on the|on a|from|compared)", after):
        return True
    bare = _unhedged(before)
    if INCREASE_OF.search(bare) or (BY.search(bare) and CHANGE_EN.search(before[-70:])):
        return True
    by = re.search(r"\b(?:rose|fell|grew|increased|decreased|expanded|widened|narrowed|(?<!made )(?<!make )(?<!makes )(?<!making )(?<!set )up|down|dropped|declined|went (?:up|down)|shrank|gained|rising|falling|growing)(?: by)?(?: about| some| around| nearly| over| more than)? $", before)
    return bool(by) and not re.search(r"\bto\b", before[by.end() - 4 :] if by else "")


def sign_of(kind: FigureKind, quantity: Quantity, text: str, start: int, clause: Clause, language: str) -> str | None:
    """Read a change's direction from the nearest word of direction: before the figure in its clause, else after it."""
    if kind not in (FigureKind.CHANGE, FigureKind.MULTIPLE):
        return None
    before, after = (clause[0] if language == "zh" else _unhedged(clause[0])), clause[1]
    down, up = (DOWN_ZH, UP_ZH) if language == "zh" else (DOWN_EN_RE, UP_EN_RE)
    surface = quantity.surface.lower()
    if kind == FigureKind.MULTIPLE:
        return "-" if surface.startswith("halv") or (down.search(before[-24:]) and not up.search(before[-24:])) else "+"
    if quantity.surface[:1] in "-−–" or text[max(0, start - 1) : start] in ("-", "−"):
        return "-"
    named = _sign_of_named(quantity, before, language)
    if named:
        return named
    lasts = [(m.end(), sign) for sign, pattern in (("-", down), ("+", up)) for m in pattern.finditer(before)]
    firsts = [(m.start(), sign) for sign, pattern in (("-", down), ("+", up)) for m in pattern.finditer(after[:30])]
    if language == "en" and firsts and min(firsts)[0] <= 1:
        return min(firsts)[1]
    if lasts:
        return max(lasts)[1]
    if firsts:
        return min(firsts)[1]
    wide = text[max(0, start - WIDE) : start]
    lasts = [(m.end(), sign) for sign, pattern in (("-", down), ("+", up)) for m in pattern.finditer(wide)]
    return max(lasts)[1] if lasts else "+"


GROWTH_AT = re.compile(r"\b(?P<noun>growth|expansion|rate of increase|(?P<less>decline|decrease|contraction|drop|fall))\b(?! of (?:\d|a|about|over|nearly))[^,;:]{0,80}\b(?:to|at|from|was|of|averag(?:ed|ing)|were|stood) (?:(?:just|only|around|about|nearly|over|more than|a|an) )*$")


PACED = re.compile(r"\b(?:slowed|slowing|eased|easing|cooled|cooling|moderated|moderating|quickened|quickening|accelerated|accelerating|picked up|picking up)(?: [a-z]+ly)? (?:to|from) (?:about |just |over |nearly )?$")
DECLINE = re.compile(r"\b(?:decline|drop|contraction|fall|decrease|slump)\b")


def _sign_of_named(quantity: Quantity, before: str, language: str) -> str | None:
    """Read the sign of a rate that growth or a decline is said to stand at: "growth slowed to 4.8%" is still growth."""
    if quantity.unit != PERCENT:
        return None
    if language == "en" and PACED.search(before) and not DECLINE.search(before):
        return "+"
    match = (GROWTH_AT_ZH if language == "zh" else GROWTH_AT).search(before)
    return ("-" if match["less"] else "+") if match else None


def basis_of(kind: FigureKind, quantity: Quantity, text: str, place: tuple[int, int], clause: Clause, language: str) -> str | None:
    """Tell what a change is measured against; None for an amount that was added over a period and is compared with nothing."""
    if kind not in (FigureKind.CHANGE, FigureKind.MULTIPLE):
        return None
    start, end = place
    before, after = clause
    near = before[-44:] + "\u241f" + after[:44]
    wide = text[max(0, start - 60) : start] + "\u241f" + text[end : end + 44]
    for name, pattern in (("vs_peer", VS_PEER), ("prev_period", PREVIOUS), ("mom", MOM), ("qoq", QOQ), ("ytd", YTD), ("since", SINCE)):
        if pattern.search(near) or (name == "vs_peer" and language == "en" and pattern.search(wide) and re.search(r"surpass|above|faster|below|than", wide)):
            return name
    added = kind == FigureKind.CHANGE and quantity.unit not in (PERCENT, POINT, MULTIPLE)
    return None if added and not YEARLY.search(wide) else "yoy"
