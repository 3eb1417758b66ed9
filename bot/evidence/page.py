"""Writes the evidence page: one self-contained file that shows a release with every figure in its place."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from bot.errors import ContentError, Fault, ReleaseError
from bot.evidence.fields import figure_entry, statement_entry
from bot.evidence.segments import paragraphs
from bot.evidence.spots import Spots
from bot.evidence.words import FOLDER, LANGUAGES, read_words
from bot.facts.model import FigureKind
from bot.facts.reading import read_facts
from bot.files import write_all

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Template

    from bot.evidence.words import EvidenceWords
    from bot.facts.model import Facts
    from bot.releases.model import Release

PAGE, STYLE, SCRIPT = "page.html", "page.css", "page.js"


def write_page(releases: Sequence[Release], files: Sequence[Path], out: Path, intents: Path, language: str | None = None) -> None:
    """Write the page of one release; raise ReleaseError where there are several, or where it would overwrite the text."""
    if len(releases) != 1:
        raise ReleaseError([Fault("--html", "", f"one page shows one release, not {len(releases)}", "name one FILE")])
    if out.exists() and any(out.samefile(file) for file in files):
        raise ReleaseError([Fault(str(out), "", "is the release's own file", "give --html another name")])
    release = releases[0]
    write_all({out: render_page(release, read_facts(release), intents, language or release.language).encode()})


def render_page(release: Release, facts: Facts, intents: Path, language: str) -> str:
    """Give the page as HTML: everything of the release escaped, nothing loaded from anywhere."""
    words = read_words(intents)[language]
    template, style, script = load(intents)
    spots = Spots.of(release, facts)
    entries = [figure_entry(n, figure, release, words) for n, figure in enumerate(facts.figures, 1)]
    return template.render(
        words=words,
        language=language,
        release=release,
        heading=next((s.text for s in release.sentences if s.role == "headline"), release.id),
        paragraphs=list(paragraphs(release, facts, spots)),
        figures=entries,
        statements=[statement_entry(s, release, words) for s in facts.statements],
        kinds=_kinds(facts, words),
        counts={"figures": len(facts.figures), "statements": len(facts.statements), "doubtful": len(spots.doubtful), "dates": len(spots.dates), "left": len(spots.left)},
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def check_page(release: Release, facts: Facts, intents: Path) -> None:
    """Render a page in each language; raise ContentError where a word or the template is missing or broken."""
    from jinja2 import TemplateError  # noqa: PLC0415 - only a page needs it

    for language in LANGUAGES:
        try:
            render_page(release, facts, intents, language)
        except (TemplateError, TypeError, ValueError) as error:
            raise ContentError([Fault(f"{intents.name}/{FOLDER}/{PAGE}", "", f"cannot be filled: {error}", "mend the template")]) from None


def load(intents: Path) -> tuple[Template, str, str]:
    """Read the template, the style and the script; raise ContentError where one is missing or broken."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError  # noqa: PLC0415 - only a page needs it
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    folder = intents / FOLDER
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, loader=FileSystemLoader(folder))
    try:
        style, script = ((folder / name).read_text(encoding="utf-8") for name in (STYLE, SCRIPT))
        return environment.get_template(PAGE), Markup(style), Markup(script)  # noqa: S704 - the project's own files, nothing of a release
    except (TemplateError, OSError, ValueError) as error:
        raise ContentError([Fault(f"{intents.name}/{FOLDER}", "", f"the page cannot be read: {error}", "restore the folder from the repository")]) from None


def _kinds(facts: Facts, words: EvidenceWords) -> list[tuple[str, str, int]]:
    found = [figure.kind for figure in facts.figures]
    return [(str(kind), words[f"kind_{kind}"], found.count(kind)) for kind in FigureKind if kind in found]


def _hash(text: str) -> str:
    """Give a content security policy's name for an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
