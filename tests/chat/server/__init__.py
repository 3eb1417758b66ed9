"""A Bot API server on 127.0.0.1 that checks what it is sent."""
