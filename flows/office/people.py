"""Who works at which desk, in which role, what each role may do, and how somebody is invited or leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Role = Literal["volunteer", "lead", "official", "administrator"]

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


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody may take up a post once, until that moment (aware)."""

    post: Post
    called: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Join:
    """Take up the post of an invitation by its code. The store refuses one that is used, ended or over."""

    code: str


Deed = Join


class People(Protocol):
    """What is known of who works here."""

    def me(self) -> Member | None:
        """Whoever the talk is with, if they work here. Inside the office the engine has made sure that they do."""

    def invitation(self, code: str) -> Invitation | None:
        """The invitation of that code, if it can still be taken up."""


class _Nobody:
    def me(self) -> Member | None:
        return None

    def invitation(self, code: str) -> Invitation | None:
        return None


NOBODY: People = _Nobody()
