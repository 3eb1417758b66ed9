"""Phrases that admins assigned to topics, in a file that a person reviews before moving them under ``intents/``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pathlib import Path

HEADER = """\
# Questions that were not understood, assigned to topics by admins in Telegram: topic, language, phrases.
# Review them: give the words that were missing to a concept under intents/concepts/ or a pattern to the topic, then
# delete them here, and /reload.
"""


def add_phrase(path: Path, topic: str, language: str, phrase: str) -> None:
    """Add a phrase, once; the file is never seen half written. ``OSError`` where it cannot be."""
    kept = read_phrases(path)
    phrases = kept.setdefault(topic, {}).setdefault(language, [])
    if phrase not in phrases:
        phrases.append(phrase)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.write_text(HEADER + yaml.safe_dump(kept, allow_unicode=True, width=150), encoding="utf-8")
    new.replace(path)


def read_phrases(path: Path) -> dict[str, dict[str, list[str]]]:
    """Give what the file holds: topic, language, phrases; nothing where there is none."""
    if not path.exists():
        return {}
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
