"""Gives a quantity the unit its sentence implies: the currency before it, an index's percent, things counted in a currency."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.text.quantity import COUNT, MULTIPLE, PERCENT, Found

NOUN_NEXT = re.compile(r"^\s(?!(?:and|or|in|of|to|on|at|by|for|from|with|as|was|were|is|are|while|after|before|during|over|under|per|than)\b)[a-z]", re.IGNORECASE)
SCALED = re.compile(r"[a-z亿万]", re.IGNORECASE)
COUNTABLE = re.compile(r"\b(?:arrivals|visitors|passengers|people|persons|users|customers|population|employees|employment|workers|vehicles|traffic|trips|journeys|subscribers|transactions|claimants?|tourists|guests|jobs|households|accounts|cards|parcels|flights|students|residents|tonnage|count)\b[^;.]*$", re.IGNORECASE)
POINTS = re.compile(r"^ points?\b(?! of\b)")
POINTED = re.compile(r"\b(?:factor|rate|ratio|margin|PMI|activity index|managers['’]? index|share|occupancy|utili[sz]ation|confidence)\b[^;.]{0,60}$|\bpercentage points?\b[^;.]{0,60}$|^ points? (?:to|from) \d[\d.]* ?(?:%|per ?cent)", re.IGNORECASE)
FACTORS = re.compile(r"(?:倍差|之比|比值|基尼系数)(?:为|是|达|由|从|[^。；]{0,24}(?:缩小|扩大|下降|上升|降低)(?:了|至|到)?)?$")
RATIO = re.compile(r"\b(?:ratio|coefficient)\b[^.;,%]{0,40}?\b(?:from|to|at|was|were|of|is|stood at)(?: (?:about|around|only|just))? $", re.IGNORECASE)
NO_NOUN = re.compile(r"[.,;]|$| (?:to|in|from|at|a|and|last|this)\b")
UNKNOWN = re.compile(r"(?<![A-Za-z])[A-Z]{3} ?$")
SMALL = 30
LARGE = 1_000_000
DENOMINATED = re.compile(r"(?P<word> ?(?:yuan|renminbi|rmb|dollar|euro|sterling|yen))(?= (?:[a-z-]+ )?(?:accounts|wallets|bonds|contracts|clients|loans|transactions|deals|payments|deposits|orders|swaps|cards)\b)", re.IGNORECASE)
PURCHASING = re.compile(r"(?:\bPMI\b|purchasing managers['’]? index|(?:business activity|composite|new orders|output|employment) index|采购经理指数|商务活动指数|产出指数|新订单指数)[^,;，；]{0,40}$", re.IGNORECASE)


def denominated(found: Found, text: str) -> Found:
    """Count things that are in a currency: "326 yuan accounts" are 326 of them, no sum of money."""
    word = DENOMINATED.search(text, found.start, min(len(text), found.end + 40)) if found.quantity.is_money and found.quantity.amount < LARGE else None
    if not word or word.end("word") != found.end or not text[found.start : word.start()].replace(",", "").isdigit():
        return found
    surface = text[found.start : word.start()]
    return found._replace(end=word.start(), quantity=replace(found.quantity, unit=COUNT, surface=surface))


def index_unit(found: Found, text: str) -> Found:
    """Give a purchasing managers' index printed bare its unit: it is a share of firms in percent."""
    quantity = found.quantity
    if quantity.unit == COUNT and not quantity.counted and "." in quantity.surface and quantity.amount < SMALL:
        if FACTORS.search(text[max(0, found.start - 40) : found.start]) or (RATIO.search(text[max(0, found.start - 60) : found.start]) and NO_NOUN.match(text[found.end : found.end + 8])):
            return found._replace(quantity=replace(quantity, unit=MULTIPLE))
        points = POINTS.match(text[found.end : found.end + 8])
        if points and POINTED.search(text[max(0, found.start - 90) : found.start]):
            end = found.end + points.end()
            return found._replace(end=end, quantity=replace(quantity, unit="percentage_point", surface=text[found.start : end]))
    bare = quantity.unit == COUNT and not quantity.counted and "." in quantity.surface and 20 < quantity.amount < 80  # noqa: PLR2004 - where such an index lies
    return found._replace(quantity=replace(quantity, unit=PERCENT)) if bare and PURCHASING.search(text[max(0, found.start - 70) : found.start]) else found


def priced(found: Found, text: str, currency: str | None) -> Found:
    """Give an amount printed without its currency the one before it ("fell 6.5% to 36.41 billion")."""
    quantity = found.quantity
    if quantity.unit != COUNT or quantity.counted or not currency or quantity.amount < LARGE or not SCALED.search(quantity.surface[-1:]):
        return found
    if UNKNOWN.search(text[max(0, found.start - 5) : found.start]):
        return found  # an amount in a currency we have no name for is in no other
    if COUNTABLE.search(text[max(0, found.start - 80) : found.start]) or NOUN_NEXT.match(text[found.end : found.end + 14]) or re.search(r"number(?:s|ed)?\b", text[max(0, found.start - 12) : found.end + 14], re.IGNORECASE):
        return found
    return found._replace(quantity=replace(quantity, unit=currency))
