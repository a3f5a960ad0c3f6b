"""Who works at the desks that I lead, and the ways to invite somebody and to see what was done."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.office.people import Colleague, may_somewhere
from flows.office.stages import AtColleague, Audit, Colleagues, Invitations, Inviting
from flows.replies import Choice, Heading, Line
from flows.state import Talk
from flows.telling.posts import post_name
from flows.texts import Say
from flows.turn import Move, Page, World

SHOWN = 8
"""Names on one page."""

MEMBER = "m:"
"""A choice whose id begins so is a member, by the id behind it."""


def hear(at: Colleagues, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """One of them, another page, or what else there is to do about people."""
    match event:
        case Pressed("invite"):
            return Move(Inviting())
        case Pressed("invitations"):
            return Move(Invitations())
        case Pressed("audit"):
            return Move(Audit())
        case Pressed("more"):
            return Move(Colleagues(at.page + 1), back=False)
        case Pressed("less"):
            return Move(Colleagues(max(0, at.page - 1)), back=False)
        case Pressed(choice=id) if id.startswith(MEMBER):
            return Move(AtColleague(id.removeprefix(MEMBER)))
        case _:
            return None


def show(at: Colleagues, talk: Talk, world: World) -> Page:
    """One page of names with their posts."""
    say = world.texts[talk.language]
    everybody, waiting = world.office.people.colleagues(), len(world.office.people.invitations())
    page = everybody[at.page * SHOWN : (at.page + 1) * SHOWN]
    choices = [Choice("invite", say("colleagues.invite"), "main")]
    choices += [Choice(f"{MEMBER}{one.id}", _label(one, world, say)) for one in page]
    if at.page > 0:
        choices.append(Choice("less", say("colleagues.less"), "more"))
    if len(everybody) > (at.page + 1) * SHOWN:
        choices.append(Choice("more", say("colleagues.more"), "more"))
    if waiting:
        choices.append(Choice("invitations", say("colleagues.invitations", n=waiting), "more"))
    if may_somewhere(world.me, "appoint"):
        choices.append(Choice("audit", say("colleagues.audit"), "more"))
    told = say("colleagues.count", n=len(everybody))
    return Page((Heading(say("colleagues.title")), Line(told)), tuple(choices), say("office.prompt"))


def _label(one: Colleague, world: World, say: Say) -> str:
    return f"{one.called}: {'; '.join(post_name(held.post, world, say) for held in one.posts)}"
