"""Kills under load: what is lost, what is answered twice, and in which order."""
