"""Cuts a text into what it names: terms of the field (``intents/glossary``, one key in both languages), words, runs of characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.questions.lexicon import CJK, FILLER, Lexicon, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.questions.content import Book, Term
    from bot.questions.lexicon import Token

WORD, RUN = "=", "~"
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

    def features(self, text: str) -> list[Feature]:
        """Give what a cleaned text names, in order.

        >>> from bot.questions.content import Term
        >>> terms = Terms({"jobless": Term(en=("unemployment rate",), zh=("失业率",))}, ("the",))
        >>> [f.key for f in terms.features("the unemployment rate of welders")]
        ['jobless', '=of', '=welder']
        >>> [f.key for f in terms.features("全省失业率")]
        ['~全省', 'jobless']
        """
        found = tokens(text)
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
