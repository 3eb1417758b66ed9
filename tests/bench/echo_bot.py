"""The stock echo bot, as python-telegram-bot's documentation has it: ``echo_bot.py URL TOKEN [PORT]`` polls, or listens."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from telegram.ext import Application, ContextTypes, MessageHandler, filters

if TYPE_CHECKING:
    from telegram import Update


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Send the text back."""
    del context
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Run until killed."""
    url, token, *port = sys.argv[1:]
    application = Application.builder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    if port:
        hook = f"http://127.0.0.1:{port[0]}/hook"
        application.run_webhook(listen="127.0.0.1", port=int(port[0]), url_path="hook", webhook_url=hook, secret_token="x" * 16, max_connections=100)
    else:
        application.run_polling()


if __name__ == "__main__":
    main()
