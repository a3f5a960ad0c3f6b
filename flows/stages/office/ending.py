"""Why a post of a colleague ends: a usual reason, or words of one's own. With the reason it has ended."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.people import Colleague, End, Post, may_give
from flows.office.stages import Colleagues, Ending
from flows.replies import Choice, Heading, Line, Notice
from flows.state import Aside, Talk
from flows.telling.posts import post_name
from flows.turn import Move, Page, World

USUAL = ("finished", "moved", "mistaken")
"""Reasons offered as buttons; they are kept in Vietnamese, whatever language the page is in."""


def hear(at: Ending, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """End the post for that reason."""
    match event:
        case Pressed(choice=id) if id in USUAL:
            return _ended(at, talk, world.texts["vi"](f"ending.{id}"), world)
        case Said(text=text):
            return _ended(at, talk, text, world)
        case _:
            return None


def show(at: Ending, talk: Talk, world: World) -> Page:
    """Whose post it is, and the usual reasons."""
    say = world.texts[talk.language]
    one = _whose(at, world)
    if one is None:
        return Page((Heading(say("ending.title")), Line(say("ending.over"))))
    post = post_name(Post(at.role, at.desk), world, say)
    return Page(
        (
            Heading(say("ending.title")),
            Line(say("ending.whose", called=one.called, post=post)),
            Notice(say("ending.kept")),
        ),
        tuple(Choice(id, say(f"ending.{id}")) for id in USUAL),
        say("ending.prompt"),
    )


def _ended(at: Ending, talk: Talk, why: str, world: World) -> Move | None:
    one = _whose(at, world)
    if one is None:
        return None
    post = Post(at.role, at.desk)
    aside = Aside("ending.done", f"{one.called}: {post_name(post, world, world.texts[talk.language])}")
    return Move(Colleagues(), deeds=(End(at.member, post, why),), asides=(aside,), back=False)


def _whose(at: Ending, world: World) -> Colleague | None:
    """Whose post may be ended; None when it has ended meanwhile, or is not for me to end."""
    post, one = Post(at.role, at.desk), world.office.people.colleague(at.member)
    if one is None or at.member == world.me.id or not may_give(world.me, post):
        return None
    return one if any(held.post == post for held in one.posts) else None
