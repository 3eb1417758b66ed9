"""Names a figure in English by the phrase right beside it: what it counts, what it is of, what drives it, what its bracket holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.facts.model import FigureKind
from bot.facts.nouns import (
    ANAPHOR,
    DIRECTED,
    DRIVEN,
    DRIVING,
    DRIVING_LIST,
    GENERIC,
    LEAD,
    NP_AFTER,
    OF_AFTER,
    PRONOUN,
    RELATIVE,
    VERB,
    connects,
    cut,
    has_verb,
    noun_of,
    nth_item,
    unhedged,
)
from bot.text.patterns import Folded, grouped
from bot.text.quantity import COUNT

if TYPE_CHECKING:
    from bot.facts.draft import Draft

BESIDE = 160
LONGEST_ACTIVE = 40
LONGEST_GAP = 140
BRACKETED = re.compile(r"\s?[(\[][^()\[\]]{0,80}[)\]]")
HYPHENED = re.compile(r"-(?:yuan|dollar|euro|renminbi)$", re.IGNORECASE)
OPENS = re.compile(r"(?:^|[,;.(\"“•]|while|and|that)\s*(?:(?:today|now|currently|already|so far|net|a|an)\b,?\s*)*$", re.IGNORECASE)
MEASURED = re.compile(r"^\sof\s")
PER = re.compile(r"^\s?(?:per|a|an|for every) (?:\d[\d,]* )?[a-z]+\b", re.IGNORECASE)
ACTIVE = Folded(rf"\b(?:{grouped('recorded|registered|reported|secured|facilitated|raised|bought|sold|waived|attracted|granted|received|spent|saved|signed|handled|approved|created|issued|posted|ran|paid|collected|processed|disbursed|extended|held|drew|drawn in|pulled in|carried|welcomed|have|has|had|took in|takes in|used|put|set aside|allocated|earmarked|appropriated|budgeted|opened|lent|invested|handed out|supported|replaced|contributed|including|accounted for|injected|withdrew|repaid|exported|imported|to use|to attract|to draw|to raise|to lend|to issue|to invest|to provide|to extend|to buy|to sell|to spend|to import|to export|[a-z]{3,}ed')})(?: a| an| the)?\s*$")
PARTS = re.compile(r"^|, (?:and |with |while |but )?|; | while | and |with |: ", re.IGNORECASE)
CHUNK = re.compile(r"[^,;:]{3,80}")
DIGIT = re.compile(r"\d")
NO_NAME = frozenset(["though", "although", "who", "which", "that", "where", "saving", "leaving", "bringing", "making", "taking", "giving", "more", "less", "fewer", "higher", "lower", "in", "of", "to", "from", "for", "than", "by", "as", "on", "at", "over", "within", "under", "during", "between"])
VERB_LAST = re.compile(r"\b(?:made|make|makes|took|takes|put|gave|ran|swung) (?:up|on|to|in)\s*$", re.IGNORECASE)
OF_AND = re.compile(r"^ of (?:the |its |their |all )?[a-z-]+(?: [a-z-]+)? and (?P<np>[a-z][^,;:\d]{2,60}?)\s*$", re.IGNORECASE)
TAIL = re.compile(r"(?:\s(?:to|at|of|from|by|up|down|a deficit of|a surplus of|the remaining|contributing|for|rising|falling|growing|increasing|decreasing|declining|climbing|dropping|edging|were|was|another|is|are|through|with|worth))*+\s*$", re.IGNORECASE)
WORTH = re.compile(r"(?P<np>[A-Za-z][^,;:]{2,60}?)(?:,)? (?:worth|valued at|totall?ing|amounting to|priced at)\s*$", re.IGNORECASE)
ENDS_WORTH = re.compile(r"(?:worth|valued at|totall?ing|amounting to|priced at)\s*$", re.IGNORECASE)  # what WORTH ends with
AT = re.compile(r"(?:^|[;:.] |, |\band |\bwhile |\bbut )(?P<np>[^,;:.]{3,80}?),? (?:at|of)\s*$", re.IGNORECASE)
BRACKET = re.compile(r"(?P<np>[A-Za-z][\w' -]{2,60}?)\s?[(\[][^()\[\]]{0,30}$")
LAUNCHED = re.compile(r"(?:^|[;.] )(?P<np>[^,;.]{3,70}), (?:launched|set up|established|created|founded|opened|started|introduced)\b[^,;]{0,50} with\s*$", re.IGNORECASE)
APPOSED = re.compile(r"(?:^|[;:.] |, and |\band )(?P<np>(?:the|its|their) [^,;:.]{3,60}), $", re.IGNORECASE)
COLON = re.compile(r"(?:^|[;.•·] ?)(?P<np>[^;:.]{3,80}?)(?: \([^()]*\))?:\s*$")
FRACTION_OF = re.compile(r"^\s(?:of\s)?(?:the |all |our |its |their |these |those |every )*(?P<np>[A-Za-z](?:[^,;.()]|,(?=\d)){2,60})", re.IGNORECASE)
THEM = re.compile(r"^(?:them|these|those|which|whom|it)\b", re.IGNORECASE)
WITHIN = re.compile(r"^.*?\d[\d,]*\s(?=[a-z])", re.IGNORECASE)
MARK = re.compile(r"(?:mark|threshold|milestone|level)\b", re.IGNORECASE)
MOVING = re.compile(r"\b(?:went|gone|edged?|crept|inched|ticked|moved)$", re.IGNORECASE)
MOVE = re.compile(r"(?:an? )?(?:[a-z-]+ )?(?:decline|increase|rise|drop|fall|decrease|gain|reduction|contraction|expansion)", re.IGNORECASE)
AMOUNT = re.compile(r"(?<![\d,.])\d[\d,.]*+ ?(?:%|percent|per cent|thousand|million|billion|trillion|bn|mln|yuan)", re.IGNORECASE)
RISE_IN = re.compile(r"^ (?:(?:year|month|quarter)[ -]on[ -](?:year|month|quarter) |annual |net )?(?:rise|increase|growth|gain|jump|surge|drop|decline|fall|decrease|reduction|expansion|slump|slide|advance|retreat|contraction|rebound|recovery) (?:in|of) (?:the )?(?P<np>(?!(?:first|second|third|fourth|last|same|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d)\b)[a-z][^,;.()\d]{2,80}?)(?=[,;.()]|$| (?:in|during|from|over|compared|as|while|to|amid|after|at|by|last|this|on)\b| \d)", re.IGNORECASE)
MEASURE = re.compile(r"(?<![a-z])(?!(?:thousand|million|billion|trillion|bn|mln|mn|tn|trn|k|m|b|dozen)$)[a-z][a-z -]*$(?<!hundred)", re.IGNORECASE)
DONE_BY = re.compile(r"^ (?!and\b|or\b|but\b|while\b|as of\b|as at\b|by the\b|in the\b|at the\b|during\b|since\b|had approved|compared|from\b|a year)(?:[a-z]{3,}ed\b[^,;.():\d]{3,90}|[a-z][^,;.():\d]{3,30})(?=[,;.()]|$)", re.IGNORECASE)
CAME = Folded(r"\b(?:came|come|amounted|went) (?:to|in at)\b")
ADJECTIVAL = re.compile(r"(?:registered|listed|employed|insured|licen[sc]ed|authori[sz]ed|approved|facilitated|certified|completed|signed|settled) (?:[a-z-]+ ){0,2}[a-z-]+s\b", re.IGNORECASE)


def named_beside(draft: Draft, before: str, after: str) -> str:
    """Name a figure by the phrase right beside it, or give nothing."""
    near = unhedged(before[-BESIDE:])
    counted = _noun_after(draft, near, after)
    if counted is not None:
        return counted
    if draft.kind == FigureKind.CHANGE and (rise := RISE_IN.match(after)) and not GENERIC.match(cut(rise["np"])) and not PRONOUN.match(rise["np"]):
        return cut(re.split(r" (?=outweigh|offset)", rise["np"])[0])
    if draft.kind == FigureKind.SHARE and OPENS.search(near) and (whole := FRACTION_OF.match(after)):
        if THEM.match(whole["np"]):
            return ""
        return cut(whole["np"]) if draft.quantity.surface[-1] in "%t" else f"share of {_clipped(whole['np'])}"
    if draft.quantity.is_money and HYPHENED.search(draft.quantity.surface) and (noun := NP_AFTER.match(after)):
        return cut(noun["np"])
    worth = (WORTH,) if ENDS_WORTH.search(near[-16:]) else ()
    driven = (DRIVING,) if DRIVEN.search(near) else ()
    ending = near.rstrip()[-4:]
    last = ((COLON,) if ending.endswith(":") else ()) + ((LAUNCHED,) if ending == "with" else ())
    for pattern in (DRIVING_LIST, *driven) if draft.of > 1 else (*driven, *worth, *last):
        driving = pattern.search(near)
        if driving and pattern is WORTH and (done := list(VERB.finditer(driving["np"]))) and (np := cut(driving["np"][done[-1].end() :])):
            return np
        if driving and not has_verb(driving["np"]) and not AMOUNT.search(driving["np"]) and not MOVING.search(driving["np"]) and not MOVE.fullmatch(driving["np"]) and not (pattern is DRIVING and CAME.search(near, driving.start("np"))):
            theirs = ANAPHOR.match(driving["np"])  # whose it is, what was measured before tells
            return driving["np"] if theirs else cut(driving["np"].rpartition(" and ")[2] if pattern is WORTH else driving["np"])
    of = noun_of(near)
    if of and not VERB.search(of) and not DIRECTED.search(of) and (not GENERIC.match(cut(of)) or of.endswith(" trade")):
        return cut(of)
    return _taken(draft, near, after)


def _noun_after(draft: Draft, near: str, after: str) -> str | None:
    """Give the noun that a number counts, nothing where it points back, and None where no rule for counts applies."""
    measured = draft.quantity.surface[:1].isdigit() and MEASURE.search(draft.quantity.surface)
    if measured or draft.quantity.unit != COUNT or draft.kind not in (FigureKind.COUNT, FigureKind.RATE, FigureKind.CHANGE):
        return None
    noun = NP_AFTER.match(after) or (FRACTION_OF.match(after) if MEASURED.match(after) else None)
    if noun and (MARK.match(noun["np"]) or THEM.match(noun["np"])):
        return ""
    if noun and (not VERB.match(noun["np"]) or ADJECTIVAL.match(noun["np"])):
        return _counted(_clipped(noun["np"]), near, after[len(noun[0]) :])
    return "" if VERB.match(after.strip()) else None


def _counted(noun: str, near: str, rest: str) -> str:
    """Name a bare noun counted by what is done to it or by what it does: "benefiting 480 enterprises"."""
    per = PER.match(rest)
    if per:
        return f"{noun} {per[0].strip()}"
    doing = re.search(r"\b([a-z]+ing)\s*$", near)
    if " " in noun:
        return noun
    done = DONE_BY.match(rest)
    return f"{doing[1]} {noun}" if doing and doing[1] != "including" else f"{noun}{done[0]}".rstrip() if done else noun


def _taken(draft: Draft, near: str, after: str) -> str:
    """Name an amount by what follows it ("bought $642.8 billion of foreign exchange"), by "NP, at", or by its bracket."""
    inside = BRACKET.search(near) if near.count("(") > near.count(")") else None
    if inside:
        return cut(re.split(r"\b(?:and|as|while|but|of which|with)\b", inside["np"])[-1])
    free = ACTIVE.search(near, max(0, len(near) - LONGEST_ACTIVE)) or not VERB.search(near)
    if free and draft.kind in (FigureKind.LEVEL, FigureKind.CHANGE) and draft.quantity.is_money and (named := OF_AFTER.match(after)) and not GENERIC.match(cut(named["np"])):
        return cut(named["np"])
    beside = APPOSED.search(near) if near.endswith(", ") else None
    if beside and not VERB.search(beside["np"]) and not DIRECTED.fullmatch(cut(beside["np"])) and not re.search(r"\d", beside["np"]) and not LEAD.fullmatch(f"{beside['np']}, "):
        return cut(beside["np"])
    at = AT.search(near) if near.rstrip()[-3:].casefold() in (" at", " of") else None
    return cut(at["np"]) if at and not VERB.search(at["np"]) and not DIRECTED.search(at["np"]) and not PRONOUN.match(at["np"]) and not re.search(r"\d", at["np"]) else ""


def elided(gap: str, draft: Draft) -> str:
    """Name a figure whose verb is left out: "and payments US$31.27 billion", ", with exports up 4%"."""
    if len(gap) > LONGEST_GAP or VERB_LAST.search(unhedged(gap)):
        return ""
    whole = OF_AND.match(unhedged(gap))
    last = TAIL.sub("", unhedged(BRACKETED.sub("", gap)))
    phrases = (whole["np"],) if whole else (last[start.end() :] for start in PARTS.finditer(last))
    return next((nth_item(cut(np), draft.nth, draft.of) for np in phrases if _names(np)), "")


def _names(np: str) -> bool:
    """Whether what is left of a part without a verb can be the name of a figure."""
    if not CHUNK.fullmatch(np) or VERB.search(np) or np.endswith((" came", " amounted")) or DIRECTED.fullmatch(np) or DIGIT.search(np) or connects(np):
        return False
    return np.split(maxsplit=1)[0].casefold() not in NO_NAME


def _clipped(phrase: str) -> str:
    """Cut a phrase that follows a figure where its noun ends."""
    noun = re.split(r"\s(?:did|do|and|or|that|which|who|were|was|are|is|have|has|had|now|will|can|took|take)\b", WITHIN.sub("", RELATIVE.sub("", phrase)))[0]
    verb = VERB.search(noun, 1)
    return cut(noun[: verb.start()] if verb else noun)
