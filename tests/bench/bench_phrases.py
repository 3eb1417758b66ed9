"""Phrase matching on the field's public sets: accuracy, abstention and cost, beside rapidfuzz's nearest phrase.

Split: CLINC150 as given (train learns; oos_train is the outside class). The threshold is chosen on the even rows of
validation, so that 88% of them are right at it; what it refuses and keeps is measured on the odd rows and on oos_val.
BANKING77's training file is cut by row number: every fifth row measures, the others teach.
"""

from __future__ import annotations

import csv
import json
import random
import time
from collections import defaultdict
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.questions.scorer import PhraseScorer

SETS = Path(__file__).resolve().parents[3] / "shared" / "intent-sets"
KEEP = 0.88
FEW = 10
SAMPLE = 600


def clinc() -> dict[str, list[list[str]]]:
    """Read CLINC150."""
    return json.loads((SETS / "clinc150.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def grouped(rows: list[list[str]], most: int | None = None) -> dict[str, list[str]]:
    """Group (text, label) rows by label, the first ``most`` of a fixed shuffle of each."""
    found: dict[str, list[str]] = defaultdict(list)
    for text, label in rows:
        found[label].append(text)
    if most is not None:
        for label, texts in found.items():
            found[label] = random.Random(label).sample(texts, most)
    return found


def accuracy(scorer: PhraseScorer, rows: list[list[str]]) -> float:
    """Give the share of rows whose best label is right."""
    return sum(scorer.rank(text, 1)[0].label == label for text, label in rows) / len(rows)


def abstention(scorer: PhraseScorer, rows: list[list[str]], outside: list[list[str]]) -> tuple[float, float, float]:
    """Give the threshold, the share of held-apart rows right at it, and the share of outside rows refused."""
    ranked = [(scorer.rank(text, 1)[0], label) for text, label in rows]
    even, odd = ranked[::2], ranked[1::2]
    right = sorted((r.score for r, label in even if r.label == label), reverse=True)
    threshold = right[min(len(right), int(KEEP * len(even) + 0.999)) - 1]
    kept = sum(r.label == label and r.score >= threshold for r, label in odd) / len(odd)
    refused = sum(scorer.rank(text, 1)[0].score < threshold for text, _ in outside) / len(outside)
    return threshold, kept, refused


def cost(scorer: PhraseScorer, rows: list[list[str]]) -> float:
    """Give the milliseconds a question takes."""
    started = time.perf_counter()
    for text, _ in rows:
        scorer.rank(text, 1)
    return (time.perf_counter() - started) / len(rows) * 1e3


def nearest(train: list[list[str]], rows: list[list[str]]) -> float:
    """Give rapidfuzz's accuracy by the nearest phrase (ratio), on a fixed sample."""
    texts = [text for text, _ in train]
    hits = sum(train[process.extractOne(text, texts, scorer=fuzz.ratio)[2]][1] == label for text, label in rows)
    return hits / len(rows)


def banking() -> float:
    """Give the accuracy on BANKING77's own fifth."""
    with (SETS / "banking77_train.csv").open(encoding="utf-8", newline="") as file:
        rows = [[row["text"], row["category"]] for row in csv.DictReader(file)]
    scorer = PhraseScorer.learn(grouped([r for i, r in enumerate(rows) if i % 5]))
    return accuracy(scorer, rows[::5])


def main() -> None:
    """Measure and print."""
    if not SETS.exists():
        print("the public sets are not here: nothing measured")
        return
    data = clinc()
    outside = [text for text, _ in data["oos_train"]]
    scorer = PhraseScorer.learn(grouped(data["train"]), outside)
    threshold, kept, refused = abstention(scorer, data["val"], data["oos_val"])
    print(f"CLINC150 in-scope accuracy {accuracy(scorer, data['val']):.1%} (bound 92%)")
    print(f"CLINC150 at threshold {threshold:.3f}: {kept:.1%} in-scope right, {refused:.1%} of out-of-scope refused (bounds 88%, 85%)")
    few = PhraseScorer.learn(grouped(data["train"], FEW), outside[:FEW])
    print(f"CLINC150 with ten phrases an intent {accuracy(few, data['val']):.1%} (bound 80%)")
    print(f"BANKING77 accuracy {banking():.1%}")
    print(f"cost {cost(scorer, data['val']):.3f} ms a question at {len(scorer.labels)} labels (bound 1 ms)")
    sample = random.Random(0).sample(data["val"], SAMPLE)
    print(f"rapidfuzz nearest phrase (ratio) on {SAMPLE} of them {nearest(data['train'], sample):.1%}")
