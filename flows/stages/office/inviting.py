"""Inviting somebody: to which role, at which desk, and what the team calls them. What is not a choice is not asked."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from flows.events import Pressed, Said
from flows.office.people import EVERYWHERE, INVITATION_LASTS, ROLES, Invite, Post, Role, cleaned_name, may_give
from flows.office.stages import Invited, Inviting
from flows.replies import Choice, Heading, Line
from flows.state import Aside, Talk
from flows.telling.posts import desk_name, post_name
from flows.turn import Move, Page, World

ROLE = "r:"
DESK = "d:"
"""Choices whose ids begin so are a role, or a desk by its id; nothing behind it is every desk."""


def hear(at: Inviting, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """The next of the three; with the name the invitation is made."""
    at = _settled(at, world)
    match event:
        case Pressed(choice=id) if at.role is None and id.removeprefix(ROLE) in ROLES:
            return Move(Inviting(cast("Role", id.removeprefix(ROLE))), back=False)
        case Pressed(choice=id) if at.role is not None and at.desk is None and id.startswith(DESK):
            return Move(replace(at, desk=id.removeprefix(DESK)), back=False)
        case Said(text=text, masked=masked) if at.role is not None and at.desk is not None:
            return made(text, Post(at.role, at.desk), at, world, masked=masked)
        case _:
            return None


def made(text: str, post: Post, at: Inviting | Invited, world: World, *, masked: bool) -> Move:
    """The invitation of whoever is called so; to be named otherwise, where that is no name or somebody else's."""
    name = cleaned_name(text)
    if masked or not name:
        return Move(at, asides=(Aside("inviting.no_name"),), back=False)
    there = world.office.people.namesake(name, post)
    if there:
        return Move(at, asides=(Aside("inviting.namesake", there),), back=False)
    page = Invited(world.invitation, name, post.role, post.desk, world.now + INVITATION_LASTS)
    return Move(page, deeds=(Invite(world.invitation, post, name),), back=False)


def show(at: Inviting, talk: Talk, world: World) -> Page:
    """What is asked next."""
    say = world.texts[talk.language]
    at = _settled(at, world)
    heading = Heading(say("inviting.title"))
    if at.role is None:
        roles = tuple(Choice(f"{ROLE}{role}", say(f"office.{role}")) for role in _roles(world))
        about = tuple(Line(f"{say(f'office.{role}')}: {say(f'inviting.{role}')}") for role in _roles(world))
        return Page((heading, *about), roles, say("inviting.role_prompt"))
    if at.desk is None:
        desks = tuple(
            Choice(f"{DESK}{desk}", say("inviting.everywhere") if desk == EVERYWHERE else desk_name(desk, world))
            for desk in _desks(at.role, world)
        )
        return Page((heading, Line(say("inviting.where", role=say(f"office.{at.role}")))), desks)
    post = post_name(Post(at.role, at.desk), world, say)
    return Page(
        (heading, Line(say("inviting.name", post=post)), Line(say("inviting.nickname"))), (), say("inviting.prompt")
    )


def _settled(at: Inviting, world: World) -> Inviting:
    """With what leaves no choice taken as chosen."""
    roles = _roles(world)
    role = roles[0] if at.role is None and len(roles) == 1 else at.role
    if role is None or at.desk is not None:
        return replace(at, role=role)
    desks = _desks(role, world)
    return Inviting(role, desks[0] if len(desks) == 1 else None)


def _roles(world: World) -> tuple[Role, ...]:
    return tuple(role for role in ROLES if _desks(role, world))


def _desks(role: Role, world: World) -> tuple[str, ...]:
    """Where I may give that role: desks by their files, my own whose file is gone too, and every desk last."""
    desks = dict.fromkeys((*world.desks, *(post.desk for post in world.me.posts if post.desk), EVERYWHERE))
    return tuple(desk for desk in desks if may_give(world.me, Post(role, desk)))
