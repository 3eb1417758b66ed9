"""``/check``: every figure of a pasted text held against the release, sentence by sentence, with a verdict each.

Verdicts: supported, hedge dropped, differs, not in the release. What was pasted is never repeated: a line names the
sentence by its topic and gives the release's own figure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answers.case import quote_of
from bot.answers.claims import against, counterpart, crosses, drops_hedge, said_of
from bot.answers.model import Answer, AnswerKind
from bot.answers.select import matches
from bot.answers.vetoes import find_veto
from bot.releases.sentences import split_sentences
from bot.text.cleaning import lang_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.answers.case import Case
    from bot.answers.words import Words
    from bot.facts.model import Figure
    from bot.questions.context import Context
    from bot.releases.model import Release
    from bot.text.quantity import Quantity

MOST_SENTENCES = 40
SUPPORTED, DROPPED, DIFFERS, ABSENT = "supported", "hedge_dropped", "differs", "absent"


@dataclass(frozen=True, slots=True)
class Judged:
    """Figures of a sentence with the case they are judged in, if any release says something of the kind; ``release`` is the one asked."""

    said: tuple[Quantity, ...]
    case: Case | None
    release: Release | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one figure: the verdict, the case it was judged in, the release's own figure, and the release, if any."""

    name: str
    case: Case | None
    figure: Figure | None = None
    release: Release | None = None


def check(text: str, words: Words, context: Context, judge: Callable[[str], Sequence[Judged]], *, several: bool = False) -> Answer:
    """Check a text; ``judge`` gives a sentence's figures with their cases; each verdict of ``several`` releases names its own."""
    verdicts = [v for sentence in split_sentences(text, lang_of(text))[:MOST_SENTENCES] for v in _sentence(sentence.text, judge)]
    lines = tuple(f"{i} · {line}" for i, line in zip(_ordinals(words), (_line(v, words, several=several) for v in verdicts), strict=False))
    named = [v for v in verdicts if v.figure and v.case]
    quotes = tuple(dict.fromkeys(quote_of(v.case.facts.release, v.figure) for v in named if v.case and v.figure))
    sound = bool(verdicts) and all(v.name == SUPPORTED for v in verdicts)
    headline = words.say("check_sound" if sound else "check_faults" if verdicts else "check_nothing")
    sources = list(dict.fromkeys(v.case.source() for v in named if v.case))
    releases = {v.case.facts.release.id for v in named if v.case}
    source = words.say("several_sources") if len(releases) > 1 else next(iter(sources), "")
    return Answer(
        AnswerKind.STATED if quotes else AnswerKind.REFUSED,
        words.lang,
        headline,
        replace(context, topic=None, aspect=None, candidates=(), lang=words.lang),
        lines=lines,
        quotes=quotes,
        source=source,
        figures=tuple(v.figure for v in named if v.figure),
        aspect="check",
    )


def _ordinals(words: Words) -> Iterator[str]:
    """Name the figures of a text in order by letters, so that no number is added to a reply."""
    del words
    yield from (chr(ord("a") + i) for i in range(26))
    while True:
        yield "…"


def _sentence(text: str, judge: Callable[[str], Sequence[Judged]]) -> Iterator[Verdict]:
    for judged in judge(text):
        yield from _of(judged)


def _of(judged: Judged) -> Iterator[Verdict]:
    case = judged.case
    veto = find_veto(case) if case and case.name else None
    for said in judged.said:
        if case is None or (veto and veto.slot == "elsewhere"):
            yield Verdict(ABSENT, None, release=judged.release)
        elif veto:
            yield Verdict(DIFFERS if case.facts.main else ABSENT, case, case.facts.main, case.facts.release)
        else:
            yield replace(_verdict(case, said), release=case.facts.release)


def _verdict(case: Case, said: Quantity) -> Verdict:
    own = next((f for f in case.facts.figures if matches(said, f)), None)
    if own:
        wrong_way = (against(case) and own is case.facts.change) or crosses(said, own)
        return Verdict(DIFFERS if wrong_way else DROPPED if drops_hedge(said, own) else SUPPORTED, case, own)
    elsewhere = next((f for _, facts in case.all_facts for f in facts.figures if matches(said, f)), None)
    figure = counterpart(case, said) if case.facts.figures else None
    if figure:
        return Verdict(DIFFERS, case, figure)
    return Verdict(SUPPORTED if elsewhere and not case.name else ABSENT, case, elsewhere)


def _line(verdict: Verdict, words: Words, *, several: bool) -> str:
    name = words.say(f"verdict_{verdict.name}")
    if verdict.figure is not None and verdict.case is not None:
        name = words.say("check_line", topic=verdict.case.label, value=name, said=said_of(verdict.case, verdict.figure))
    return words.say("check_of", words=name, publisher=_named(verdict.release, words)) if several and verdict.release else name


def _named(release: Release, words: Words) -> str:
    masthead = release.masthead
    return words.say("source_is", publisher=masthead.publisher or release.id, date=words.date(masthead.published)) if masthead.published else masthead.publisher or release.id
