"""Giving up a post of one's own: which one, and whether really."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.people import ROLES, Leave, Post
from flows.office.stages import AtOffice, Leaving
from flows.replies import Choice, Heading, Line
from flows.state import Aside, Talk
from flows.telling.posts import post_name
from flows.turn import Move, Page, World

POST = "p:"
"""A choice whose id begins so is a post: its role and its desk stand behind."""


def hear(at: Leaving, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Which post, then yes or no."""
    post = _post(at, world)
    match event:
        case Pressed("stay"):
            return Move(AtOffice(), back=False)
        case Pressed("leave") if post is not None:
            name = post_name(post, world, world.texts[talk.language])
            return Move(AtOffice(), deeds=(Leave(post),), asides=(Aside("leaving.left", name),), back=False)
        case Pressed(choice=id) if id.startswith(POST):
            role, _, desk = id.removeprefix(POST).partition(":")
            return Move(Leaving(role, desk)) if role in ROLES else None
        case _:
            return None


def show(at: Leaving, talk: Talk, world: World) -> Page:
    """The posts, or the one to give up and what that means."""
    say = world.texts[talk.language]
    post, heading, stay = _post(at, world), Heading(say("leaving.title")), Choice("stay", say("leaving.stay"), "main")
    if post is None:
        posts = tuple(Choice(f"{POST}{one.role}:{one.desk}", post_name(one, world, say)) for one in world.me.posts)
        return Page((heading, Line(say("leaving.which"))), (stay, *posts))
    means = Line(say("leaving.means", post=post_name(post, world, say)))
    return Page((heading, means), (stay, Choice("leave", say("leaving.leave"))))


def _post(at: Leaving, world: World) -> Post | None:
    """The post that is to be given up; None when that is still to be chosen, or it has ended meanwhile."""
    posts = world.me.posts
    if at.role is None:
        return posts[0] if len(posts) == 1 else None
    post = Post(at.role, at.desk)
    return post if post in posts else None
