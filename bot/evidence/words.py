"""Reads the words of the evidence page and of the report: ``intents/evidence/*.yaml``, each in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from bot.errors import ContentError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = "evidence"
LANGUAGES = ("en", "zh")


class EvidenceWords(dict[str, str]):
    """The words of one language by name."""

    def __missing__(self, name: str) -> str:
        """Raise ContentError: a word that the page says and content does not have."""
        raise ContentError([Fault(f"intents/{FOLDER}", name, "is missing", "write `en:` and `zh:` for it")])

    def doubt(self, name: str) -> str:
        """Say what is doubtful; a doubt that content does not word yet goes by its name."""
        return self.get(f"doubt_{name}", name)


def read_words(intents: Path) -> Mapping[str, EvidenceWords]:
    """Read the words: language -> name -> text; raise ContentError with every fault."""
    words = {language: EvidenceWords() for language in LANGUAGES}
    faults: list[Fault] = []
    for path in sorted((intents / FOLDER).glob("*.yaml")):
        where = f"{intents.name}/{FOLDER}/{path.name}"
        for name, texts in _mapping(path, where, faults).items():
            if not isinstance(texts, dict) or set(texts) != set(LANGUAGES) or not all(isinstance(t, str) and t for t in texts.values()):
                faults.append(Fault(where, str(name), "is not given in both languages", "write `en:` and `zh:`"))
            elif name in words["en"]:
                faults.append(Fault(where, str(name), "stands twice", "keep one of the two"))
            else:
                for language in LANGUAGES:
                    words[language][str(name)] = texts[language]
    if not words["en"] and not faults:
        faults.append(Fault(f"{intents.name}/{FOLDER}", "", "no .yaml file is there", "restore the folder from the repository"))
    if faults:
        raise ContentError(faults)
    return words


def _mapping(path: Path, where: str, faults: list[Fault]) -> Mapping[object, object]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError, OSError) as error:
        faults.append(Fault(where, "", f"cannot be read: {' '.join(str(error).split())}", "write it as UTF-8 YAML"))
        return {}
    if isinstance(data, dict):
        return data
    faults.append(Fault(where, "", "holds no mapping", "write it as `key: value` lines"))
    return {}
