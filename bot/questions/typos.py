"""Absorbs typos: an English word one or two edits from a known one, Chinese characters that sound like the right ones."""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.questions.lexicon import CJK, FILLER, Token, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.questions.lexicon import Lexicon

SHORTEST = 4
TWO_EDITS = 8
GLUED = 12
FEWEST_LETTERS = 3
SHORT_SOUND = 2
# Finals and initials that southern speakers and hurried input methods mix up.
ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Give the everyday English words: one of them is no typo of another (pyspellchecker's frequency list)."""
    from spellchecker import SpellChecker  # noqa: PLC0415 - its list is read only when a word is unknown

    return frozenset(SpellChecker(language="en").word_frequency.words())


@lru_cache(maxsize=4096)
def sound(character: str) -> str:
    """Give a character's first reading without tone, with sounds alike made one (pypinyin)."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a large table, read only when characters are unexplained

    return _alike(str(lazy_pinyin(character)[0]))


def _alike(reading: str) -> str:
    for heard, written in ALIKE:
        reading = reading.replace(heard, written)
    return reading


class Typos:
    """Knows a lexicon's words and sounds, and mends what was typed where it fits none of them."""

    def __init__(self, lexicon: Lexicon, names: Mapping[str, str] | None = None, unheard: frozenset[str] = frozenset()) -> None:
        """Keep the lexicon, the romanised names of people with their concepts, and the concepts no sound may make."""
        self.lexicon = lexicon
        self.unheard = unheard
        self.names = {"".join(name.casefold().split()): concept for name, concept in (names or {}).items()}
        self._mend = lru_cache(maxsize=4096)(self._mend_word)

    @cached_property
    def words(self) -> list[str]:
        """The lexicon's English words that are long enough to be mistyped."""
        long = {word for word in self.lexicon.words if len(word) >= SHORTEST}
        return sorted(long | {f"{word}s" for word in long if not word.endswith("s")})

    @cached_property
    def sounds(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Chinese surfaces of two characters and more by how they sound."""
        return {
            tuple(map(sound, key)): key
            for key, concepts in self.lexicon.index.items()
            if len(key) > 1 and FILLER not in concepts and not self.unheard.issuperset(concepts) and all(CJK.match(part) for part in key)
        }

    def mend(self, token: Token) -> list[Token]:
        """Give the token as it was meant, glued words cut apart; itself where nothing is near."""
        if not token.word.isascii() or not token.word.isalpha() or token.stem in self.lexicon.stems:
            return [token]
        words = self._mend(token.word)
        if not words:
            return [token]
        spot = token.start
        mended = []
        for word in words:
            end = token.end if len(words) == 1 else min(spot + len(word), token.end)
            mended.append(Token(stem(word), spot, end, word))
            spot = end
        return mended

    def _mend_word(self, word: str) -> tuple[str, ...]:
        if len(word) < SHORTEST:
            return ()
        if len(word) >= GLUED and (parts := self._cut(word)):
            return parts
        edits = 2 if len(word) >= TWO_EDITS else 1
        near = process.extract(word, self.words, scorer=OSA.distance, score_cutoff=edits, limit=4)
        best = min(near, key=lambda n: (n[1], n[0][0] != word[0], sorted(n[0]) != sorted(word), -len(n[0])), default=None)
        if best is None or word in ordinary_words():
            return ()
        return (best[0],)

    def _cut(self, word: str) -> tuple[str, ...]:
        """Cut a run of letters without spaces into known words, the fewest."""
        best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 16), end):
                head, part = best[start], word[start:end]
                if head is None or part not in self.lexicon.words:
                    continue
                current = best[end]
                if current is None or len(head) + 1 < len(current):
                    best[end] = (*head, part)
        whole = best[-1]
        return whole if whole and len(word) / len(whole) >= FEWEST_LETTERS else ()

    def homophones(self, found: list[Token], unknown: set[int], known: frozenset[tuple[int, int]] = frozenset()) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Give ``(first, last, surface)`` of runs that hold an unexplained character and sound like a surface.

        ``unknown`` are start offsets of the unexplained characters; ``known`` the spans of asking words found, of which
        none is taken apart (账多少 is no 占多少).
        """
        spots = [i for i, token in enumerate(found) if token.start in unknown and CJK.match(token.word)]
        taken = -1
        for spot in spots:
            if spot <= taken:
                continue
            for first, last in self._windows(found, spot):
                if any(found[first].start <= a and b <= found[last - 1].end for a, b in known):
                    continue
                heard = tuple(sound(t.word) for t in found[first:last])
                key = self.sounds.get(heard)
                if key and (last - first > SHORT_SOUND or all(t.start in unknown for t in found[first:last])):
                    yield first, last, key
                    taken = last - 1
                    break

    def people(self, found: list[Token], unknown: set[int]) -> Iterator[tuple[int, int, str]]:
        """Give ``(start, end, concept)`` of runs of unexplained characters that sound like a person's romanised name."""
        if not self.names:
            return
        folded = {_alike(name): concept for name, concept in self.names.items()}
        for first in range(len(found)):
            for size in (3, 2, 4):
                run = found[first : first + size]
                if len(run) == size and all(t.start in unknown and CJK.match(t.word) for t in run):
                    concept = folded.get("".join(sound(t.word) for t in run))
                    if concept:
                        yield run[0].start, run[-1].end, concept

    def _windows(self, found: list[Token], spot: int) -> Iterator[tuple[int, int]]:
        for size in range(min(7, len(found)), 1, -1):
            for first in range(max(0, spot - size + 1), min(spot, len(found) - size) + 1):
                run = found[first : first + size]
                if all(CJK.match(t.word) for t in run) and all(a.end == b.start for a, b in pairwise(run)):
                    yield first, first + size
