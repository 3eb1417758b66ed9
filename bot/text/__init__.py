"""How words and numbers are read, by anyone: one reader serves releases and questions alike."""
