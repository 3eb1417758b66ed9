"""Footnote: answers questions over official releases; every figure carries its source."""
