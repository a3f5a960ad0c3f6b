"""An invitation that was opened: who it is for, to which post, and what the team will see of whoever takes it up."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.people import Join
from flows.office.stages import AtOffice, Joining
from flows.replies import Choice, Heading, Line, Notice
from flows.state import Aside, Home, Talk
from flows.telling.posts import post_name, when
from flows.turn import Move, Page, World


def hear(at: Joining, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Take it up, or leave it for whom it was meant."""
    found = world.office.people.invitation(at.code)
    match event:
        case Pressed("not_me"):
            return Move(Home(), asides=(Aside("joining.left_open"),))
        case Pressed("take") if found is not None and found.state == "open":
            me = world.office.people.me()
            there = world.office.people.namesake(found.called if me is None else me.called, found.post, joining=True)
            if there:
                return Move(at, asides=(Aside("joining.namesake", there),), back=False)
            welcome = Aside("joining.welcome", post_name(found.post, world, world.texts[talk.language]))
            return Move(AtOffice(), deeds=(Join(at.code),), asides=(welcome,))
        case _:
            return None


def show(at: Joining, talk: Talk, world: World) -> Page:
    """The invitation, while it is good."""
    say = world.texts[talk.language]
    found = world.office.people.invitation(at.code)
    if found is None or found.state != "open":
        return Page((Heading(say("joining.title")), Line(say("joining.no_more"))))
    return Page(
        (
            Heading(say("joining.title")),
            Line(say("joining.to", called=found.called, post=post_name(found.post, world, say))),
            Line(say("joining.seen", called=found.called)),
            Notice(say("joining.until", when=when(found.until))),
        ),
        (Choice("take", say("joining.take", called=found.called), "main"), Choice("not_me", say("joining.not_me"))),
    )
