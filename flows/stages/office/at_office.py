"""The first page for whoever works here: who they are, and what there is to do."""

from __future__ import annotations

from flows import coming
from flows.events import Pressed, Said
from flows.office.people import may_somewhere
from flows.office.stages import AtOffice, Colleagues, Inviting, Leaving
from flows.replies import Block, Choice, Heading, Line
from flows.state import Talk
from flows.telling.posts import post_name
from flows.turn import Move, Page, World


def hear(at: AtOffice, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Where a button leads."""
    match event:
        case Pressed("come"):
            return coming.comes(talk, world)
        case Pressed("go"):
            return coming.goes(talk, world)
        case Pressed("team"):
            return Move(Colleagues())
        case Pressed("invite"):
            return Move(Inviting())
        case Pressed("leave"):
            return Move(Leaving())
        case _:
            return None


def show(at: AtOffice, talk: Talk, world: World) -> Page:
    """The posts of this person, and what they may do."""
    say = world.texts[talk.language]
    posts = "; ".join(post_name(post, world, say) for post in world.me.posts)
    choices: list[Choice] = []
    blocks: list[Block] = []
    if may_somewhere(world.me, "help"):
        choices.append(coming.choice(world, say))
        blocks.extend(coming.told(world, say))
    if may_somewhere(world.me, "lead"):
        choices += [Choice("team", say("people.team"), "more"), Choice("invite", say("people.invite"), "more")]
    choices.append(Choice("leave", say("people.leave"), "more"))
    return Page(
        (Heading(say("office.title", called=world.me.called)), Line(say("office.posts", posts=posts)), *blocks),
        tuple(choices),
        say("office.prompt"),
    )
