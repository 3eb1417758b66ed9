"""Facts as rows for other programs: the keys the machine interface documents, plus the rule and the quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.facts.model import Figure, Statement
    from bot.releases.model import Release


def figure_row(figure: Figure, release: Release) -> dict[str, object]:
    """Give a figure as one JSON object."""
    period = figure.period
    return {
        "release": release.id,
        "start": figure.span.start,
        "end": figure.span.end,
        "surface": release.quote(figure.span),
        "value": format(figure.quantity.amount.normalize(), "f"),
        "unit": figure.quantity.unit,
        "hedge": str(figure.quantity.hedge),
        "kind": str(figure.kind),
        "sign": figure.sign,
        "metric": figure.metric,
        "period": period.text if period else None,
        "period_from": period.origin if period else None,
        "scope": figure.scope,
        "counterpart": figure.counterpart,
        "counted": figure.quantity.counted,
        "basis": figure.basis,
        "speaker": figure.speaker,
        "stock": figure.stock,
        "target": figure.target,
        "doubts": list(figure.doubts),
        "rule": figure.rule,
        "quote": figure.sentence.text,
    }


def statement_row(statement: Statement, release: Release) -> dict[str, object]:
    """Give a statement as one JSON object."""
    return {
        "release": release.id,
        "start": statement.span.start,
        "end": statement.span.end,
        "kind": str(statement.kind),
        "subject": statement.subject,
        "action": statement.action,
        "object": statement.object,
        "items": list(statement.items),
        "speaker": statement.speaker,
        "scope": statement.scope,
        "period": statement.period.text if statement.period else None,
        "rule": statement.rule,
        "quote": release.quote(statement.span),
    }
