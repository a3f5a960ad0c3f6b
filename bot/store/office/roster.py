"""The roster in SQLite: whose shift is when at which desk, and how it changes hands."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final, assert_never

from bot.store import NotAllowed, facts
from bot.store.office import presence, queue
from bot.store.office.calling import call, call_off
from bot.store.office.people import allowed, member_of
from bot.store.office.shifts import members, shift, shifts, team
from bot.store.transaction import moment
from flows.events import Called
from flows.office.people import EVERYWHERE, Member, may
from flows.office.roster import (
    CheckIn,
    CheckOut,
    Deed,
    Offer,
    Plan,
    Planned,
    Presence,
    Remove,
    Rename,
    Shift,
    Sick,
    Take,
)
from flows.turn import VIETNAM

EVENING: Final = time(18)
"""When a volunteer is reminded of the next day's shift."""


class Reading:
    """A Roster, as one person sees it."""

    def __init__(self, db: sqlite3.Connection, person: str | None, now: datetime) -> None:
        self._db = db
        self._person = person
        self._now = now

    def on_duty(self, desk: str) -> tuple[Member, ...]:
        """As Roster.on_duty."""
        return tuple(members(self._db, presence.at_desk(self._db, desk, self._now)))

    def my_desk(self) -> str:
        """As Roster.my_desk."""
        here = self.presence()
        return "" if here is None else here.desk

    def presence(self) -> Presence | None:
        """As Roster.presence."""
        me = self._me()
        open = None if me is None else presence.of(self._db, me.id, self._now)
        if open is None:
            return None
        return Presence(open.desk, open.came, open.until, None if open.shift is None else self.shift(open.shift))

    def due(self, desk: str) -> Shift | None:
        """As Roster.due."""
        me = self._me()
        found = None if me is None else presence.shift_for(self._db, me.id, desk, self._now)
        return None if found is None else self.shift(found[0])

    def team(self, desk: str) -> tuple[Member, ...]:
        """As Roster.team."""
        return team(self._db, desk)

    def mine(self) -> tuple[Shift, ...]:
        """As Roster.mine."""
        me = self._me()
        if me is None:
            return ()
        return shifts(self._db, "where member = ? and ends > ?", me.id, moment(self._now))

    def open(self) -> tuple[Shift, ...]:
        """As Roster.open."""
        me = self._me()
        wanted = shifts(self._db, "where (member is null or offered) and ends > ?", moment(self._now))
        return tuple(one for one in wanted if one.member != me and may(me, "help", one.desk))

    def planned(self, desk: str, begins: datetime, ends: datetime) -> tuple[Shift, ...]:
        """As Roster.planned."""
        return shifts(self._db, "where desk = ? and begins >= ? and begins < ?", desk, moment(begins), moment(ends))

    def clashing(self, member: str, begins: datetime, ends: datetime) -> tuple[Shift, ...]:
        """As Roster.clashing."""
        return shifts(self._db, "where member = ? and begins < ? and ends > ?", member, moment(ends), moment(begins))

    def desks(self) -> tuple[str, ...]:
        """As Roster.desks."""
        rows = self._db.execute("select distinct desk from shifts where ends > ? order by desk", (moment(self._now),))
        return tuple(desk for (desk,) in rows)

    def shift(self, id: str) -> Shift | None:
        """As Roster.shift."""
        return shift(self._db, id)

    def _me(self) -> Member | None:
        return None if self._person is None else member_of(self._db, self._person)


def do(db: sqlite3.Connection, person: str, now: datetime, deed: Deed) -> None:
    """Do a deed of this part of the office, in a transaction that is open."""
    match deed:
        case CheckIn(desk, until):
            me = allowed(db, person, "help", desk)
            presence.come(db, me.id, desk, now, until)
            queue.came(db, me.id, desk, now)
        case CheckOut(unsaid):
            presence.lapse(db, now)
            gone = member_of(db, person)
            if gone is not None and not unsaid:
                presence.go(db, gone.id, now)
        case Plan(desk, wanted):
            allowed(db, person, "lead", desk)
            plan(db, desk, wanted, now, told_by=person)
        case Remove(id):
            _remove(db, person, now, id)
        case Offer(id, back):
            _offer(db, person, now, id, back=back)
        case Sick(id):
            _sick(db, person, now, id)
        case Take(id):
            _take(db, person, now, id)
        case Rename(desk, to):
            allowed(db, person, "appoint", EVERYWHERE)
            _rename(db, desk, to)
        case _:
            assert_never(deed)


def plan(db: sqlite3.Connection, desk: str, wanted: Iterable[Planned], now: datetime, told_by: str = "") -> None:
    """Put shifts on the roster of a desk; whoever gets one is told, but for the person (key) who plans.

    NotAllowed for a shift that overlaps another of the same member, ends before it begins, or is for no helper there.
    """
    helpers = {member.id for member in team(db, desk)}
    for one in wanted:
        if one.desk != desk or one.ends <= one.begins or (one.member and one.member not in helpers):
            raise NotAllowed(f"plan: no such shift at {desk}")
        row = (desk, moment(one.begins), moment(one.ends), one.member or None)
        if _there(db, row):
            continue
        if one.member and _clashes(db, one.member, row[1], row[2]):
            raise NotAllowed("plan: overlaps another shift of the same member")
        id = secrets.token_hex(4)
        db.execute("insert into shifts (id, desk, begins, ends, member) values (?, ?, ?, ?, ?)", (id, *row))
        if one.member:
            remind(db, id, one.member, one.begins, now)
            _tell(db, (one.member,), Called("roster_changed", desk), now, told_by)


def _rename(db: sqlite3.Connection, desk: str, to: str) -> None:
    db.execute("update shifts set desk = ? where desk = ?", (to, desk))
    db.execute("update presences set desk = ? where desk = ? and went is null", (to, desk))
    db.execute("update or ignore posts set desk = ? where desk = ?", (to, desk))
    db.execute("delete from posts where desk = ?", (desk,))
    facts.moved(db, desk, to)


def _there(db: sqlite3.Connection, row: tuple[str, str, str, str | None]) -> bool:
    """Whether that very shift is on the roster. Two that are free at the same time are two."""
    return row[3] is not None and bool(
        db.execute("select 1 from shifts where (desk, begins, ends, member) = (?, ?, ?, ?)", row).fetchone()
    )


def _clashes(db: sqlite3.Connection, member: str, begins: str, ends: str) -> bool:
    row = (member, ends, begins)
    return bool(db.execute("select 1 from shifts where member = ? and begins < ? and ends > ?", row).fetchone())


def _remove(db: sqlite3.Connection, person: str, now: datetime, id: str) -> None:
    there = _known(db, id, now)
    allowed(db, person, "lead", there.desk)
    db.execute("delete from shifts where id = ?", (id,))
    call_off(db, f"shift-{id}")
    if there.member is not None:
        _tell(db, (there.member.id,), Called("roster_changed", there.desk), now, person)


def _offer(db: sqlite3.Connection, person: str, now: datetime, id: str, *, back: bool) -> None:
    there = _own(db, person, now, id)
    db.execute("update shifts set offered = ? where id = ?", (not back, id))
    if back:
        call_off(db, f"wanted-{id}")
    else:
        _want(db, there, now, person)


def _sick(db: sqlite3.Connection, person: str, now: datetime, id: str) -> None:
    there = _own(db, person, now, id)
    free(db, there, now)
    leads = {member.id for member in team(db, there.desk) if may(member, "lead", there.desk)}
    _tell(db, sorted(leads), Called("shift_sick", id), now, person)
    _want(db, there, now, person, but=leads)


def free(db: sqlite3.Connection, there: Shift, now: datetime) -> None:
    """Make a shift nobody's; whose it was stays known."""
    db.execute(
        "update shifts set member = null, offered = 0, before = member where id = ? and member is not null", (there.id,)
    )
    call_off(db, f"shift-{there.id}")


def _take(db: sqlite3.Connection, person: str, now: datetime, id: str) -> None:
    there = _known(db, id, now)
    me = allowed(db, person, "help", there.desk)
    if there.state == "held" or there.member == me or _clashes(db, me.id, moment(there.begins), moment(there.ends)):
        raise NotAllowed("take: the shift is somebody's, or overlaps another of one's own")
    db.execute("update shifts set before = coalesce(member, before), member = ?, offered = 0 where id = ?", (me.id, id))
    call_off(db, f"shift-{id}")
    call_off(db, f"wanted-{id}")
    remind(db, id, me.id, there.begins, now)
    told = {member.id for member in team(db, there.desk) if may(member, "lead", there.desk)}
    if there.member is not None:
        told.add(there.member.id)
    _tell(db, sorted(told), Called("shift_taken", id), now, person)


def remind(db: sqlite3.Connection, id: str, member: str, begins: datetime, now: datetime) -> None:
    """Let a member be reminded on the evening before, unless that is over."""
    before = begins.astimezone(VIETNAM).date() - timedelta(days=1)
    at = datetime.combine(before, EVENING, VIETNAM)
    if at > now:
        call(db, member, f"shift-{id}", Called("shift_tomorrow", id), at)


def _want(db: sqlite3.Connection, there: Shift, now: datetime, person: str, but: Iterable[str] = ()) -> None:
    others = [member.id for member in team(db, there.desk) if member.id not in set(but)]
    _tell(db, others, Called("shift_wanted", there.id), now, person, f"wanted-{there.id}")


def _tell(
    db: sqlite3.Connection, members: Iterable[str], event: Called, now: datetime, by: str, about: str = ""
) -> None:
    """Call members now, but for the person (key) who did it; what was to be told of the same and was not yet, once."""
    doer = member_of(db, by)
    for member in members:
        if doer is None or member != doer.id:
            call(db, member, about or f"{event.matter}-{event.id}", event, now, once=True)


def _known(db: sqlite3.Connection, id: str, now: datetime) -> Shift:
    there = shift(db, id)
    if there is None or there.ends <= now:
        raise NotAllowed("the shift is over, or off the roster")
    return there


def _own(db: sqlite3.Connection, person: str, now: datetime, id: str) -> Shift:
    there = _known(db, id, now)
    if there.member is None or there.member != member_of(db, person):
        raise NotAllowed("somebody else's shift")
    return there


def ended(db: sqlite3.Connection, member: Member, now: datetime) -> None:
    """A member has a post less, or is gone: shifts where they may help no more are free, and they are not there."""
    for one in shifts(db, "where member = ? and ends > ?", member.id, moment(now)):
        if not may(member, "help", one.desk):
            free(db, one, now)
            leads = [lead.id for lead in team(db, one.desk) if may(lead, "lead", one.desk) and lead.id != member.id]
            _tell(db, leads, Called("shift_sick", one.id), now, "")
    here = presence.of(db, member.id, now)
    if here is not None and not may(member, "help", here.desk):
        presence.go(db, member.id, now)
