"""Answers from a release that no topic was written for: its measures stand in for topics, under the same vetoes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from bot.answers.alike import MONEY_OR_NUMBER, is_whole, sort_of, surest
from bot.answers.case import Case
from bot.answers.model import Answer, AnswerKind
from bot.answers.refusals import refuse_veto
from bot.answers.respond import WORKED_OUT, answers, respond
from bot.answers.select import TopicFacts
from bot.answers.vetoes import Veto, find_veto
from bot.facts.model import FigureKind
from bot.questions.content import Bilingual, Topic
from bot.questions.lexicon import tokens
from bot.text.cleaning import clean
from bot.text.period import PeriodKind
from bot.text.quantity import POINT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from bot.answers.words import Words
    from bot.facts.model import Figure
    from bot.facts.store import Store
    from bot.questions.content import Book
    from bot.questions.context import Context
    from bot.questions.match import Matcher
    from bot.questions.measures import Measure
    from bot.questions.model import Question
    from bot.releases.model import Release
    from bot.text.period import Period

MOST = 4
PARTS = (FigureKind.SHARE, FigureKind.RATE)
GROWTH = (FigureKind.CHANGE, FigureKind.MULTIPLE)
KINDS: dict[str, tuple[FigureKind, ...]] = {"change": GROWTH, "share": PARTS, "count": (FigureKind.COUNT,), "equivalent": (FigureKind.LEVEL,)}
MONTHLY = "mom"
NATION, FORECAST = "nation", "forecast"
PLAIN = frozenset({"share", "growth", "fall", "how_much", "how_many"})  # what these ask is asked whatever a measure is called
UNSAID = 0.1
SOON = timedelta(days=16)  # a point at a month's end may be said a little before it


class Asked(Protocol):
    """What is needed of a release's desk."""

    @property
    def store(self) -> Store:
        """Give its release and facts."""

    @property
    def book(self) -> Book:
        """Give the content."""

    @property
    def matcher(self) -> Matcher:
        """Give what ranks aspects."""

    def words(self, lang: str) -> Words:
        """Give the reply words."""

    def speaks_of(self, text: str) -> frozenset[str]:
        """Give the concepts a sentence speaks of."""


def of_time(asked: Period, own: Period | None, *, strictly: bool = True) -> bool:
    """Whether a figure's period is the one asked: the same days, or the point it ends at; loosely, any within its year."""
    if own is None or asked.end is None:
        return not strictly or asked.end is None
    if (own.start, own.end) == (asked.start, asked.end):
        return True
    if own.end == asked.end and (own.kind == PeriodKind.POINT or (asked.kind == PeriodKind.POINT and own.kind == PeriodKind.YEAR)):
        return True
    return not strictly and asked.kind == PeriodKind.YEAR and own.year == asked.year


@dataclass(frozen=True)
class Measured:
    """One question to one release: what is needed to word an answer from any of its measures."""

    desk: Asked
    release: Release
    question: Question
    context: Context
    now: datetime
    monthly: bool = False  # whether the change on the month is asked

    @cached_property
    def aspect(self) -> str | None:
        """The aspect asked, if any."""
        ranked = self.desk.matcher.rank_aspects(self.question.concepts)
        return ranked[0].name if ranked else None

    @cached_property
    def kinds(self) -> tuple[FigureKind, ...]:
        """The kinds of figure that the aspect asks for; none where it asks for whatever there is."""
        return KINDS.get(self.aspect or "", ())

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods asked whose days are known."""
        return tuple(p.period for p in self.question.slots.periods if p.period.end)

    def about(self, measure: Measure) -> Measured:
        """Read the question for a measure: words that stand in the measure's own name ask for nothing."""
        names = [clean(f.metric) for f in measure.figures]
        hits = tuple(h for h in self.question.hits if h.concept in PLAIN or not any(h.surface in name for name in names))
        return replace(self, question=replace(self.question, hits=hits))

    def serves(self, measure: Measure) -> tuple[bool, bool]:
        """Whether a measure has a figure of the time asked, and one of that time and of the kind asked."""
        if self.aspect == FORECAST:
            aimed = self._aimed(measure)
            return bool(aimed), bool(aimed)
        timely = self._timely(measure.figures)
        return bool(timely), any(not self.kinds or f.kind in self.kinds for f in timely)

    def exactly(self, figures: Iterable[Figure]) -> bool:
        """Whether one of the figures is of the very period asked, and one is asked."""
        return bool(self.periods) and any(of_time(self.periods[0], f.period) for f in figures)

    def case(self, measure: Measure, *, whole: bool = False) -> Case:
        """Give the case of a measure: a topic made of it, and those of its figures that the period asked fits (``whole``: all of those)."""
        name = measure.name
        own = tuple(dict.fromkeys(h.concept for h in self.question.hits))
        topic = Topic(label=Bilingual(en=name, zh=name), explain=Bilingual(en="", zh=""), patterns=((),), hints=own)
        book = self.desk.book.model_copy(update={"topics": {**self.desk.book.topics, name: topic}})
        timely = self._timely(measure.figures)
        chosen = self._asked_for(timely or measure.figures)
        facts = TopicFacts(self.release, (timely or measure.figures) if whole or self.question.slots.quantities else self._agreed(chosen), ())
        slots = self.question.slots
        kept = () if timely and chosen else slots.periods
        years = tuple(p for p in slots.periods if p.period.kind == PeriodKind.YEAR and not any(c.isdigit() for c in self.question.text[p.start : p.end]))
        places = tuple(p for p in slots.places if p.id not in measure.places)
        question = replace(self.question, slots=replace(slots, periods=kept or years, places=places))
        followed = replace(self.context, release=self.release.id)
        return Case(book, self.desk.store, self.desk.words(question.lang), question, followed, name, facts, self.aspect or _main(facts), all_facts=((name, facts),))

    def answer(self, measure: Measure) -> Answer:
        """Answer from a measure: by its aspects, or by the release's sentence where its figures are several of a kind."""
        case = self.case(measure)
        if self.aspect == FORECAST and (aimed := self._aimed(measure)) and not case.question.slots.places:
            return case.stated(case.words.say("aimed", fact=case.words.figure(aimed[0])), aimed[:1])
        clashing = self._clashing(self._asked_for(self._timely(measure.figures)))
        if clashing and not case.question.slots.quantities:
            return _in_words(case, clashing)
        if case.question.slots.periods and not self._timely(measure.figures) and not find_veto(case):
            answer = answers(case, self.aspect) if self.aspect in WORKED_OUT else None
            said = case.question.slots.periods[0]
            return answer or refuse_veto(case, Veto("period", case.question.text[said.start : said.end]))
        answer = respond(case, self.now)
        if answer.kind == AnswerKind.REFUSED and (plain := self._plain(case)):
            return plain
        return answer

    def _plain(self, case: Case) -> Answer | None:
        """Give a change in money, or in points of a rate, that no aspect words."""
        if case.question.slots.periods or case.question.slots.places or case.question.slots.quantities or case.aspect not in ("change", "level", "increase"):
            return None
        rates = any(f.kind in PARTS for f in case.facts.figures)
        found = [f for f in case.facts.figures if f.kind == FigureKind.CHANGE and (f.quantity.is_money or (rates and f.quantity.unit == POINT))]
        return case.stated(case.words.figure(found[0]), found[:1]) if found and case.facts.change is None else None

    # ---- which figures -----------------------------------------------------------------------------------------

    def _timely(self, figures: Iterable[Figure]) -> tuple[Figure, ...]:
        """Give the figures of the periods asked: those of the very days, else those within the year."""
        kept = tuple(f for f in figures if not f.target and not self._ahead(f))
        vague = {p.period.text.casefold() for p in self.question.slots.periods if p.period.kind == PeriodKind.OTHER and not p.period.end}
        if vague:  # "five years ago": known only by its words
            return tuple(f for f in kept if f.period and f.period.text.casefold() in vague)
        for strictly in (True, False):
            found = tuple(f for f in kept if all(of_time(p, f.period, strictly=strictly) for p in self.periods))
            if found:
                return found
        return ()

    def _aimed(self, measure: Measure) -> tuple[Figure, ...]:
        """Give the targets and forecasts among a measure's figures, of the times asked where any are."""
        aimed = tuple(f for f in measure.figures if f.target or self._ahead(f))
        return tuple(f for f in aimed if all(of_time(p, f.period, strictly=False) for p in self.periods)) or (aimed if not self.periods else ())

    def _ahead(self, figure: Figure) -> bool:
        """Whether a figure's period was not over when the release came out: it is no outcome."""
        day = self.release.masthead.published
        return bool(day and figure.period and not figure.period.inferred and figure.period.end and figure.period.end > day + SOON)

    def _asked_for(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """Keep the figures of one period; a part of a whole only where it is asked, or where there is nothing else."""
        whole = tuple(f for f in figures if f.kind != FigureKind.SHARE)
        return self._of_one_time(whole if whole and self.aspect != "share" else figures)

    def _of_one_time(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """Keep the figures of one period: that with the kind asked, the release's own, the newest, the longest."""
        times = {_days(f.period) for f in figures if f.period and f.period.end}
        if not times:
            return figures
        wanted = self.kinds or (*MONEY_OR_NUMBER, *PARTS)
        best = max(times, key=lambda t: (any(f.kind in wanted for f in figures if _days(f.period) == t), t == self._main_time, t[1], -t[0].toordinal()))
        return self._best_named(surest(tuple(f for f in figures if f.period is None or (f.period.end and _days(f.period) == best))))

    def _best_named(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """Of figures that differ in nothing but their amount, keep those whose metric the question says best."""
        said = {t.stem for t in tokens(self.question.text)}
        score = {f.metric: _said(f.metric, said) for f in figures}
        best = {sort_of(f): max(score[g.metric] for g in figures if sort_of(g) == sort_of(f)) for f in figures}
        return tuple(f for f in figures if score[f.metric] == best[sort_of(f)])

    @cached_property
    def _main_time(self) -> tuple[date, date] | None:
        """The period that most figures of the release are of."""
        times = Counter(_days(f.period) for f in self.desk.store.facts[self.release.id].figures if f.period and f.period.end)
        return times.most_common(1)[0][0] if times else None

    def _agreed(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """Leave out figures of which there are several of a sort that is not asked, the monthly change where none is asked, and gaps to what is no nation."""
        kept = [f for f in figures if f.basis != "vs_peer" or NATION in self.desk.speaks_of(f.sentence.text)]
        kept.sort(key=lambda f: (f.basis == MONTHLY) != self.monthly)
        sorts = {sort_of(f) for f in kept if f.kind in GROWTH}
        many = {s for s in sorts if len({f.quantity.amount for f in kept if sort_of(f) == s}) > 1}
        return tuple(f for f in kept if sort_of(f) not in many)

    def _clashing(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """Give the figures of the kind asked that differ in nothing but their amount: which is meant only the sentence tells."""
        main = next((f.kind for f in figures if f.kind not in GROWTH), FigureKind.CHANGE)
        wanted = self.kinds or (main,)
        for first in figures:
            alike = tuple(f for f in figures if f.kind in wanted and sort_of(f) == sort_of(first))
            if first.kind in wanted and len({f.quantity.amount for f in alike}) > 1:
                return () if is_whole(first, alike) else alike
        return ()


def _said(metric: str, said: set[str]) -> float:
    """Give how many words of a metric are said, those that are not counting a little against it."""
    stems = {t.stem for t in tokens(metric.casefold())}
    return len(stems & said) - UNSAID * len(stems - said)


def _days(period: Period | None) -> tuple[date, date]:
    assert period is not None  # noqa: S101 - told to mypy: callers look first
    assert period.end is not None  # noqa: S101 - as above
    return period.start or period.end, period.end


def _main(facts: TopicFacts) -> str:
    """Give the aspect a bare name asks for: that of the first figure that is no change."""
    first = next((f for f in facts.figures if f.kind not in GROWTH and f.equivalent_of is None), None)
    names = {FigureKind.LEVEL: "level", FigureKind.SHARE: "share", FigureKind.RATE: "share", FigureKind.COUNT: "count"}
    return names.get(first.kind, "change") if first else "change"


def _in_words(case: Case, figures: tuple[Figure, ...]) -> Answer:
    """Give the release's own sentence, or ask which of several sentences is meant."""
    sentences = list(dict.fromkeys(f.sentence.text for f in figures))
    if len(sentences) == 1:
        return case.stated(sentences[0], figures)
    words = case.words
    lines = tuple(words.say("candidate", topic=f.metric, fact=words.figure(f)) for f in figures[:MOST])
    return case.answer(AnswerKind.AMBIGUOUS, words.say("which"), lines=lines, figures=figures[:MOST], title="")
