"""Telegram's HTML, read as strictly as the Bot API describes it ("HTML style" under "Formatting options")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

TOKEN = re.compile(r"<(?P<tag>/?[^<>]*)>|(?P<entity>&[^;\s<&]*;?)|(?P<text>[^<&]+)|(?P<stray>.)", re.DOTALL)
TAG = re.compile(r"(?P<close>/)?(?P<name>[a-z-]+)(?P<attributes>(?:\s+[a-z-]+(?:=\"[^\"<>]*\")?)*)\s*")
ATTRIBUTE = re.compile(r"([a-z-]+)(?:=\"([^\"]*)\")?")
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);")
STYLES = ("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "pre")
ATTRIBUTES = {
    **dict.fromkeys(STYLES, frozenset[str]()),
    "a": frozenset({"href"}),
    "blockquote": frozenset({"expandable"}),
    "code": frozenset({"class"}),
    "span": frozenset({"class"}),
    "tg-emoji": frozenset({"emoji-id"}),
}


class MarkupError(ValueError):
    """The text is no Telegram HTML."""


@dataclass
class Reading:
    """The text left after parsing, the entities found, and the tags still open."""

    text: str = ""
    entities: list[dict[str, object]] = field(default_factory=list)
    open: list[tuple[str, int, dict[str, str]]] = field(default_factory=list)


def parse(source: str) -> Reading:
    """Read Telegram HTML; raise ``MarkupError`` for a tag that is unknown, unbalanced or badly nested, or a bad entity.

    >>> parse("<b>a</b> &lt; <blockquote expandable>c</blockquote>").text
    'a < c'
    """
    reading = Reading()
    for found in TOKEN.finditer(source):
        if found["tag"] is not None:
            _tag(found["tag"], reading)
        elif found["entity"] is not None:
            if not ENTITY.fullmatch(found["entity"]):
                message = f"unsupported entity {found['entity']!r}"
                raise MarkupError(message)
            reading.text += unescape(found["entity"])
        elif found["stray"] is not None:
            message = f"unescaped {found['stray']!r}"
            raise MarkupError(message)
        else:
            reading.text += found["text"]
    if reading.open:
        message = f'can\'t find end tag corresponding to start tag "{reading.open[-1][0]}"'
        raise MarkupError(message)
    return reading


def _tag(source: str, reading: Reading) -> None:
    found = TAG.fullmatch(source)
    if not found or found["name"] not in ATTRIBUTES:
        message = f"unsupported tag <{source}>"
        raise MarkupError(message)
    name = found["name"]
    if found["close"]:
        _close(name, reading)
        return
    attributes = dict(ATTRIBUTE.findall(found["attributes"]))
    if not set(attributes) <= ATTRIBUTES[name]:
        message = f"unsupported attribute in <{source}>"
        raise MarkupError(message)
    if name == "blockquote" and any(opened == "blockquote" for opened, _, _ in reading.open):
        message = "nested blockquote"
        raise MarkupError(message)
    reading.open.append((name, len(reading.text), attributes))


def _close(name: str, reading: Reading) -> None:
    if not reading.open or reading.open[-1][0] != name:
        message = f'unexpected end tag "{name}"'
        raise MarkupError(message)
    _, start, attributes = reading.open.pop()
    if len(reading.text) > start:
        entity: dict[str, object] = {"type": name, "text": reading.text[start:], **attributes}
        reading.entities.append(entity)
