"""Every table of the first version.

Revision ID: 0001
Revises: nothing
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger()
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make them."""
    _allowed()
    _chats()
    _conversations()
    _counters()
    _digests()
    _feedback()
    _given()
    _inbox()
    _reach()
    _replicas()
    _subscriptions()
    _unanswered()


def downgrade() -> None:
    """Drop them."""
    for table in (
        "allowed",
        "chats",
        "conversations",
        "counters",
        "digests",
        "feedback",
        "given",
        "inbox",
        "reach",
        "replicas",
        "subscriptions",
        "unanswered",
    ):
        op.drop_table(table)


def _allowed() -> None:
    op.create_table(
        "allowed",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("by", NUMBER, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowed")),
    )


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("chat", NUMBER, autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("in_private", sa.Boolean(), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("chat", name=op.f("pk_chats")),
    )


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("chat", NUMBER, nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("kept", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_conversations")),
    )
    op.create_index("ix_conversations_kept", "conversations", ["kept"], unique=False)
    op.create_index("ix_conversations_person", "conversations", ["person"], unique=False)


def _counters() -> None:
    op.create_table(
        "counters",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("value", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("day", "name", name=op.f("pk_counters")),
    )


def _digests() -> None:
    op.create_table(
        "digests",
        sa.Column("release", sa.String(length=100), nullable=False),
        sa.Column("chat", NUMBER, autoincrement=False, nullable=False),
        sa.Column("thread", NUMBER, autoincrement=False, nullable=False),
        sa.Column("taken", MOMENT, nullable=False),
        sa.Column("sent", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("release", "chat", "thread", name=op.f("pk_digests")),
    )


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("chat", NUMBER, nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index("ix_feedback_at", "feedback", ["at"], unique=False)


def _given() -> None:
    op.create_table(
        "given",
        sa.Column("chat", NUMBER, autoincrement=False, nullable=False),
        sa.Column("figure", sa.String(length=200), nullable=False),
        sa.Column("release", sa.String(length=100), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("told", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("chat", "figure", name=op.f("pk_given")),
    )
    op.create_index("ix_given_figure", "given", ["figure"], unique=False)


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("seq", SERIAL, autoincrement=True, nullable=False),
        sa.Column("update_id", NUMBER, nullable=False),
        sa.Column("chat", NUMBER, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=True),
        sa.Column("fault", sa.String(length=200), nullable=True),
        sa.Column("arrived", MOMENT, nullable=False),
        sa.Column("ended", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_inbox")),
        sa.UniqueConstraint("update_id", name=op.f("uq_inbox_update_id")),
    )
    op.create_index("ix_inbox_ended", "inbox", ["state", "ended"], unique=False)
    op.create_index(
        "ix_inbox_undone",
        "inbox",
        ["chat", "seq"],
        unique=False,
        postgresql_where=sa.text("state IN ('new', 'claimed')"),
        sqlite_where=sa.text("state IN ('new', 'claimed')"),
    )
    op.create_index(
        "ix_inbox_waiting",
        "inbox",
        ["seq"],
        unique=False,
        postgresql_where=sa.text("state IN ('new', 'claimed')"),
        sqlite_where=sa.text("state IN ('new', 'claimed')"),
    )


def _reach() -> None:
    op.create_table(
        "reach",
        sa.Column("chat", NUMBER, autoincrement=False, nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("moved_to", NUMBER, nullable=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat", name=op.f("pk_reach")),
    )


def _replicas() -> None:
    op.create_table(
        "replicas",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replicas")),
    )


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("chat", NUMBER, autoincrement=False, nullable=False),
        sa.Column("thread", NUMBER, autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat", "thread", name=op.f("pk_subscriptions")),
    )


def _unanswered() -> None:
    op.create_table(
        "unanswered",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("folded", sa.String(length=400), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first", MOMENT, nullable=False),
        sa.Column("last", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered")),
        sa.UniqueConstraint("folded", "person", name=op.f("uq_unanswered_folded_person")),
    )
    op.create_index("ix_unanswered_state", "unanswered", ["state", "last"], unique=False)
