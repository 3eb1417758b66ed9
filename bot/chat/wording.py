"""What the Telegram side says by itself: gettext catalogues under ``intents/chat``, one a language, read with Babel.

A catalogue is content: any translation tool opens it, and Babel, which writes our numbers and dates already, reads it
as it stands, with each language's plural forms; nothing is compiled and nothing is imported for it that was not there.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import Translations

from bot.errors import ContentError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message

FOLDER = "chat"
LANGUAGES = ("en", "zh")
LONGEST, DESCRIPTION = 4096, 256
NOTICES = ("stale", "stranger_short", "slow_down", "thanks_up", "thanks_down", "published", "group_admins_only", "ignored", "reopened", "retried")
BUTTONS = ("source", "private", "stranger_short", "copy", "other_language", "publish", "open_private", "forget_button", "ignore", "reopen", "next", "previous")
MANY = "_many"  # ends the name of the form for several
LIMITS = {"about": 512, "short_about": 120, **dict.fromkeys(NOTICES, 200), **dict.fromkeys(BUTTONS, 64)}  # the Bot API's, in characters


@dataclass(frozen=True)
class Wording:
    """Everything said, by name and language."""

    spoken: dict[str, Translations]

    def say(self, name: str, lang: str, **slots: object) -> str:
        """Say something in ``lang`` ("zh", else English) with its slots filled; ``n`` picks the plural form."""
        catalogue = self.spoken.get(lang) or self.spoken[LANGUAGES[0]]
        number = slots.get("n")
        text = catalogue.ngettext(name, name + MANY, number) if isinstance(number, int) else catalogue.gettext(name)
        if text in (name, name + MANY):
            text = catalogue.gettext(name)
        return text.format(**slots)


def read_wording(intents: Path) -> Wording:
    """Read and check the catalogues; ``ContentError`` tells every fault at once."""
    faults: list[Fault] = []
    found: dict[str, Catalog] = {}
    for lang in LANGUAGES:
        try:
            with (intents / FOLDER / f"{lang}.po").open("rb") as file:
                found[lang] = read_po(file, locale=lang, abort_invalid=True)
        except (OSError, ValueError, PoFileError) as error:
            faults.append(_fault(lang, "", " ".join(str(error).split()), "restore the file as a UTF-8 gettext catalogue"))
    if not faults:
        faults = [*_differences(found), *(fault for lang, catalogue in found.items() for fault in _own_faults(lang, catalogue))]
    if faults:
        raise ContentError(faults)
    return Wording({lang: _spoken(catalogue) for lang, catalogue in found.items()})


def _spoken(catalogue: Catalog) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def _messages(catalogue: Catalog) -> dict[str, Message]:
    return {_name(message): message for message in catalogue if _name(message)}


def _name(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _differences(found: dict[str, Catalog]) -> Iterator[Fault]:
    """Tell what is said in one language only, and slots that one language has and another has not."""
    first, messages = LANGUAGES[0], {lang: _messages(catalogue) for lang, catalogue in found.items()}
    for name in sorted({name for each in messages.values() for name in each}):
        for lang in LANGUAGES:
            if name not in messages[lang]:
                yield _fault(lang, name, "is missing", "say it in this language, too")
        if all(name in each for each in messages.values()):
            wanted = _slots(messages[first][name])
            yield from (
                _fault(lang, name, "its slots are not those of en.po", f"use these: {' '.join(sorted(map(str, wanted))) or 'none'}")
                for lang in LANGUAGES[1:]
                if _slots(messages[lang][name]) != wanted
            )


def _own_faults(lang: str, catalogue: Catalog) -> Iterator[Fault]:
    for name, message in _messages(catalogue).items():
        if message.fuzzy or not all(text.strip() for text in _texts(message)):
            yield _fault(lang, name, "is empty or marked as fuzzy", "translate it")
        if None in _slots(message):
            yield _fault(lang, name, "its braces do not close", "write slots as {name}")
        if max(map(len, _texts(message)), default=0) > (most := LIMITS.get(name, DESCRIPTION if name.startswith("command_") else LONGEST)):
            yield _fault(lang, name, "longer than Telegram takes", f"at most {most} characters")


def _slots(message: Message) -> set[str | None]:
    """Give the slots of every plural form but the number, which a form may leave out."""
    try:
        return {slot for text in _texts(message) for _, slot, _, _ in string.Formatter().parse(text) if slot is not None and slot != "n"}
    except ValueError:
        return {None}


def _fault(lang: str, key: str, problem: str, remedy: str) -> Fault:
    return Fault(f"intents/{FOLDER}/{lang}.po", key, problem, remedy)
