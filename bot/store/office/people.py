"""Who works here, in SQLite: members and their posts, who is asked, and what each deed does to them."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final, assert_never

from bot.privacy import masked
from bot.store import NotAllowed
from bot.store.office import invitations, names
from bot.store.office.audit import entries, noted
from bot.store.office.calling import call
from bot.store.transaction import moment
from flows.events import Called
from flows.office.people import (
    EVERYWHERE,
    Act,
    CallBy,
    Colleague,
    Deed,
    End,
    Entry,
    Held,
    Invitation,
    Invite,
    Join,
    Knock,
    Leave,
    Member,
    Post,
    Revoke,
    may,
    may_give,
)

OPERATOR: Final = "operator"
"""As a person: whoever runs the machine, and may do what an administrator may."""

LONGEST_REASON: Final = 300


class Reading:
    """People, as one person sees them."""

    def __init__(self, db: sqlite3.Connection, person: str | None, now: datetime) -> None:
        self._db = db
        self._person = person
        self._now = now

    def me(self) -> Member | None:
        """As People.me."""
        return None if self._person is None else member_of(self._db, self._person)

    def invitation(self, code: str) -> Invitation | None:
        """As People.invitation."""
        row = invitations.by_code(self._db, code, self._now)
        if row is None:
            return None
        me = self.me()
        return replace(row.invitation, mine=me is not None and me.id == row.taker)

    def invited(self, id: str) -> Invitation | None:
        """As People.invited."""
        row = invitations.by_id(self._db, id, self._now)
        return row.invitation if row is not None and may_give(self.me(), row.invitation.post) else None

    def invitations(self) -> tuple[Invitation, ...]:
        """As People.invitations."""
        me = self.me()
        found = (row.invitation for row in invitations.unanswered(self._db, self._now))
        return tuple(one for one in found if may_give(me, one.post))

    def namesake(self, called: str, post: Post, *, joining: bool = False) -> str:
        """As People.namesake."""
        return (
            names.joining(self._db, called, post, self.me())
            if joining
            else names.inviting(self._db, called, post, self._now)
        )

    def colleagues(self) -> tuple[Colleague, ...]:
        """As People.colleagues."""
        return tuple(_colleagues(self._db, self.me()))

    def colleague(self, id: str) -> Colleague | None:
        """As People.colleague."""
        return next(_colleagues(self._db, self.me(), id), None)

    def audit(self, skip: int, limit: int) -> tuple[Entry, ...]:
        """As People.audit."""
        me = self.me()
        posts = () if me is None else me.posts
        desks = tuple(post.desk for post in posts if may(me, "appoint", post.desk))
        return entries(self._db, None if EVERYWHERE in desks else desks, skip, limit)


def member_of(db: sqlite3.Connection, person: str) -> Member | None:
    """The member that a person is; None when they have no post (any more)."""
    if person == OPERATOR:
        return Member("", "", (Post("administrator", EVERYWHERE),))
    rows = db.execute(
        "select m.id, m.called, p.role, p.desk from members m join posts p on p.member = m.id where m.person = ?"
        " order by p.desk, p.role",
        (person,),
    ).fetchall()
    return Member(rows[0][0], rows[0][1], tuple(Post(role, desk) for _, _, role, desk in rows)) if rows else None


def allowed(db: sqlite3.Connection, person: str, act: Act, desk: str) -> Member:
    """The member that a person is; NotAllowed unless they may do this at that desk."""
    member = member_of(db, person)
    if member is None or not may(member, act, desk):
        raise NotAllowed(f"{act} at {desk or 'every desk'}")
    return member


def do(db: sqlite3.Connection, person: str, now: datetime, deed: Deed) -> Member | None:
    """Do a deed of this part of the office, in a transaction that is open; whoever has a post less now."""
    match deed:
        case Invite():
            me = _giving(db, person, deed.post)
            if names.inviting(db, deed.called, deed.post, now):
                raise NotAllowed("invite somebody by the name of somebody else there")
            invitations.make(db, me.id, now, deed)
            noted(db, now, "invited", me.called, deed.called, deed.post)
        case Revoke(id):
            _revoke(db, person, now, id)
        case Join(code):
            _join(db, person, now, code)
        case Knock(code):
            _knock(db, now, code)
        case End():
            return _end(db, person, now, deed)
        case CallBy(member, called):
            _call_by(db, person, now, member, called)
        case Leave(post):
            return _leave(db, person, now, post)
        case _:
            assert_never(deed)
    return None


def erased(db: sqlite3.Connection, person: str, now: datetime) -> Member | None:
    """A person has everything about them erased: of a member only the name of their work stays, in the audit."""
    member = member_of(db, person)
    if member is None:
        return None
    for post in member.posts:
        noted(db, now, "erased", member.called, member.called, post)
    return _with_less(db, now, replace(member, posts=()))


def _colleagues(db: sqlite3.Connection, me: Member | None, only: str = "") -> Iterator[Colleague]:
    rows = db.execute(
        "select m.id, m.called, p.role, p.desk, p.since from members m join posts p on p.member = m.id"
        " where ? in ('', m.id) order by m.called, m.id, p.desk, p.role",
        (only,),
    )
    found: dict[str, Colleague] = {}
    for id, called, role, desk, since in rows:
        if may(me, "lead", desk) or may(me, "appoint", desk):
            held = Held(Post(role, desk), datetime.fromisoformat(since))
            one = found.setdefault(id, Colleague(id, called, ()))
            found[id] = replace(one, posts=(*one.posts, held))
    yield from found.values()


def _giving(db: sqlite3.Connection, person: str, post: Post) -> Member:
    """The member that a person is; NotAllowed unless they may give that post."""
    me = member_of(db, person)
    if me is None or not may_give(me, post):
        raise NotAllowed(f"give the post {post.role} at {post.desk or 'every desk'}")
    return me


def _revoke(db: sqlite3.Connection, person: str, now: datetime, id: str) -> None:
    row = invitations.by_id(db, id, now)
    if row is None:
        raise NotAllowed("revoke: there is no such invitation")
    me = _giving(db, person, row.invitation.post)
    if row.invitation.state == "open":
        invitations.answer(db, id, "revoked", None)
        noted(db, now, "revoked", me.called, row.invitation.called, row.invitation.post)


def _join(db: sqlite3.Connection, person: str, now: datetime, code: str) -> None:
    row = invitations.by_code(db, code, now)
    if row is None or row.invitation.state != "open":
        raise NotAllowed("join: the invitation is used, taken back or over")
    invitation, at = row.invitation, moment(now)
    mine = member_of(db, person)
    if names.joining(db, invitation.called if mine is None else mine.called, invitation.post, mine):
        raise NotAllowed("join under the name of somebody else there")
    db.execute(
        "insert into members (id, person, called, since) values (?, ?, ?, ?) on conflict (person) do nothing",
        (secrets.token_hex(4), person, invitation.called, at),
    )
    id, called = db.execute("select id, called from members where person = ?", (person,)).fetchone()
    db.execute(
        "insert into posts (member, role, desk, since) values (?, ?, ?, ?) on conflict do nothing",
        (id, invitation.post.role, invitation.post.desk, at),
    )
    invitations.answer(db, invitation.id, "joined", id)
    noted(db, now, "joined", called, called, invitation.post)
    if row.inviter is not None:
        call(db, row.inviter, f"invitation-{invitation.id}", Called("joined", invitation.id), now)


def _knock(db: sqlite3.Connection, now: datetime, code: str) -> None:
    row = invitations.by_code(db, code, now)
    if row is None or row.invitation.state == "open":
        raise NotAllowed("knock: there is no such invitation that is no longer good")
    invitation = row.invitation
    if not invitations.first_knock(db, invitation.id, now):
        return
    noted(db, now, "knocked", "", invitation.called, invitation.post)
    if row.inviter is not None:
        call(db, row.inviter, f"invitation-{invitation.id}", Called("knocked", invitation.id), now)


def _end(db: sqlite3.Connection, person: str, now: datetime, deed: End) -> Member:
    me = _giving(db, person, deed.post)
    why = masked(" ".join(deed.why.split()))[:LONGEST_REASON]
    if not why or deed.member == me.id:
        raise NotAllowed("end a post without a reason, or one's own")
    row = db.execute("select person, called from members where id = ?", (deed.member,)).fetchone()
    if row is None or not _without(db, deed.member, deed.post):
        raise NotAllowed("end a post that nobody has")
    whose, called = row
    noted(db, now, "ended", me.called, called, deed.post, why)
    call(db, deed.member, "post", Called("post_ended", f"{deed.post.role} {deed.post.desk}"), now)
    return _with_less(db, now, member_of(db, whose) or Member(deed.member, called, ()))


def _call_by(db: sqlite3.Connection, person: str, now: datetime, id: str, called: str) -> None:
    me, row = member_of(db, person), db.execute("select person from members where id = ?", (id,)).fetchone()
    one = None if row is None else member_of(db, row[0])
    post = None if one is None else next((post for post in one.posts if may_give(me, post)), None)
    if me is None or one is None or post is None or not names.renamed(db, one, called, now):
        raise NotAllowed("call a member so")
    noted(db, now, "renamed", me.called, f"{one.called} → {called}", post)


def _leave(db: sqlite3.Connection, person: str, now: datetime, post: Post) -> Member:
    me = member_of(db, person)
    if me is None or not _without(db, me.id, post):
        raise NotAllowed("leave a post that one does not have")
    noted(db, now, "left", me.called, me.called, post)
    return _with_less(db, now, member_of(db, person) or replace(me, posts=()))


def _without(db: sqlite3.Connection, member: str, post: Post) -> bool:
    """End a post; whether there was one."""
    row = (member, post.role, post.desk)
    return db.execute("delete from posts where member = ? and role = ? and desk = ?", row).rowcount > 0


def _with_less(db: sqlite3.Connection, now: datetime, member: Member) -> Member:
    """The member with the posts that are left, once the invitations are taken back that they could no longer make."""
    for row in invitations.unanswered(db, now):
        if row.inviter == member.id and not may_give(member, row.invitation.post):
            invitations.answer(db, row.invitation.id, "revoked", None)
            noted(db, now, "revoked", member.called, row.invitation.called, row.invitation.post)
    return member
