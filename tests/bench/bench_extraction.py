"""Extraction of the development corpus beside quantulum3 and Recognizers-Text, rounds interleaved; and its growth with length.

The two are installed by `make bench` in an environment of their own, since they need an emoji library of before 2022
and are no business of the bot's. Each reads the same texts in its own process, loaded before the first round; processor
time is taken, so that whatever else the machine does weighs on none.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from bot.facts.reading import read_facts
from bot.releases.decoding import language_of
from bot.releases.model import Masthead
from bot.releases.reading import release_of
from bot.text.periods import forget

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "releases" / "texts"
PYTHON = ROOT / ".venv-bench" / "bin" / "python"
RIVALS = ("quantulum3", "Recognizers-Text")
BOUND, ROUNDS = 5.0, 15
LARGEST, DOUBLINGS = 1_000_000, 4


class Rival:
    """Another reader, waiting in its own process."""

    def __init__(self, name: str, files: Iterable[Path]) -> None:
        """Start it; OSError or ValueError where it cannot be loaded."""
        command = [str(PYTHON), str(Path(__file__).with_name("rivals.py")), name, *map(str, files)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.name, self.languages = name, self._answer()

    def _answer(self) -> list[str]:
        assert self.process.stdout is not None
        found: list[str] = json.loads(self.process.stdout.readline())
        return found

    def seconds(self, language: str) -> float:
        """Give the processor seconds of one pass over the texts of a language."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{language}\n")
        self.process.stdin.flush()
        return float(self._answer()[0])

    def close(self) -> None:
        """Let it go."""
        self.process.communicate()


def corpus() -> dict[str, list[str]]:
    """Give the texts by language: the development corpus where it is, else the shipped releases."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((CORPUS if CORPUS.exists() else ROOT / "seeds").glob("*.txt"))]
    return {language: chosen for language in ("en", "zh") if (chosen := [text for text in texts if language_of(text) == language])}


def ours(texts: Iterable[str]) -> float:
    """Give the processor seconds our reading of texts takes, from text to figures and statements; nothing of a round before is remembered."""
    forget()
    started = time.process_time()
    for text in texts:
        read_facts(release_of("bench", text, Masthead()))
    return time.process_time() - started


def rivals(texts: dict[str, list[str]], folder: Path) -> list[Rival]:
    """Start what can be started, and say what cannot."""
    files = []
    for language, each in texts.items():
        for number, text in enumerate(each):
            files.append(folder / f"{number}.{language}")
            files[-1].write_text(text, encoding="utf-8")
    found = []
    for name in RIVALS:
        try:
            found.append(Rival(name, files))
        except (OSError, ValueError) as error:
            print(f"{name} cannot be run here ({type(error).__name__}): not measured")
    return found


def beside(texts: dict[str, list[str]]) -> dict[str, float]:
    """Print and give, by language, how many times as fast as the faster one we are: the median of what each round of all of them gives."""
    ratios = {}
    with tempfile.TemporaryDirectory() as folder:
        others = rivals(texts, Path(folder))
        for language, each in texts.items():
            known = [rival for rival in others if language in rival.languages]
            ours(each), [rival.seconds(language) for rival in known]
            rounds = [(ours(each), *(rival.seconds(language) for rival in known)) for _ in range(ROUNDS)]
            own = statistics.median(mine for mine, *_ in rounds)
            times = [statistics.median(theirs[n] / mine for mine, *theirs in rounds) for n in range(len(known))]
            size = sum(map(len, each))
            print(f"{language}: {len(each)} texts of {size} characters, ours {own * 1e3:.1f} ms ({size / own / 1e3:.0f} thousand characters a second)")
            for rival, as_long in zip(known, times, strict=True):
                print(f"  {rival.name}: {as_long:.1f} times ours (median of {ROUNDS} rounds, each side by side)")
            if times:
                ratios[language] = min(times)
        for rival in others:
            rival.close()
    return ratios


def growth(texts: list[str], largest: int = LARGEST, doublings: int = DOUBLINGS) -> list[float]:
    """Give how many times as long each doubling of a text takes, up to the largest, the better of two each."""
    whole = "\n\n".join(texts) + "\n\n"
    lengths = [largest >> n for n in range(doublings, -1, -1)]
    times = [min(ours([(whole * (length // len(whole) + 1))[:length]]) for _ in range(2)) for length in lengths]
    return [after / before for before, after in pairwise(times)]


def main() -> None:
    """Measure and print."""
    texts = corpus()
    ratios = beside(texts)
    if ratios:
        print(f"against the faster one: {', '.join(f'{language} {ratio:.1f} times' for language, ratio in ratios.items())} (bound {BOUND:.0f} times)")
    for language, each in texts.items():
        doubled = growth(each)
        each_time = statistics.geometric_mean(doubled)
        print(f"{language}: doubling the text up to {LARGEST} characters takes {', '.join(f'{ratio:.2f}' for ratio in doubled)} times as long, on average {each_time:.2f} (bound 2)")
