"""The invitations that nobody has taken up yet, to take one back."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.people import Revoke
from flows.office.stages import Invitations
from flows.replies import Choice, Heading, Line, Row, Rows
from flows.state import Aside, Talk
from flows.telling.posts import post_name, when
from flows.turn import Move, Page, World

REVOKE = "x:"
"""A choice whose id begins so takes back the invitation of the id behind it."""


def hear(at: Invitations, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Take one back; one that was taken up in this moment is left as it is."""
    if not isinstance(event, Pressed) or not event.choice.startswith(REVOKE):
        return None
    found = world.office.people.invited(event.choice.removeprefix(REVOKE))
    if found is None:
        return None
    return Move(at, deeds=(Revoke(found.id),), asides=(Aside("invitations.revoked", found.called),), back=False)


def show(at: Invitations, talk: Talk, world: World) -> Page:
    """Each with its post and its last moment; the code is with whoever was invited, and kept nowhere."""
    say = world.texts[talk.language]
    found = world.office.people.invitations()
    if not found:
        return Page((Heading(say("invitations.title")), Line(say("invitations.none"))))
    rows = tuple(
        Row(one.called, (post_name(one.post, world, say), say("invitations.until", when=when(one.until))))
        for one in found
    )
    return Page(
        (Heading(say("invitations.title")), Rows(rows)),
        tuple(Choice(f"{REVOKE}{one.id}", say("invitations.revoke", called=one.called)) for one in found),
    )
