"""The phrase scorer learns from labelled phrases and abstains; on the public sets, where found, it reaches its floors."""

from __future__ import annotations

import pytest

from bot.questions.scorer import PhraseScorer
from tests.bench import bench_phrases

PHRASES = {
    "balance": ["what is my balance", "how much money do i have", "show the balance", "账户余额多少"],
    "weather": ["is it going to rain", "what is the weather", "will it be sunny", "今天天气怎么样"],
}
OUTSIDE = ["sing me a song", "who won the match", "讲个笑话"]


def test_it_ranks_what_it_learned() -> None:
    """A new wording goes to the label whose phrases it resembles, in both languages."""
    scorer = PhraseScorer.learn(PHRASES, OUTSIDE)
    assert scorer.rank("whats my balance now")[0].label == "balance"
    assert scorer.rank("明天天气")[0].label == "weather"


def test_it_is_unsure_of_what_lies_outside() -> None:
    """A phrase of no label scores below one of a label, and scores stay between 0 and 1."""
    scorer = PhraseScorer.learn(PHRASES, OUTSIDE)
    inside, outside = scorer.rank("what is the balance")[0].score, scorer.rank("sing another song")[0].score
    assert 0 < outside < inside < 1
    assert scorer.rank("")[0].score < inside


if bench_phrases.SETS.exists():

    @pytest.fixture(scope="module")
    def learned() -> PhraseScorer:
        """Learn CLINC150's training part."""
        data = bench_phrases.clinc()
        return PhraseScorer.learn(bench_phrases.grouped(data["train"]), [text for text, _ in data["oos_train"]])

    def test_clinc_is_ranked(learned: PhraseScorer) -> None:
        """At least 92% of in-scope validation questions are ranked right."""
        assert bench_phrases.accuracy(learned, bench_phrases.clinc()["val"]) >= 0.92

    def test_clinc_out_of_scope_is_refused(learned: PhraseScorer) -> None:
        """At the threshold that keeps 88% of one half right, 87% of the other half stay right and 85% of out-of-scope is refused."""
        data = bench_phrases.clinc()
        _, kept, refused = bench_phrases.abstention(learned, data["val"], data["oos_val"])
        assert kept >= 0.87
        assert refused >= 0.85
