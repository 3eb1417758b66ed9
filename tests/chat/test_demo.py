"""``make demo`` plays to its end, as its reader is told."""

from __future__ import annotations

import subprocess
import sys

from .stage import ROOT


def test_the_demo_plays_to_its_end() -> None:
    """Each turn that speaks to the bot is answered in its language, and no request breaks a rule of the Bot API."""
    run = subprocess.run([sys.executable, "-m", "tests.chat.demo"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    for words in ("Year before", "under 292 billion yuan", "比全国平均高15个百分点", "与发布稿不一致", "(edited)", "nothing)", "copied: ", "table would refuse: 0"):
        assert words in run.stdout, words
