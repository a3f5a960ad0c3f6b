"""An invitation as it is passed on: the link to send, the code to read out, and until when they are good."""

from __future__ import annotations

from flows.codes import grouped
from flows.events import Pressed, Said
from flows.office.people import Post, Revoke
from flows.office.stages import AtOffice, Invited, Inviting
from flows.replies import Choice, Heading, Line, Notice, Row, Rows
from flows.stages.office import inviting
from flows.state import Aside, Talk
from flows.telling.addresses import invitation_links
from flows.telling.posts import post_name, when
from flows.turn import Move, Page, World

LONGEST = 4
"""Words of a name."""


def hear(at: Invited, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """One more, done, or taken back at once."""
    match event:
        case Pressed("another"):
            return Move(Inviting())
        case Said(text=text) if _is_a_name(text):
            return inviting.made(text, Post(at.role, at.desk), at, world, masked=event.masked)
        case Pressed("desk"):
            return Move(AtOffice())
        case Pressed("revoke"):
            found = world.office.people.invitation(at.code)
            if found is None:
                return None
            return Move(AtOffice(), deeds=(Revoke(found.id),), asides=(Aside("invitations.revoked", at.called),))
        case _:
            return None


def show(at: Invited, talk: Talk, world: World) -> Page:
    """For whom it is, and the ways to hand it over, while it is good."""
    say = world.texts[talk.language]
    post = post_name(Post(at.role, at.desk), world, say)
    done = (Choice("desk", say("invited.desk"), "main"), Choice("another", say("invited.another"), "more"))
    found = world.office.people.invitation(at.code)
    if found is not None and found.state != "open":
        return Page((Heading(say("invited.over", called=at.called)), Line(say("invited.post", post=post))), done)
    links = invitation_links(at.code, world)
    rows = (
        *((Row(say("invited.link"), links),) if links else ()),
        Row(say("invited.code" if links else "invited.code_alone"), (grouped(at.code),)),
        Row(say("invited.until"), (when(at.until),)),
    )
    return Page(
        (
            Heading(say("invited.title", called=at.called)),
            Line(say("invited.post", post=post)),
            Rows(rows),
            Notice(say("invited.once", called=at.called)),
        ),
        (*done, Choice("revoke", say("invited.revoke"), "more")),
        say("invited.prompt"),
    )


def _is_a_name(text: str) -> bool:
    """Whether another name was typed, and no question: a few words, each with a capital letter or a number."""
    words = text.split()
    return 0 < len(words) <= LONGEST and all(word[0].isupper() or word.isdigit() for word in words)
