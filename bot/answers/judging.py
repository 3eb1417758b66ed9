"""Which release a sentence of a pasted text is about, and in which of its measures each figure of it is judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answers.checks import Judged
from bot.answers.select import matches
from bot.answers.shelf import Asking
from bot.questions.context import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from bot.answers.case import Case
    from bot.answers.shelf import Asker, Shelf
    from bot.questions.model import Question
    from bot.questions.naming import Naming
    from bot.questions.reading import Reader
    from bot.text.quantity import Quantity

Found = tuple["Quantity", "Case | None"]


@dataclass(frozen=True)
class Judge:
    """Judges the sentences of a text, the home release first, the others by what they measure."""

    home: Callable[[str], Sequence[Judged]]
    home_id: str
    reader: Reader
    asker: Asker
    naming: Naming
    shelf: Callable[[str], Shelf]
    now: datetime

    def __call__(self, sentence: str) -> tuple[Judged, ...]:
        """Give each figure of a sentence with its case: of the release named, else of the first that has the figure."""
        question = self.reader.read(sentence)
        if not question.slots.quantities:
            return ()
        named = self.naming.named(question.text, self.now.date())
        at_home = tuple(self.home(sentence)) if not named.releases or self.home_id in named.ids else ()
        if at_home and (self.home_id in named.ids or all(_holds(j) for j in at_home)):
            return at_home
        others = [r.id for r in (named.releases or self.naming.all) if r.id != self.home_id]
        judged = [found for name in others if (found := self._by(self.shelf(name), question, named.spans))]
        if not judged:
            return at_home or tuple(Judged((q.quantity,), None, named.releases[0]) for q in question.slots.quantities)
        best = max(judged, key=lambda found: sum(_has(case, said) for said, case in found))
        if at_home and any(j.case and j.case.facts.figures for j in at_home) and not any(_has(case, said) for said, case in best):
            return at_home
        release = next((case.facts.release for _, case in best if case), None)
        return tuple(Judged((said,), case, release) for said, case in best)

    def _by(self, shelf: Shelf, question: Question, spans: tuple[tuple[int, int], ...]) -> list[Found] | None:
        """Give each figure with the case of the measure that the words before it name; None where no word names any."""
        found: list[Found] = []
        start, last = 0, None
        for stated in question.slots.quantities:
            before, named = self._between(shelf, question, spans, (start, stated.start))
            last = before or (None if named else last)
            if last is None and not named:
                last, _ = self._between(shelf, question, spans, (start, len(question.text)))
            found.append((stated.quantity, replace(last, question=_only(last.question, (stated.start, stated.end))) if last else None))
            start = stated.end
        return found if any(case for _, case in found) else None

    def _between(self, shelf: Shelf, question: Question, spans: Iterable[tuple[int, int]], part: tuple[int, int]) -> tuple[Case | None, bool]:
        """Give the case of the measure that a part of a sentence names best, all its terms the measure's; and whether it has terms."""
        outside = ((0, part[0]), (part[1], len(question.text)))
        named = self.asker.features(question, (*spans, *outside))
        known = tuple(f for f in named if f.run or f.key in shelf.keys or not f.key.startswith("="))
        case = shelf.judged(Asking(question, self.asker, tuple(spans), given=known), EMPTY, self.now) if known else None
        return case, any(f.key[0] not in "=~" for f in known)


def _only(question: Question, span: tuple[int, int]) -> Question:
    """Keep of a sentence's figures the one at a span."""
    kept = tuple(q for q in question.slots.quantities if (q.start, q.end) == span)
    return replace(question, slots=replace(question.slots, quantities=kept))


def _has(case: Case | None, said: Quantity) -> bool:
    return case is not None and any(matches(said, f) for f in case.facts.figures)


def _holds(judged: Judged) -> bool:
    """Whether the home's case has every figure of its sentence."""
    return all(_has(judged.case, said) for said in judged.said)
