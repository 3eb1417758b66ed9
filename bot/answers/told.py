"""Answers that statements give: what was done, what is planned, who holds which office, what a name stands for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.case import quote_of
from bot.answers.model import AnswerKind, Quote, Suggestion
from bot.facts.model import Statement, StatementKind
from bot.questions.lexicon import tokens
from bot.questions.model import Hit
from bot.text.periods import find_periods

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.case import Case
    from bot.answers.model import Answer

MOST_STATEMENTS = 5
MOST_BARE = 4
SENTENCE_SHARE = 0.4
LONGEST_SENTENCE = 270
LONGEST_SUBJECT = 40
SAYING = frozenset({"said", "plan", "outlook"})
TITLES = frozenset({"office"})
PLANS = (StatementKind.PLANNED, StatementKind.ADVOCATED)
OFFICES = {
    "president": re.compile(r"(?<!deputy )(president|governor)|(?<!副)行长", re.IGNORECASE),
    "director": re.compile(r"(?<!deputy )director|(?<!副)局长", re.IGNORECASE),
    "party_secretary": re.compile(r"secretary|书记", re.IGNORECASE),
    "deputy": re.compile(r"deputy|vice|副", re.IGNORECASE),
}


def statement(case: Case) -> Answer | None:
    """Give what the release says on the topic: the clauses that answer best, each with what it is (done, planned)."""
    return tell(case, ranked(case, case.facts.statements))


def plan(case: Case) -> Answer | None:
    """Give the plans on the topic; where there is none, what the release does say of it."""
    plans = [s for s in case.facts.statements if s.kind in PLANS]
    return tell(case, ranked(case, plans or case.facts.statements))


def place(case: Case) -> Answer | None:
    """Say where: the statements of the topic; an event's own sentence gives its date, not its place."""
    return None if case.topic.whole else tell(case, ranked(case, case.facts.statements))


def dated(case: Case) -> Answer | None:
    """Say when: the plans whose own sentence names a time."""
    return tell(case, ranked(case, [s for s in case.facts.statements if s.kind in PLANS and find_periods(s.sentence.text)]))


def occasion(case: Case) -> Answer | None:
    """Say on what occasion the topic's figures were said: the event that one of their sentences names."""
    held = {f.sentence.span for f in case.facts.figures}
    return tell(case, [s for s in case.store.facts[case.facts.release.id].statements if s.kind == StatementKind.EVENT and s.sentence.span in held])


def tell(case: Case, statements: Iterable[Statement]) -> Answer | None:
    """Word statements: the first is the headline, the others follow; clauses of one short sentence are said as it."""
    chosen = list(dict.fromkeys(statements))[:MOST_STATEMENTS]
    if not chosen:
        return None
    said = list(dict.fromkeys(clause(case, s) for s in chosen))
    return case.told(said[0], chosen, lines=(*said[1:], case.topic.explain.of(case.words.lang)))


def clause(case: Case, statement: Statement) -> str:
    """Say one statement: its kind, its speaker where one is named, and its words."""
    sentence = statement.sentence.text
    planned = statement.rule == "plan"
    short = not planned and len(sentence) <= LONGEST_SENTENCE
    words = sentence if short or statement.kind == StatementKind.EVENT else case.facts.release.quote(statement.span)
    kind = case.say(f"kind_{statement.kind}")
    if planned and statement.subject and len(statement.subject) <= LONGEST_SUBJECT:
        words = case.say("subject_words", subject=statement.subject, words=words)
    template = "clause_by" if statement.speaker and statement.speaker not in words else "clause"
    return case.say(template, kind=kind, words=words.strip(), speaker=statement.speaker)


def ranked(case: Case, statements: Iterable[Statement]) -> list[Statement]:
    """Order statements by how many of the question's concepts their words hold; those holding none follow."""
    statements = list(statements)
    asked = case.question.concepts or set(case.topic.patterns[0])
    scores = {id(s): _overlap(case, s, asked) for s in statements}
    return sorted(statements, key=lambda s: -scores[id(s)])


def _overlap(case: Case, statement: Statement, asked: Iterable[str]) -> float:
    text = f"{case.facts.release.quote(statement.span)} {statement.object or ''}".casefold()
    held = {token.stem for token in tokens(text)}
    score = 0.0
    for name in asked:
        concept = case.book.concepts.get(name)
        surfaces = (*concept.en, *concept.zh) if concept else ()
        if any(_inside(surface, held) for surface in surfaces):
            score += 1.0
    sentence = {token.stem for token in tokens(statement.sentence.text.casefold())}
    said = [h.surface for h in case.question.hits if h.concept in asked]
    return score + sum(SENTENCE_SHARE for surface in said if _inside(surface, sentence))


def _inside(surface: str, held: set[str]) -> bool:
    parts = {token.stem for token in tokens(surface.casefold())}
    return bool(parts) and parts <= held


def people(case: Case) -> Answer | None:
    """Name a person and their offices: the person asked about, or whoever holds the office asked about."""
    roles = [s for s in case.facts.statements if s.kind == StatementKind.ROLE]
    if not roles:
        return None
    if case.question.concepts & SAYING and not set(case.question.concepts) & TITLES and (told := sayings(case)):
        return told
    asked = _asked_person(case) if not case.question.concepts & set(OFFICES) or case.question.slots.people else ()
    if asked and not any(s.subject in asked for s in roles) and (credited := _credited(case, asked)):
        return credited
    chosen = [s for s in roles if s.subject in asked] if asked else [s for s in roles if holds_office(s, case.question.concepts)]
    if not chosen:
        return None
    said = [case.say("person_is", person=s.subject, offices=s.object or "") for s in chosen]
    return case.told(said[0], chosen, lines=tuple(said[1:]))


def sayings(case: Case) -> Answer | None:
    """Give what a named person said, announced or emphasized, in the release's words."""
    asked = _asked_person(case) if case.question.slots.people or not case.question.concepts & set(OFFICES) else _holders(case)
    statements = case.store.facts[case.facts.release.id].statements
    kinds = PLANS if case.question.concepts & {"plan", "outlook"} else (*PLANS, StatementKind.DONE, StatementKind.CLAIM)
    said = [s for s in statements if s.speaker in asked and s.kind in kinds]
    if said and kinds is PLANS:  # what the same paragraph plans, by no name, stands under it
        near = {s.sentence.paragraph for s in said}
        return tell(case, [*ranked(case, said), *(s for s in statements if s.kind in PLANS and not s.speaker and s.sentence.paragraph in near)])
    return tell(case, ranked(case, said) if said else ())


def _holders(case: Case) -> tuple[str, ...]:
    """Give who holds the offices a question names."""
    roles = (s for s in case.facts.statements if s.kind == StatementKind.ROLE)
    return tuple(s.subject for s in roles if s.subject and holds_office(s, case.question.concepts))


def _credited(case: Case, asked: tuple[str, ...]) -> Answer | None:
    """Say of someone with no office what the release has of them: the photographs they are credited with."""
    statements = case.store.facts[case.facts.release.id].statements
    given = [s for s in statements if s.kind == StatementKind.CREDIT and s.subject in asked]
    if not given:
        return None
    said = [case.say("photo_by", person=s.subject or "", caption=s.object or s.sentence.text) for s in given]
    return case.told(said[0], given, lines=tuple(said[1:]))


def _asked_person(case: Case) -> tuple[str, ...]:
    return case.question.slots.people or ((case.context.person,) if case.context.person else ())


def needs_person(case: Case) -> bool:
    """Whether a question speaks of "he" or of a post, and nothing says whose."""
    concepts = case.question.concepts
    named = case.question.slots.people or case.context.person or concepts & set(OFFICES)
    if case.aspect not in ("people", "definition", "level", "statement", "names"):
        return False
    return not named and ("he" in concepts or ("office" in concepts and "official" not in concepts))


def ask_who(case: Case) -> Answer:
    """Ask which of the people named is meant."""
    names = [s.subject or "" for s in case.facts.statements]
    headline = case.say("which")
    buttons = tuple(Suggestion(n, n) for n in names)
    context = replace(case.next_context(), candidates=())
    return case.answer(AnswerKind.AMBIGUOUS, headline, lines=tuple(names), suggestions=buttons, title="", context=context)


def holds_office(statement: Statement, concepts: Iterable[str]) -> bool:
    """Whether a person holds the offices a question names; a deputy is no head, and a head no deputy."""
    held = statement.object or ""
    concepts = set(concepts)
    asked = (concepts | ({"president"} if "head_office" in concepts else set())) & set(OFFICES)
    if not asked:
        return True
    if "deputy" in asked:
        return bool(OFFICES["deputy"].search(held))
    return all(OFFICES[name].search(held) for name in asked)


def definition(case: Case) -> Answer | None:
    """Say what a name stands for, in the release's words; a term it does not explain gets what it says of it."""
    return None if case.facts.main else defined(case) or statement(case)


def defined(case: Case) -> Answer | None:
    """Say what a name stands for, where the release itself spells it out."""
    names = [s for s in case.facts.statements if s.kind == StatementKind.NAME and " " in (s.object or "")]
    if names and names[0].object:
        first = names[0]
        headline = case.say("stands_for", name=first.subject or "", meaning=first.object)
        return case.told(headline, [first], lines=(case.topic.explain.of(case.words.lang),))
    return None


def credit(case: Case) -> Answer | None:
    """Name who took or gave a photograph: the one whose caption the question speaks of."""
    given = [s for s in case.facts.statements if s.kind == StatementKind.CREDIT]
    chosen = ranked(_following(case), given)
    if "second" in case.question.concepts:
        chosen = given[1:2] or chosen
    if case.question.slots.quantities:
        chosen = [s for s in given if _has_number(case, s)] or chosen
    if not chosen:
        return None
    said = [case.say("photo_by", person=s.subject or "", caption=s.object or s.sentence.text) for s in chosen]
    captions = [s for s in case.facts.release.sentences if any(s.text == c.object for c in chosen)]
    quotes = tuple(dict.fromkeys(quote_of(case.facts.release, s) for s in (*captions, *(c.sentence for c in chosen))))
    return case.answer(AnswerKind.STATED, said[0], quotes=quotes, lines=tuple(said[1:]))


def _following(case: Case) -> Case:
    """Let the topic just spoken of choose between captions where the question itself names none."""
    before = case.context.topic
    if before is None or before == case.name or len(case.question.concepts) > MOST_BARE:
        return case
    patterns = case.book.topics[before].patterns
    hits = tuple(Hit(c, 0, 0, c) for pattern in patterns for c in pattern)
    return replace(case, question=replace(case.question, hits=(*case.question.hits, *hits)))


def _has_number(case: Case, statement: Statement) -> bool:
    """Whether a figure the question states stands in the paragraph of a caption."""
    figures = case.store.facts[case.facts.release.id].figures
    wanted = {q.quantity.amount for q in case.question.slots.quantities}
    return any(
        f.sentence.paragraph == statement.sentence.paragraph and f.quantity.amount in wanted for f in figures
    )


def source(case: Case) -> Answer | None:
    """Cite the release: publisher, date, page."""
    masthead = case.facts.release.masthead
    date = case.words.date(masthead.published) if masthead.published else "-"
    headline = case.say("source_is", publisher=masthead.publisher or case.facts.release.id, date=date)
    first = case.facts.release.sentences[0]
    quote = Quote(case.facts.release.id, first.span.start, first.span.end, first.text)
    return case.answer(AnswerKind.STATED, headline, quotes=(quote,), lines=())
