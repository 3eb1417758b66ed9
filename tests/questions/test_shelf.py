"""Questions to several releases at once: our own sets, with the share that is right kept, and no wrong answer."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from bot.library import Library

if TYPE_CHECKING:
    from bot.answers.model import Answer

ROOT = Path(__file__).resolve().parents[2]
SETS = Path(__file__).parent / "shelf"
TEXTS = {"invented": ROOT / "tests" / "facts" / "blind" / "texts", "corpus": ROOT.parent / "shared" / "releases" / "texts"}
FLOORS = {"invented": 0.86, "corpus": 0.93}
NOW = datetime(2026, 11, 24, tzinfo=UTC)
FITS = {"answer": ("stated", "derived"), "refuse": ("refused",)}
TOLD = FITS["answer"]


def opened(name: str) -> Library:
    """Open the shipped release with those of a set beside it."""
    with TemporaryDirectory(prefix="footnote-") as folder:
        seeds = Path(folder) / "seeds"
        shutil.copytree(ROOT / "seeds", seeds)
        mastheads = json.loads((SETS / f"{name}.json").read_text(encoding="utf-8"))
        for path in sorted(TEXTS[name].glob("*.txt")):
            masthead = next((m for start, m in mastheads.items() if path.name.startswith(start)), None)
            if masthead:
                shutil.copy(path, seeds / path.name)
                lines = {**masthead, "page": f"https://example.org/{path.stem}"}
                (seeds / f"{path.stem}.yaml").write_text("".join(f"{k}: {v}\n" for k, v in lines.items()), encoding="utf-8")
        return Library.open(seeds, ROOT / "intents")


def faults(gold: dict[str, Any], answer: Answer) -> list[str]:
    """Say what is not as it should be: kind, figures, what the headline must not say, the quotation."""
    text, headline = answer.text.casefold(), answer.headline.casefold()
    found = [] if str(answer.kind) in FITS[gold["expect"]] else [f"kind {answer.kind}"]
    found += [f"lacks {m}" for m in gold["must"] if not any(part.casefold() in text for part in m.split("|"))]
    found += [f"headlines {m}" for m in gold["must_not"] if m.casefold() in headline]
    if gold["quote_has"] and gold["expect"] == "answer" and not any(part.casefold() in q.text.casefold() for q in answer.quotes for part in gold["quote_has"].split("|")):
        found.append("no such quotation")
    return found


@pytest.mark.parametrize("name", [name for name in sorted(FLOORS) if TEXTS[name].is_dir()])
def test_a_shelf_answers_rightly_or_not_at_all(name: str) -> None:
    """Of each set at least the share once reached is right, none is wrong, and every quotation is a slice of its release."""
    library = opened(name)
    golds = [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    asked = [(gold, library.ask(gold["q"], NOW)) for gold in golds]
    missed = [(gold["q"], str(answer.kind), answer.headline, found) for gold, answer in asked if (found := faults(gold, answer))]
    assert [m for m in missed if m[1] in TOLD] == []
    assert 1 - len(missed) / len(golds) >= FLOORS[name], missed
    assert all(library.store.release(q.release).text[q.start : q.end] == q.text for _, answer in asked for q in answer.quotes)
