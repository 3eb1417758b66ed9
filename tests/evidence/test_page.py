"""The evidence page holds every figure in its place, loads nothing, and shows a release's markup as words."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.errors import ContentError, FaultsError
from bot.evidence.page import check_page, render_page, write_page
from bot.evidence.segments import paragraphs
from bot.evidence.spots import Spots
from bot.evidence.words import read_words
from bot.facts import doubts
from bot.facts.reading import read_facts
from bot.releases.reading import read_release, read_seeds
from tests.evidence.conftest import HEAD, TEXT

ROOT = Path(__file__).resolve().parents[2]
FIRST = ROOT / "seeds" / "000_82a4cc623399501d.txt"
VOID = {"meta", "link", "input", "br", "img"}


class Tree(HTMLParser):
    """Gathers the elements of a page and the text of its article, and holds its tags to be balanced."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.article: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be of this name."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Gather the article's words."""
        if "article" in self.open:
            self.article.append(data)


def parsed(html: str) -> Tree:
    """Parse a page."""
    tree = Tree()
    tree.feed(html)
    tree.close()
    assert tree.open == []
    return tree


def test_markup_of_a_release_is_shown_as_words(page: Path) -> None:
    """Tags, quotes, braces of the template language and the file's odd name are escaped: the page has no element of theirs."""
    html = page.read_text(encoding="utf-8")
    tree = parsed(html)
    names = [tag for tag, _ in tree.found]
    assert names.count("script") == 1
    assert "img" not in names
    assert not any(name.startswith("on") for _, attributes in tree.found for name in attributes)
    shown = "".join(tree.article)
    for words in (HEAD, "<script>document.title", "onerror=", "{{ words }} {% raw %} 'and'"):
        assert words in shown


def test_the_page_loads_nothing(page: Path) -> None:
    """No element fetches anything, and the policy forbids whatever is not the page's own style and script."""
    tree = parsed(page.read_text(encoding="utf-8"))
    fetching = [(tag, a.get("src") or a.get("href")) for tag, a in tree.found if tag in ("script", "link", "img", "iframe", "object", "embed", "source")]
    assert [where for _, where in fetching if where and where != "data:,"] == []
    policy = next(a["content"] or "" for _, a in tree.found if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    style = (ROOT / "intents" / "evidence" / "page.css").read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_figure_is_in_the_text_and_in_the_table_with_its_rule(language: str) -> None:
    """Each figure of the first release is marked at its place, has a row, and a card with each of its fields."""
    release = read_release(FIRST)
    facts = read_facts(release)
    html = render_page(release, facts, ROOT / "intents", language)
    tree = parsed(html)
    ids = {a["id"] for _, a in tree.found if "id" in a}
    for n, figure in enumerate(facts.figures, 1):
        assert {f"figure-{n}", f"row-{n}", f"card-{n}"} <= ids
        card = html.split(f'id="card-{n}"')[1].split('class="to-table"')[0]
        assert f">{figure.rule}<" in card
        assert f">{figure.metric.replace('&', '&amp;')}<" in card.replace("&#39;", "'") or not figure.metric
    assert html.count('role="tooltip"') == len(facts.figures)


@pytest.mark.parametrize("text", [TEXT, FIRST.read_text(encoding="utf-8"), "a\r\nb\r5%\n\n", "5%", "\u200f(5%)\u202c"])
def test_the_pieces_joined_are_the_release(tmp_path: Path, text: str) -> None:
    """Nothing of the text is lost, doubled or moved by cutting it at its figures; hidden marks are shown by number."""
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    release = read_release(path)
    facts = read_facts(release)
    lines = ["".join(chr(int(p.text.replace("U+", "0x"), 0)) if p.what == "hidden" else p.text for p in paragraph.pieces) for paragraph in paragraphs(release, facts, Spots.of(release, facts))]
    assert lines == [line for line in re.split(r"[\r\n]+", text) if line]


def test_numbers_are_figures_dates_or_left_over(page: Path) -> None:
    """Every digit of the text stands in a figure, in a date, or is marked as not read."""
    html = page.read_text(encoding="utf-8").split("<article")[1].split("</article>")[0]
    bare = re.sub(r'<(a|span) class="(?:figure|date|left|hidden-mark)[^>]*>.*?</\1>', "", html)
    assert re.sub(r"<[^>]*>|&#?\w+;", "", bare).strip()
    assert not re.search(r"\d", re.sub(r"<[^>]*>|&#?\w+;", "", bare))


def test_every_doubt_has_words() -> None:
    """Each doubt that the reading can raise is worded in both languages."""
    names = re.findall(r"^- ``(\w+)``", doubts.__doc__ or "", re.MULTILINE)
    assert names
    words = read_words(ROOT / "intents")
    assert [(n, lang) for n in names for lang in words if f"doubt_{n}" not in words[lang]] == []


def test_a_missing_word_and_a_broken_template_are_named(tmp_path: Path) -> None:
    """What content lacks is told by file and key, never by a trace."""
    release = read_release(FIRST)
    facts = read_facts(release)
    intents = tmp_path / "intents"
    shutil.copytree(ROOT / "intents" / "evidence", intents / "evidence")
    values = intents / "evidence" / "values.yaml"
    values.write_text(values.read_text(encoding="utf-8").replace("kind_level:", "kind_other:"), encoding="utf-8")
    with pytest.raises(ContentError, match="kind_level"):
        check_page(release, facts, intents)
    values.write_text("kind_level: {en: level}\nkind_level2: [", encoding="utf-8")
    with pytest.raises(ContentError, match="values"):
        check_page(release, facts, intents)
    shutil.copy(ROOT / "intents" / "evidence" / "values.yaml", values)
    (intents / "evidence" / "page.html").write_text("{{ nothing }}", encoding="utf-8")
    with pytest.raises(ContentError, match="nothing"):
        check_page(release, facts, intents)


def test_a_page_is_of_one_release_and_never_over_its_text(tmp_path: Path) -> None:
    """Several files, the release's own file, a folder and a place that is not there are refused; the text stays."""
    source = tmp_path / "a.txt"
    source.write_text("Volume rose 5%.", encoding="utf-8")
    release = read_release(source)
    for releases, out, words in (([release] * 2, tmp_path / "o.html", "one release"), ([release], source, "own file"), ([release], tmp_path, "cannot be written"), ([release], tmp_path / "no" / "o.html", "cannot be written")):
        with pytest.raises(FaultsError, match=words):
            write_page(releases, [source], out, ROOT / "intents")
    assert sorted(tmp_path.iterdir()) == [source]
    assert source.read_text(encoding="utf-8") == "Volume rose 5%."


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    """`facts FILE --html OUT` writes the page in the language asked for, and prints nothing."""
    out = tmp_path / "o.html"
    plain = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
    done = subprocess.run([sys.executable, "-m", "bot", "facts", str(FIRST), "--html", str(out), "--language", "zh"], capture_output=True, text=True, check=True, cwd=ROOT, env=plain)
    assert (done.stdout, done.stderr) == ("", "")
    assert '<html lang="zh">' in out.read_text(encoding="utf-8")
    assert len(read_seeds(ROOT / "seeds")) >= 1
