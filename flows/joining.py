"""What comes of the code of an invitation, typed or in a link, and what whoever invited is told of it."""

from __future__ import annotations

from typing import Literal

from flows.office.people import ROLES, Knock, Post
from flows.office.stages import AtOffice, Joining
from flows.state import Aside, Talk
from flows.telling.posts import post_name
from flows.turn import Move, Stay, World


def opened(talk: Talk, code: str, world: World) -> Move | Stay:
    """Where the code leads; of one that somebody took up or took back whoever invited hears that it was tried again."""
    if world.of_many:
        return Stay((Aside("joining.not_at_a_shared_place"),))
    if world.guessed_much:
        return Stay((Aside("joining.too_many_wrong"),))
    found = world.office.people.invitation(code)
    if found is None:
        return Stay((Aside("joining.unknown"),))
    if found.state == "open":
        return Move(Joining(code))
    if found.mine and world.office.people.me() is not None:
        return Move(AtOffice(), asides=(Aside("joining.mine_already"),))
    why = post_name(found.post, world, world.texts[talk.language])
    return Move(talk.stage, deeds=(Knock(code),), asides=(Aside(f"joining.{found.state}", why),), back=False)


def told(matter: Literal["joined", "knocked", "post_ended"], id: str, talk: Talk, world: World) -> Aside | None:
    """What somebody is told of an invitation they made (its id), or of a post that they had (role and desk)."""
    say = world.texts[talk.language]
    if matter == "post_ended":
        role, _, desk = id.partition(" ")
        return Aside("people.post_ended", post_name(Post(role, desk), world, say)) if role in ROLES else None
    found = world.office.people.invited(id)
    if found is None:
        return None
    name = "people.joined" if matter == "joined" else f"knocked.{found.state}"
    return Aside(name, f"{found.called} ({post_name(found.post, world, say)})") if say.has(name) else None
