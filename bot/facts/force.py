"""Tells what holds as a release speaks, whatever stretch of time the release is about: a limit in force, what "now" is so.

A limit, a fee or a floor is of no period but the day one reads of it; the one it took the place of, or that a ratio is
held against, is of none that the text names. English only: a Chinese release says 目前 beside a date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.facts.model import FigureKind
from bot.text.patterns import Folded, grouped, words
from bot.text.quantity import PERCENT

if TYPE_CHECKING:
    from bot.facts.draft import Draft

REACH = 160  # characters before a figure that are looked through
VALUES = (FigureKind.LEVEL, FigureKind.RATE, FigureKind.COUNT)
LIMITED = "|".join(f"{word}s?" for word in ("limit", "ceiling", "cap", "quota", "threshold", "fee", "floor", "minimum", "maximum", "requirement", "allowance"))
LIMITS = rf"(?:{grouped(LIMITED)})"
LIMIT = Folded(rf"{words(LIMITED)}(?! income| waive)")
MOVED_TO = re.compile(r"\b(?:rais|ris|rose|lift|lower|increas|reduc|cut|expand|doubl|tripl|widen|adjust|mov|went|gone|up|down|from)[a-z]*\b[^.;]* to \S+(?: [a-z]+){0,3} from $", re.IGNORECASE)
ON_TO = re.compile(r"^(?: per [a-z]+)? to [A-Z€£$]{0,4}\$? ?\d")
MOVED_FROM = re.compile(r"\bfrom $", re.IGNORECASE)
HELD_AGAINST = re.compile(rf"\b(?:above|below|over|under|than|exceed\w*|meet\w*|met|beyond|against|of) the (?:[a-z-]+ ){{0,3}}{LIMITS} of $|\b(?:old|former|previous|earlier|original|regulatory) (?:[a-z-]+ ){{0,2}}{LIMITS} of $", re.IGNORECASE)
IN_FORCE = re.compile(rf"\b(?:may|can)\b[^.;:]{{0,70}}\b(?:up to|no more than|at most|as much as|over|above|below|under|within|more than) (?:a combined |a total of )?$|\bcapped at $|\b{LIMITS}(?: (?:on|for|of|per|to) [a-z -]{{1,50}}?)? (?:now )?(?:is|are|stays?|stands?|remains?|has been|have been|has gone|have gone)\b[^.;,:]{{0,40}}$", re.IGNORECASE)
MOVED = re.compile(rf"\b{LIMITS}\b[^.;]*\b(?:raised|lifted|lowered|increased|reduced|cut|expanded|doubled|tripled|widened|gone up|went up|rose)\b[^.;]* to $", re.IGNORECASE)
MOVED_BY_NOW = re.compile(rf"\b{LIMITS}\b[^.;]*\b(?:has|have) (?:now )?been (?:raised|lifted|lowered|increased|reduced|cut|expanded|doubled|tripled|widened)\b[^.;]* to (?:no more than |at most )?$", re.IGNORECASE)
NOW = re.compile(r"(?:\b(?:now|currently|at present)|(?:^|[\"“])\W*today)\b(?! (?:about |nearly |over )?[\d,]+, )[^.;:()]*$", re.IGNORECASE)
NOW_CUES = ("now", "Now", "urrently", "present", "oday")
NOW_AFTER = re.compile(r"[^.;:,\d]{0,60},? now (?:[a-z]+s?)\b(?! (?:in|at) (?:19|20)\d\d)", re.IGNORECASE)
CAN = re.compile(r"(?:^|[.;:,] |[\"“] ?)(?:(?!where|that|which|who)[^\s.;:,]+ )+can\b[^.;:,]*$", re.IGNORECASE)
CAN_AFTER = re.compile(r" [a-z-]+(?: [a-z-]+){0,3} can\b")
DONE = r"(?:handed out|joined|issued|opened|set up|approved|granted|signed|registered|enrolled|built|launched|licensed|certified|trained)"
SO_FAR = re.compile(rf"\b(?:has|have) (?:so far |already |now )?(?:{DONE}|been (?:so far |already )?(?:[a-z]+ed|{DONE}))\b[^.;:]*$", re.IGNORECASE)
SO_FAR_AFTER = re.compile(rf"[^.;:,]* (?:has|have) (?:so far |already |now )?(?:been )?{DONE}\b", re.IGNORECASE)
BY_NOW = re.compile(r"\bby now\b|\bnow (?:that|expects?)\b", re.IGNORECASE)


def _before(draft: Draft, stated: int = 0) -> str:
    """Give the words before a figure; a point within an abbreviation ends no sentence."""
    return draft.sentence.text[max(stated, draft.start - REACH) : draft.start].replace("U.S.", "US")


def former(draft: Draft, metric: str) -> bool:
    """Whether a figure is the limit that was moved, or one that another figure is only held against."""
    text = draft.sentence.text
    if draft.kind not in VALUES and draft.quantity.unit != PERCENT:
        return False
    before = _before(draft)
    limited = LIMIT.search(before)
    if draft.kind not in VALUES and not limited:
        return False
    if limited and HELD_AGAINST.search(before):
        return True
    moved = MOVED_FROM.search(before) and (ON_TO.match(text[draft.end : draft.end + 24]) or MOVED_TO.search(before))
    return bool(moved and (limited or LIMIT.search(metric)))


def in_force(draft: Draft, metric: str, stated: int, *, carried: bool) -> bool:
    """Whether a figure holds as the release speaks.

    ``stated`` is where the period before it in its sentence ends, or 0; ``carried`` whether its paragraph opened with one.
    """
    if draft.target or draft.kind not in (*VALUES, FigureKind.MULTIPLE):
        return False
    limited = bool(LIMIT.search(metric))
    if draft.kind == FigureKind.MULTIPLE and not limited:
        return False
    before = _before(draft, stated)
    if any(cue in before for cue in NOW_CUES) and NOW.search(before) and not BY_NOW.search(before):
        return True
    if draft.kind == FigureKind.COUNT and NOW_AFTER.match(draft.sentence.text[draft.end : draft.end + REACH]):
        return True
    if stated:
        return False
    if draft.kind == FigureKind.COUNT and (CAN.search(before) or CAN_AFTER.match(draft.sentence.text[draft.end : draft.end + REACH])):
        return True
    if limited and MOVED_BY_NOW.search(before):
        return True
    return (limited or draft.quantity.is_money) and bool(IN_FORCE.search(before) or (not carried and MOVED.search(before)))


def so_far(draft: Draft) -> bool:
    """Whether a figure counts all that has been done until the end of the time a release is about: "have been granted to 189 institutions"."""
    text = draft.sentence.text
    counted = draft.kind == FigureKind.COUNT or (draft.kind == FigureKind.LEVEL and draft.quantity.is_money)
    return counted and bool(SO_FAR.search(text[max(0, draft.start - REACH) : draft.start]) or SO_FAR_AFTER.match(text[draft.end : draft.end + REACH]))
