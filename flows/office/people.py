"""Who works at which desk, in which role, what each role may do, and how somebody is invited or leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol, get_args

Role = Literal["volunteer", "lead", "official", "administrator"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)

Act = Literal["help", "lead", "inform", "appoint"]
"""help: assist people, take those who ask for a person, check in, practise; lead: plan the roster, approve letters, see
how the team does, invite volunteers; inform: see reports; appoint: give and end any role, read the audit."""

RIGHTS: Mapping[Role, frozenset[Act]] = {
    "volunteer": frozenset({"help"}),
    "lead": frozenset({"help", "lead", "inform"}),
    "official": frozenset({"inform"}),
    "administrator": frozenset({"help", "lead", "inform", "appoint"}),
}

EVERYWHERE = ""
"""As a desk: a role there holds at every desk."""

INVITATION_LASTS: Final = timedelta(days=3)

LONGEST_NAME: Final = 30
"""Characters of what a member is called."""


@dataclass(frozen=True, slots=True)
class Post:
    """A role at a desk (its id), or EVERYWHERE."""

    role: Role
    desk: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works here: `id` is drawn for it and leads to no account; `called` is how the team calls them."""

    id: str
    called: str
    posts: tuple[Post, ...]


def may(member: Member | None, act: Act, desk: str = EVERYWHERE) -> bool:
    """Whether somebody may do this at that desk; at EVERYWHERE only who may do it at every desk."""
    return member is not None and any(
        act in RIGHTS[post.role] and post.desk in {EVERYWHERE, desk} for post in member.posts
    )


def may_somewhere(member: Member | None, act: Act) -> bool:
    """Whether there is a desk at which somebody may do this."""
    return member is not None and any(act in RIGHTS[post.role] for post in member.posts)


def may_give(member: Member | None, post: Post) -> bool:
    """Whether somebody may give that post, and end it: a lead a volunteer's at their own desk, an administrator any."""
    return may(member, "appoint", post.desk) or (post.role == "volunteer" and may(member, "lead", post.desk))


def cleaned_name(text: str) -> str:
    """What a member is called, as it was typed but for the spaces; empty where there is no letter in it."""
    name = " ".join(text.split())[:LONGEST_NAME].rstrip()
    return name if any(sign.isalpha() for sign in name) else ""


State = Literal["open", "joined", "revoked", "over"]
"""Of an invitation: it can be taken up, was, was taken back, or its time has passed."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody may take up a post once, until that moment (aware). `mine`: I am who took it up."""

    id: str
    post: Post
    called: str
    until: datetime
    state: State
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A post that a member has, and since when (aware)."""

    post: Post
    since: datetime


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member as others see them who lead there."""

    id: str
    called: str
    posts: tuple[Held, ...]


Doing = Literal["invited", "revoked", "joined", "knocked", "renamed", "ended", "left", "erased"]
"""What the audit tells of. knocked: a code that was used or taken back was tried again; erased: a member had everything
about them erased, their posts with it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the audit: who did what about whom, by the names of their work, when (aware) and why.

    `actor` is empty for whoever runs the machine.
    """

    at: datetime
    doing: Doing
    actor: str
    about: str
    post: Post
    why: str


@dataclass(frozen=True, slots=True)
class Invite:
    """Invite somebody to a post; `code` was drawn for it, and only its print is kept."""

    code: str
    post: Post
    called: str
    lasts: timedelta = INVITATION_LASTS


@dataclass(frozen=True, slots=True)
class Revoke:
    """Take an invitation (its id) back; nothing where it was taken up already."""

    invitation: str


@dataclass(frozen=True, slots=True)
class Join:
    """Take up the post of an invitation by its code. The store refuses one that is used, ended or over."""

    code: str


@dataclass(frozen=True, slots=True)
class Knock:
    """An invitation that was taken up or taken back was tried again: whoever invited is told, once."""

    code: str


@dataclass(frozen=True, slots=True)
class End:
    """End a post of a member (their id); the store masks the reason."""

    member: str
    post: Post
    why: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Give up a post of one's own."""

    post: Post


@dataclass(frozen=True, slots=True)
class CallBy:
    """Let the team call a member (their id) otherwise; for whoever may end a post of theirs."""

    member: str
    called: str


Deed = Invite | Revoke | Join | Knock | End | Leave | CallBy


class People(Protocol):
    """What is known of who works here."""

    def me(self) -> Member | None:
        """Whoever the talk is with, if they work here. Inside the office the engine has made sure that they do."""

    def invitation(self, code: str) -> Invitation | None:
        """The invitation of that code."""

    def invited(self, id: str) -> Invitation | None:
        """The invitation of that id, for whoever may give its post."""

    def invitations(self) -> tuple[Invitation, ...]:
        """Those to posts that I may give which can still be taken up, the one that ends first before the others."""

    def namesake(self, called: str, post: Post, *, joining: bool = False) -> str:
        """How somebody is called whose name reads the same and who is where that post is, or invited there; or empty.

        joining: neither those only invited count nor I myself.
        """

    def colleagues(self) -> tuple[Colleague, ...]:
        """Those who have a post where I may lead or appoint, with these posts, by name."""

    def colleague(self, id: str) -> Colleague | None:
        """One of the colleagues."""

    def audit(self, skip: int, limit: int) -> tuple[Entry, ...]:
        """What was done about posts where I may appoint, the latest first."""


class _Nobody:
    def me(self) -> Member | None:
        return None

    def invitation(self, code: str) -> Invitation | None:
        return None

    def invited(self, id: str) -> Invitation | None:
        return None

    def invitations(self) -> tuple[Invitation, ...]:
        return ()

    def namesake(self, called: str, post: Post, *, joining: bool = False) -> str:
        return ""

    def colleagues(self) -> tuple[Colleague, ...]:
        return ()

    def colleague(self, id: str) -> Colleague | None:
        return None

    def audit(self, skip: int, limit: int) -> tuple[Entry, ...]:
        return ()


NOBODY: People = _Nobody()
