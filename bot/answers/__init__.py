"""What we say back: facts selected, derivations worked out, words written in English or Chinese."""
