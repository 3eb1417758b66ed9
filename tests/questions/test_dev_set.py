"""The development question set, where it is found: right answers, and above all no wrong ones."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SCRIPT = SHARED / "score" / "questions.py"
LEAST_RIGHT, MOST_WRONG = 0.97, 0.005

if SCRIPT.exists():

    def test_questions_and_dialogues_are_answered() -> None:
        """At least 97% are right and at most 0.5% are answered wrongly, dialogues included."""
        command = [sys.executable, str(SCRIPT), str(SHARED / "questions" / "dev.jsonl"), "--seeds", "seeds", "--json"]
        run = subprocess.run([*command, "--command", f"{sys.executable} -m bot ask --json"], capture_output=True, text=True, check=True, cwd=ROOT)
        scores = json.loads(run.stdout)["ALL"]
        assert scores["right_share"] >= LEAST_RIGHT
        assert scores["wrong_share"] <= MOST_WRONG
