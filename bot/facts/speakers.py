"""Names who said a figure: only where its sentence, or the quotation it continues, is ascribed to a named person."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from bot.facts.quotations import quotations_of
from bot.text.patterns import grouped

if TYPE_CHECKING:
    from bot.facts.draft import Draft
    from bot.facts.quotations import Quotation
    from bot.releases.model import Release, Sentence

SAYING = r"said|says|added|told|noted|announced|emphasi[sz]ed|stressed|explained|reported|pointed (?:out|to)|stated|put|remarked|disclosed|revealed|observed|warned|confirmed|commented|conceded|admitted|argued|cautioned|concluded|predicted|acknowledged|insisted|recalled|recalls|replied|responded|recounted|pledged"
SAID = rf"(?<!been )(?<!was )(?<!were )(?<!being )(?:{SAYING})"
NAME = r"(?:[A-Z][a-z'’]+(?: [A-Z][a-z'’-]+){1,2})"
WORD = r"[A-Z][a-z'’]+"
AWAY = r"(?:in|at|on|to|that|it|from|during|by|earlier|there|this|last|the (?:figures?|data|results?|rise|fall|increase|decline))\b"
EN_AFTER = re.compile(rf"\b{SAID} (?:that )?(?:(?!{AWAY})[A-Za-z'’-]+ ){{0,5}}?(?P<name>{NAME}|{WORD})(?=[,.\s]|$)")
EN_BEFORE = re.compile(rf"(?P<name>{NAME}|{WORD}|\b[Ss]he|\b[Hh]e)(?:, [^,\"“”]{{3,200}}(?:, [^,\"“”]{{3,120}})?,?)? (?:also )?{SAID}\b")
EN_DIRECT = re.compile(rf"(?P<name>{NAME}|{WORD}|\b[Ss]he|\b[Hh]e) (?:also )?{SAID}\b")
SPOKEN = re.compile(grouped(SAYING + "|ccording to"))  # without one of these nobody says anything
OFFICE = r"(?:(?:its|their|the|our|his|her) )?(?:[a-z-]+ ){0,3}(?:president|head|director|manager|governor|chief|secretary|chair\w*|spokes\w+|economist|analyst|official|owner|founder|executive)(?: of [^,;.]{2,40})?,? "
ACCORDING = re.compile(rf"[Aa]ccording to (?:{OFFICE})?(?P<name>{NAME}|{WORD})\b")
TITLES = r"(?:Deputy|Vice|Acting|Executive|Senior|Governor|Director|Administrator|Commissioner|Mayor|President|Secretary|Minister|Chairman|Chairwoman|Head|Chief|General|Managing|Ms|Mr|Mrs|Dr)"
FULL = re.compile(rf"\b(?=[A-Zacdeghms])(?:(?:(?<![\w.] )|(?<=and )|(?<=by )|(?<=to )|(?<=said ))(?!{TITLES}\b)(?P<name>{WORD} {WORD})(?=,? (?:\d\d,|said|told|head|deputy|director|president|secretary|spokes|governor|chief|vice)|, [A-Z]?[a-z]*\s?(?:head|deputy|director|president|Secretary|Deputy|Director|President|Head|spokes))|(?:{grouped('Governor|Director|Administrator|Commissioner|Mayor|President|Secretary|Minister|Chairman|Chairwoman|said|Head|Officer|Economist|Spokesperson|Statistician|Ms|Mr|Dr|spokes(?:man|woman|person)|economist|adviser|advisor|governor|director|commissioner|statistician|analyst|chief executive|chairman|chairwoman|manager|head')})\.? (?!{TITLES}\b)(?P<name2>{WORD} {WORD})\b)")
ZH_SAID = r"(?:介绍|表示|说|指出|通报|强调|透露|称|谈到|回应|坦言|认为|宣布|解读|分析)"
ZH_TITLE = rf"(?:{grouped('行长|局长|处长|关长|主任|发言人|市长|总经理|副总经理|会计师|工程师|经济师|统计师|审计师|巡视员|董事长|总裁|负责人|所长|院长|馆长|总监|组长|秘书|委员|部长|县长|区长|省长|校长|理事长|司长|署长|书记|会长|科长|厅长|秘书长|副局级')})"
ZH_NAME = re.compile(rf"{ZH_TITLE}(?P<name>[\u4e00-\u9fff]{{2,3}}?)(?=（|、|，|{ZH_SAID}|举例|在|就|回|出席|和|与|及|等|接受|答|受|参加|主持)")
ZH_SPOKE = re.compile(r"[”。，](?P<name>(?![他她它该其记这那])[\u4e00-\u9fff]{2,3})(?:说|表示|介绍|告诉记者)(?=[，,：:。])")  # nobody's office is named, but the name comes again
MOST_PEOPLE = 200  # no release lets more speak
PRONOUNS = frozenset({"She", "He", "she", "he"})
ORGANISATION = re.compile(
    r"\b(?:Bank|Bureau|Customs|Office|Ministry|Authority|Administration|Department|Company|Companies|Group|Statistics|Council|Commission|Committee|Government|Agency|Board|Branch|Corporation|Association|Institute|Center|Centre|University|"
    r"Reserve|Fund|Union|Exchange|Airport|Port|Bureaus|Team|Division|Treasury|Survey|Daily|News|Media|Press|Report|Release|Republic|Kingdom|States|Kong|City|Province|Region|County|District|Sales|Data|Exports|Imports|In|For|At|On|By|With|From|When|While|As|Under|Of|To|Through|Among|Over|After|Since|Before|During|Despite|Across|Within|Outside)\b"
)
SAID_BEFORE = re.compile(rf"(?P<name>{NAME}|{WORD}|\b[Ss]he|\b[Hh]e)(?:, [^,\"“”]{{3,120}},?)? (?:also )?{SAID}[^\"“”.]{{0,40}}[.:,]?\s*$")
SAID_AFTER = re.compile(rf"^[,.]?\s*(?:(?P<first>[Ss]he|[Hh]e|{NAME})(?:, [^,\"“”]{{3,160}},)? {SAID}|{SAID} (?P<second>(?:(?!{AWAY})[A-Za-z'’-]+ ){{0,6}}?(?:{NAME}|{WORD}|she|he))\b)")
SAID_NAME = re.compile(rf"\b{SAID} (?:(?!{AWAY})[A-Za-z'’-]+ ){{0,5}}?(?P<name>{NAME}|{WORD})(?:, [^,\"“”]{{1,120}})?[.:,]\s*$")
ZH_AGAIN = re.compile(r"据(?:其|他|她|该负责人)介绍|(?<![其])(?:他|她)(?:还|也|同时|进一步|并)?(?:表示|说|指出|介绍|强调|透露|称|补充)")
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
    names = _names(release)
    said = sorted((at, name) for at, name in by_sentence.items() if name)
    quoted = [(q.start, q.end, name) for q in quotations_of(release) if (name := _quoted(q, release.language, names, said) or _going_on(q, release, said))]
    return [
        None if d.sentence.role in ("caption", "table", "headline", "note") else _of(d, quoted) or by_sentence.get(d.sentence.span.start)
        for d in drafts
    ]


def _of(draft: Draft, quoted: list[tuple[int, int, str]]) -> str | None:
    """Give who said the quotation that a draft stands in."""
    at = bisect_right(quoted, draft.span.start, key=lambda q: q[0]) - 1
    return quoted[at][2] if at >= 0 and draft.span.start < quoted[at][1] else None


def _quoted(quotation: Quotation, language: str, names: dict[str, str], said: list[tuple[int, str]]) -> str | None:
    """Name who a quotation is ascribed to by the words that lead up to it or follow it."""
    if language == "zh":
        before, after = quotation.before[-60:].rpartition("。")[2], re.split(r"[。“]", quotation.after)[0]
        for words in (before, after):
            for name in names:
                if re.search(rf"{name}[^，。“”]{{0,16}}{ZH_SAID}", words):
                    return name
        return _last(quotation.start, said) if ZH_AGAIN.search(before) or ZH_AGAIN.match(after) else None
    said_name = SAID_NAME.search(quotation.before)
    said_after, said_before = SAID_AFTER.match(quotation.after), SAID_BEFORE.search(quotation.before)
    for found in (said_after and (said_after["first"] or said_after["second"]), said_before and said_before["name"], said_name and said_name["name"]):
        if found:
            name = found.split()[-1] if found.split()[-1] in PRONOUNS else found
            known = _last(quotation.start, said) if name in PRONOUNS else _person(name, names)
            if known:
                return known
    return None


def _going_on(quotation: Quotation, release: Release, said: list[tuple[int, str]]) -> str | None:
    """Give who spoke just before in the same paragraph, where an English quotation that is whole sentences names nobody."""
    at = bisect_right(said, quotation.start, key=lambda pair: pair[0]) - 1
    whole = release.language == "en" and not quotation.after.strip() and (not quotation.before.strip() or quotation.before.rstrip().endswith((".", "!", "?")))
    return said[at][1] if whole and at >= 0 and "\n" not in release.text[said[at][0] : quotation.start] else None


def _last(start: int, said: list[tuple[int, str]]) -> str | None:
    """Give who was named last before a place."""
    at = bisect_right(said, start, key=lambda pair: pair[0]) - 1
    return said[at][1] if at >= 0 else None


def _person(name: str, names: dict[str, str]) -> str | None:
    """Give the whole name of a person known by office, or of one who speaks and is no organisation."""
    if name in names:
        return names[name]
    words = name.split()
    if len(words) > 1 and words[-1] in names:
        return names[words[-1]]
    whole = re.search(rf"{NAME}$", name)
    return whole[0] if whole and not ORGANISATION.search(name) and words[0] not in NOT_NAMES else None


@functools.lru_cache(maxsize=1)  # asked for the sentences, then for the quotations
def _names(release: Release) -> dict[str, str]:
    """Give the people introduced by office: each whole name, by itself and by its parts."""
    text = release.text
    if release.language == "zh":
        spoke = islice(dict.fromkeys(m["name"] for m in ZH_SPOKE.finditer(text)), MOST_PEOPLE)
        found = [*(m["name"] for m in ZH_NAME.finditer(text)), *(name for name in spoke if text.count(name) > 1)]
    else:
        found = [m["name"] or m["name2"] for m in FULL.finditer(text)]
    names: dict[str, str] = {}
    for name in found:
        if name.split()[0] in NOT_NAMES or (release.language == "en" and ORGANISATION.search(name)):
            continue
        names.setdefault(name, name)
        for part in name.split():
            names.setdefault(part, name)
    return names


def _speaker(sentence: Sentence, names: dict[str, str], language: str, last: str | None) -> str | None:
    text = sentence.text
    if language == "zh":
        for name in names:
            if name in text and re.search(rf"{name}[^，。“”]{{0,16}}{ZH_SAID}", text):
                return name
        return last if ZH_AGAIN.search(text) else None
    for pattern in (ACCORDING, EN_AFTER, EN_DIRECT, EN_BEFORE) if SPOKEN.search(text) else ():
        for match in pattern.finditer(text):
            name = match["name"]
            if name in PRONOUNS:
                return last
            known = _person(name, names)
            if known:
                return known
    return None
