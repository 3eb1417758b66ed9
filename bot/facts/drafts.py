"""From sentences to drafts: quantities that are figures, with kind, sign and basis; lists and equivalents marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.facts.dating import periods_of
from bot.facts.doubts import doubted
from bot.facts.draft import Draft
from bot.facts.exclusions import is_figure
from bot.facts.kinds import DIGIT, TARGET, basis_of, clause_of, kind_of, sign_of
from bot.facts.kinds_zh import TARGET_ZH
from bot.facts.model import FigureKind
from bot.facts.nouns import VERB
from bot.facts.priced import LARGE, SMALL, denominated, index_unit, priced
from bot.facts.tables import STATED_UNITS, UNIT_LINE, table_drafts
from bot.releases.model import Sentence, Span
from bot.text.patterns import lowered
from bot.text.quantities import find_quantities
from bot.text.quantity import COUNT, PERCENT, Found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.releases.model import Release
    from bot.text.period import FoundPeriod
    from bot.text.quantity import Quantity

SKIPPED = ("contact",)
PAIR = 2
LISTED = re.compile(r"^(?:, (?:and )?| and |、|和|及|，|; ?)$")
EACH_WAY = re.compile(r"^ and (?:up|down|by) $")
EACH_WAY_ZH = re.compile(r"^[、，和](?:增长|下降|上升|减少|回落|提高|上涨|下跌|增加)了?$")
RESPECTIVELY = re.compile(r"^,? (?:year on year |on the year )?respectively")
PARTED = re.compile(r"结构|比例|ratio|split")
RATIO = re.compile(r"(?<!\d)\d+(?:\.\d+)?(?:[∶:]\d+(?:\.\d+)?){1,3}")
EQUIVALENT = re.compile(r"[(（][^()（）]{0,24}$|(?:equivalent to|equal to|约合|折合|合)\S{0,6}\s?$", re.IGNORECASE)
RESTATING = re.compile(r"[(（合eE]")  # one of these it has
UNIT_LAST = re.compile(r"[(（][^()（）]{0,24}(?:元|%|％|吨|人次|千瓦时|yuan|million|billion|thousand|percent)[^()（）]{0,24}[)）]\s*$", re.IGNORECASE)
HEADED_BY = re.compile(r"\b(?:(?:19|20)\d\d(?!\d)|[QH][1-4]\b|\d{1,2}(?=[—–-]\d{1,2}月|月))")
RULE_OF = {"percentage_point": "points", "multiple": "multiple", "percent": "percent", "count": "count"}


@dataclass(slots=True)
class State:
    """What one sentence leaves for the next: the currency that went before, and the kinds of its amounts."""

    currency: str | None = None
    percent: FigureKind | None = None
    kinds: dict[str, FigureKind] = field(default_factory=dict)


def drafts_of(release: Release) -> list[Draft]:
    """Give the drafts of a release in text order."""
    found: list[Draft] = []
    state = State()
    periods = periods_of(release)
    paragraph = -1
    rows: list[Sentence] = []
    for sentence, tabular in zip(release.sentences, _tabular(release.sentences), strict=True):
        if tabular:
            rows.append(sentence)
            continue
        found += _table(rows, release, state)
        rows = []
        if release.language == "en" and sentence.paragraph != paragraph:
            state.currency = None
        paragraph = sentence.paragraph
        if sentence.role not in SKIPPED:
            found += _sentence(sentence, release.language, state, periods[sentence.span.start])
    found += _table(rows, release, state)
    return doubted(_equivalents(found))


def _table(rows: list[Sentence], release: Release, state: State) -> list[Draft]:
    """Read a table's rows; a lone line that only looks like a row (a date) is read as a sentence."""
    if sum(row.role == "table" for row in rows) > 1:
        return table_drafts(rows, release)
    periods = periods_of(release)
    return [draft for row in rows for draft in _sentence(row, release.language, state, periods[row.span.start])]


def _carries(draft: Draft) -> bool:
    """Whether a later amount without a currency may take this one's: not from an exchange rate or an equivalent."""
    before = draft.sentence.text[max(0, draft.start - 40) : draft.start]
    return draft.quantity.is_money and draft.quantity.amount >= LARGE and draft.kind != FigureKind.RATE and not _restates(before)


def _restates(before: str) -> bool:
    return RESTATING.search(before) is not None and EQUIVALENT.search(before) is not None


def _tabular(sentences: Sequence[Sentence]) -> list[bool]:
    """Tell the lines of tables: rows, and the title, unit and header lines that lead to one."""
    flags: list[bool] = []
    for sentence in reversed(sentences):
        follows = bool(flags) and flags[-1]
        flags.append(sentence.role == "table" or (follows and sentence.role == "headline" and _heads_table(sentence.text)))
    return flags[::-1]


def _heads_table(line: str) -> bool:
    """Whether a line before a table's rows belongs to it: several words with no number but years, or the unit."""
    return bool(UNIT_LINE.match(line) or UNIT_LAST.search(line)) or len(STATED_UNITS.findall(line)) > 1 or (len(line.split()) > 1 and not re.search(r"\d", HEADED_BY.sub("", line)))


def _sentence(sentence: Sentence, language: str, state: State, periods: list[FoundPeriod]) -> list[Draft]:
    text = sentence.text
    quantities = find_quantities(text)
    if not quantities:
        return []
    drafts: list[Draft] = []
    last = dict(state.kinds)
    low = text if language == "zh" else lowered(text)
    for found in _figures(quantities, text, language, state.currency, periods):
        drafts.append(_beside(_draft(found, sentence, low, language, (last.get(found.quantity.unit), state.percent if found.quantity.unit == PERCENT else None)), drafts))
        last[found.quantity.unit] = drafts[-1].kind
    state.percent = next((d.kind for d in reversed(drafts) if d.quantity.unit == PERCENT), None)
    state.kinds = {d.quantity.unit: d.kind for d in drafts if d.quantity.is_money}
    drafts = list(_listed(drafts, text))
    state.currency = next((d.quantity.unit for d in reversed(drafts) if _carries(d)), state.currency)
    return drafts


IN_BRACKET = re.compile(r"\b[a-z]+ [(（]$", re.IGNORECASE)
# "Mining was up 2.1 percent, manufacturing 6.9 percent, and the supply of power 3.4 percent": the verb is said once.
LIKEWISE = re.compile(r"(?:,|;)(?: and)? (?!or\b|which\b|while\b|with\b|accounting\b|representing\b|making\b|taking\b|compared\b|against\b)[^;.\d]{3,90} ", re.IGNORECASE)
OF_WHOLE = re.compile(r"\s?(?:of|share)\b")
TO_AMOUNT = re.compile(r"^ to (?:about |over |nearly )?[A-Z€£$]{0,4}\$? ?\d")
BRACKET = re.compile(r"\s?[(（]\s?")
AGAINST = re.compile(r"[^;.；。]{0,40}\b(?:from|compared with|compared to|against|averaging|after|versus)\s")
AFRESH = re.compile(r"\b(?:while|but|and)\b")


def _beside(draft: Draft, drafts: list[Draft]) -> Draft:
    """Take from the figure before what only it says: "fell by 109,000 (0.4%)", "growth of 3.6% from 3.9%", "(4.1m, -31%)"."""
    if draft.quantity.unit != PERCENT:
        return draft
    text = draft.sentence.text
    printed = text[max(0, draft.start - 2) : draft.start].strip()
    if printed in ("-", "−", "+", "(-", "(−", "(+"):
        return draft._replace(kind=FigureKind.CHANGE, sign="+" if printed[-1] == "+" else "-", basis=draft.basis or "yoy")
    before = drafts[-1] if drafts else None
    percent = next((d for d in reversed(drafts) if d.quantity.unit == PERCENT), None)
    goes_on = percent and percent.kind == FigureKind.CHANGE and draft.kind == FigureKind.SHARE
    if percent and goes_on and (TO_AMOUNT.match(text[draft.end : draft.end + 14]) or IN_BRACKET.search(text[max(0, draft.start - 30) : draft.start])):
        return draft._replace(kind=FigureKind.CHANGE, sign=percent.sign, basis=percent.basis)
    if before is None or before.kind != FigureKind.CHANGE:
        return draft
    if before.quantity.unit == PERCENT and draft.kind == FigureKind.SHARE and DIGIT.search(draft.quantity.surface) and LIKEWISE.fullmatch(text[before.end : draft.start]) and not VERB.search(text[before.end : draft.start]) and not OF_WHOLE.match(text[draft.end : draft.end + 12]):
        return draft._replace(kind=FigureKind.CHANGE, sign=before.sign, basis=before.basis)
    gap = text[before.end : draft.start]
    if BRACKET.fullmatch(gap) or (before.quantity.unit == PERCENT and draft.kind == FigureKind.CHANGE and AGAINST.fullmatch(gap) and not AFRESH.search(gap)):
        return draft._replace(kind=FigureKind.CHANGE, sign=before.sign, basis=draft.basis or before.basis)
    return draft


def _figures(quantities: list[Found], text: str, language: str, currency: str | None, periods: list[FoundPeriod]) -> Iterator[Found]:
    """Give the quantities of a sentence that are figures; an amount without a currency takes the one before it."""
    here = False
    later = "CNY" if language == "zh" else next((q.quantity.unit for q in quantities if q.quantity.is_money and q.quantity.amount >= LARGE), None)
    dates = _mask(((p.start, p.end) for p in periods), len(text))
    parted = _mask((m.span() for m in RATIO.finditer(text) if PARTED.search(text[max(0, m.start() - 12) : m.start()])), len(text)) if ":" in text or "∶" in text else b""
    for each in quantities:
        found = denominated(each, text) if language == "en" else each
        if parted and parted[found.start]:
            yield found._replace(quantity=replace(found.quantity, unit=PERCENT, counted=None))
            continue
        dated = dates.find(1, found.start, found.end) >= 0
        money = index_unit(found, text)
        money = money if here else priced(money, text, currency or later)
        here = here or (language == "en" and money.quantity.unit == COUNT and money.quantity.amount >= SMALL and not dated)
        here = here and not money.quantity.is_money
        if not dated and is_figure(money, text):
            yield money
        if money.quantity.is_money and money.quantity.amount >= LARGE and not _restates(text[max(0, found.start - 40) : found.start]):
            currency = money.quantity.unit


def _mask(spans: Iterable[tuple[int, int]], length: int) -> bytearray:
    """Mark the places of a text that spans cover, so that asking about one costs the same however many there are."""
    mask = bytearray(length)
    for start, end in spans:
        mask[start:end] = b"\1" * (end - start)
    return mask


def _draft(found: Found, sentence: Sentence, low: str, language: str, kinds: tuple[FigureKind | None, FigureKind | None]) -> Draft:
    text, quantity = sentence.text, found.quantity
    quantity = _counted(found, text) if quantity.unit == COUNT else quantity
    place = found.start, found.end
    clause = clause_of(low, *place, language)
    kind = kind_of(quantity, low, place, clause, language, kinds)
    if kind == FigureKind.LEVEL and quantity.unit == COUNT:
        kind = FigureKind.COUNT
    span = Span(sentence.span.start + found.start, sentence.span.start + found.end)
    return Draft(
        quantity=quantity,
        start=found.start,
        end=found.end,
        span=span,
        sentence=sentence,
        kind=kind,
        rule=RULE_OF.get(quantity.unit, "amount") + "_" + kind,
        sign=sign_of(kind, quantity, low, found.start, clause, language),
        basis=basis_of(kind, quantity, low, place, clause, language),
        target=bool((TARGET_ZH if language == "zh" else TARGET).search(low[max(0, found.start - 60) : found.start])),
        doubts=_doubts(quantity, kind, language, text[max(0, found.start - 40) : found.start]),
    )


RISEN = re.compile(r"\b(?:surg|soar|jump|climb|expand|increas|multipli|grew|grow|rose|ris|up|higher)[a-z]*(?: by)?(?: (?:over|nearly|about|almost|around|some|more than))? $", re.IGNORECASE)


def _doubts(quantity: Quantity, kind: FigureKind, language: str, before: str) -> tuple[str, ...]:
    """Flag a multiple said of a rise in English: to that many times, or by that many."""
    multiple = language == "en" and kind == FigureKind.MULTIPLE and quantity.surface.endswith("times")
    return ("unclear_multiple",) if multiple and RISEN.search(before) else ()


COUNTED = re.compile(r"\s[\"“]?((?:[A-Za-z][\w’'-]*+[\"”]?\s?){1,4}?)(?=(?:\s?(?:and|or|in|of|to|on|at|by|for|from|with|as|now|was|were|is|are|has|had|have|can|took|take|that|who|which|leveraged|used|recorded|worth|handed|through|more|under|operating|held|signed|carried|joined|received|got)\b|[.,;()]|$))")
COUNTED_ZH = re.compile(r"(?:的)?([\u4e00-\u9fff]{2,8}?)(?=[，。、；（]|完成|实现|获得|改造|惠及|在|为|与|达|和|$)")


def _counted(found: Found, text: str) -> Quantity:
    """Name what is counted: the noun after the number, to the first word that cannot be part of it."""
    quantity = found.quantity
    if quantity.surface.isascii():
        match = COUNTED.match(text[found.end : found.end + 60])
        return replace(quantity, counted=match[1].strip(' "“”') or None) if match else quantity
    match = COUNTED_ZH.match(text[found.end : found.end + 14])
    return replace(quantity, counted=match[1]) if match and match[1] != quantity.counted else quantity


def _listed(drafts: list[Draft], text: str) -> Iterator[Draft]:
    """Mark the runs of figures of one unit that stand joined: the n-th of several."""
    run: list[Draft] = []
    for draft in drafts:
        gap = text[run[-1].end : draft.start] if run else ""
        each = run and EACH_WAY_ZH.match(gap) and "分别" in text[max(0, run[0].start - 8) : run[0].start]
        joined = run and (each or LISTED.match(gap) or (EACH_WAY.match(gap) and RESPECTIVELY.match(text[draft.end : draft.end + 24]))) and draft.quantity.unit == run[-1].quantity.unit
        if run and not joined:
            yield from _numbered(run, text)
            run = []
        run.append(draft)
    yield from _numbered(run, text)


def _numbered(run: list[Draft], text: str) -> Iterator[Draft]:
    if len(run) == PAIR and text[run[0].end : run[1].start] == ", ":
        yield from run  # "rose by 262 bn, 18 bn less": two figures beside each other are no list
        return
    if len(run) == 1:
        yield run[0]
        return
    first = run[0] if run else None
    for nth, draft in enumerate(run):
        last = run[-1]
        kind = first.kind if first and draft.quantity.unit != COUNT and first.kind != FigureKind.LEVEL else draft.kind
        if len(run) > 1 and last.quantity.unit == PERCENT and last.kind == FigureKind.CHANGE and kind != FigureKind.RATE:
            kind = FigureKind.CHANGE if first and first.kind in (FigureKind.CHANGE, FigureKind.SHARE) else kind
        gap = text[run[nth - 1].end : draft.start]
        own = nth and (EACH_WAY.match(gap) or EACH_WAY_ZH.match(gap))
        sign = first.sign if first and kind == FigureKind.CHANGE and not own else draft.sign
        basis = first.basis if first and kind == FigureKind.CHANGE else draft.basis
        yield draft._replace(nth=nth, of=len(run), kind=kind, sign=sign or draft.sign, basis=basis or draft.basis)


def _equivalents(drafts: list[Draft]) -> list[Draft]:
    """Mark an amount in brackets or after "equivalent to" as restating the one before it in another currency."""
    for i in range(1, len(drafts)):
        here, before = drafts[i], drafts[i - 1]
        if here.sentence is not before.sentence or not (here.quantity.is_money and before.quantity.is_money):
            continue
        gap = here.sentence.text[before.end : here.start]
        if here.quantity.unit != before.quantity.unit and EQUIVALENT.search(gap) and len(gap) <= 40:  # noqa: PLR2004 - a bracket's length
            drafts[i] = here._replace(equivalent_of=before.span, kind=before.kind, sign=None, target=before.target)
    return drafts
