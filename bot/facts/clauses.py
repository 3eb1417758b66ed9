"""Cuts a sentence into what it says was done, is planned or is advocated: one clause a coordinated verb phrase."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.facts.model import StatementKind
from bot.text.patterns import Folded, words

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE = (
    "expand|improve|advance|accelerate|advocate|encourage|continue|develop|promote|support|deepen|strengthen|launch|build|push|optimi[sz]e|explore|further|enhance|extend|open|set up|establish|"
    "introduce|implement|roll out|step up|guide|help|work|carry|back|widen|ease|simplify|create|foster|boost|raise|increase|reduce|cut|keep|maintain|ensure|attract|integrate|upgrade|pilot|provide|urge|call|press|lobby"
)
MODAL = Folded(words(r"will|would(?! have\b)|plans? to|intends? to|aims? to|is to|are to|pledged to|vowed to|is set to|announced plans (?:for|to)|unveiled plans (?:for|to)"))
SPLIT = re.compile(rf",? (?:and )(?=(?:{BASE})\b)|, (?=(?:{BASE})\b)", re.IGNORECASE)
TAIL = re.compile(r", (?:(?=(?:thereby |thus )?[a-z]+ing\b)|while (?=[a-z])|(?=alongside\b))")
DATELINE = re.compile(r"^[A-Z][\w ,.']{1,40}? [-–—]+ ")
OPENING = re.compile(r"(?:By|In|As of|At|During|Over|Since) [^,]{3,40}, |Meanwhile, |Additionally, |In addition, ")
LEAD = re.compile(r"^To [a-z]+ [^.]{5,120}?, (?=[A-Z])")
ADVOCATED = re.compile(r"^(?:advocate|encourage|urge|call for|call on|lobby|press for|support)\b", re.IGNORECASE)
DONE = re.compile(r"\b(?:has|have|had|been|was|were|[a-z]+ed|secured|built|set|led|held|grew|rose|took|made|saw)\b")
SUBJECT_NOISE = re.compile(r"^(?:Looking ahead|Meanwhile|Additionally|In addition|Going forward|Next)[^,]{0,20}, |^[A-Z][a-z]+ (?:emphasized|said|stressed|added|noted) that ", re.IGNORECASE)
PLANNED_ZH = re.compile(r"将|拟|下一步|下阶段|力争|计划|争取|打算|谋划")
ADVOCATED_ZH = re.compile(r"倡导|鼓励|引导|推动出台|呼吁|争取")
DONE_ZH = re.compile(r"了|已|完成|实现|落地|出台|建立|开展|推出|发布|举行|召开")
CLAUSE_ZH = re.compile(r"[^；。]+")
ANNOUNCED = re.compile(r"announced plans for|unveiled plans for", re.IGNORECASE)


class Clause(NamedTuple):
    """A clause at ``start:end`` of its sentence, and what it is."""

    start: int
    end: int
    kind: StatementKind
    rule: str
    subject: str | None
    action: str | None
    object: str | None


def clauses_of(text: str, language: str) -> Iterator[Clause]:
    """Give the clauses of a sentence in order."""
    if language == "zh":
        yield from _chinese(text)
        return
    lead = LEAD.match(text)
    if lead:
        planned = StatementKind.PLANNED if MODAL.search(text) else StatementKind.CLAIM
        yield Clause(0, lead.end() - 2, planned, "purpose", None, "to", lead[0][3:-2])
    modal = MODAL.search(text)
    start = lead.end() if lead else _opening(text)
    yield from _planned(text, modal, start) if modal else _told(text, start)


def _opening(text: str) -> int:
    """Give where a sentence's matter starts: after its dateline and its opening time."""
    dateline = DATELINE.match(text)
    start = dateline.end() if dateline else 0
    opening = OPENING.match(text, start)
    return opening.end() if opening else start


def _planned(text: str, modal: re.Match[str], start: int) -> Iterator[Clause]:
    subject = SUBJECT_NOISE.sub("", SUBJECT_NOISE.sub("", text[start : modal.start()])).strip(" ,").split(", ")[0]
    end = _end(text)
    cuts = [modal.end()] + [m.end() for m in SPLIT.finditer(text, modal.end(), end)] + [m.end() for m in TAIL.finditer(text, modal.end(), end)]
    cuts = sorted(set(cuts))
    ends = [*(_back(text, c) for c in cuts[1:]), end]
    for first, last in zip(cuts, ends, strict=True):
        words = text[first:last].strip()
        begin = first + (len(text[first:last]) - len(text[first:last].lstrip()))
        if len(words) < 4:  # noqa: PLR2004 - no clause
            continue
        kind = StatementKind.ADVOCATED if ADVOCATED.match(words) else StatementKind.PLANNED
        # "Announced plans for reforms": what is planned is a noun, and the announcing is the verb.
        named = first == modal.end() and ANNOUNCED.fullmatch(modal[0])
        action, _, rest = (modal[0], "", words) if named else words.partition(" ")
        yield Clause(begin, last, kind, "plan", subject or None, action, rest or None)


def _told(text: str, start: int) -> Iterator[Clause]:
    end = _end(text)
    cuts = [start, *(m.end() for m in TAIL.finditer(text, start, end))]
    ends = [*(_back(text, c) for c in cuts[1:]), end]
    for first, last in zip(cuts, ends, strict=True):
        words = text[first:last]
        if len(words.strip()) < 4:  # noqa: PLR2004 - no clause
            continue
        kind = StatementKind.DONE if DONE.search(words) or first != start else StatementKind.CLAIM
        yield Clause(first, last, kind, "told", None, None, words.strip() or None)


def _back(text: str, cut: int) -> int:
    """Give where a clause ends before a cut: comma, "and" and "while" left out."""
    return len(re.sub(r"(?:,? and|, while|,)\s*$", "", text[:cut]))


def _end(text: str) -> int:
    return len(text.rstrip().rstrip('.!?"”'))


def _chinese(text: str) -> Iterator[Clause]:
    for match in CLAUSE_ZH.finditer(text):
        words = match[0]
        if len(words.strip()) < 4:  # noqa: PLR2004 - no clause
            continue
        planned = PLANNED_ZH.search(words)
        kind = StatementKind.DONE if DONE_ZH.search(words) else StatementKind.CLAIM
        if planned:
            kind = StatementKind.ADVOCATED if ADVOCATED_ZH.search(words) else StatementKind.PLANNED
        yield Clause(match.start(), match.end(), kind, "clause", None, planned[0] if planned else None, words)
