"""A release's text is cut into sentences that are slices of it, with the role their form gives them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.releases.decoding import language_of
from bot.releases.reading import read_release
from bot.releases.sentences import split_sentences

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT.parent / "shared" / "releases" / "texts"


def cut(text: str, language: str = "en") -> list[str]:
    """Give the sentences' own words."""
    return [sentence.text for sentence in split_sentences(text, language)]


@pytest.mark.parametrize(
    "text",
    [
        "Exports to the U.S. Treasury market rose.",
        "The balance reached 600 billion yuan (approx. USD 82.7 billion).",
        "It was signed on Sept. 20 and took effect at once.",
        "Under No. 17 of the rules it is allowed.",
        "It grew 3.5 percent, Mr. Li of Example Co. said.",
        "J. P. Example opened a branch.",
        "It is open until 4 p.m. on working days.",
    ],
)
def test_abbreviations_initials_and_decimals_end_no_sentence(text: str) -> None:
    """A full stop of an abbreviation, an initial or a decimal leaves the sentence whole."""
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rose. It fell! Did it? Yes.", ["It rose.", "It fell!", "Did it?", "Yes."]),
        ("“It rose.” He left.", ["“It rose.”", "He left."]),
        ("In 2024. 480 firms gained.", ["In 2024.", "480 firms gained."]),
        ("规模增长。下一步，将扩大；并改善！好？", ["规模增长。", "下一步，将扩大；并改善！", "好？"]),
        ("他说：“增长了。”随后离开。", ["他说：“增长了。”", "随后离开。"]),
    ],
)
def test_sentences_end_where_they_end(text: str, parts: list[str]) -> None:
    """Stops, quoted stops and Chinese stops end a sentence; a Chinese semicolon does not."""
    assert cut(text) == parts


@pytest.mark.parametrize(
    ("line", "language", "role"),
    [
        ("Cross-border settlement grows", "en", "headline"),
        ("跨境人民币结算快速增长", "zh", "headline"),
        ("The volume rose by 5% last year.", "en", "body"),
        ("The hall. (Photo/Example Name)", "en", "caption"),
        ("图为活动现场。", "zh", "caption"),
        ("Note: figures are rounded.", "en", "note"),
        ("注：数据为初步统计。", "zh", "note"),
        ("Media contact: the press desk", "en", "contact"),
        ("联系电话：公布于网站", "zh", "contact"),
        ("Exports 120.5 118.2 1.9", "en", "table"),
    ],
)
def test_roles_are_told_by_form(line: str, language: str, role: str) -> None:
    """Headlines, captions, notes, contacts and rows are told from the body."""
    assert {s.role for s in split_sentences(line, language)} == {role}


def test_lines_of_any_ending_are_paragraphs_of_their_own() -> None:
    """Line feeds, carriage returns and both together end a paragraph and shift no offset."""
    text = "It rose.\r\nIt fell.\rIt stood.\n\nIt ended."
    found = split_sentences(text, "en")
    assert [s.paragraph for s in found] == [0, 1, 2, 3]
    assert [text[s.span.start : s.span.end] for s in found] == ["It rose.", "It fell.", "It stood.", "It ended."]


@given(st.text(st.sampled_from("Aa1 .。！?“”()（）\r\n\t\u200f图注:Photo/"), max_size=200))
def test_every_sentence_is_a_slice_and_nothing_is_lost(text: str) -> None:
    """Whatever the text: sentences are its slices, in order, and only white space lies between them."""
    end = 0
    for sentence in split_sentences(text, "en"):
        assert text[sentence.span.start : sentence.span.end] == sentence.text != ""
        assert not text[end : sentence.span.start].strip()
        end = sentence.span.end
    assert not text[end:].strip()


if TEXTS.is_dir():

    @pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.stem)
    def test_the_corpus_is_cut_into_slices(path: Path) -> None:
        """Each text of other institutions is cut whole, and its language is told."""
        release = read_release(path)
        assert release.language == language_of(release.text)
        assert all(release.quote(s.span) == s.text for s in release.sentences)
        assert sum(len(s.text.split()) for s in release.sentences) >= len(release.text.split())
