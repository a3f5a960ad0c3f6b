"""Letters at the desk: which to write for whoever is there, which are approved to be printed, which wait."""

from __future__ import annotations

from typing import Final, get_args

from flows.events import Pressed, Said
from flows.facts import LetterSent
from flows.office.letter_stages import LetterDraft, LettersAtDesk, LetterToPrint, WaitingLetters
from flows.office.letters import Draft, Kind, Take
from flows.office.people import may, may_somewhere
from flows.replies import Choice, Heading, Line
from flows.state import Aside, Talk
from flows.telling.letters import occasion
from flows.telling.plain import short
from flows.telling.posts import desk_name
from flows.turn import Move, Page, World

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
READY: Final = "r:"
DESK: Final = "d:"
SHOWN: Final = 4
"""Approved letters that are offered at once; the next come as these are printed."""


def hear(at: LettersAtDesk, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A desk, a kind of letter, an approved one to print, or the page of those that wait."""
    if not isinstance(event, Pressed):
        return None
    if event.choice == "waiting":
        return Move(WaitingLetters())
    if event.choice.startswith(DESK):
        return Move(LettersAtDesk(event.choice.removeprefix(DESK)), back=False)
    if event.choice.startswith(READY):
        return _taken(event.choice.removeprefix(READY), world)
    desk = _desk(at, world)
    kind = next((kind for kind in KINDS if event.choice == kind), None)
    return None if kind is None or not desk else Move(LetterDraft(Draft(kind, desk)))


def _taken(id: str, world: World) -> Move | None:
    """An approved letter to print; it counts as sent from now on."""
    letter = next((one for one in world.office.letters.ready() if one.id == id), None)
    if letter is None or letter.day is None:
        return None
    draft = letter.draft
    if draft.desk not in world.desks or world.desks[draft.desk].letters is None:
        return Move(LettersAtDesk(), asides=(Aside("letters.desk_off"),), back=False)
    sent = LetterSent(draft.desk, draft.letter, draft.guide)
    return Move(LetterToPrint(draft, letter.day), deeds=(Take(id),), apart=(sent,))


def _desk(at: LettersAtDesk, world: World) -> str:
    """The desk that was chosen, where one is now, or the only one where one helps; else empty, to be asked."""
    helps = _desks(world)
    if at.desk in helps:
        return at.desk
    here = world.office.roster.my_desk()
    return here if here in helps else helps[0] if len(helps) == 1 else ""


def _desks(world: World) -> tuple[str, ...]:
    return tuple(id for id in world.desks if may(world.me, "help", id))


def show(at: LettersAtDesk, talk: Talk, world: World) -> Page:
    """The kinds of letters, those to print first; or which desk."""
    say = world.texts[talk.language]
    waiting = world.office.letters.waiting() if may_somewhere(world.me, "lead") else ()
    choices = [
        Choice(READY + one.id, short(say("letters.page_ready", letter=occasion(one.draft, world, say))), "main")
        for one in world.office.letters.ready()[:SHOWN]
    ]
    if waiting:
        choices.append(Choice("waiting", say("letters.page_waiting", n=len(waiting)), "main"))
    desk = _desk(at, world)
    if not desk:
        choices += [Choice(DESK + id, short(desk_name(id, world))) for id in _desks(world)]
        return Page((Heading(say("letters.page_which")),), tuple(choices))
    heading = Heading(say("letters.page", desk=desk_name(desk, world)))
    if world.desks[desk].letters is None:
        return Page((heading, Line(say("letters.page_off"))), tuple(choices))
    choices += [Choice(kind, say(f"letter_kinds.{kind}")) for kind in KINDS]
    return Page((heading, Line(say("letters.page_body"))), tuple(choices))
