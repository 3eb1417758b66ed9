"""Names who said a figure: only where its sentence, or the quotation it continues, is ascribed to a named person."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.facts.draft import Draft
    from bot.releases.model import Release, Sentence

SAID = r"(?:said|says|added|told|noted|announced|emphasi[sz]ed|stressed|explained|reported|pointed (?:out|to)|stated|put|remarked|disclosed|revealed|observed|warned|confirmed|commented)"
NAME = r"(?:[A-Z][a-z'’]+(?: [A-Z][a-z'’-]+){1,2})"
WORD = r"[A-Z][a-z'’]+"
EN_AFTER = re.compile(rf"\b{SAID} (?:that )?(?:(?:Deputy |Vice )?(?:[A-Z][a-z]+ ){{0,3}})?(?P<name>{NAME}|{WORD})(?=[,.\s])")
EN_BEFORE = re.compile(rf"(?P<name>{NAME}|{WORD}|She|He)(?:, [^,\"“”]{{3,200}}(?:, [^,\"“”]{{3,120}})?,?)? (?:also )?{SAID}\b")
ACCORDING = re.compile(rf"[Aa]ccording to (?P<name>{NAME})")
FULL = re.compile(rf"(?<![\w.] )\b(?P<name>{WORD} {WORD})(?=,? (?:\d\d,|said|told|head|deputy|director|president|secretary|spokes|governor|chief|vice)|, [A-Z]?[a-z]*\s?(?:head|deputy|director|president|Secretary|Deputy|Director|President|Head|spokes))|\b(?:Governor|Director|Administrator|Commissioner|Mayor|President|Secretary|Minister|Chairman|said|Head) (?P<name2>{WORD} {WORD})\b")
ZH_SAID = r"(?:介绍|表示|说|指出|通报|强调|透露|称|谈到|回应|坦言|认为|宣布|解读|分析)"
ZH_TITLE = r"(?:行长|局长|处长|关长|主任|发言人|市长|副?总经理|司长|署长|书记|会长|科长|厅长|秘书长|副局级)"
ZH_NAME = re.compile(rf"{ZH_TITLE}(?P<name>[\u4e00-\u9fff]{{2,3}}?)(?=（|、|，|{ZH_SAID}|举例|在|就|回)")
NOT_NAMES = frozenset({"The", "This", "It", "They", "That", "Customs", "Organisers", "Analysts", "Officials", "Banks", "Table", "Net", "Corporate"})


@functools.lru_cache(maxsize=1)  # a release's figures ask, then its statements
def speakers_by_sentence(release: Release) -> dict[int, str | None]:
    """Give the speaker of each sentence by where it starts, None where it names none."""
    names = _names(release)
    by_sentence: dict[int, str | None] = {}
    last: str | None = None
    for sentence in release.sentences:
        named = _speaker(sentence, names, release.language, last)
        by_sentence[sentence.span.start] = named
        last = named or last
    return by_sentence


def speakers_of(release: Release, drafts: list[Draft]) -> list[str | None]:
    """Give the speaker of each draft, or None."""
    by_sentence = speakers_by_sentence(release)
    return [
        None if d.sentence.role in ("caption", "table", "headline", "note") else by_sentence.get(d.sentence.span.start)
        for d in drafts
    ]


def _names(release: Release) -> dict[str, str]:
    """Give the people introduced by office: each whole name, by itself and by its parts."""
    found = (m["name"] for m in ZH_NAME.finditer(release.text)) if release.language == "zh" else (
        m["name"] or m["name2"] for m in FULL.finditer(release.text)
    )
    names: dict[str, str] = {}
    for name in found:
        if name.split()[0] in NOT_NAMES:
            continue
        names.setdefault(name, name)
        for part in name.split():
            names.setdefault(part, name)
    return names


def _speaker(sentence: Sentence, names: dict[str, str], language: str, last: str | None) -> str | None:
    text = sentence.text
    if language == "zh":
        for name in names:
            if re.search(rf"{name}[^，。“”]{{0,6}}{ZH_SAID}", text):
                return name
        return None
    for pattern in (ACCORDING, EN_AFTER, EN_BEFORE):
        for match in pattern.finditer(text):
            name = match["name"]
            if name in ("She", "He"):
                return last
            if name in names:
                return names[name]
            if " " in name and name.split()[-1] in names:
                return names[name.split()[-1]]
    return None
