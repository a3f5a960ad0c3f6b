"""One letter that waits: where it comes from, what it says, the day it promises, and whether it goes."""

from __future__ import annotations

from dataclasses import replace

from flows.events import Pressed, Said
from flows.office.letter_stages import RefusingLetter, WaitingLetter, WaitingLetters
from flows.office.letters import Approve, Letter
from flows.replies import Block, Choice, Heading, Line
from flows.state import Aside, Talk
from flows.telling.letters import letter_of, occasion
from flows.telling.new_day import day_choices, day_heard
from flows.telling.plain import day as day_words
from flows.texts import Say
from flows.turn import VIETNAM, Move, Page, World


def hear(at: WaitingLetter, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Approve or refuse it; the new day first where it promises one."""
    letter = world.office.letters.letter(at.id)
    if letter is None or letter.state != "waiting":
        return Move(WaitingLetters(), asides=(Aside("letters.decided"),), returns=True)
    if event == Pressed("refuse", talk.turn):
        return Move(RefusingLetter(at.id))
    if _wants_day(letter, at):
        day = day_heard(event, world.today)
        if day is not None:
            return Move(WaitingLetter(at.id, day), back=False)
        return Move(at, asides=(Aside("letters.no_such_day"),), back=False) if isinstance(event, Said) else None
    if event == Pressed("approve", talk.turn):
        say = world.texts[talk.language]
        if letter_of(letter.draft, world.today, world, say) is None:
            return Move(at, asides=(Aside("letters.desk_off"),), back=False)
        asides = (Aside("letters.approved", occasion(letter.draft, world, say)),)
        deed = Approve(at.id, world.today, at.new_day)
        return Move(WaitingLetters(), deeds=(deed,), asides=asides, returns=True)
    return None


def _wants_day(letter: Letter, at: WaitingLetter) -> bool:
    return letter.draft.wants_day and at.new_day is None


def show(at: WaitingLetter, talk: Talk, world: World) -> Page:
    """The letter as it will be."""
    say = world.texts[talk.language]
    waiting = world.office.letters.letter(at.id)
    if waiting is None or waiting.state != "waiting":
        return Page(
            (Heading(say("letters.waiting")), Line(say("letters.decided"))), (Choice("go_on", say("letters.go_on")),)
        )
    draft = waiting.draft if at.new_day is None else replace(waiting.draft, new_day=at.new_day)
    blocks: list[Block] = [Heading(occasion(draft, world, say)), Line(_from(waiting, say))]
    refuse = Choice("refuse", say("letters.refuse"), "more")
    letter = letter_of(draft, world.today, world, say)
    if letter is None:
        return Page((*blocks, Line(say("letters.desk_off"))), (refuse,))
    if _wants_day(waiting, at):
        blocks.append(Line(say("letters.draft_day")))
        return Page(tuple(blocks), (*day_choices(world.today, say), refuse), say("letters.draft_day_prompt"))
    blocks += [Line(line) for line in (letter.title, letter.to, *letter.body, letter.signed, letter.name)]
    return Page(tuple(blocks), (Choice("approve", say("letters.approve"), "main"), refuse))


def _from(letter: Letter, say: Say) -> str:
    """Who asked for it, or what the citizen told."""
    draft = letter.draft
    if draft.late_since is not None:
        handed = "–" if draft.handed_in is None else day_words(draft.handed_in)
        return say("letters.waiting_late", handed=handed, due=day_words(draft.late_since))
    when = f"{letter.asked.astimezone(VIETNAM):%H:%M}"
    return (
        say("letters.waiting_by", called=letter.by, when=when)
        if letter.by
        else say("letters.waiting_citizen", when=when)
    )
