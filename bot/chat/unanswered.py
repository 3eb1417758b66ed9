"""The admins' inbox of questions that were not understood: one at a time, with a button for each topic."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.keyboards import MOST_BUTTONS, label_of, rows
from bot.chat.own import Card
from bot.chat.phrases import add_phrase
from bot.storage.unanswered import State

if TYPE_CHECKING:
    from bot.chat.acts import Tap
    from bot.chat.service import Place, Service

LONGEST = 1500  # characters shown of a question
BESIDE = 8  # buttons that are no topics


async def unanswered_card(service: Service, place: Place, rest: str) -> Card:
    """Show the first question that is open, or of the state that is named."""
    return await _entry(service, place, State(rest) if rest in set(State) else State.OPEN, 0)


async def on_unanswered(service: Service, place: Place, tap: Tap) -> tuple[str | None, Card | None]:
    """Do what a button of a card says; give the notice and the card that takes its place.

    ``v:STATE:SKIP`` views, ``a:ID:TOPIC`` assigns to a topic, ``i:ID`` ignores, ``o:ID`` opens again.
    """
    act, *rest = tap.rest.split(":")
    if act == "v" and len(rest) == 2 and rest[0] in set(State) and rest[1].isdecimal():  # noqa: PLR2004 - a state and a number
        return None, await _entry(service, place, State(rest[0]), int(rest[1]))
    number = int(rest[0]) if rest and rest[0].isdecimal() and len(rest[0]) < 19 else -1  # noqa: PLR2004 - what a database takes
    entry = await service.storage.unanswered.get(number)
    if entry is None or act not in ("a", "i", "o"):
        return service.words.say("stale", place.lang), None
    notice = service.words.say("ignored" if act == "i" else "reopened", place.lang)
    state, topic = (State.IGNORED, None) if act == "i" else (State.OPEN, None)
    if act == "a":
        labels = {short(name): (name, label) for name, label in service.desk.topics(place.lang)}
        found = labels.get(rest[1] if len(rest) > 1 else "")
        if found is None:
            return service.words.say("stale", place.lang), None
        topic, label = found
        add_phrase(service.rules.phrases, topic, entry.language, entry.question)
        state, notice = State.ANSWERED, service.words.say("assigned", place.lang, topic=label)
    await service.storage.unanswered.settle(number, state, topic)
    return notice[:200], await _entry(service, place, State.OPEN if act != "o" else entry.state, 0)


def short(topic: str) -> str:
    """Name a topic in few bytes, whatever its name is.

    >>> len(short("settlement")), short("settlement") == short("settlement")
    (12, True)
    """
    return hashlib.sha256(topic.encode()).hexdigest()[:12]


async def _entry(service: Service, place: Place, state: State, skip: int) -> Card:
    say, lang, kept = service.words.say, place.lang, service.storage.unanswered
    counts = await kept.counts()
    total = counts.get(state, 0)
    skip = max(0, min(skip, total - 1))
    entries = await kept.list(state, 1, skip)
    others = [InlineKeyboardButton(f"{say(f'state_{s}', lang)} · {counts.get(s, 0)}", callback_data=f"u:v:{s.value}:0") for s in State if s is not state]
    if not entries:
        return Card(say("unanswered_none", lang), InlineKeyboardMarkup([others]))
    entry = entries[0]
    text = say("unanswered_entry", lang, n=entry.times, place=skip + 1, total=total, state=say(f"state_{state}", lang), question=entry.question[:LONGEST])
    labels = dict(service.desk.topics(lang))
    if entry.topic:
        text += "\n" + say("assigned", lang, topic=labels.get(entry.topic, entry.topic))
    steps = [(say("previous", lang), skip - 1)] * (skip > 0) + [(say("next", lang), skip + 1)] * (skip + 1 < total)
    moves = [InlineKeyboardButton(label, callback_data=f"u:v:{state.value}:{to}") for label, to in steps]
    ends = [(say("ignore", lang), f"u:i:{entry.id}")] if state is State.OPEN else [(say("reopen", lang), f"u:o:{entry.id}")]
    buttons = [InlineKeyboardButton(label, callback_data=data) for label, data in ends] + moves
    near = sorted(labels.items(), key=lambda item: -fuzz.partial_token_set_ratio(entry.question.casefold(), item[1].casefold()))
    topics = [InlineKeyboardButton(label_of(label), callback_data=f"u:a:{entry.id}:{short(name)}") for name, label in near[: MOST_BUTTONS - BESIDE]]
    hint = "\n\n" + say("unanswered_hint", lang, file=service.rules.phrases.name) if state is State.OPEN else ""
    shown = rows(topics) if state is State.OPEN else []
    return Card(text + hint, InlineKeyboardMarkup([*shown, buttons, others]))
