"""One of those who work here: their posts, each since when, and the ways to end one."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.people import ROLES, may_give
from flows.office.stages import AtColleague, Ending, Leaving, Renaming
from flows.replies import Choice, Heading, Line, Row, Rows
from flows.state import Talk
from flows.telling.posts import post_name, when
from flows.turn import Move, Page, World

END = "end:"
"""A choice whose id begins so ends a post: its role and its desk stand behind."""


def hear(at: AtColleague, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Why a post is to end is asked first."""
    match event:
        case Pressed("rename"):
            return Move(Renaming(at.member))
        case Pressed("leave"):
            return Move(Leaving())
        case Pressed(choice=id) if id.startswith(END):
            role, _, desk = id.removeprefix(END).partition(":")
            return Move(Ending(at.member, role, desk)) if role in ROLES else None
        case _:
            return None


def show(at: AtColleague, talk: Talk, world: World) -> Page:
    """The posts that I may know of; somebody who has left meanwhile is said to have."""
    say = world.texts[talk.language]
    one = world.office.people.colleague(at.member)
    if one is None:
        return Page((Heading(say("colleagues.title")), Line(say("at_colleague.gone"))))
    names = {held.post: post_name(held.post, world, say) for held in one.posts}
    rows = tuple(Row(names[held.post], (say("at_colleague.since", when=when(held.since)),)) for held in one.posts)
    if at.member == world.me.id:
        choices: tuple[Choice, ...] = (Choice("leave", say("at_colleague.leave"), "more"),)
    else:
        choices = tuple(
            Choice(f"{END}{post.role}:{post.desk}", say("at_colleague.end", post=name), "more")
            for post, name in names.items()
            if may_give(world.me, post)
        )
    if any(may_give(world.me, post) for post in names):
        choices = (Choice("rename", say("at_colleague.rename"), "more"), *choices)
    return Page((Heading(one.called), Rows(rows)), choices)
