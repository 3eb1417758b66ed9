"""Ranks wordings: learns from labelled phrases, answers with calibrated scores, and knows when to abstain.

Features are word 1- and 2-grams and character 2- to 5-grams within words (Chinese runs count as words), weighed by
sublinear tf-idf and made unit length. A small set is learned in closed form (ridge regression, numpy alone), a large
one by a linear support vector machine, one against the rest (scikit-learn, when learning only). A label "outside", learned from phrases that belong to none, is what the best
label is held against: the score is their difference, squashed to 0..1. Answering needs numpy alone.

The design is the common linear baseline of intent matching (Larson et al., EMNLP 2019, table 2, SVM); the abstention
by an explicit outside class is theirs too (section 4, "oos-train").
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WORD = re.compile(r"[\u3400-\u9fff]+|[^\s\u3400-\u9fff]+")
SHORTEST, LONGEST = 2, 5
OUTSIDE = "\x00outside"
SOFTNESS = 2.0  # how steeply a difference of margins becomes a score
PENALTY = 1.0
RIDGE = 0.3
SMALL = 1200  # phrases; up to here the closed form takes some hundredths of a second and needs numpy alone


class Ranked(NamedTuple):
    """A label and how sure, 0 to 1."""

    label: str
    score: float


def features(text: str) -> Iterator[str]:
    """Give the features of a cleaned text: words, pairs of words, and pieces of words.

    >>> sorted(set(features("hi you")))[:4]
    ['c: h', 'c: hi', 'c: hi ', 'c: y']
    """
    words = WORD.findall(text)
    yield from (f"w:{word}" for word in words)
    yield from (f"w:{a} {b}" for a, b in pairwise(words))
    for word in words:
        padded = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(max(1, len(padded) - size + 1)):
                yield f"c:{padded[start : start + size]}"


def weigh(text: str) -> dict[str, float]:
    """Give each feature of a text with its sublinear count."""
    return {name: 1 + math.log(n) for name, n in Counter(features(text)).items()}


@dataclass(frozen=True)
class PhraseScorer:
    """A learned ranker of wordings.

    ``vocabulary`` maps a feature to its row; ``rarity`` is each row's idf (rows,), ``weights`` is (rows, labels),
    ``bias`` (labels,); the last label is the outside one.
    """

    labels: tuple[str, ...]
    vocabulary: dict[str, int]
    rarity: Any
    weights: Any
    bias: Any

    @classmethod
    def learn(cls, labelled: Mapping[str, Sequence[str]], outside: Sequence[str] = ()) -> PhraseScorer:
        """Learn from label -> phrases and from phrases that belong to no label; a large set raises ImportError without scikit-learn."""
        import numpy as np  # noqa: PLC0415 - a tenth of a second, paid where wordings are ranked

        rows = [(label, weigh(text)) for label, phrases in labelled.items() for text in phrases]
        rows += [(OUTSIDE, weigh(text)) for text in outside]
        seen = Counter(name for _, found in rows for name in found)
        vocabulary = {name: i for i, name in enumerate(seen)}
        rarity = np.array([math.log((1 + len(rows)) / (1 + n)) + 1 for n in seen.values()], dtype=np.float32)
        vectors = [_vector(found, vocabulary, rarity) for _, found in rows]
        labels = sorted({label for label, _ in rows}, key=lambda label: (label == OUTSIDE, label))
        fit = _ridge if len(rows) <= SMALL else _vector_machine
        weights, bias = fit(vectors, [label for label, _ in rows], labels, len(vocabulary))
        return cls(tuple(labels), vocabulary, rarity, weights, bias)

    def rank(self, text: str, limit: int = 5) -> tuple[Ranked, ...]:
        """Rank the labels for a cleaned text, best first; below a threshold chosen on validation, abstain."""
        import numpy as np  # noqa: PLC0415 - a tenth of a second, paid where wordings are ranked

        at, values = _vector(weigh(text), self.vocabulary, self.rarity)
        margins = values @ self.weights[at] + self.bias if len(at) else self.bias
        inside = margins[:-1] if self.labels[-1] == OUTSIDE else margins
        best = np.argsort(-inside)[:limit]
        against = margins[-1] if self.labels[-1] == OUTSIDE else 0.0
        return tuple(Ranked(self.labels[i], float(1 / (1 + math.exp(-SOFTNESS * (inside[i] - against))))) for i in best)


def _vector(found: Mapping[str, float], vocabulary: Mapping[str, int], rarity: Any) -> tuple[Any, Any]:  # noqa: ANN401 - numpy arrays
    """Give a text's rows and their unit-length weights; features never learned are left out."""
    import numpy as np  # noqa: PLC0415 - a tenth of a second, paid where wordings are ranked

    known = [(vocabulary[name], value) for name, value in found.items() if name in vocabulary]
    at = np.array([row for row, _ in known], dtype=np.int64)
    values = np.array([value for _, value in known], dtype=np.float32)
    values = values * rarity[at] if len(at) else values
    length = float(np.sqrt((values * values).sum()))
    return at, values / length if length else values


def _ridge(vectors: Sequence[tuple[Any, Any]], told: Sequence[str], labels: Sequence[str], width: int) -> tuple[Any, Any]:
    """Learn a small set in closed form: ridge regression on plus and minus one, solved in the space of the phrases."""
    import numpy as np  # noqa: PLC0415 - a tenth of a second, paid where wordings are ranked

    table = np.zeros((len(vectors), width), dtype=np.float32)
    for row, (at, values) in zip(table, vectors, strict=True):
        row[at] = values
    wanted = np.array([[1.0 if label == own else -1.0 for label in labels] for own in told], dtype=np.float32)
    middle = wanted.mean(axis=0)
    alike = table @ table.T + RIDGE * np.eye(len(vectors), dtype=np.float32)
    return np.ascontiguousarray(table.T @ np.linalg.solve(alike, wanted - middle)), middle


def _vector_machine(vectors: Sequence[tuple[Any, Any]], told: Sequence[str], labels: Sequence[str], width: int) -> tuple[Any, Any]:
    """Learn a large set: a linear support vector machine, one label against the rest."""
    import numpy as np  # noqa: PLC0415 - a tenth of a second, paid where wordings are ranked
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only learning needs it
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - only learning needs it

    pointers = np.cumsum([0, *(len(at) for at, _ in vectors)])
    flat = csr_matrix((np.concatenate([v for _, v in vectors]), np.concatenate([at for at, _ in vectors]), pointers), shape=(len(vectors), width))
    model = LinearSVC(C=PENALTY).fit(flat, list(told))
    order = [list(model.classes_).index(label) for label in labels]
    return np.ascontiguousarray(model.coef_[order].T, dtype=np.float32), model.intercept_[order].astype(np.float32)
