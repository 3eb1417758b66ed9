"""Finds the concepts of ``intents/`` in a cleaned question: English on stemmed words, Chinese on characters."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import Stemmer

from bot.questions.model import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.questions.content import Book

WORD = re.compile(r"[a-z]{1,2}\d(?![\d.,a-z])|[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*|[#$€£¥]|[\u3400-\u9fff]")
CJK = re.compile(r"[\u3400-\u9fff]")
FIRST_CJK = "\u3400"  # every other word of a text begins before it
LONGEST_KEPT = 300
CONTRACTED = re.compile(r"\b(what|who|that|how|where|when)['\u2019]?s\b")
BARE_NOT = re.compile(r"\b(did|does|is|was|are|were|has|have|had|would|could|should|do)nt\b")
WORD_GAP = 2
FILLER = "filler"
_stemmer = Stemmer.Stemmer("english")


class Token(NamedTuple):
    """A word of the question, or one Chinese character."""

    stem: str
    start: int
    end: int
    word: str


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Give a word's stem: Snowball's English stemmer, apostrophes and possessives gone.

    >>> stem("enterprises"), stem("branch's")
    ('enterpris', 'branch')
    """
    return str(_stemmer.stemWord(word.removesuffix("'s").replace("'", "")))


def expand(text: str) -> str:
    """Write contractions out: "what's" and "whats" are "what is".

    >>> expand("whats the 480"), expand("who's who")
    ('what is the 480', 'who is who')
    >>> expand("didnt he say so")
    "didn't he say so"
    """
    return CONTRACTED.sub(r"\1 is", BARE_NOT.sub(r"\1n't", text))


def tokens(text: str) -> list[Token]:
    """Cut a cleaned text into words and single Chinese characters."""
    return list(_cut(text) if len(text) <= LONGEST_KEPT else _cut.__wrapped__(text))


@lru_cache(maxsize=4096)  # the words of ``intents/`` are cut for every question, a question for its concepts and for its fillers
def _cut(text: str) -> tuple[Token, ...]:
    return tuple(
        Token(m[0] if m[0] >= FIRST_CJK else stem(m[0]), m.start(), m.end(), m[0])
        for m in WORD.finditer(text.replace("\u2019", "'"))
    )


def _near(left: Token, right: Token) -> bool:
    """Whether two tokens stand side by side: Chinese characters touching, words with one mark between at most."""
    gap = right.start - left.end
    return gap <= 0 if CJK.match(left.word) and CJK.match(right.word) else gap <= WORD_GAP


class Lexicon:
    """Every way to say every concept, ready to be found; the longest surface at a place wins."""

    def __init__(self, surfaces: Iterable[tuple[str, str]], fillers: Iterable[str]) -> None:
        """Index ``(surface, concept)`` pairs and the words that mean nothing."""
        self.index: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self.words: set[str] = set()
        for surface, concept in surfaces:
            self._add(surface, concept)
        for word in fillers:
            self._add(word, FILLER, only_new=True)
        self.stems = {part for key in self.index for part in key}
        self.heads = {key[:size] for key in self.index for size in range(1, len(key) + 1)}  # how the surfaces begin

    @classmethod
    def of(cls, book: Book, names: Iterable[tuple[str, str]] = ()) -> Lexicon:
        """Index a book's concepts, with further names (people) from the releases."""
        surfaces = [(text, name) for name, concept in book.concepts.items() for text in (*concept.en, *concept.zh)]
        return cls([*surfaces, *names], (*book.fillers.en, *book.fillers.zh))

    def _add(self, surface: str, concept: str, *, only_new: bool = False) -> None:
        found = tokens(expand(surface.casefold()))
        key = tuple(token.stem for token in found)
        if key and not (only_new and key in self.index) and concept not in self.index[key]:
            self.index[key].append(concept)
            self.words.update(t.word for t in found if t.word.isascii() and t.word.isalpha())

    def scan(self, found: list[Token]) -> Iterator[tuple[tuple[str, ...], int, int]]:
        """Give ``(concepts, first token, token after the last)`` of each hit; an unknown token gives no concept.

        Of all ways to cut the tokens, the one that leaves the fewest unknown and then has the fewest pieces; of those
        alike, the one with the longer surface first (重庆 市委书记, not 重庆市 委 书记).
        """
        best = self._cuts(found)
        i = 0
        while i < len(found):
            size = best[i][1]
            yield tuple(self.index.get(tuple(t.stem for t in found[i : i + size]), ())), i, i + size
            i += size

    def _cuts(self, found: list[Token]) -> list[tuple[tuple[int, int], int]]:
        """Give for each token the cost (unknown tokens, pieces) of the best cut from it on, and the size of its first piece."""
        best: list[tuple[tuple[int, int], int]] = [((0, 0), 0)] * (len(found) + 1)
        for i in range(len(found) - 1, -1, -1):
            unknown, pieces = best[i + 1][0]
            choice, size = (unknown + 1, pieces + 1), 1
            for longer in self._sizes_at(found, i):
                unknown, pieces = best[i + longer][0]
                if (unknown, pieces + 1) <= choice:
                    choice, size = (unknown, pieces + 1), longer
            best[i] = (choice, size)
        return best

    def _sizes_at(self, found: list[Token], i: int) -> Iterator[int]:
        """Give the sizes of the surfaces that begin at a token, shortest first."""
        reach = 1
        key: tuple[str, ...] = (found[i].stem,)
        while key in self.heads:
            if key in self.index:
                yield reach
            if reach >= len(found) - i or not _near(found[i + reach - 1], found[i + reach]):
                return
            key = (*key, found[i + reach].stem)
            reach += 1

    def hits(self, found: list[Token], text: str) -> tuple[list[Hit], list[Token]]:
        """Give the hits of a text's tokens, and the tokens that nothing explains."""
        hits, unknown = [], []
        for concepts, first, last in self.scan(found):
            start, end = found[first].start, found[last - 1].end
            hits += [Hit(c, start, end, text[start:end]) for c in concepts if c != FILLER]
            if not concepts:
                unknown += found[first:last]
        return hits, unknown
