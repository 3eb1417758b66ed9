"""Who is answered: those admitted, as often as the limits allow. All others are told so, not too often, and told nothing else."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from bot.chat.flood import Pace
from bot.chat.intake import INLINE
from bot.chat.rendering import plain_page
from bot.chat.sending import say
from bot.chat.shelf import Bounded

if TYPE_CHECKING:
    from bot.chat.rules import Rules
    from bot.chat.service import Place, Service

STRANGER_SECONDS = 3600.0
NOTICE_SECONDS = 20.0
TYPED = 6  # inline queries that one question takes to type


class Limiter:
    """How often a person and a chat may ask, and how often they are told that it was too often."""

    def __init__(self, rules: Rules) -> None:
        """Begin with nobody."""
        self._rules, self._replicas = rules, 1
        self._paces: Bounded[int, Pace] = Bounded()
        self._told: Bounded[tuple[str, int, int], float] = Bounded()

    def share(self, replicas: int) -> None:
        """Leave the other replicas their part."""
        self._replicas = max(1, replicas)

    def wait(self, person: int, chat: int, now: float) -> int:
        """Give the seconds until the next question is taken, 0 when this one is; a private chat counts as its person.

        >>> from bot.chat.rules import Rules
        >>> limiter = Limiter(Rules(a_minute=(2, 60)))
        >>> [limiter.wait(7, -1, 100.0) for _ in range(3)], limiter.wait(8, -1, 100.0)
        ([0, 0, 30], 0)
        """
        wanted = {person: self._rules.a_minute[0], chat: self._rules.a_minute[1]} if person != chat else {person: self._rules.a_minute[0]}
        paces = [self._pace(number, most) for number, most in wanted.items() if most]
        before = [pace.due for pace in paces]
        seconds = max((pace.wait(now) for pace in paces), default=0.0)
        if seconds > 0:
            for pace, due in zip(paces, before, strict=True):
                pace.due = due
        return ceil(seconds)

    def wait_inline(self, person: int, now: float) -> int:
        """Give the seconds until a person's next inline query is taken; Telegram sends one at each pause of the typing, so several count as a question.

        >>> from bot.chat.rules import Rules
        >>> limiter = Limiter(Rules(a_minute=(1, 60)))
        >>> [limiter.wait_inline(7, 100.0) for _ in range(7)], limiter.wait(7, -1, 100.0)
        ([0, 0, 0, 0, 0, 0, 10], 0)
        """
        most = self._rules.a_minute[0] * TYPED
        pace = self._pace(person + INLINE, most)
        due = pace.due
        if most and (seconds := pace.wait(now)) > 0:
            pace.due = due
            return ceil(seconds)
        return 0

    def may_tell(self, what: str, person: int, chat: int, every: float, now: float) -> bool:
        """Tell whether it is time to tell someone something again."""
        last = self._told.get((what, person, chat))
        if last is not None and now - last < every:
            return False
        self._told.put((what, person, chat), now)
        return True

    def _pace(self, number: int, most: int) -> Pace:
        pace = self._paces.get(number) or Pace(0, 1)
        pace.rate, pace.burst = most / 60 / self._replicas, max(1, most // self._replicas)
        self._paces.put(number, pace)
        return pace


def known(service: Service, place: Place) -> bool:
    """Tell whether a person may ask here at all."""
    return service.standing.admits(place.person, place.target.chat_id)


def too_soon(service: Service, place: Place) -> int:
    """Give the seconds that a person has to wait here, 0 for none; taking a turn where there is none."""
    return service.limiter.wait(place.person, place.target.chat_id, service.clock().timestamp())


async def admitted(service: Service, place: Place) -> bool:
    """Tell whether a message is answered; else its sender is told why."""
    now, limiter, words = service.clock().timestamp(), service.limiter, service.words
    chat = place.target.chat_id
    if not known(service, place):
        if limiter.may_tell("stranger", 0, chat, STRANGER_SECONDS, now):
            await say(service.bot, place.target, plain_page(words.say("stranger", place.lang, chat=chat)))
        return False
    if seconds := too_soon(service, place):
        if limiter.may_tell("limit", place.person, chat, NOTICE_SECONDS, now):
            await say(service.bot, place.target, plain_page(words.say("slow_down", place.lang, n=seconds)))
        return False
    return True
