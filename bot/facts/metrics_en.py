"""Names what a figure measures in English: what its words continue, the noun it counts, the noun it is of, or its subject.

The words between a figure and the one before it decide first: where they only connect ("up 5% to", ", or", "compared
with") the figure goes on about the same thing; else the phrase beside it, and last the subject of its verb, names it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.facts.beside import BESIDE, BRACKETED, ENDS_WORTH, FRACTION_OF, LONGEST_GAP, PER, elided, named_beside
from bot.facts.done import OBJECT, and_did, done_to, done_too, done_with, worth_of
from bot.facts.model import FigureKind
from bot.facts.nouns import (
    ANAPHOR,
    GENERIC,
    ITSELF,
    NP_AFTER,
    OF_AFTER,
    ORDINAL,
    PRONOUN,
    SAID_THAT,
    SAYING,
    SHARE_OF,
    UP_DOWN,
    VERB,
    connects,
    cut,
    nth_item,
    subject_of,
    topic_of,
    unhedged,
)
from bot.text.quantity import COUNT, POINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.facts.draft import Draft

# No sentence of a release names its subject further back than this; it keeps a text without full stops linear.
REACH = 500
NEAREST = 30  # figures back that a word may point to
ASIDE = re.compile(r", (?:(?:she|he|they|(?-i:[A-Z])[a-z]+) (?:said|added|noted|explained|stressed)|by contrast|however|though|meanwhile|in turn|too|also|for example|in particular|by comparison|at constant prices|in real terms|seasonally adjusted),|, (?:which|who|where|whose|including|excluding|students excluded|having|helped|driven|led|boosted|buoyed|swollen|weighed|supported|aided|hit|held back|hurt|cut|[a-z]{3,}ed (?:down |up |back )?by|that is|i\.e\.(?= )|e\.g\.(?= ))(?:\b|(?<=\.))[^,;.]{0,80},(?= )| [–—] [^–—;.\d]{3,80} [–—](?= )|, (?:long |once |now |still |by far )?(?:the|an?) (?:[a-z'’-]+ ){1,8}[a-z'’-]+,(?= (?:" + UP_DOWN + "|was|were|stood|reached|totalled|brought in|came to)\b)", re.IGNORECASE)
AVERAGED = re.compile(r"\baveraged (?:about |around |nearly |over |some )?$", re.IGNORECASE)
GROWTH_OF = re.compile(r"\b(?:expects?|forecasts?|targets?|projects?|predicts?|aims? for|sees?|set)\b[^,;]{0,60}\bgrowth(?: rate| target)? of $", re.IGNORECASE)
WITHIN_MANY = re.compile(r"\b(?:in|into|across|from|through|at)\s*$", re.IGNORECASE)
PART = re.compile(r"(?:\bincluding|\bof which|\bamong them)\s*$", re.IGNORECASE)
SINCE = re.compile(r" since (?:the |its )?(?:launch|start|introduction|establishment|opening|inception|beginning|debut)\b.*$", re.IGNORECASE)
HEADLINE = re.compile(r" (?-i:Pass(?:e(?=s))?|Cross(?:e(?=s))?|Surpass(?:e(?=s))?|Break|Rebound|Recover|Double|Triple|Accelerate|Average|Total|Climb|Rise|Fall|Grow|Jump|Surge|Drop|Slip|Shrink|Expand|Hit|Top|Reach|Exceed|Near|Widen|Narrow|Soar|Slump|Decline|Increase|Gain|Ease|Slide)s?\b")
MOVED_HEADLINE = re.compile(r"(?<! rose) (?:up|down) (?:by )?$", re.IGNORECASE)
HEADLINE_BOUND = re.compile(r" (?:as|while|after|amid|on) (?=[A-Z])", re.IGNORECASE)
WITHIN_RELATIVE = re.compile(r", (?:which|who|where|that) [^,;]*$", re.IGNORECASE)
CLOSES = re.compile(rf"\s?(?:[a-z-]+(?: [a-z-]+){{0,2}})?, (?:{UP_DOWN}|was|were|stood|reached|totalled|came to)\b", re.IGNORECASE)
HAVING = re.compile(r"\bhaving (?:been )?[a-z]+ed\b", re.IGNORECASE)
COMPARED_LAST = re.compile(r"\b(?:compared (?:with|to)|against|from|versus|than|to)\s*$", re.IGNORECASE)
COMPARED = re.compile(r"\b(?:compared (?:with|to)|against|from|versus|than)\b", re.IGNORECASE)
GOING_ON = (FigureKind.CHANGE, FigureKind.MULTIPLE, FigureKind.SHARE)
ORDINAL_IN = re.compile(r"\bthe (?:first two|first three|former|latter|last|first|second) (?!quarter|half|month|year|two|three|four|five|six|seven|eight|nine|ten|eleven|\d)[a-z]+ ", re.IGNORECASE)
DIRECTION_FREE = re.compile(r"\b(?:while|but)\b", re.IGNORECASE)
AGAINST = re.compile(r"^\s?(?:more|less|fewer|higher|lower|faster|above|below|the (?:level|figure|number|amount|same)|that of|what|last year|year-earlier)\b", re.IGNORECASE)
BALANCE = re.compile(r"\b(surplus|deficit) of (?:about |over |nearly |some |around |more than |a record )?$", re.IGNORECASE)
SUBJECT_NEXT = re.compile(r"(?:while|and|;|that|but|where|whereas)\s*(?:(?:net|over|about|nearly|almost|some|roughly|around|more than)\s*)*$", re.IGNORECASE)
COUNTED_AGAIN = re.compile(r"(?:went|broke|turned|saw|started|began|joined|left|gave|came|became|got|made|fell|rose)\b|of (?:them|these|those|which|whom)\b", re.IGNORECASE)
STARTS = re.compile(r"(?:^|[.;(\"“•]|, and|, while|while)\s*$", re.IGNORECASE)
OF_WHICH = re.compile(r", of which\s*$", re.IGNORECASE)
LONGEST_WORTH, NEAR = 60, 60
THAT_WITH = re.compile(r"(?:that|those) (?P<rest>(?:of|with|for|from|to|in|under) .+)$", re.IGNORECASE)
PREPOSITION = re.compile(r" (?:of|with|for|from|to|in|under|by) ")
MUTUAL = re.compile(r"(?:bilateral |two-way |mutual )?(?:trade|exports|imports)\b(?! with)", re.IGNORECASE)
NAMED = re.compile(r"(?<=[\s(])[\"“](\w[^\"“”.,;:]{0,28}\w)[\"”](?=[\s,.;)])")  # a name in quotation marks: "little giants"
PARTNERS = re.compile(r"(?:^|[.;] )(?P<who>[A-Z][^.;]{5,120}?) (?:remained|were|are|became|stayed) (?:the |its |their )?[^,;.]{0,50}\b(?:partners|markets|sources|destinations)\b[^,;.]{0,30}, with [^,;.\d]{0,40}$")
PARTNER = re.compile(r"(?:^|[.;] )(?P<who>(?:the )?[A-Z][\w' -]{1,40}?) (?:remained|remains|was|is|became|stayed|continued to be|ranked as) [^,;.]{0,60}\b(?:partner|market|source|destination)\b[^,;.]{0,30}, with [^,;.]{0,40}$")
SAW_THEIR = re.compile(r"(?:^|[.;,] )(?:while |and )?(?P<who>[A-Za-z][\w' -]{2,50}?) saw (?:their|its) (?P<np>[a-z][a-z -]{2,40}?) (?:edge|inch|tick|creep|go|rise|grow|fall|drop|climb|jump|surge|increase|decline|expand|shrink|slip|gain|lose|double)\b[^,;.]{0,12}$")
THEY = re.compile(r"(?:They|It) (?:registered|recorded|posted|reported|saw|had|held|raised|generated|achieved|reali[sz]ed)\b")
GOES_BACK = ("rate", "growth", "figure", "pace", "increase", "decline")
GOES_ON = re.compile(r"^ (?:concern(?:s|ed)?|[a-z]{4,}ed|was|were|is|are|lived?|had|have|use|chose|bought|came|went|said|responded)\b", re.IGNORECASE)
MEETING = re.compile(r"^.*\b(?:meet|hit|reach|achieve|attain|exceed|beat|missed?|met|fulfil+) (?:the|its|their|our|an?) (?=[a-z -]*\btarget$)", re.IGNORECASE)
WHOSE = re.compile(r"city|province|region|county|district|country|municipality|zone", re.IGNORECASE)  # "the province took in 4 billion": of what was spoken of
TO_GROW = re.compile(r"\b(?:aims?|hopes?|plans?|wants?|expects?|seeks?|intends?) to (?:grow|expand)(?: by)?\s*$", re.IGNORECASE)
CONTRIBUTED = re.compile(r"\bcontribut(?:ed|ing|es?)\b", re.IGNORECASE)


def metric_en(drafts: Sequence[Draft], found: list[str], i: int, lead: str) -> str:
    """Name the i-th draft's metric; ``found`` names those before it, ``lead`` what the paragraph opens with."""
    draft = drafts[i]
    first = i - draft.nth if draft.nth <= i and drafts[i - draft.nth].sentence is draft.sentence else i
    head, last = drafts[first], first - 1
    here = last >= 0 and drafts[last].sentence is draft.sentence
    earlier = found[last] if last >= 0 and drafts[last].sentence.paragraph == draft.sentence.paragraph else lead
    text = draft.sentence.text
    if here:
        gap = text[drafts[last].end : head.start]
        alike = draft.of > 1 and drafts[last].of == draft.of and and_did(unhedged(gap))
        if len(gap) <= LONGEST_GAP and (alike or _connects(gap, drafts[last], head)):
            return _continued(drafts, found, i, last)
        if _of_the_same(gap, drafts[last], draft):
            return found[last]
    before = _plain(text[max(0, head.start - REACH) : head.start], headline=draft.sentence.role == "headline")
    if formed := _by_form(draft, before, earlier, found):
        return formed
    before += "rose " if ITSELF.match(draft.quantity.surface) else ""
    after = text[head.end : head.end + BESIDE]
    money = draft.quantity.is_money and draft.kind == FigureKind.LEVEL
    gap = text[drafts[last].end : head.start] if here else ""
    bare = unhedged(before) if money else ""
    name = (money and _done(bare, after, earlier, gap)) or _beside(head, draft, before, after) or (elided(gap, draft) if here else "")
    if not name and draft.quantity.unit == COUNT and ((again := text[draft.end : draft.end + BESIDE].strip()) and (VERB.match(again) or COUNTED_AGAIN.match(again))):
        return _counted_last(drafts, found, i, last) or earlier
    if not name and here and (like := _compared(drafts, i, last, text)) is not None:
        return found[like]
    taking = not name and money
    if not name:
        name = subject_of(before, wide=draft.of > 1)
        named = ORDINAL.match(name)
        if named:
            return _ordinal(named, draft, drafts, found, last) or earlier
    name = _balanced(name, before) or _topic(before)
    theirs = lead if lead and THEY.match(text) and not here and earlier == lead else ""
    resolved = _resolved(name, draft, found, last, earlier)
    done = done_with("" if WHOSE.fullmatch(name) else resolved, bare, after) if taking else ""
    resolved = f"average {resolved}" if draft.kind == FigureKind.LEVEL and resolved and AVERAGED.search(before) and "average" not in resolved.casefold() else resolved
    return done or _shared(_owned(resolved, before, theirs, (draft.nth, draft.of)), draft, text, before)


def _by_form(draft: Draft, before: str, earlier: str, found: list[str]) -> str:
    """Name what the form of a sentence tells: a share that opens it, the growth aimed at or expected; else nothing."""
    near = unhedged(before[-90:])
    if draft.kind == FigureKind.SHARE and earlier and STARTS.search(near) and GOES_ON.match(draft.sentence.text[draft.end : draft.end + 12]):
        return _as_share(re.sub(r"^growth (?:rate )?of ", "", earlier), draft)
    if draft.target and TO_GROW.search(near):
        return "growth"
    return f"growth of {found[0]}" if found and draft.kind == FigureKind.CHANGE and GROWTH_OF.search(near) else ""


def _done(before: str, after: str, earlier: str, gap: str) -> str:
    """Name an amount by what was done with what it is of or worth, or give nothing."""
    return worth_of(before, after) or done_to(before, after) or (done_too(earlier, gap) if gap else "")


def _beside(head: Draft, draft: Draft, before: str, after: str) -> str:
    """Name a figure by the phrase beside it, or beside the first of its list."""
    name = named_beside(head if draft.nth else draft, before, after)
    return nth_item(name, draft.nth, draft.of) if draft.nth else name


def _counted_last(drafts: Sequence[Draft], found: list[str], i: int, last: int) -> str:
    """Give what the last number before a figure in its paragraph counts, or nothing."""
    return next((found[n] for n in range(last, max(-1, last - NEAREST), -1) if drafts[n].quantity.unit == COUNT and drafts[n].sentence.paragraph == drafts[i].sentence.paragraph), "")


def _balanced(name: str, before: str) -> str:
    """Say that what is told is a balance: "trade ran a surplus of"."""
    balance = BALANCE.search(before) if " of " in before[-LONGEST_WORTH:] else None
    return f"{name} {balance[1]}" if name and balance and "surplus" not in name and "deficit" not in name else name


def _of_the_same(gap: str, previous: Draft, draft: Draft) -> bool:
    """Whether an amount is what was counted just before is worth, or a part of the amount just before: "1,200 orders worth", ", of which"."""
    unit, last = draft.quantity.unit, previous.quantity.unit
    worth = draft.quantity.is_money and last == COUNT and len(gap) <= LONGEST_WORTH and ENDS_WORTH.search(gap) and not VERB.search(gap)
    return bool(worth or (unit != COUNT and unit == last and OF_WHICH.search(unhedged(gap))))


def _plain(before: str, *, headline: bool) -> str:
    """Leave out brackets, asides and who said it; a headline's verb becomes one of the past."""
    before = ASIDE.sub("", BRACKETED.sub("", before)) if "," in before or "–" in before or "—" in before or "(" in before or "[" in before else before
    before = NAMED.sub(r"\1", before) if '"' in before or "“" in before else before
    before = SAID_THAT.sub("; ", before) if any(cue in before for cue in SAYING) else before
    return MOVED_HEADLINE.sub(" rose ", HEADLINE.sub(" rose", HEADLINE_BOUND.sub("; ", before))) if headline else before


def _owned(name: str, before: str, theirs: str, nth: tuple[int, int] = (0, 1)) -> str:
    """Say with whom trade is that a partner is named for: "ASEAN remained the largest trading partner, with bilateral trade"; and whose: "firms saw their trade rise", "They posted"."""
    mutual = MUTUAL.match(name)
    if mutual and nth[1] > 1 and (partners := PARTNERS.search(before)) and (item := nth_item(partners["who"], *nth)) != partners["who"]:
        return f"{name} with {item}"
    if mutual and (partner := PARTNER.search(before)):
        return f"{name} with {partner['who']}"
    saw = SAW_THEIR.search(before) if " saw " in before else None
    name = f"{saw['np']} of {saw['who']}" if saw else name
    joiner = "by" if OBJECT.fullmatch(name) else "of"
    return f"{name} {joiner} {theirs}" if name and theirs and theirs not in name else name


def _compared(drafts: Sequence[Draft], i: int, last: int, text: str) -> int | None:
    """Give the figure of the same unit that this one is set against: "58 cases and fines of 23 million, against 41 cases and 16 million"."""
    like = next((n for n in range(last, max(-1, last - 6), -1) if drafts[n].sentence is drafts[i].sentence and drafts[n].quantity.unit == drafts[i].quantity.unit), None)
    if like is None:
        return None
    between = text[drafts[like].end : drafts[i].start]
    return like if COMPARED.search(between) and not VERB.search(between) and len(between) <= LONGEST_GAP else None


def _connects(gap: str, previous: Draft, head: Draft) -> bool:
    """Whether the words since the figure before only connect, so that this one is about the same thing."""
    gap = ASIDE.sub("", BRACKETED.sub("", gap))
    counted = previous.quantity.counted or ""
    bare = gap.lstrip(' "“')
    plain = not counted or previous.quantity.surface.endswith(counted)
    if not plain and bare.startswith(counted):
        gap = bare[len(counted) :].lstrip('"”')
        plain = not head.quantity.is_money
    gap = HAVING.sub("", PER.sub("", gap))
    if ORDINAL_IN.search(gap) or (head.kind == FigureKind.SHARE and SUBJECT_NEXT.search(gap) and FRACTION_OF.match(head.sentence.text[head.end : head.end + BESIDE])):
        return False
    if CLOSES.match(gap) and WITHIN_RELATIVE.search(head.sentence.text[max(0, previous.start - BESIDE) : previous.start]):
        return False
    opened, bracket, inside = gap.rpartition("(")
    if bracket and ")" not in inside:
        return not opened.strip(" ,") or bool(inside.strip() and connects(inside))
    after = head.sentence.text[head.end : head.end + BESIDE]
    if head.quantity.unit == COUNT and NP_AFTER.match(after) and not (COMPARED_LAST.search(unhedged(gap)) and previous.quantity.unit == COUNT):
        return False
    if head.quantity.is_money and gap.rstrip().endswith(" for") and OF_AFTER.match(after):
        return False
    if connects(gap):
        return plain
    against = head.kind in GOING_ON and (unhedged(gap).endswith((", ", " and ", ",", "or ", "or")) or not DIRECTION_FREE.search(gap.rpartition(", ")[2]))
    return bool(against and connects(gap.rpartition(", ")[2]) and ", " in gap) or bool(AGAINST.match(head.sentence.text[head.end :][:24]) and re.search(r"(?:,| and)\s*$", unhedged(gap)))


def _continued(drafts: Sequence[Draft], found: list[str], i: int, last: int) -> str:
    """Name a figure that goes on about what was measured: item by item where both are lists."""
    draft = drafts[i]
    if draft.of > 1 and drafts[last].of == draft.of and drafts[last].sentence is draft.sentence:
        return _as_share(found[last - draft.of + 1 + draft.nth], draft)
    levels = [n for n in range(max(0, last - 5), last + 1) if drafts[n].sentence is draft.sentence and drafts[n].kind != FigureKind.CHANGE]
    if draft.of > 1 and draft.kind == FigureKind.CHANGE and len(levels) == draft.of:
        return found[levels[draft.nth]]
    text = draft.sentence.text
    alike = next((n for n in range(last, max(-1, last - NEAREST), -1) if drafts[n].sentence is draft.sentence and drafts[n].quantity.unit == draft.quantity.unit and not PART.search(unhedged(text[max(0, drafts[n].start - NEAR) : drafts[n].start]))), last)
    compared = COMPARED.search(text[drafts[last].end : draft.start])
    while last and draft.kind == FigureKind.CHANGE and drafts[last].quantity.unit == COUNT and drafts[last - 1].sentence is draft.sentence and WITHIN_MANY.search(unhedged(text[max(0, drafts[last].start - NEAR) : drafts[last].start])):
        last -= 1  # "investment of 1.28 billion in 41 countries, down 7.3%"
        alike = min(alike, last)
    return _as_share(found[alike if compared else last], draft)


def _as_share(name: str, draft: Draft) -> str:
    """Say of what a share is, where it follows the amount it is a part of."""
    if draft.kind == FigureKind.SHARE and "share" not in name.casefold() and "proportion" not in name.casefold():
        return f"share of {name}"
    return name if draft.kind in (FigureKind.SHARE, FigureKind.CHANGE) else re.sub(r"^share of ", "", name)


def _topic(before: str) -> str:
    return cut(topic_of(before)) if not VERB.search(before) else ""


def _ordinal(named: re.Match[str], draft: Draft, drafts: Sequence[Draft], found: list[str], last: int) -> str:
    """Resolve "the former", "the last", "the first two" by the list before."""
    ends = [n for n in range(last, max(-1, last - NEAREST), -1) if drafts[n].sentence.paragraph == draft.sentence.paragraph and drafts[n].of > 1 and drafts[n].nth == drafts[n].of - 1]
    longer = sorted((n for n in ends if drafts[n].of > draft.of or draft.of == 1), key=lambda n: -drafts[n].of)
    word = named[1].casefold()
    pair = [found[n] for n in range(max(0, last - NEAREST), last + 1) if drafts[n].sentence.paragraph == draft.sentence.paragraph and drafts[n].kind in (FigureKind.LEVEL, FigureKind.COUNT)][-2:] if word in ("former", "latter") else []
    items = next((found[n - drafts[n].of + 1 : n + 1] for n in longer), pair)
    if not items:
        return ""
    if word in ("last", "latter"):
        return items[-1]
    return items[min(draft.nth, len(items) - 1)]


def _resolved(name: str, draft: Draft, found: list[str], last: int, earlier: str) -> str:
    """Resolve "the ratio", "their share" and "it" by what was measured before."""
    name = SINCE.sub("", name)
    that = THAT_WITH.match(name)
    if that and earlier:
        return f"{PREPOSITION.split(earlier)[0]} {that['rest']}"
    name = MEETING.sub("", name) if name.endswith("target") else name
    if not name or PRONOUN.match(name) or (earlier and draft.quantity.is_money and WHOSE.fullmatch(name)):
        return earlier or name
    if GENERIC.match(name):
        noun = name.rsplit(maxsplit=1)[-1].casefold()
        if draft.target and found and noun in ("growth", "target"):
            return f"{name} of {earlier if earlier and draft.kind == FigureKind.RATE else next((f for f in found if f), earlier)}"
        if noun == "trade" and (draft.target or "export" in earlier.casefold()):
            return name
        known = next((found[n] for n in range(last, max(-1, last - 8), -1) if noun in found[n].casefold().split()), "")
        earlier = earlier or (found[last] if last >= 0 and noun in GOES_BACK else "")  # "the growth rate" that opens a paragraph goes on from the one before
        known = re.sub(r" growth(?: rate)?$", "", known) if draft.kind == FigureKind.LEVEL else known
        return known or (f"{name} of {earlier}" if earlier else name)
    anaphor = ANAPHOR.match(name)
    if anaphor:
        return f"{anaphor['rest']} of {earlier}" if earlier else anaphor["rest"]
    return nth_item(name, draft.nth, draft.of)


def _shared(name: str, draft: Draft, text: str, before: str) -> str:
    """Say that a share is one, and of what; and that a part of growth is a contribution."""
    if draft.quantity.unit == POINT and CONTRIBUTED.search(before[-60:]) and name and "contribution" not in name:
        return f"contribution of {name}"
    if draft.kind != FigureKind.SHARE or not name or VERB.search(name) or re.search(r"\b(?:share|proportion|percentage)\b", name, re.IGNORECASE):
        return name
    of = SHARE_OF.match(text[draft.end : draft.end + 100])
    whole = cut(of["np"]) if of else ""
    return f"share of {name}" + (f" in {whole}" if whole and not GENERIC.match(whole) and whole.casefold() != name.casefold() else "")
