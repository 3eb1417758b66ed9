"""Chat moves and commands: hello, thanks, help, browsing by topic, and a near command for a mistyped one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.answers.model import Answer, AnswerKind
from bot.answers.refusals import offers
from bot.questions.model import CLAUSE_END
from bot.text.cleaning import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.words import Words
    from bot.questions.content import Book
    from bot.questions.context import Context

CLOSE = 84
CLOSE_ZH = 66
CLOSE_COMMAND = 70
SHORT, MOST_CLAUSES, SURE = 80, 4, 86.0
GENERAL = ("start", "help", "facts", "source", "ask", "check")


@dataclass(frozen=True, slots=True)
class Command:
    """A command as a menu shows it."""

    name: str
    description: str


def commands(book: Book, words: Words) -> tuple[Command, ...]:
    """Give every command: the general ones, then the topics'."""
    general = [Command(name, words.say(f"command_{name}")) for name in GENERAL]
    topics = [Command(t.command, t.label.of(words.lang)) for t in book.topics.values() if t.command]
    return (*general, *topics)


def find_move(book: Book, text: str, least: float = 0.0) -> str | None:
    """Give the chat move that a whole message makes, or None; small slips and punctuation are absorbed."""
    said = bare(text)
    if not said:
        return "empty"
    best, best_score = None, 0.0
    for lang, floor in (("en", CLOSE), ("zh", CLOSE_ZH)):
        phrases = book.said_to_move[lang]
        found = process.extractOne(said, phrases.keys(), scorer=fuzz.ratio, score_cutoff=max(floor, least, best_score))
        if found and found[1] > best_score:
            best, best_score = phrases[found[0]], found[1]
    return best or _moves(book, text)


def _moves(book: Book, text: str) -> str | None:
    """Give the first of the moves that a short message makes, where each of its clauses makes one ("cheers, that's all")."""
    clauses = [clause for clause in CLAUSE_END.split(text) if bare(clause)] if len(text) <= SHORT else []
    moves = [find_move(book, clause, SURE) for clause in clauses] if 1 < len(clauses) <= MOST_CLAUSES else []
    return moves[0] if moves and all(moves) else None


def chat(book: Book, words: Words, context: Context, move: str) -> Answer:
    """Answer a chat move; the dialogue's topic stays."""
    lines = topic_lines(book, words) if move in ("help", "topics", "start") else ()
    beside = tuple(book.topics) if move == "topics" else ()
    suggestions = offers(book, words, beside) if move in ("help", "topics", "start", "hello", "empty") else ()
    return Answer(
        AnswerKind.CHAT,
        words.lang,
        words.say(move),
        replace(context, lang=words.lang),
        lines=lines,
        suggestions=suggestions,
    )


def topic_lines(book: Book, words: Words) -> tuple[str, ...]:
    """List the topics with their commands."""
    return tuple(
        words.say("topic_line" if topic.command else "topic_bare", command=topic.command, label=topic.label.of(words.lang))
        for topic in book.topics.values()
    )


def unknown_command(book: Book, words: Words, context: Context, name: str) -> Answer:
    """Answer a command nobody gave: the near one, where there is one."""
    known: Iterable[str] = [c.name for c in commands(book, words)]
    near = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=CLOSE_COMMAND)
    lines = (words.say("near_command", command=near[0]),) if near else (words.say("ask_near"),)
    return Answer(
        AnswerKind.CHAT,
        words.lang,
        words.say("unknown_command"),
        replace(context, lang=words.lang),
        lines=lines,
        suggestions=offers(book, words, ()),
    )
