"""How it reaches people in Telegram: handlers, keyboards, inline results, rendering. The only home of ``telegram``."""
