"""One question, one answer, in every process: nothing rests on the order of a set, which Python changes from run to run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = (ROOT / "tests" / "questions" / "sentences.jsonl").read_bytes()
PLAIN = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}


def test_answers_are_the_same_in_every_process() -> None:
    """With four orders of its sets the program gives the same answers to our sentences, to the last digit of the score."""
    orders = [
        subprocess.run([sys.executable, "-m", "bot", "ask"], input=SENTENCES, capture_output=True, check=True, cwd=ROOT, env={**PLAIN, "PYTHONHASHSEED": str(seed)}).stdout.splitlines()
        for seed in range(4)
    ]
    assert len(orders[0]) == len(SENTENCES.splitlines())
    assert all(printed == orders[0] for printed in orders)
