"""Reads a question: cleaned, concepts found with typos absorbed, slots read, what is left noted."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.questions.lexicon import CJK, FILLER, LONGEST_KEPT, Lexicon, Token, expand, tokens
from bot.questions.model import CLAUSE_END, Hit, Question
from bot.questions.slots import PERSON, read_slots
from bot.questions.typos import Typos, ordinary_words
from bot.text.cleaning import clean, lang_of
from bot.text.places import FoundPlace, kind_of, near_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from bot.questions.content import Book
    from bot.text.quantity import Found

LONGEST_QUESTION = 6000
KEPT = 1024  # questions whose reading is remembered: the same is asked again, in another dialogue or by another desk
ASKING_SIZE = frozenset({"how_much", "how_many", "money_amount"})
CURRENCIES = frozenset({"in_usd", "in_cny"})
COUNTED = "firm"
NUMBER = "what_number"
SAID_BESIDE = frozenset({"follow", "confirm", "not_that", "now", "noise"})
NEGATED = re.compile(
    r"(?<!是)不是(?P<zh>[^,，。;；?？!！是]{1,14}?)(?=[,，。;；!！是])"
    r"|\bnot (?!in |on |by |at |say)(?P<en>[^,.;?!]{1,40}?)(?=[,.;?!]| but\b|$)"
)

# A claim put as a question: "不是700多家吗", "难道不是…".
DOUBTED = re.compile(r"(?:难道)?不是[^,，。;；?？!！]*[吗嘛么]\s*[?？]?$|难道不是")
# A part asked of a figure that is stated, or of what was spoken of: "of the 600bn, how much is …", "of that, how much", 6000亿里外币有多少.
OUT_OF = re.compile(r"(?:^|[,;:.?!] )(?:and |so |but |then |ok,? )*(?:out )?of (?:the |that |those |these |all |this |our |roughly |over |about |nearly )*$")
PART_ASKED = re.compile(r"[^,?]{0,40},? (?:how|what|which)\b")
PART_OF_IT = re.compile(r"(?:^|[,;:.?!] )(?:and |so |but |then )*(?:out )?of (?:that|those|these|this|it|them)\b[^,?\d]{0,40}, ?how (?:much|many)\b")
PART_ASKED_ZH = re.compile(r"[^，,。?？\d]{0,4}?(?:里面|里|当中|之中|其中|中间|中(?![国央心期旬小位亚欧国型]))")
# What an answer is wanted for is no part of what is asked.
FOR_WHAT = re.compile(r"\b(?:for|in|into) (?:an?|the|my|our|his|her|their|this|that) (?:[a-z]+ ){0,3}(?:cards?|memo|note|slides?|deck|e-?mail|mail|report|brief|letter|speech|piece|story|caption|draft|presentation|meeting|call|minutes|newsletter|chart|spreadsheet|page|handout|toast)(?= please\b|[,.;!?]|$)")
MORE_OF = re.compile(r"\bmore (?!than\b)[^,?.]{2,60} (?:or|than) (?!less\b)")  # "more scenario users or more beneficiaries"
# What a question sets aside before it asks ("apart from the pilot, how many …", 除了试点之外).
EXCEPTED = re.compile(
    r"(?:除了?|除开|撇开|不算|不计)(?P<zh>[^,，。;；?？!！]{1,24}?)(?:以外|之外|外|,|，|(?=还|又|另|也))"
    r"|(?P<zh2>[^,，。;；?？!！]{2,16})(?:之外|以外)"
    r"|\b(?:apart from|aside from|besides|except(?: for)?|other than|in addition to|on top of|not counting|excluding|leaving aside)\s(?P<en>[^,.;?!]{1,60}?)(?=[,.;?!]|$|\b(?:how|what|which|who)\b)"
)


class Reader:
    """Reads questions with one lexicon: the concepts of ``intents/`` and the names of the releases."""

    def __init__(self, book: Book, people: Iterable[str] = ()) -> None:
        """Index the book's concepts and the people the releases name, whole and by part of name."""
        self.elsewhere = book.elsewhere
        self.short = book.short.en
        self.shortened = re.compile(r"(?<![\w/'])(?:" + "|".join(map(re.escape, sorted(self.short, key=len, reverse=True))) + r")(?![\w'])\.?") if self.short else None
        people = tuple(people)
        names = [(part, PERSON + person) for person in people for part in _parts(person)]
        self.lexicon = Lexicon.of(book, names)
        self.typos = Typos(self.lexicon, {person: PERSON + person for person in people}, book.elsewhere)
        self._known = lru_cache(maxsize=KEPT)(self._read)

    def read(self, raw: str, anchor: date | None = None) -> Question:
        """Read a question as typed; anything a person can type gives a Question."""
        return self._known(raw, anchor) if len(raw) <= LONGEST_KEPT else self._read(raw, anchor)

    def _read(self, raw: str, anchor: date | None) -> Question:
        text = self._written_out(expand(clean(raw[:LONGEST_QUESTION])))
        found = [mended for token in tokens(text) for mended in self.typos.mend(token)]
        hits, unknown = self.lexicon.hits(found, text)
        if any(CJK.match(token.word) for token in unknown):
            asking = frozenset((h.start, h.end) for h in hits if h.concept in ASKING_SIZE)
            found = self._by_sound(found, {token.start for token in unknown}, asking)
            hits, unknown = self.lexicon.hits(found, text)
            silent = {token.start for token in unknown}
            named = [Hit(concept, start, end, text[start:end]) for start, end, concept in self.typos.people(found, silent)]
            hits += named
            unknown = [t for t in unknown if not any(h.start <= t.start < h.end for h in named)]
        purposes = [m.span() for m in FOR_WHAT.finditer(text)]
        hits = [h for h in hits if not any(a <= h.start and h.end <= b for a, b in purposes)]
        slots = read_slots(text, hits, anchor)
        slots = replace(slots, places=(*slots.places, *_mistyped(unknown)))
        spans = [(s.start, s.end) for group in (slots.periods, slots.places, slots.quantities) for s in group] + [m.span() for m in EXCEPTED.finditer(text)] + purposes
        hits = [*_asking_only(_put_in_doubt(hits, text, slots.quantities), slots.quantities), *_by_form(text, slots.quantities)]
        asks_from = _preamble(text, hits)
        negated = _negated(text, hits)
        slots = replace(slots, people=tuple(person for person in slots.people if PERSON + person not in negated))
        left = [t for t in unknown if t.start >= asks_from and t.word.isalpha() and not any(start <= t.start < end for start, end in spans)]
        return Question(
            text=text,
            lang=lang_of(raw),
            hits=tuple(hits),
            slots=slots,
            unexplained=tuple(t.word for t in left),
            strange_at=tuple(t.start for t in left),
            negated=negated,
        )

    def fillers(self, text: str) -> list[tuple[int, int]]:
        """Give the spans of a cleaned text that mean nothing."""
        found = tokens(text)
        return [(found[a].start, found[b - 1].end) for concepts, a, b in self.lexicon.scan(found) if FILLER in concepts]

    def named(self, sentence: str) -> list[Hit]:
        """Find the concepts of a release's own sentence, which holds no typos."""
        text = sentence.casefold()
        return self.lexicon.hits(tokens(text), text)[0]

    def _written_out(self, text: str) -> str:
        """Write out what fast typists shorten ("yr", "bal.", "&")."""
        text = text.replace(" & ", " and ")
        return self.shortened.sub(lambda m: self.short[m[0].rstrip(".")], text) if self.shortened else text

    def _by_sound(self, found: list[Token], unknown: set[int], asking: frozenset[tuple[int, int]]) -> list[Token]:
        """Replace runs of characters that sound like a surface with that surface."""
        mended = list(found)
        for first, last, surface in self.typos.homophones(found, unknown, asking):
            start, end = found[first].start, found[last - 1].end
            width = len(surface)
            mended[first:last] = [Token(part, start + i, end - width + i + 1, part) for i, part in enumerate(surface)]
        return mended


def _asking_only(hits: Iterable[Hit], stated: Iterable[Found]) -> list[Hit]:
    """Leave out the currencies inside stated amounts, which ask for no conversion, and read 多少 before a thing counted as a number."""
    hits = [h for h in hits if h.concept not in CURRENCIES or not any(q.start <= h.start and h.end <= q.end for q in stated)]
    firms = {h.start for h in hits if h.concept == COUNTED}
    numbers = {(h.start, h.end) for h in hits if h.concept == NUMBER and firms & {h.end, h.end + 1}}
    return [replace(h, concept="how_many") if h.concept == "how_much" and (h.start, h.end) in numbers else h for h in hits]


def _put_in_doubt(hits: Iterable[Hit], text: str, stated: Sequence[Found]) -> list[Hit]:
    """Read 不是 before a figure, where the sentence ends as a question, as asking to confirm it."""
    doubted = DOUBTED.search(text) if stated else None
    return [replace(h, concept="confirm") if doubted and h.concept == "not_that" and doubted.start() <= h.start < doubted.end() else h for h in hits]


def _by_form(text: str, stated: Iterable[Found]) -> Iterator[Hit]:
    """Give the hits of what is asked by the form of a sentence, and by no word alone: a part of a figure, the larger of two."""
    spans = [(q.start, q.end) for q in stated if (OUT_OF.search(text[: q.start]) and PART_ASKED.match(text, q.end)) or PART_ASKED_ZH.match(text, q.end)]
    spans += [m.span() for m in PART_OF_IT.finditer(text)]
    yield from (Hit("part_of", start, end, text[start:end]) for start, end in spans)
    yield from (Hit("bigger", *m.span(), m[0]) for m in MORE_OF.finditer(text))


def _preamble(text: str, hits: Iterable[Hit]) -> int:
    """Give where the question begins after clauses in which nothing it could be about is named.

    "Boss is waiting, deck due at nine: corridor financing?" Only clauses before the first with a hit are left out.
    """
    first = min((h.start for h in hits if h.concept not in SAID_BESIDE), default=0)
    return max((m.end() for m in CLAUSE_END.finditer(text, 0, first)), default=0)


def _mistyped(unknown: Iterable[Token]) -> Iterator[FoundPlace]:
    """Give the places that words nothing explains are one edit from; an everyday word is no typo."""
    for token in unknown:
        place = near_place(token.word)
        if place and token.word not in ordinary_words():
            yield FoundPlace(place, kind_of(place), token.start, token.end)


def _parts(person: str) -> list[str]:
    """Give the ways a person's name is written: whole, and the family name alone where it is distinct."""
    words = person.split()
    return [person, *(word for word in words if len(word) > 2)]  # noqa: PLR2004 - "Li" alone is too common


def _negated(text: str, hits: Iterable[Hit]) -> frozenset[str]:
    """Find the concepts that stand in a negated or excepted phrase only ("not the dollar one", 不是美元那个, 除了试点)."""
    spans = [*_spans(NEGATED, text), *(m.span() for m in EXCEPTED.finditer(text))]
    hits = list(hits)
    inside = {h.concept for h in hits if any(a <= h.start and h.end <= b for a, b in spans)}
    return frozenset(inside - {h.concept for h in hits if not any(a <= h.start and h.end <= b for a, b in spans)})


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Give the span of whichever group of a pattern matched, for each match."""
    return [next(m.span(name) for name in pattern.groupindex if m[name]) for m in pattern.finditer(text)]


__all__ = ["FILLER", "Reader"]
