"""Which aspect of a topic is asked: the one its words name best, corrected for what they are said together with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.questions.model import CLAUSE_END
from bot.text.quantity import PERCENT, POINT

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.questions.match import Matcher, Ranked
    from bot.questions.model import Question

AT_REACH = 30  # characters between "at" and the rate
WORKING = "work_out"
RATE = "rate_of_exchange"
ORDINAL = "ordinal"
COMPARING = ("contrast", "ratio")
CONVERTING = frozenset({"convert", "in_cny"})
# Aspects that carry meaning only beside something else asked; they yield to any other aspect.
FAINT = frozenset({"level", "statement", "list", "place", "definition", "people", "plan", "share", "contrast", "period"})


def asked(question: Question, aspects: list[Ranked], matcher: Matcher, figured: Callable[[Question], tuple[str, ...]]) -> str | None:
    """Give the aspect asked for, of those ranked; a rate asked for beside an amount to convert is a conversion at that rate."""
    # Two sides are compared before; what is left of "both" and "more than" asks for whatever else is asked.
    best = next((a for a in aspects if a.name not in COMPARING), aspects[0] if aspects else None)
    aspect = best.name if best else None
    if aspects and (aspect is None or aspect in FAINT) and any(a.name == "ratio" for a in aspects):
        return "change"  # "how many times more" of one thing is its growth
    if aspect in ("change", "increase") and "year_before" in question.concepts and (WORKING in question.concepts or _takes_change(question, figured)):
        return "year_before"
    if aspect == "rate" and {"how_many", "firm"} <= question.concepts:
        return "count"
    if aspect == "gap" and {"nation", "how_much"} <= question.concepts and any(q.quantity.unit == POINT for q in question.slots.quantities) and figured(question):
        return "nation_growth"  # the distance is stated: the nation's own rate is asked
    if aspect in ("rate", "equivalent") and RATE in question.concepts:
        return _rate_or_amount(question, aspect, matcher)
    return aspect


def _rate_or_amount(question: Question, aspect: str, matcher: Matcher) -> str:
    """Tell whether a question that names a rate asks for it, or for an amount at it."""
    named = question.concepts & matcher.naming
    if aspect == "equivalent":  # where nothing is named that could be converted, the rate is asked
        worked = WORKING in question.concepts and not _at_rate(question)
        return "rate" if worked or (not question.slots.quantities and not named - {"rmb"}) else aspect
    if len({q.quantity.unit for q in question.slots.quantities if q.quantity.is_money}) > 1:
        return "rate"  # both sides of it are stated
    one = sum(h.concept == RATE for h in question.hits) > 1  # "1 dollar at that rate"
    if question.concepts & (CONVERTING | {"in_usd"}) and _at_rate(question) and not one:
        return "equivalent"
    amounts = any(q.quantity.amount != 1 for q in question.slots.quantities)
    converts = "rate_question" not in question.concepts and (question.concepts & CONVERTING or amounts)
    return "equivalent" if converts and named else aspect


def _takes_change(question: Question, figured: Callable[[Question], tuple[str, ...]]) -> bool:
    """Whether the question states a growth rate of the release, to work from it."""
    return any(q.quantity.unit == PERCENT for q in question.slots.quantities) and bool(figured(question))


def _at_rate(question: Question) -> bool:
    """Whether a rate is named as what to convert at ("at the release's rate", 按文中汇率)."""
    rates = [h.start for h in question.hits if h.concept == RATE]
    return any(h.concept == "at_word" and any(0 < start - h.end < AT_REACH for start in rates) for h in question.hits)


def ranks_another(question: Question, matcher: Matcher, topic: str) -> bool:
    """Whether every "first" stands before the name of another matter ("the other schemes beside the first pilot")."""
    own = {c for pattern in matcher.topics[topic][:1] for c in pattern}
    firsts = [h for h in question.hits if h.concept == ORDINAL]
    after = [next((h for h in question.hits if h.start >= first.end and h.concept in matcher.naming), None) for first in firsts]
    return bool(firsts) and all(h is not None and h.concept not in own and not CLAUSE_END.search(question.text[f.end : h.start]) for f, h in zip(firsts, after, strict=True))
