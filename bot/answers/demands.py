"""What a question demands beyond its main aspect: the answer must meet all of it, or the question is refused by name.

"How many banks …" is not met by a number of enterprises, "where" not by a date, "what share of the country" not by a
growth rate.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answers.select import matches
from bot.answers.vetoes import Veto
from bot.questions.lexicon import tokens
from bot.text.quantity import COUNT, PERCENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.answers.case import Case
    from bot.answers.model import Answer
    from bot.questions.model import Hit

# Asking words that are met by their own aspect only, and that aspect.
HARD = {
    "where": "place", "average": "per_unit", "times_of": "ratio", "remainder": "remainder",
    "part_of": "share", "names_of": "names", "rank": "rank", "breakdown": "breakdown", "schedule": "schedule", "email": "contact",
    "per_month": "per_month", "per_quarter": "per_quarter",
}
# What the sentence that is to be quoted must speak of.
OF_QUOTE = {"growth": "change", "gap": "gap", "how_many": "count"}
# Aspects whose answers are percentages of another kind: "what percentage did it grow".
RATES = frozenset({"change", "gap", "share", "remainder", "equivalent", "contrast"})
# Aspects with whose answers an asking word is met although another aspect has it: "where did it stand", 平均增速.
MET_BY = {
    "times_of": ("ratio", "contrast", "nation_ratio", "change"),
    "average": ("nation_growth", "gap", "per_month", "per_quarter"),
    "where": ("level", "year_before", "equivalent", "change", "gap", "increase"),
}
SIZES = ("count", "level", "equivalent")
PART_OF_NAME = 100  # "the 8 in 33618": no figure is asked about
WHICH = re.compile(r"(?:\b(?:which|what|whose)\s|哪家|哪个|哪些|哪几家|哪所|什么)\Z")
GAP = re.compile(r"[\s的]{0,2}\Z")


def unmet(case: Case, answers: Callable[[Case, str], Answer | None]) -> str | None:
    """Give the aspect that is asked beside the main one and has no answer for this topic, or None."""
    used = {c for pattern in (*case.topic.patterns, case.topic.hints) for c in pattern}
    used |= {c for pattern in case.book.aspects[case.aspect].patterns if case.question.concepts.issuperset(pattern) for c in pattern}
    for concept, aspect in HARD.items():
        if concept not in case.question.concepts - used or aspect == case.aspect or aspect not in case.book.aspects:
            continue
        if (concept == "where" and _relative(case)) or (concept == "names_of" and case.topic.whole):
            continue
        if case.aspect in MET_BY.get(concept, ()):
            continue
        if concept == "part_of" and _is_part(case):
            continue
        if answers(case, aspect) is None:
            return aspect
    if case.aspect == "quote":
        wanted = next((aspect for concept, aspect in OF_QUOTE.items() if concept in case.question.concepts - used), None)
        return wanted if wanted and answers(case, wanted) is None else None
    if "share" in case.question.concepts and case.aspect == "nation_growth" and not case.question.concepts & {"growth", "gap", "fall"}:
        return "share"
    return None


def _relative(case: Case) -> bool:
    """Whether "where" only begins a clause about what was named just before ("the briefing where …")."""
    asked = [h for h in case.question.hits if h.concept == "where"]
    return all(any(h.end == w.start - 1 for h in case.question.hits if h is not w) for w in asked)


def _is_part(case: Case) -> bool:
    """Whether the topic's own figure is a part of a whole, or the words lead up to a count it has."""
    return case.facts.share is not None or (case.aspect in RATES and any(f.quantity.unit == PERCENT for f in case.facts.figures if f.kind == "share"))


def miscounted(case: Case) -> Veto | None:
    """Veto a number of one thing asked where the release counts another ("how many banks", 多少家银行)."""
    count = case.facts.count
    if count is None or case.aspect != "count":
        return None
    held = {token.stem for token in tokens(f"{count.quantity.counted or ''} {count.metric} {count.sentence.text}".casefold())}
    for noun in _counted_nouns(case):
        concept = case.book.concepts.get(noun.concept)
        surfaces = (*concept.en, *concept.zh) if concept else ()
        known = any({t.stem for t in tokens(str(s))} <= held for s in surfaces if str(s))
        if not known and noun.concept not in {c for pattern in case.topic.patterns for c in pattern}:
            return Veto("elsewhere", noun.surface)
    return None


def wanting(case: Case) -> str | None:
    """Give the aspect that a question asks in words its topic has nothing for, before any figure is said; None where there is none."""
    tests = {"count": _uncounted, "names": _unnamed, "definition": _nameless}
    return next((aspect for aspect, test in tests.items() if test(case)), None)


def _uncounted(case: Case) -> bool:
    """Whether "how many" is asked of things the topic gives no number of ("how many firms received the quotas")."""
    if "deals" in case.question.concepts and case.aspect in (*SIZES, "main", "increase"):
        return case.facts.count is None or not _is_counted(case, "deals")
    return case.aspect in SIZES and case.facts.count is None and any(True for _ in _counted_nouns(case))


def _is_counted(case: Case, concept: str) -> bool:
    """Whether the topic's number is one of what a concept's words count."""
    counted = {token.stem for token in tokens((case.facts.count.quantity.counted or "").casefold())} if case.facts.count else set()
    words = {token.stem for surface in case.book.concepts[concept].en for token in tokens(surface)}
    return bool(counted & words)


def _unnamed(case: Case) -> bool:
    """Whether "which" asks for one of the many that a topic gives only figures of ("which ASEAN member", 哪家科技企业)."""
    if case.aspect != "list" or not case.facts.figures:
        return False
    told = case.facts.statements or any(matches(q.quantity, f) for q in case.question.slots.quantities for f in case.facts.figures)
    return "superlative" in case.question.concepts or not told


def _nameless(case: Case) -> bool:
    """Whether a bare number that no figure of the topic has is asked the meaning of ("the 8 in 33618")."""
    said = [q.quantity for q in case.question.slots.quantities if q.quantity.unit == COUNT and q.quantity.amount < PART_OF_NAME]
    asks = case.aspect in ("definition", "identify", "list") and "confirm" not in case.question.concepts
    return asks and bool(said) and not any(matches(q, f) for q in said for f in case.facts.figures)


def unasked(case: Case) -> Veto | None:
    """Veto a thing asked by "which" or "what" that no fact of the topic speaks of ("which bank approved the quotas")."""
    own = {c for pattern in (*case.topic.patterns, case.topic.hints) for c in pattern}
    nouns = _nouns(case)
    asking = {(h.start, h.end) for h in case.question.hits if h.concept in own or h.concept not in nouns}
    for hit in case.question.hits:
        concept = case.book.concepts.get(hit.concept)
        if concept is None or (hit.start, hit.end) in asking or hit.concept in own or hit.concept not in nouns or not WHICH.search(case.question.text[: hit.start]):
            continue
        if not any({t.stem for t in tokens(str(s))} <= case.facts.stems for s in (*concept.en, *concept.zh)):
            return Veto("elsewhere", hit.surface)
    return None


def _counted_nouns(case: Case) -> Iterator[Hit]:
    """Give the last noun of the run of names that follows each "how many"."""
    nouns = _nouns(case)
    hits = sorted((h for h in case.question.hits if h.concept in nouns), key=lambda h: h.start)
    for asked in (h for h in case.question.hits if h.concept == "how_many"):
        last, end = None, asked.end
        for hit in (h for h in hits if h.start >= asked.end):
            if not GAP.match(case.question.text[end : hit.start]):
                break
            last, end = hit, hit.end
        if last is not None:
            yield last


def _nouns(case: Case) -> frozenset[str]:
    asking = (case.book.asking - {"firm"}) | {"initiatives_word"}  # "which measure", "which steps": a word for whatever is asked
    return (case.book.naming | case.book.elsewhere | {"firm"}) - asking
