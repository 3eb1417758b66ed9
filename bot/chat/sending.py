"""Sending under Telegram's rules: waits obeyed, network faults retried, refusals that are no errors taken as such."""

from __future__ import annotations

import asyncio
import logging
import random
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, Union

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot, InlineKeyboardMarkup

    from bot.chat.rendering import Page

Result = TypeVar("Result")
Markup = Union["InlineKeyboardMarkup", str, None]  # as an object, or as the JSON it is on the wire, made before

log = logging.getLogger(__name__)

TRIES = 5
LONGEST_PAUSE = 60.0
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NO_PREVIEW = NO_PREVIEW.to_json()  # the library looks at every part of what is no text yet
NOT_MODIFIED = "message is not modified"
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: a chat, perhaps one of its topics, perhaps in reply to a message."""

    chat_id: int
    thread: int | None = None
    reply_to: int | None = None


def pause(tries: int) -> float:
    """Give the seconds to wait after so many failures: doubling from one to sixty, the last half of it random."""
    longest = min(2.0 ** min(tries, 10), LONGEST_PAUSE)
    return longest / 2 + random.uniform(0, longest / 2)  # noqa: S311  (spreads retries; nothing secret)


async def patiently(call: Callable[[], Awaitable[Result]]) -> Result:
    """Call Telegram: wait as long as it says, retry a faulty network with growing pauses, give up after five tries."""
    for tries in range(TRIES - 1):
        try:
            return await call()
        except RetryAfter as error:
            wait = seconds_of(error)
            log.info("Telegram asks to wait %s s", wait)
        except BadRequest:  # a kind of NetworkError, but no retry helps
            raise
        except NetworkError as error:
            wait = pause(tries)
            log.warning("Telegram could not be reached (%s); again in %.1f s", error, wait)
        await asyncio.sleep(wait)
    return await call()


def seconds_of(error: RetryAfter) -> float:
    """Give the wait in seconds, however the library expresses it."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def say(bot: Bot, target: Target, page: Page, markup: Markup = None) -> int | None:
    """Send the page; give the message's id, or None where the bot may not write.

    A group that became a supergroup is followed; HTML that Telegram refuses goes out as plain text, buttons that it
    refuses are left out, and both are logged.
    """
    try:
        return await _send_somehow(bot, target, page, markup)
    except ChatMigrated as error:
        return await say(bot, Target(error.new_chat_id), page, markup)
    except Forbidden as error:
        log.info("may not write to chat %s: %s", target.chat_id, error)
        return None


async def _send_somehow(bot: Bot, target: Target, page: Page, markup: Markup) -> int:
    for text, mode in ((page.html, ParseMode.HTML), (page.plain, None)):
        try:
            return await _send(bot, target, text, mode, markup)
        except BadRequest as error:
            log.error("Telegram refused a message to chat %s, tried in a plainer form: %s", target.chat_id, error)  # noqa: TRY400  (the trace holds the text)
    return await _send(bot, replace(target, thread=None), page.plain, None, None)


async def rewrite(bot: Bot, chat_id: int, message_id: int, page: Page, markup: InlineKeyboardMarkup | None) -> bool:
    """Edit a message of ours to the page; give False when it is there no longer."""
    edit = partial(bot.edit_message_text, reply_markup=markup, link_preview_options=NO_PREVIEW)
    for text, mode in ((page.html, ParseMode.HTML), (page.plain, None)):
        try:
            await patiently(partial(edit, text, chat_id, message_id, parse_mode=mode))
        except Forbidden as error:
            log.info("may not write to chat %s: %s", chat_id, error)
        except BadRequest as error:
            reason = str(error).lower()
            if NOT_MODIFIED in reason:
                return True
            if any(gone in reason for gone in GONE):
                return False
            log.error("Telegram refused an edit in chat %s: %s", chat_id, error)  # noqa: TRY400  (the trace holds the text)
            continue
        return True
    return False


async def _send(bot: Bot, target: Target, text: str, mode: str | None, markup: Markup) -> int:
    """Send by the library's own post: of the message that comes back only its id is wanted, and reading it all takes time."""
    message: dict[str, Any] = {"chat_id": target.chat_id, "text": text, "link_preview_options": _NO_PREVIEW}
    if mode is not None:
        message["parse_mode"] = mode
    if target.thread is not None:
        message["message_thread_id"] = target.thread
    if target.reply_to is not None:
        message["reply_parameters"] = {"message_id": target.reply_to, "allow_sending_without_reply": True}
    if markup is not None:
        message["reply_markup"] = markup if isinstance(markup, str) else markup.to_json()
    sent = await patiently(lambda: bot._post("sendMessage", dict(message)))  # noqa: SLF001 - its public form reads the whole message
    return int(sent["message_id"])
