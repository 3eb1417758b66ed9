"""A case: one question with its topic, aspect and facts, on the way to an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answers.model import Answer, AnswerKind, Quote, Suggestion
from bot.facts.model import StatementKind
from bot.releases.model import Sentence
from bot.text.places import place_id, place_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answers.select import TopicFacts
    from bot.answers.words import Words
    from bot.facts.model import Figure, Statement
    from bot.facts.store import Store
    from bot.questions.content import Book, Topic
    from bot.questions.context import Context
    from bot.questions.model import Question
    from bot.releases.model import Release

HISTORY = 8
MOST_QUOTES = 12


@dataclass(frozen=True)
class Case:
    """One question on one topic of one release, and all that is needed to word its answer."""

    book: Book
    store: Store
    words: Words
    question: Question
    context: Context
    name: str
    facts: TopicFacts
    aspect: str
    score: float = 0.0
    trace: tuple[str, ...] = ()
    all_facts: tuple[tuple[str, TopicFacts], ...] = ()

    @property
    def topic(self) -> Topic:
        """The topic's content."""
        return self.book.topics[self.name]

    @property
    def label(self) -> str:
        """The topic's name in the reply's language."""
        return self.topic.label.of(self.words.lang)

    def say(self, template: str, /, **slots: object) -> str:
        """Fill a reply template."""
        return self.words.say(template, **slots)

    def asking(self, aspect: str) -> str:
        """Say an aspect's name in the reply's language."""
        return self.book.aspects[aspect].label.of(self.words.lang)

    # ---- answers -----------------------------------------------------------------------------------------------

    def stated(self, headline: str, figures: Sequence[Figure], **more: object) -> Answer:
        """Answer with figures the release states."""
        return self.answer(AnswerKind.STATED, headline, figures=tuple(figures), **more)

    def derived(self, headline: str, formula: str, figures: Sequence[Figure], beside: tuple[str, ...] = (), **more: object) -> Answer:
        """Answer with a figure worked out, its formula shown."""
        lines = (*beside, self.say("formula", formula=formula))
        return self.answer(AnswerKind.DERIVED, headline, figures=tuple(figures), formula=formula, lines=lines, **more)

    def told(self, headline: str, statements: Sequence[Statement], **more: object) -> Answer:
        """Answer with statements of the release."""
        quotes = tuple(dict.fromkeys(quote_of(self.facts.release, s) for s in statements))
        roles = (s.subject for s in statements if s.kind == StatementKind.ROLE)
        person = next(roles, None) or next((s.speaker for s in statements if s.speaker), None)
        return self.answer(AnswerKind.STATED, headline, quotes=quotes, context=self.next_context(person=person), **more)

    def answer(self, kind: AnswerKind, headline: str, **more: object) -> Answer:
        """Put an answer together: title, quotations, citation, context and what to ask next."""
        figures: tuple[Figure, ...] = more.pop("figures", ())  # type: ignore[assignment]
        quotes: tuple[Quote, ...] = more.pop("quotes", ())  # type: ignore[assignment]
        quotes = tuple(dict.fromkeys((*(quote_of(self.store.release(f.release), f) for f in figures), *quotes)))
        refused = kind == AnswerKind.REFUSED
        defaults: dict[str, object] = {
            "title": "" if refused else self.title(figures),
            "quotes": quotes[:MOST_QUOTES],
            "source": self.source(figures) if quotes else "",
            "page": self.facts.release.masthead.page,
            "suggestions": self.suggestions(),
            "context": self.next_context(refused=refused, person=next((f.speaker for f in figures if f.speaker), None)),
        }
        return Answer(
            kind=kind,
            lang=self.words.lang,
            headline=headline,
            figures=figures,
            topic=self.name,
            aspect=self.aspect,
            score=self.score,
            trace=self.trace,
            **{**defaults, **more},  # type: ignore[arg-type]
        )

    def title(self, figures: Iterable[Figure]) -> str:
        """Name topic, place and period."""
        figures = tuple(figures)
        place = next((f.scope for f in figures if f.scope), self.facts.release.masthead.place)
        period = next((self.words.period(f.period) for f in figures if f.period), "")
        return " · ".join(part for part in (self.label, self.place(place), period) if part)

    def place(self, name: str | None) -> str:
        """Say a place's name in the reply's language where the gazetteer knows it."""
        return place_in(name, self.words.lang)

    def source(self, figures: Iterable[Figure] = ()) -> str:
        """Cite the release: publisher, date, and the speaker where one is named."""
        masthead = self.facts.release.masthead
        speaker = next((f.speaker for f in figures if f.speaker), None)
        named = self.say("said_by", speaker=speaker) if speaker else self.say("no_speaker")
        date = self.words.date(masthead.published) if masthead.published else "-"
        return self.say("source_line", publisher=masthead.publisher or self.facts.release.id, date=date, speaker=named)

    def suggestions(self) -> tuple[Suggestion, ...]:
        """Offer the topic's other aspects that have an answer, then its siblings."""
        facts, lang = self.facts, self.words.lang
        offers = [
            ("change", facts.change),
            ("gap", facts.gap),
            ("count", facts.count),
            ("year_before", facts.level and facts.change),
            ("level", facts.level),
        ]
        asked = [
            Suggestion(self.say(f"offer_{name}"), f"{self.label}: {self.say(f'offer_{name}')}")
            for name, there in offers
            if there and name != self.aspect and not (name == "year_before" and _is_multiple(facts.change))
        ]
        beside = [self.book.topics[name].label.of(lang) for name in self.topic.siblings]
        return (*asked, *(Suggestion(label, label) for label in beside))[:4]

    def next_context(self, *, refused: bool = False, person: str | None = None) -> Context:
        """Remember this turn."""
        old = self.context
        history = tuple(n for n in old.history if n != self.name)
        return replace(
            old,
            topic=self.name,
            aspect=self.aspect,
            refused=refused,
            candidates=(),
            person=person or old.person,
            lang=self.words.lang,
            asked=self.question.text,
            history=(*history, self.name)[-HISTORY:],
            vetoed=None,
        )


def _is_multiple(figure: Figure | None) -> bool:
    return figure is not None and figure.quantity.unit == "multiple"


def quote_of(release: Release, fact: Figure | Statement | Sentence) -> Quote:
    """Quote a sentence, or the one a fact stands in."""
    span = fact.span if isinstance(fact, Sentence) else fact.sentence.span
    return Quote(release.id, span.start, span.end, release.quote(span))


def place_in(name: str | None, lang: str) -> str:
    """Say a place in a language where the gazetteer knows it, else as the release has it."""
    if not name:
        return ""
    found = place_id(name.split(",")[0].strip())
    return place_name(found, lang) if found else name
