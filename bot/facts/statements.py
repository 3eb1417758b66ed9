"""Statements: claims without a number, told apart as done, planned, advocated, office, place, name, event or credit.

Each rule is name + pattern + production over one sentence, in an ordered table; a sentence may give several.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bot.facts.clauses import clauses_of
from bot.facts.model import Statement, StatementKind
from bot.facts.speakers import speakers_by_sentence
from bot.releases.model import Span
from bot.text.periods import find_periods

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.releases.model import Release, Sentence

WORD = r"[A-Z][a-z'’]+"
OFFICE = r"(?:Deputy |Vice |Acting |First )?(?:Secretary|President|Director(?: General)?|Governor|Head|Chair(?:man|woman|person)?|Commissioner|Administrator|Minister|Mayor|Spokesperson|Manager|Chief|deputy head|head|director|deputy director|spokesperson)"
ROLE = re.compile(rf"(?P<name>{WORD} {WORD}(?: {WORD})?), (?P<offices>{OFFICE} [^.;]*?)(?=, at a|, in a|, (?!and )[a-z]|,? announced|,? said|,? told| at a press| on \w+ \d|\.$|, (?:introduced|presented)|$)")
ROLE_BEFORE = re.compile(rf"(?P<offices>(?:Deputy |Vice )?(?:Governor|Director|President|Mayor|Administrator|Commissioner|Minister|Secretary)) (?P<name>{WORD} {WORD})\b")
OFFICES = re.compile(rf",? and (?={OFFICE} )|, (?={OFFICE} )")
ROLE_ZH = re.compile(r"(?P<offices>[\u4e00-\u9fff]{0,12}?(?:副?行长|副?局长|处长|副?关长|副?主任|新闻发言人|副?市长|副?省长|司长))(?P<name>[\u4e00-\u9fff]{2,3}?)(?=（|、|介绍|表示|通报|说|指出|在)")
TITLED_ZH = re.compile(r"[行局处关市省司]长|主任|发言人")  # without one of these no office is found
TITLED_EN = ("Secretary", "President", "Director", "Governor", "Head", "Chair", "Commissioner", "Administrator", "Minister", "Mayor", "Spokesperson", "Manager", "Chief", "head", "director", "spokesperson")
NAME = re.compile(r"(?<!\w)(?P<name>[A-Z][\w’'&-]{0,30}(?: (?:(?:of|and|the|for) )?[A-Z][\w’'&-]{0,30}){1,8})\s?\((?P<short>[A-Z][A-Z0-9&-]{1,9})\)")
NAME_ZH = re.compile(r"(?P<name>[\u4e00-\u9fff]{3,16})（(?:简称|下称|以下简称)?(?P<short>[A-Z][A-Z0-9]{1,9})）")
CREDIT = re.compile(r"\(\s*Photo\s*[/:]\s*(?P<name>[^)]{2,60})\)|（[^（）]{0,20}?(?P<zh>[\u4e00-\u9fff]{2,4})\s*摄\s*）")
CREDIT_PLAIN = re.compile(rf"^\((?P<name>{WORD} {WORD})/[^)]+\)$")
EVENT = re.compile(r"(?P<event>(?:press|news) conference|briefing|convention|forum|新闻发布会|新闻通气会|发布会|通气会)", re.IGNORECASE)
EVENT_CUES = ("conference", "briefing", "convention", "forum", "会")
PLACE = re.compile(r"^(?P<subject>.{4,80}?) (?:is|are|lies in|is located in|sits in) (?P<object>(?:the )?[A-Z][\w ]{2,60})\.?$")
QUOTED = re.compile(r"[“\"](?P<name>[^”\"]{2,60})[”\"](?P<rest>[^,.;]{0,80}?(?:strategy|program(?:me)?|plan|system|initiative|scheme|framework|toolkit))", re.IGNORECASE)
ITEMS = re.compile(r"(?:such as|including|like|namely|e\.g\.) (?P<items>[^.;]+)", re.IGNORECASE)
ITEM_CUES = ("such as", "including", "like", "namely", "e.g.")
ITEM_END = re.compile(r", alongside .*$| alongside .*$|, as well as .*$| (?:have|has|are|were|is|was) .*$", re.IGNORECASE)


class Rule(NamedTuple):
    """A named way a sentence makes a statement."""

    name: str
    produce: Callable[[Release, Sentence, int], Iterator[Statement]]


def _span(sentence: Sentence, start: int, end: int) -> Span:
    return Span(sentence.span.start + start, sentence.span.start + end)


def _roles(release: Release, sentence: Sentence, index: int) -> Iterator[Statement]:
    del index
    patterns = ((ROLE_ZH,) if TITLED_ZH.search(sentence.text) else ()) if release.language == "zh" else (ROLE, ROLE_BEFORE) if any(cue in sentence.text for cue in TITLED_EN) else ()
    for pattern in patterns:
        for match in pattern.finditer(sentence.text):
            offices = match["offices"].strip(" ,")
            items = tuple(part.strip(" ,") for part in OFFICES.split(offices) if part.strip(" ,"))
            yield Statement(release.id, StatementKind.ROLE, _span(sentence, *match.span()), sentence, "office", match["name"], None, offices, items)


def _names(release: Release, sentence: Sentence, index: int) -> Iterator[Statement]:
    del index
    for match in (NAME_ZH if release.language == "zh" else NAME).finditer(sentence.text) if ")" in sentence.text or "）" in sentence.text else ():
        name = re.sub(r"^(?:The|In|By|At) ", "", match["name"].strip())
        yield Statement(release.id, StatementKind.NAME, _span(sentence, match.end() - len(match[0].lstrip()), match.end()), sentence, "abbreviation", match["short"], None, name)


def _strategies(release: Release, sentence: Sentence, index: int) -> Iterator[Statement]:
    del index
    for match in QUOTED.finditer(sentence.text) if release.language == "en" else ():
        yield Statement(release.id, StatementKind.NAME, _span(sentence, *match.span()), sentence, "named programme", match["name"], None, match["rest"].strip())


def _credits(release: Release, sentence: Sentence, index: int) -> Iterator[Statement]:
    for pattern in (CREDIT, CREDIT_PLAIN):
        for match in pattern.finditer(sentence.text):
            groups = match.groupdict()
            before = release.sentences[index - 1] if index else None
            same = before is not None and before.paragraph == sentence.paragraph
            caption = before.text if same and before else sentence.text[: match.start()].strip() or None
            yield Statement(release.id, StatementKind.CREDIT, _span(sentence, *match.span()), sentence, "photo credit", groups["name"] or groups.get("zh"), None, caption)


def _events(release: Release, sentence: Sentence, index: int) -> Iterator[Statement]:
    del index
    low = sentence.text.lower()
    for match in EVENT.finditer(sentence.text) if any(cue in low for cue in EVENT_CUES) else ():
        days = [p for p in find_periods(sentence.text, release.masthead.published) if p.period.kind == "day"]
        if days:
            near = min(days, key=lambda p: abs(p.start - match.end()))
            start, end = min(match.start(), near.start), max(match.end(), near.end)
            yield Statement(release.id, StatementKind.EVENT, _span(sentence, start, end), sentence, "event", match["event"], None, sentence.text[near.start : near.end], period=near.period)
            return


def _places(release: Release, sentence: Sentence, index: int) -> Iterator[Statement]:
    del index
    match = PLACE.match(sentence.text) if release.language == "en" else None
    if match:
        yield Statement(release.id, StatementKind.PLACE, sentence.span, sentence, "place", match["subject"], "is", match["object"])


def _clauses(release: Release, sentence: Sentence, index: int) -> Iterator[Statement]:
    del index
    for clause in clauses_of(sentence.text, release.language):
        words = sentence.text[clause.start : clause.end]
        listed = ITEMS.search(words) if any(cue in words.lower() for cue in ITEM_CUES) else None
        items = tuple(re.sub(r"^and ", "", i.strip()) for i in re.split(r", | and ", ITEM_END.sub("", listed["items"])) if i.strip()) if listed else ()
        yield Statement(release.id, clause.kind, _span(sentence, clause.start, clause.end), sentence, clause.rule, clause.subject, clause.action, clause.object, items)


RULES = (
    Rule("office", _roles),
    Rule("abbreviation", _names),
    Rule("named programme", _strategies),
    Rule("photo credit", _credits),
    Rule("event", _events),
    Rule("place", _places),
    Rule("clause", _clauses),
)


def read_statements(release: Release) -> tuple[Statement, ...]:
    """Read the statements of a release in text order."""
    speakers = speakers_by_sentence(release)
    found: list[Statement] = []
    for index, sentence in enumerate(release.sentences):
        if sentence.role in ("table", "contact"):
            continue
        for rule in RULES:
            if rule.name == "clause" and (sentence.role in ("headline", "note") or sentence.text.startswith("(")):
                continue
            found += rule.produce(release, sentence, index)
    return tuple(sorted((_spoken(s, speakers) for s in found), key=lambda s: (s.span.start, s.span.end)))


def _spoken(statement: Statement, speakers: dict[int, str | None]) -> Statement:
    if statement.kind in (StatementKind.ROLE, StatementKind.CREDIT, StatementKind.NAME):
        return statement
    speaker = speakers.get(statement.sentence.span.start)
    return replace(statement, speaker=speaker) if speaker else statement
