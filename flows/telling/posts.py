"""How a post at a desk is called, and a moment of what was done about it."""

from __future__ import annotations

from datetime import datetime

from flows.office.people import EVERYWHERE, Post
from flows.telling.plain import day
from flows.texts import Say
from flows.turn import VIETNAM, World


def post_name(post: Post, world: World, say: Say) -> str:
    """The role and the desk, as people say it."""
    role = say(f"office.{post.role}")
    return role if post.desk == EVERYWHERE else say("office.post", role=role, desk=desk_name(post.desk, world))


def desk_name(desk: str, world: World) -> str:
    """The desk's name from its file; its id where the file is gone."""
    found = world.desks.get(desk)
    return desk if found is None else found.name


def when(at: datetime) -> str:
    """8:05 25/11/2026, in Vietnam."""
    local = at.astimezone(VIETNAM)
    return f"{local.hour}:{local.minute:02} {day(local.date())}"
