"""Cuts a message that asks two things ("how many firms, and what did they settle?") where its second question begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.questions.model import FOLLOW, INTERROGATIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.questions.content import Concept
    from bot.questions.context import Context
    from bot.questions.model import Hit, Question

LONGEST = 400
# Asked of two things together, or said of one: no second question.
ONE_QUESTION = frozenset({"both", "confirm", "either", "not_that", "part_of"})
COMPARED = frozenset({"times_of", "bigger"})  # no list of two matters either
_ASKS = r"(?:by |in |for |at |to |from |with |of |on )?(?:how|what|which|who|whose|when|where|why)\b"
# Where one question ends and the next begins; Chinese asks in any clause.
JOINT = re.compile(
    rf"[,;.!?]?\s+(?:and|plus|&|also)\s+(?:also\s+)?(?={_ASKS})|[,;?.!]\s+(?={_ASKS})|\?\s+(?=\w)"
    r"|(?<=[\u3400-\u9fff])\s?[,，、;；?？。]\s?(?:以及|和|并且|还有|另外|同时|又)?(?=[\u3400-\u9fff])"
    r"|(?<=[\u3400-\u9fff])(?:以及|还有|并且)(?=[\u3400-\u9fff])"
)
# Where one name ends and the next begins.
LISTED = re.compile(r"\s(?:and|plus|&)\s|,\s(?:and\s)?|(?<=[\u3400-\u9fff])[、和与及](?=[\u3400-\u9fff])|以及")


BY_HOW_MUCH = frozenset({"gap", "how_much", "what_number", FOLLOW})


def apart(read: Question, context: Context, much: Concept) -> str:
    """Give the question that a bare "by how much?" asks after a comparison: the comparison with that asked of it; else nothing."""
    bare = context.aspect == "contrast" and context.asked and read.concepts and read.concepts <= BY_HOW_MUCH and not read.unexplained
    return f"{context.asked} {much.en[0] if read.lang == 'en' else much.zh[0]}" if bare else ""


def halves(text: str) -> Iterator[tuple[str, str]]:
    """Give the ways to cut a cleaned text into two questions, each with an asking word of its own.

    >>> list(halves("how many firms benefited, and what was the volume?"))
    [('how many firms benefited', 'what was the volume?')]
    >>> list(halves("惠及多少企业、交易额多少？")), list(halves("how much in all?"))
    ([('惠及多少企业', '交易额多少？')], [])
    """
    if len(text) > LONGEST:
        return
    for joint in JOINT.finditer(text):
        first, second = text[: joint.start()], text[joint.end() :]
        if asks_each(first, second):
            yield first, second


def asks_each(first: str, second: str) -> bool:
    """Whether both pieces ask for themselves."""
    return bool(INTERROGATIVE.search(first) and INTERROGATIVE.search(second))


def listed(text: str, hits: Iterable[Hit], follow: str) -> Iterator[tuple[str, str]]:
    """Give the ways to cut a text between two names that stand in a list; a joint inside a name is none.

    The second piece begins with ``follow``, the word that makes it speak on of what the first asked.

    >>> list(listed("growth of loans and deposits?", [], "and "))
    [('growth of loans', 'and deposits?')]
    """
    if len(text) > LONGEST:
        return
    hits = tuple(h for h in hits if h.concept != FOLLOW)
    for joint in LISTED.finditer(text):
        if not any(h.start < joint.end() and joint.start() < h.end for h in hits):
            yield text[: joint.start()], follow + text[joint.end() :]
