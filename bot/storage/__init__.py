"""What outlives the process: the inbox, conversations, settings and lists, on SQLite or PostgreSQL."""
