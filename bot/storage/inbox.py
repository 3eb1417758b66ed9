"""The inbox: every update is written here before Telegram is told that it arrived, and leaves only when answered.

An update is ``new``, then ``claimed`` by a replica, then ``done``, or ``aside`` when it cannot be answered. Only the
oldest undone update of a chat can be claimed, so a chat's order is kept whoever answers. A claim holds as long as its
replica is seen: one that was not for a lease is dead, and what it claimed is free.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, literal, select, text, update

from bot.storage.conversations import get_all, put_all
from bot.storage.schema import UNDONE, inbox, replicas
from bot.storage.statements import insert_new

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.storage.conversations import Kept
    from bot.storage.database import Database

LEASE = 15.0
FREE = """i.state = 'new' OR (i.owner <> :me AND NOT EXISTS (
    SELECT 1 FROM replicas r WHERE r.id = i.owner AND r.seen > clock_timestamp() - make_interval(secs => :lease)))"""
HEADS = f"""SELECT i.seq FROM inbox i WHERE i.{UNDONE} AND ({{free}}) AND NOT EXISTS (
    SELECT 1 FROM inbox e WHERE e.chat = i.chat AND e.seq < i.seq AND e.{UNDONE})
    ORDER BY i.seq LIMIT :room"""  # noqa: S608 - made of constants
TAKE = "UPDATE inbox SET state = 'claimed', owner = :me, tries = tries + 1"
GIVEN = "RETURNING inbox.seq, inbox.update_id, inbox.chat, inbox.payload, inbox.tries"
CLAIM_SHARED = text(f"WITH heads AS ({HEADS.format(free=FREE)} FOR UPDATE OF i SKIP LOCKED) {TAKE} FROM heads WHERE inbox.seq = heads.seq {GIVEN}")
NEW = HEADS.format(free="i.state = 'new'")
CLAIM_ALONE = text(f"{TAKE} WHERE seq IN ({NEW}) {GIVEN}")

MINE = (inbox.c.seq.in_(bindparam("seqs", expanding=True)), inbox.c.owner == bindparam("me"))
DONE = update(inbox).where(*MINE).values(state="done", payload="", chat=0, owner=None, ended=bindparam("now")).returning(inbox.c.seq)
FREED = update(inbox).where(*MINE).values(state="new", owner=None, tries=inbox.c.tries - 1)
UNKNOWN = (
    update(inbox)
    .where(inbox.c.owner == bindparam("me"), inbox.c.state == "claimed", inbox.c.seq.not_in(bindparam("known", expanding=True)))
    .values(state="new", owner=None, tries=inbox.c.tries - 1)
)
ASIDE = (
    update(inbox)
    .where(inbox.c.seq == bindparam("which"), inbox.c.owner == bindparam("me"))
    .values(state="aside", owner=None, fault=bindparam("why"), ended=bindparam("now"))
    .returning(inbox.c.seq)
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came: its id, the chat whose order it belongs to, its JSON."""

    update_id: int
    chat: int
    payload: str


@dataclass(frozen=True, slots=True)
class Claim:
    """An update that is ours to answer; ``tries`` counts this claim too."""

    seq: int
    update_id: int
    chat: int
    payload: str
    tries: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a claim: done, set aside for ``fault``, or given back; and what is to be kept with it."""

    seq: int
    fault: str | None = None
    given_back: bool = False
    kept: tuple[Kept, ...] = ()


@dataclass(slots=True)
class Turn:
    """What one transaction is to do: arrivals written, outcomes marked, at most ``room`` updates claimed.

    ``known``, after a turn that failed: the claims we know of. It may have been committed for all that, and only word of
    it been lost; what it claimed is nobody's, then, and free again.
    """

    arrivals: list[Arrival] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    room: int = 0
    wanted: Callable[[int], str | None] = lambda _chat: None  # the key to recall with a claim, by its chat
    known: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a turn brought: new claims, how many outcomes came after the lease was lost, and what is kept under the keys wanted."""

    claims: list[Claim]
    late: int
    recalled: dict[str, tuple[str, datetime] | None] = field(default_factory=dict)


class Inbox:
    """The inbox as one replica sees it."""

    def __init__(self, database: Database, me: str, lease: float = LEASE) -> None:
        """Work on ``database`` as the replica ``me``, seen at least three times a lease."""
        self._database, self._me, self._lease = database, me, lease
        self._beat = self._seen = -inf  # when we last wrote that we are here, and since when that is committed

    @property
    def idle_seconds(self) -> float:
        """How long to rest at most between two turns: others' claims may have come free, and we must be seen."""
        return min(1.0, self._lease / 4) if self._database.shared else 5.0

    async def start(self, now: datetime) -> None:
        """Be seen; on a database that is ours alone, free what an earlier process left claimed."""
        await self._database.write(partial(self._start, now))
        self._seen = self._beat

    def _start(self, now: datetime, connection: Connection) -> None:
        if not self._database.shared:
            connection.execute(update(inbox).where(inbox.c.state == "claimed").values(state="new", owner=None))
        self._be_seen(connection, now)

    async def turn(self, turn: Turn, now: datetime) -> Taken:
        """Do a turn in one transaction."""
        taken = await self._database.write(partial(self._turn, turn, now))
        self._seen = self._beat
        return taken

    def alive(self) -> bool:
        """Whether our claims are certainly still ours: we were seen within three quarters of a lease."""
        return not self._database.shared or monotonic() - self._seen < 0.75 * self._lease

    def _turn(self, turn: Turn, now: datetime, connection: Connection) -> Taken:
        self._be_seen(connection, now)
        if turn.arrivals:
            self._write(connection, turn.arrivals, now)
        late = self._mark(connection, turn.outcomes, now) if turn.outcomes else 0
        if turn.known is not None:
            connection.execute(UNKNOWN, {"me": self._me, "known": sorted(turn.known)})
        claims = self._claim(connection, turn.room) if turn.room > 0 else []
        keys = [key for claim in claims if (key := turn.wanted(claim.chat)) is not None]
        found = get_all(connection, keys) if keys else {}
        return Taken(claims, late, {key: found.get(key) for key in keys})

    async def stop(self) -> None:
        """Be gone: what is still claimed is free at once."""
        async with self._database.writing() as connection:
            await connection.execute(replicas.delete().where(replicas.c.id == self._me))

    async def replicas(self) -> int:
        """Count the replicas that are alive, this one among them."""
        if not self._database.shared:
            return 1
        seen = replicas.c.seen > func.clock_timestamp() - literal(timedelta(seconds=self._lease))
        async with self._database.reading() as connection:
            return max(1, int(await connection.scalar(select(func.count()).where(seen)) or 0))

    def _be_seen(self, connection: Connection, now: datetime) -> None:
        if monotonic() - self._seen < self._lease / 4:
            return
        self._beat = monotonic()
        connection.execute(replicas.delete().where(replicas.c.id == self._me))
        seen = func.clock_timestamp() if self._database.shared else literal(now, replicas.c.seen.type)
        connection.execute(replicas.insert().values(id=self._me, seen=seen))

    def _write(self, connection: Connection, arrivals: Sequence[Arrival], now: datetime) -> None:
        """In the order of their ids: two replicas that were sent the same updates never wait for each other."""
        rows = [
            {
                "update_id": a.update_id,
                "chat": a.chat,
                "payload": a.payload,
                "state": "new",
                "tries": 0,
                "owner": None,
                "fault": None,
                "arrived": now,
                "ended": None,
            }
            for a in sorted(arrivals, key=lambda arrival: arrival.update_id)
        ]
        connection.execute(insert_new(connection, inbox), rows)

    def _mark(self, connection: Connection, outcomes: Sequence[Outcome], now: datetime) -> int:
        done = [o.seq for o in outcomes if o.fault is None and not o.given_back]
        freed = [o.seq for o in outcomes if o.given_back]
        marked: set[int] = set()
        if done:
            marked.update(connection.execute(DONE, {"seqs": done, "me": self._me, "now": now}).scalars())
        late = len(done) - len(marked)
        if freed:
            late += len(freed) - connection.execute(FREED, {"seqs": freed, "me": self._me}).rowcount
        for outcome in outcomes:
            if outcome.fault is not None:
                values = {"which": outcome.seq, "me": self._me, "why": outcome.fault[:200], "now": now}
                found = connection.execute(ASIDE, values).scalars().all()
                marked.update(found)
                late += not found
        # whoever took over what was ours knows better what came of it
        put_all(connection, [kept for outcome in outcomes if outcome.seq in marked for kept in outcome.kept])
        return late

    def _claim(self, connection: Connection, room: int) -> list[Claim]:
        if self._database.shared:
            rows = connection.execute(CLAIM_SHARED, {"me": self._me, "lease": self._lease, "room": room})
        else:
            rows = connection.execute(CLAIM_ALONE, {"me": self._me, "room": room})
        claims = [Claim(row.seq, row.update_id, row.chat, row.payload, row.tries) for row in rows]
        return sorted(claims, key=lambda claim: claim.seq)
