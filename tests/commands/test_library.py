"""Several releases side by side: each answers for itself, and none changes what another answers."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from bot.library import Library

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, tzinfo=UTC)
INVENTED = ROOT / "tests" / "facts" / "blind" / "texts"
OWN = [json.loads(line)["q"] for line in (ROOT / "tests" / "questions" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]
TEXTS = {
    "harbour": (
        "en", "Harbour Statistics Office", "Westhaven",
        ("Westhaven, May 6, 2026 - Total exports reached 41.2 billion yuan in 2025, up 6.3% from a year earlier, the Harbour Statistics Office said. "
        "Retail sales of consumer goods came to 18.9 billion yuan, down 1.4% year on year. The surveyed urban unemployment rate was 5.1%. In the second half of 2025, cross-border renminbi settlement came to 33.8 billion yuan. Deposits stood at 77.5 billion yuan."),
    ),
    "inland": (
        "zh", "远川统计局", "远川",
        "2026年4月10日，远川统计局发布数据。2025年，远川出口总额达312.5亿元，同比增长4.8%。社会消费品零售总额为906.4亿元，同比增长3.1%。",
    ),
}


@lru_cache(maxsize=1)
def libraries() -> tuple[Library, Library]:
    """Open the shipped release alone, and with two invented ones and the invented texts of the figure tests beside it."""
    seeds = Path(mkdtemp(prefix="footnote-")) / "seeds"
    shutil.copytree(ROOT / "seeds", seeds)
    for name, (language, publisher, place, text) in TEXTS.items():
        (seeds / f"{name}.txt").write_text(text, encoding="utf-8")
        (seeds / f"{name}.yaml").write_text(f"publisher: {publisher}\npage: https://example.org/{name}\npublished: 2026-05-0{len(language)}\nplace: {place}\nlanguage: {language}\n", encoding="utf-8")
    for number, path in enumerate(sorted(INVENTED.glob("*.txt"))[:6]):
        shutil.copy(path, seeds / path.name)
        (seeds / f"{path.stem}.yaml").write_text(f"publisher: Invented Office {number}\npage: https://example.org/{number}\npublished: 2026-03-01\nplace: Nowhere {number}\nlanguage: {'zh' if 'zh' in path.stem else 'en'}\n", encoding="utf-8")
    return Library.open(ROOT / "seeds", ROOT / "intents"), Library.open(seeds, ROOT / "intents")


def test_adding_releases_changes_no_answer_about_the_first() -> None:
    """Kind, topic and headline of every sentence of our own stay as they were; quotations of others only come beside."""
    alone, beside = libraries()
    changed = []
    for question in OWN:
        a, b = alone.ask(question, NOW), beside.ask(question, NOW)
        if (a.kind, a.topic, a.headline) != (b.kind, b.topic, b.headline) or not set(a.quotes) <= set(b.quotes):
            changed.append((question, a.headline, b.headline))
    assert changed == []


@pytest.mark.parametrize(
    ("question", "kind", "said"),
    [
        ("Westhaven exports", "stated", "41.2 billion yuan"),
        ("how much did Westhaven's exports grow", "stated", "6.3%"),
        ("retail sales of consumer goods in Westhaven", "stated", "18.9 billion yuan"),
        ("surveyed urban unemployment rate of Westhaven", "stated", "5.1%"),
        ("远川出口总额", "stated", "312.5亿元"),
        ("远川社会消费品零售总额同比", "stated", "3.1%"),
        ("Westhaven exports in 2019", "refused", "2019"),
        ("Westhaven imports", "refused", "Harbour Statistics Office"),
        ("远川进口总额", "refused", "远川统计局"),
        ("Westhaven exports in euros", "refused", "euro"),
    ],
)
def test_a_release_without_topics_answers_by_what_it_measures(question: str, kind: str, said: str) -> None:
    """Asked by its place, it gives its own figure, or refuses by name."""
    answer = libraries()[1].ask(question, NOW)
    assert str(answer.kind) == kind, answer.headline
    assert said in answer.headline
    assert all(f.release in TEXTS for f in answer.figures)


def test_several_releases_that_answer_are_all_shown_newest_first() -> None:
    """A measure that two releases have is given from both, each under its source; nothing is averaged."""
    answer = libraries()[1].ask("社会消费品零售总额", NOW)
    assert "906.4亿元" in answer.text
    other = libraries()[1].ask("retail sales of consumer goods", NOW)
    assert "18.9 billion yuan" in other.text


def test_a_topic_of_the_home_is_answered_by_both_newest_first() -> None:
    """What a newer release says stands above the home's answer, which stays the headline; each has its quotation and source."""
    alone, beside = libraries()
    asked = "cross-border renminbi settlement"
    answer = beside.ask(asked, NOW)
    assert answer.headline == alone.ask(asked, NOW).headline
    spots = [answer.text.index(said) for said in ("33.8 billion yuan", "Harbour Statistics Office", answer.headline, "iChongqing")]
    assert spots == sorted(spots)
    assert {q.release for q in answer.quotes} == {"harbour", answer.figures[0].release}
    assert all(q.text in answer.text for q in answer.quotes)


def test_what_the_home_refuses_stays_refused() -> None:
    """A near matter that another release has is told below the refusal, and quoted there."""
    answer = libraries()[1].ask("deposit balance", NOW)
    assert str(answer.kind) == "refused"
    assert "77.5 billion yuan" in answer.text
    assert all(q.release not in TEXTS for q in answer.quotes)


@pytest.mark.parametrize(
    ("question", "now", "said"),
    [
        ("the 6 May release: exports", NOW, "41.2 billion yuan"),
        ("the May 2026 release: exports", NOW, "41.2 billion yuan"),
        ("4月10日那份：出口总额", NOW, "312.5亿元"),
        ("yesterday's release: exports", datetime(2026, 5, 3, tzinfo=UTC), "41.2 billion yuan"),
        ("according to the Harbour Statistics Office, how much were exports", NOW, "41.2 billion yuan"),
        ("Yuanchuan exports", NOW, "31.25 billion yuan"),
        ("Westhavn exports", NOW, "41.2 billion yuan"),
        ("Westhaven exprots", NOW, "41.2 billion yuan"),
    ],
)
def test_a_release_is_named_by_day_month_publisher_and_sound(question: str, now: datetime, said: str) -> None:
    """A day, a month beside the word for a release, a publisher, a name in the other script or mistyped: each names its release."""
    assert said in libraries()[1].ask(question, now).headline


def test_a_day_that_names_the_home_is_no_time_asked_of() -> None:
    """The release of a day is asked as it is without the day."""
    library = libraries()[1]
    assert library.ask("the 17 Feb press conference: derivatives", NOW).headline == library.ask("derivatives", NOW).headline


def test_a_pasted_text_is_held_against_every_release() -> None:
    """Each figure has a verdict that names its own release; what was pasted is not repeated."""
    pasted = "/check Westhaven's exports reached 41.2 billion yuan, up 9.9%. Yuanchuan's retail sales came to 90.64 billion yuan. Settlement in Chongqing neared 400 billion yuan in 2024."
    answer = libraries()[1].ask(pasted, NOW)
    verdicts = [(line.split(" · ")[1], next(n for n in ("Harbour", "远川", "iChongqing") if n in line)) for line in answer.lines]
    assert verdicts == [("Supported", "Harbour"), ("Differs from the release", "Harbour"), ("Supported", "远川"), ("Supported", "iChongqing")]
    assert "9.9" not in answer.text


def test_thanks_between_leave_the_release_spoken_of() -> None:
    """Small talk asks for nothing, and what was talked of stays."""
    library = libraries()[1]
    context = library.ask("thanks", NOW, library.ask("Westhaven exports", NOW).context).context
    assert "6.3%" in library.ask("and the growth?", NOW, context).headline


def test_another_place_after_a_release_is_no_place_of_the_home() -> None:
    """A place asked of the release spoken of is refused there, and gets no figure of another release."""
    library = libraries()[1]
    answer = library.ask("with ASEAN?", NOW, library.ask("Westhaven exports", NOW).context)
    assert str(answer.kind) == "refused"


def test_a_follow_up_stays_with_the_release_spoken_of() -> None:
    """The growth asked after a level is that release's own."""
    first = libraries()[1].ask("Westhaven exports", NOW)
    answer = libraries()[1].ask("and the growth?", NOW, first.context)
    assert "6.3%" in answer.headline
