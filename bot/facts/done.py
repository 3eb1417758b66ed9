"""Names an amount by what was done with it: what people "spent" is their spending, what firms "raised" funds raised by them."""

from __future__ import annotations

import re

from bot.facts.nouns import OF_AFTER, VERB, cut, subject_of, unhedged
from bot.text.numbers import EN_WORD
from bot.text.patterns import grouped

# What a verb makes of the amount it is followed by; the word that joins it to who did it.
NOUNS = {
    "spending": ("of", "spend|spends|spent|spending"),
    "savings": ("of", "save|saves|saved|saving"),
    "earnings": ("of", "earn|earns|earned|earning"),
    "investment": ("by", "invest|invests|invested|investing"),
    "payment": ("by", "pay|pays|paid"),
    "funds raised": ("by", "raise|raises|raised|raising"),
    "funds borrowed": ("by", "borrow|borrows|borrowed|borrowing"),
    "funds lent": ("by", "lend|lends|lent|lending"),
    "funds put": ("by", "put|puts|putting"),
    "funds remitted": ("by", "remit|remits|remitted|remitting"),
    "amount processed": ("by", "process|processes|processed|processing"),
    "amount handled": ("by", "handle|handles|handled|handling"),
    "amount moved": ("by", "move|moves|moved|moving"),
}
_VERBS = "|".join(f"(?P<n{i}>{verbs})" for i, (_, verbs) in enumerate(NOUNS.values()))
_ANY = grouped("|".join(verbs for _, verbs in NOUNS.values()))
DOING = re.compile(rf"\b(?={_ANY})(?:{_VERBS})(?: (?:them|it|us|him|her|you|businesses|companies|firms|enterprises|exporters|customers|clients|consumers|residents|households|a family))?\s*$")
# Verbs whose form for the past is also what was done: "option fees waived".
_TAKEN = (
    "bought|sold|settled|waived|collected|disbursed|exported|imported|shipped|issued|approved|granted|held|refunded|injected|exchanged|purchased|attracted|absorbed|financed|insured|underwritten|written off|repaid|allocated|earmarked|saved"
)
TAKEN = re.compile(rf"\b(?P<verb>{_TAKEN})(?: them| it| us)?\s*$")
AND_TAKEN = re.compile(rf"\b(?:and|but) (?P<verb>{_TAKEN})(?: them| it| us)?\s*$")
OBJECT = re.compile(rf"(?P<np>.+) (?:{_TAKEN})(?P<by> by .+)?")
AND_GROWTH = re.compile(r"(?:growth|increases?|rises|gains|declines|drops|falls) of\s*$", re.IGNORECASE)
LONGEST_UNIT = 24
LONGEST = 40  # characters of a verb and whom it is done to
FOR_THEM = re.compile(r" for(?: them| it)?$")
SHORTEST, FURTHEST = 3, 110  # characters of who did it
ANOTHER = re.compile(r"\b(?:[a-z]+ed|sold|bought|lent) (?:and|or) $")  # "received and paid": two things were done
# What it went to or came from: "on payment facilities", "for a tin of green tea", "into transport"; past the same amount in another currency.
WENT = re.compile(r"^(?: \([^()]{1,40}\))?(?: (?:abroad|overseas|at home|a month|a year|a week|more|less))? (?P<to>(?:on|for|into|through|in|under) (?!(?:the |its |their )?(?:same|first|second|third|fourth|past|last|period|year|month|quarter|week|end|total|all|full|whole|average|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d|\d)\b)(?!them\b|it\b|this\b|that\b|which\b|these\b)[a-z][^,;:.()\d]{2,60}?)(?=[,;:.()”\"]|$| (?:in|during|over|since|by|and|at|from|last|this|up|down|so|while|after|compared|as|with)\b)", re.IGNORECASE)
WERE = re.compile(r"^(?: \([^()]{1,40}\))? (?:was|were|has been|have been|had been|are|is) (?P<done>[a-z]{3,}ed|sold|lent|bought|paid|built|drawn|made|spent|put)\b")
NUMBERED = re.compile(rf"^(?:{EN_WORD})\s", re.IGNORECASE)
WORTH = re.compile(r"(?P<np>[A-Za-z][^,;:.\d]{2,60}?),? worth\s*$")


def done_with(subject: str, before: str, after: str) -> str:
    """Give what an amount is by the verb before it, or nothing; ``subject`` is who did it, as far as it has a name, and ``before`` what goes before its hedges.

    >>> done_with("Inbound tourists", "Inbound tourists spent ", " on meals"), done_with("", "the city had spent ", " on payment facilities in 2025")
    ('spending of Inbound tourists on meals', 'spending on payment facilities')
    >>> done_with("Companies", "Companies raised ", " abroad"), done_with("loans", "loans rose by ", ".")
    ('funds raised by Companies', '')
    """
    near = before[-2 * LONGEST :]
    verb = DOING.search(near.lower(), max(0, len(near) - LONGEST))
    if not verb or ANOTHER.search(near, 0, verb.start()):
        return ""
    noun, (joiner, _) = list(NOUNS.items())[int(str(verb.lastgroup)[1:])]
    went = WENT.match(after)
    who = "" if verb[0].split()[0].endswith("ing") else doer(subject)
    named = f"{noun} {joiner} {who}" if who else noun
    return f"{named} {went['to']}" if went else named


def done_to(before: str, after: str) -> str:
    """Name an amount by what it is of and what was done with that, or give nothing: "banks sold 5 billion of foreign exchange".

    >>> done_to("Banks sold ", " of foreign exchange to clients."), done_to("Exports reached ", " of goods")
    ('foreign exchange sold by Banks', '')
    """
    of = OF_AFTER.match(after)
    near = before[-2 * LONGEST :]
    verb = TAKEN.search(near.lower(), max(0, len(near) - LONGEST)) if of else None
    if not verb or not of or ANOTHER.search(near, 0, verb.start()):
        return ""
    who = doer(subject_of(before))
    named = f"{FOR_THEM.sub('', cut(of['np']))} {verb['verb']}"
    return f"{named} by {who}" if who else named


def done_too(earlier: str, gap: str) -> str:
    """Name an amount of the same thing with which something else was done, or give nothing: "and sold 6 billion".

    >>> done_too("foreign exchange bought by banks", " of foreign exchange from clients and sold them "), done_too("exports", " and sold ")
    ('foreign exchange sold by banks', '')
    """
    verb, same = AND_TAKEN.search(unhedged(gap)), OBJECT.fullmatch(earlier)
    return f"{same['np']} {verb['verb']}{same['by'] or ''}" if verb and same else ""


def doer(subject: str) -> str:
    """Give who did something, cut before what else they did; nothing where no name is left."""
    verb = VERB.search(subject)
    who = cut(subject[: verb.start()] if verb else subject).removeprefix("by ").removesuffix(" in")
    return "" if len(who) > FURTHEST or who.startswith("of ") or re.search(r"\d", who) or len(who) < SHORTEST else who


def worth_of(before: str, after: str) -> str:
    """Give the things that an amount is worth with what was done with them: "bonds worth 5 billion yuan were issued" are bonds issued.

    >>> worth_of("In May, bonds worth ", " were issued"), worth_of("bonds worth ", " and shares")
    ('bonds issued', '')
    """
    were = WERE.match(after)
    worth = WORTH.search(before) if were and before.rstrip().endswith("worth") else None
    return f"{NUMBERED.sub('', cut(worth['np']))} {were['done']}" if worth and were and not VERB.search(worth["np"]) else ""


def and_did(gap: str) -> bool:
    """Whether words only say what else those did that a list of figures was of: " percent and made up "."""
    ahead, joined, doing = gap.partition(" and ")
    return bool(joined and len(ahead) <= LONGEST_UNIT and "," not in ahead and ";" not in ahead and (VERB.fullmatch(doing.strip()) or AND_GROWTH.match(doing)))
