"""Cuts a text into what it names: terms of the field (``intents/glossary``, one key in both languages), words, runs of characters."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.questions.lexicon import CJK, FILLER, Lexicon, stem, tokens
from bot.questions.typos import ordinary_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from bot.questions.content import Book, Term
    from bot.questions.lexicon import Token

WORD, RUN = "=", "~"
SHORTEST, LONG = 5, 9  # letters of a word that may be mistyped, and of one that may be so twice
LONGER = 0.1  # what each character of a run past the second adds to its weight


class Feature(NamedTuple):
    """One thing a text names: a term's name, ``=`` and a word's stem, or ``~`` and a run of characters; where, and its weight."""

    key: str
    start: int
    end: int
    weight: float = 1.0

    @property
    def run(self) -> str:
        """The characters of a run; empty for anything else."""
        return self.key[1:] if self.key.startswith(RUN) else ""


class Terms:
    """The field's terms, ready to be found: the longest at a place wins, silent ones name nothing."""

    def __init__(self, glossary: Mapping[str, Term], fillers: Iterable[str] = ()) -> None:
        """Index the glossary; ``fillers`` are further words that mean nothing."""
        surfaces = [(text, name) for name, term in glossary.items() if not term.silent for text in (*term.en, *term.zh)]
        silent = [text for term in glossary.values() if term.silent for text in (*term.en, *term.zh)]
        self.lexicon = Lexicon(surfaces, (*silent, *fillers))

    @classmethod
    def of(cls, book: Book) -> Terms:
        """Index a book's glossary; its English fillers are silent too."""
        return cls(book.glossary, book.fillers.en)

    def features(self, text: str, known: Callable[[str], bool] | None = None) -> list[Feature]:
        """Give what a cleaned text names, in order; where ``known`` tells which words are some release's, others are mended.

        >>> from bot.questions.content import Term
        >>> terms = Terms({"jobless": Term(en=("unemployment rate",), zh=("失业率",))}, ("the",))
        >>> [f.key for f in terms.features("the unemployment rate of welders")]
        ['jobless', '=of', '=welder']
        >>> [f.key for f in terms.features("全省失业率")]
        ['~全省', 'jobless']
        """
        found = tokens(text) if known is None else [self._mended(t, known) for t in tokens(text)]
        cut: list[Feature] = []
        run: list[Token] = []
        for concepts, first, last in self.lexicon.scan(found):
            token = found[first]
            if not concepts and CJK.match(token.word):
                if run and run[-1].end != token.start:
                    cut += _run(run)
                    run = []
                run.append(token)
                continue
            cut += _run(run)
            run = []
            if concepts and FILLER not in concepts:
                cut.append(Feature(concepts[0], token.start, found[last - 1].end))
            elif not concepts and token.word[0].isalpha():
                cut.append(Feature(WORD + token.stem, token.start, token.end))
        return [*cut, *_run(run)]

    def _mended(self, token: Token, known: Callable[[str], bool]) -> Token:
        """Give a word as it was meant: a term's word one edit away (two for a long one), where nothing else explains it."""
        word = token.word
        if len(word) < SHORTEST or not word.isascii() or not word.isalpha() or token.stem in self.lexicon.stems or known(WORD + token.stem):
            return token
        near = _nearest(word, self.words)
        return token if near is None or word in ordinary_words() else token._replace(stem=stem(near), word=near)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The terms' words that are long enough to be mistyped."""
        return tuple(sorted(w for w in self.lexicon.words if len(w) >= SHORTEST))


@lru_cache(maxsize=2048)
def _nearest(word: str, words: tuple[str, ...]) -> str | None:
    near = process.extractOne(word, words, scorer=OSA.distance, score_cutoff=2 if len(word) >= LONG else 1)
    return near[0] if near else None


def near_name(word: str, names: tuple[str, ...]) -> str | None:
    """Give the name that a word of six letters or more is one edit from, or None.

    >>> near_name("yunlng", ("yunling", "qinghu")), near_name("report", ("airport",))
    ('yunling', None)
    """
    if len(word) < SHORTEST + 1 or word in ordinary_words():
        return None
    near = process.extractOne(word, names, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near else None


def _run(run: list[Token]) -> Iterator[Feature]:
    """Give a run of characters as one feature; a single character is no name."""
    if len(run) > 1:
        yield Feature(RUN + "".join(t.word for t in run), run[0].start, run[-1].end, 1 + LONGER * (len(run) - 2))


def covered(run: str, text: str) -> float:
    """Give the share of a run's characters that stand, two and more together, in a text.

    >>> covered("跨境电商", "电商出口"), covered("跨境电商", "跨境电商")
    (0.5, 1.0)
    """
    count = i = 0
    while i < len(run):
        size = next((n for n in range(len(run) - i, 1, -1) if run[i : i + n] in text), 0)
        count += size
        i += max(size, 1)
    return count / len(run)
