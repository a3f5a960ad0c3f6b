"""How a post at a desk is called."""

from __future__ import annotations

from flows.office.people import EVERYWHERE, Post
from flows.texts import Say
from flows.turn import World


def post_name(post: Post, world: World, say: Say) -> str:
    """The role and the desk, as people say it."""
    role = say(f"office.{post.role}")
    return role if post.desk == EVERYWHERE else say("office.post", role=role, desk=desk_name(post.desk, world))


def desk_name(desk: str, world: World) -> str:
    """The desk's name from its file; its id where the file is gone."""
    found = world.desks.get(desk)
    return desk if found is None else found.name
