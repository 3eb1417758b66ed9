"""The tables. Migrations under ``migrations/versions`` make them; a test holds the two equal."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint, text

from bot.storage.types import Moment, Number, Serial

metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s", "ix": "ix_%(column_0_N_label)s"})
UNDONE = "state IN ('new', 'claimed')"

inbox = Table(
    "inbox",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),  # the order of arrival
    Column("update_id", Number, nullable=False, unique=True),
    Column("chat", Number, nullable=False),  # whose order is kept; 0 once done
    Column("payload", Text, nullable=False),  # the update's JSON as it came; empty once done
    Column("state", String(8), nullable=False),  # new, claimed, done, aside
    Column("tries", Integer, nullable=False),
    Column("owner", String(32)),  # the replica that claimed it
    Column("fault", String(200)),  # why it was set aside
    Column("arrived", Moment, nullable=False),
    Column("ended", Moment),
    Index("ix_inbox_undone", "chat", "seq", postgresql_where=text(UNDONE), sqlite_where=text(UNDONE)),
    Index("ix_inbox_waiting", "seq", postgresql_where=text(UNDONE), sqlite_where=text(UNDONE)),
    Index("ix_inbox_ended", "state", "ended"),
)
replicas = Table(
    "replicas",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("seen", Moment, nullable=False),  # a replica not seen for a lease is dead, and its claims are free
)
conversations = Table(
    "conversations",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("chat", Number, nullable=False),
    Column("person", Number, nullable=False),
    Column("value", Text, nullable=False),  # JSON
    Column("kept", Moment, nullable=False),
    Index("ix_conversations_kept", "kept"),
    Index("ix_conversations_person", "person"),
)
chats = Table(
    "chats",
    metadata,
    Column("chat", Number, primary_key=True, autoincrement=False),
    Column("language", String(8)),
    Column("in_private", Boolean, nullable=False),
    Column("superseded", Boolean, nullable=False),
)
reach = Table(
    "reach",
    metadata,
    Column("chat", Number, primary_key=True, autoincrement=False),
    Column("blocked", Boolean, nullable=False),
    Column("moved_to", Number),
    Column("since", Moment, nullable=False),
)
allowed = Table(
    "allowed",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),  # a chat or a user
    Column("by", Number, nullable=False),
    Column("since", Moment, nullable=False),
)
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("chat", Number, primary_key=True, autoincrement=False),
    Column("thread", Number, primary_key=True, autoincrement=False),
    Column("language", String(8)),
    Column("since", Moment, nullable=False),
)
digests = Table(
    "digests",
    metadata,
    Column("release", String(100), primary_key=True),
    Column("chat", Number, primary_key=True, autoincrement=False),
    Column("thread", Number, primary_key=True, autoincrement=False),
    Column("taken", Moment, nullable=False),
    Column("sent", Moment),
)
feedback = Table(
    "feedback",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("chat", Number, nullable=False),
    Column("person", Number, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("topic", String(100)),
    Column("words", Text),
    Column("at", Moment, nullable=False),
    Index("ix_feedback_at", "at"),
)
unanswered = Table(
    "unanswered",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("folded", String(400), nullable=False),  # what makes two questions the same
    Column("person", Number, nullable=False),
    Column("question", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("state", String(8), nullable=False),  # open, answered, ignored
    Column("topic", String(100)),  # the topic it was assigned to
    Column("times", Integer, nullable=False),
    Column("first", Moment, nullable=False),
    Column("last", Moment, nullable=False),
    UniqueConstraint("folded", "person"),
    Index("ix_unanswered_state", "state", "last"),
)
counters = Table(
    "counters",
    metadata,
    Column("day", String(10), primary_key=True),  # 2025-02-20
    Column("name", String(100), primary_key=True),
    Column("value", Number, nullable=False),
)
given = Table(
    "given",
    metadata,
    Column("chat", Number, primary_key=True, autoincrement=False),
    Column("figure", String(200), primary_key=True),
    Column("release", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    Column("told", Moment),  # when the chat was told that a newer release supersedes it
    Index("ix_given_figure", "figure"),
)
