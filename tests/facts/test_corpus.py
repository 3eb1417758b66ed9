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
# The least that may land; the README gives what is reached.
LEAST = {
    "en": {"recall": 0.98, "precision": 0.98, "value+unit": 0.98, "hedge": 0.97, "kind": 0.95, "sign": 0.98, "metric": 0.83, "period": 0.85, "speaker": 0.92},
    "zh": {"recall": 0.98, "precision": 0.98, "value+unit": 0.98, "hedge": 0.97, "kind": 0.95, "sign": 0.98, "metric": 0.90, "period": 0.90, "speaker": 0.92},
}

if SCRIPT.exists():

    @pytest.mark.parametrize("lang", sorted(LEAST))
    def test_the_corpus_is_read(lang: str) -> None:
        """Recall, precision and every field reach the floor in each language."""
        command = [sys.executable, str(SCRIPT), str(SHARED / "releases" / "gold.json"), str(SHARED / "releases" / "texts")]
        run = subprocess.run([*command, "--lang", lang, "--json", "--command", f"{sys.executable} -m bot facts --json"], capture_output=True, text=True, check=True, cwd=ROOT)
        scores = json.loads(run.stdout)[lang]
        below = {name: scores[name] for name, least in LEAST[lang].items() if scores[name] < least}
        assert not below
