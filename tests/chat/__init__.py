"""The Telegram side, tried against a Bot API server in its own process."""
