"""The development corpus of releases, where it is found: figures of other institutions' texts are read as annotated."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SCRIPT = SHARED / "score" / "facts.py"
# The least that may land; the README gives what is reached. "blind" are invented releases of other kinds (tests/facts/blind).
FLOORS: dict[tuple[str, str], dict[str, float]] = {
    ("releases", "en"): {"recall": 1.0, "precision": 1.0, "value+unit": 1.0, "hedge": 0.99, "kind": 0.99, "sign": 0.99, "metric": 0.955, "period": 0.94, "speaker": 0.99},
    ("releases", "zh"): {"recall": 1.0, "precision": 1.0, "value+unit": 1.0, "hedge": 0.99, "kind": 0.99, "sign": 0.99, "metric": 0.97, "period": 0.98, "speaker": 0.99},
    ("blind", "en"): {"recall": 0.99, "precision": 0.99, "value+unit": 0.99, "hedge": 0.985, "kind": 0.97, "sign": 0.98, "metric": 0.93, "period": 0.925, "speaker": 0.985},
    ("blind", "zh"): {"recall": 0.99, "precision": 0.99, "value+unit": 0.99, "hedge": 0.99, "kind": 0.99, "sign": 0.99, "metric": 0.98, "period": 0.99, "speaker": 0.99},
}
FOLDERS = {"releases": SHARED / "releases", "blind": Path(__file__).parent / "blind"}

if SCRIPT.exists():

    @pytest.mark.parametrize(("corpus", "lang"), sorted(FLOORS))
    def test_the_corpus_is_read(corpus: str, lang: str) -> None:
        """Recall, precision and every field reach the floor in each language."""
        command = [sys.executable, str(SCRIPT), str(FOLDERS[corpus] / "gold.json"), str(FOLDERS[corpus] / "texts")]
        run = subprocess.run([*command, "--lang", lang, "--json", "--command", f"{sys.executable} -m bot facts --json"], capture_output=True, text=True, check=True, cwd=ROOT)
        scores = json.loads(run.stdout)[lang]
        below = {name: scores[name] for name, least in FLOORS[corpus, lang].items() if scores[name] < least}
        assert not below
