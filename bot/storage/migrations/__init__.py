"""Alembic's migrations, packaged with the bot and run when it starts."""
