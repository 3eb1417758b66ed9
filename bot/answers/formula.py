"""A derivation's formula, and the answer that shows it; one step, or one whose result is converted by the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.derive import TABLE, derive

if TYPE_CHECKING:
    from bot.answers.case import Case
    from bot.answers.model import Answer
    from bot.facts.model import Figure
    from bot.text.quantity import Quantity


def formula(case: Case, name: str, inputs: list[Quantity], result: str) -> str:
    """Write a derivation's formula with its inputs' bounds and its result."""
    left = TABLE[name].formula.format(*(case.words.bound(q) for q in inputs))
    return f"{left} = {result}"


def answer(case: Case, name: str, figures: list[Figure], template: str, **slots: object) -> Answer:
    """Work a derivation out and word it."""
    inputs = [f.quantity for f in figures]
    result = derive(name, *inputs)
    said = case.words.bound(result)
    headline = case.say(template, q=said, **slots)
    return case.derived(headline, formula(case, name, inputs, said), figures)
