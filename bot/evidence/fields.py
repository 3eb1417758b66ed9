"""Says a figure's and a statement's fields in the words of the evidence page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.evidence.spots import doubts_of
from bot.text.quantity import PERCENT, Hedge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.evidence.words import EvidenceWords
    from bot.facts.model import Figure, Statement
    from bot.releases.model import Release


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure as the page shows it: ``fields`` are (name, value, label) in order, label by language."""

    number: int
    surface: str
    value: str
    kind: str
    kind_word: str
    metric: str
    period: str
    origin: str
    about: tuple[str, ...]
    read: tuple[str, ...]
    rule: str
    doubts: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


def figure_entry(number: int, figure: Figure, release: Release, words: EvidenceWords) -> Entry:
    """Give a figure's entry."""
    period = figure.period
    fields = {name: value for name, value in _fields(figure, release, words) if value}
    return Entry(
        number=number,
        surface=release.quote(figure.span),
        value=fields["value"],
        kind=str(figure.kind),
        kind_word=words[f"kind_{figure.kind}"],
        metric=figure.metric,
        period=period.text if period else "",
        origin=words[f"origin_{period.origin}"] if period else "",
        about=tuple(part for part in (figure.quantity.counted, figure.scope, figure.counterpart, figure.speaker) if part),
        read=tuple(fields[name] for name in ("sign", "basis", "stock") if name in fields)
        + ((fields["hedge"],) if figure.quantity.hedge != Hedge.EXACT else ())
        + ((fields["target"],) if figure.target else ()),
        rule=figure.rule,
        doubts=tuple(words.doubt(doubt) for doubt in doubts_of(figure)),
        fields=tuple((words[f"field_{name}"], value) for name, value in fields.items()),
    )


def _fields(figure: Figure, release: Release, words: EvidenceWords) -> Iterator[tuple[str, str]]:
    """Give every field in the order of reading; one that does not apply is empty."""
    period = figure.period
    yield "value", value_of(figure, words)
    yield "hedge", words[f"hedge_{figure.quantity.hedge}"]
    yield "kind", words[f"kind_{figure.kind}"]
    yield "metric", figure.metric or words["missing"]
    yield "counted", figure.quantity.counted or ""
    yield "scope", figure.scope or ""
    yield "counterpart", figure.counterpart or ""
    yield "period", f"{period.text} ({words[f'origin_{period.origin}']})" if period else words["missing"]
    yield "sign", {"+": words["sign_up"], "-": words["sign_down"]}.get(figure.sign or "", "")
    yield "basis", words.get(f"basis_{figure.basis}", figure.basis) if figure.basis else ""
    yield "stock", {True: words["stock"], False: words["flow"], None: ""}[figure.stock]
    yield "target", words["target" if figure.target else "outcome"]
    yield "equivalent", release.quote(figure.equivalent_of) if figure.equivalent_of else ""
    yield "speaker", figure.speaker or words["nobody"]
    yield "rule", figure.rule
    yield "doubts", "; ".join(words.doubt(doubt) for doubt in doubts_of(figure))


def value_of(figure: Figure, words: EvidenceWords) -> str:
    """Give amount and unit in full: the base units the figure is reckoned in."""
    number = format(figure.quantity.amount.normalize(), ",f")
    if figure.quantity.is_money:
        return f"{figure.quantity.unit} {number}"
    return f"{number}%" if figure.quantity.unit == PERCENT else f"{number} {words.get(f'unit_{figure.quantity.unit}', figure.quantity.unit)}"


def statement_entry(statement: Statement, release: Release, words: EvidenceWords) -> dict[str, str]:
    """Give a statement's row."""
    kind = words.get(f"statement_{statement.kind}", str(statement.kind))
    return {"kind": kind, "subject": statement.subject or "", "quote": release.quote(statement.span), "rule": statement.rule}
