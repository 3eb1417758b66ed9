"""The Bot API's methods, as far as a bot that answers needs them."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from .markup import MarkupError, parse
from .state import BOT
from .webhooks import Deliverer

if TYPE_CHECKING:
    from collections.abc import Callable

    from .state import State

JSON = dict[str, Any]


class RefusalError(Exception):
    """The server says no: an HTTP status, a description and perhaps parameters."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        """Keep what is said."""
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


async def get_updates(state: State, params: JSON) -> list[JSON]:
    """Long polling; a second poller ends the first one's wait with 409, as Telegram does."""
    if state.webhook is not None:
        raise RefusalError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
    if state.poller is not None:
        state.poller.set()
    offset, limit = params.get("offset", 0), params.get("limit", 100)
    state.updates = [update for update in state.updates if update["update_id"] >= offset]
    if not state.updates and params.get("timeout", 0):
        await _wait(state, params["timeout"])
    return state.updates[:limit]


async def _wait(state: State, seconds: float) -> None:
    state.poller = ended = asyncio.Event()
    state.arrived.clear()
    waits = [asyncio.ensure_future(event.wait()) for event in (state.arrived, ended)]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if ended.is_set():
            raise RefusalError(409, "Conflict: terminated by other getUpdates request; only one may run")
    finally:
        if state.poller is ended:
            state.poller = None
        for wait in waits:
            wait.cancel()


def send_message(state: State, params: JSON) -> JSON:
    """Make the message that a client would show."""
    reply = params.get("reply_parameters") or {}
    if state.driver is not None:
        state.driver.on_answer(params["chat_id"])
    else:
        state.journal.append((params["chat_id"], reply.get("message_id", 0), time.time()))
    return state.message(params["chat_id"], _shown(params["text"], params), **_extras(params))


def edit_message_text(state: State, params: JSON) -> JSON:
    """Change a message of the bot's; an unchanged one is refused, as by Telegram."""
    message = state.messages.get((params.get("chat_id", 0), params.get("message_id", 0)))
    if message is None:
        raise RefusalError(400, "Bad Request: message to edit not found")
    new = {"text": _shown(params["text"], params), "reply_markup": None, **_extras(params)}
    if all(message.get(key) == value for key, value in new.items()):
        raise RefusalError(400, "Bad Request: message is not modified: specified new message content is the same")
    message.update({key: value for key, value in new.items() if value is not None})
    return message


def _shown(text: str, params: JSON) -> str:
    if params.get("parse_mode") != "HTML":
        return text
    try:
        shown = parse(text).text
    except MarkupError as error:
        raise RefusalError(400, f"Bad Request: can't parse entities: {error}") from None
    if not shown.strip():
        raise RefusalError(400, "Bad Request: message text is empty")
    return shown


def _extras(params: JSON) -> JSON:
    return {name: params[name] for name in ("reply_markup", "message_thread_id") if name in params}


def get_me(_state: State, _params: JSON) -> JSON:
    """Say who the bot is."""
    return {**BOT, "can_read_all_group_messages": False, "supports_inline_queries": True}


def get_chat_member(state: State, params: JSON) -> JSON:
    """Say what a user is in a chat: whoever was made one is its administrator."""
    user = {"id": params["user_id"], "is_bot": False, "first_name": "Someone"}
    if [params["chat_id"], params["user_id"]] not in state.masters:
        return {"status": "member", "user": user}
    rights = ("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
              "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories")  # fmt: skip
    return {"status": "administrator", "user": user, **dict.fromkeys(rights, False)}


def accept(_state: State, _params: JSON) -> bool:
    """Say yes."""
    return True


async def set_webhook(state: State, params: JSON) -> bool:
    """Post updates from now on, those that wait first."""
    await _change(state, Deliverer(params["url"], params.get("secret_token"), params.get("max_connections", 40)))
    return True


async def delete_webhook(state: State, _params: JSON) -> bool:
    """Post no more; what was not taken can be polled."""
    await _change(state, None)
    return True


async def _change(state: State, new: Deliverer | None) -> None:
    """Put one deliverer, or none, in another's place: in one step, or what is pushed meanwhile would belong to neither."""
    old, state.webhook = state.webhook, new
    waiting, state.updates = state.updates + (old.halt() if old is not None else []), []
    if new is None:
        state.updates = waiting
        if waiting:
            state.arrived.set()
    else:
        for update in waiting:
            new.put(update)
    if old is not None:
        await old.stop()


METHODS: dict[str, Callable[[State, JSON], Any]] = {
    "getme": get_me,
    "getchatmember": get_chat_member,
    "deletewebhook": delete_webhook,
    "setwebhook": set_webhook,
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    **dict.fromkeys(
        (
            "setmycommands",
            "deletemycommands",
            "setmydescription",
            "setmyshortdescription",
            "answercallbackquery",
            "answerinlinequery",
            "sendchataction",
        ),
        accept,
    ),
}
