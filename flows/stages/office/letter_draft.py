"""A letter before it goes: read through, the day chosen that an apology promises, taken at once or sent to the lead."""

from __future__ import annotations

from dataclasses import replace

from flows.events import Pressed, Said
from flows.facts import LetterSent
from flows.office.letter_stages import LetterDraft, LetterToPrint
from flows.office.letters import Propose
from flows.office.people import may
from flows.office.stages import AtOffice
from flows.replies import Block, Choice, Heading, Line
from flows.state import Aside, Talk
from flows.telling.letters import letter_of, occasion
from flows.telling.new_day import day_choices, day_heard
from flows.turn import Move, Page, World


def hear(at: LetterDraft, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A day, or the letter itself."""
    if at.draft.letter == "apology" and at.draft.new_day is None:
        day = day_heard(event, world.today)
        if day is not None:
            return Move(LetterDraft(replace(at.draft, new_day=day)), back=False)
        return Move(at, asides=(Aside("letters.no_such_day"),), back=False) if isinstance(event, Said) else None
    if event == Pressed("take", talk.turn) and _at_once(at, world):
        sent = LetterSent(at.draft.desk, at.draft.letter, at.draft.guide)
        return Move(LetterToPrint(at.draft, world.today), apart=(sent,), back=False)
    if event == Pressed("propose", talk.turn) and not _at_once(at, world):
        about = occasion(at.draft, world, world.texts[talk.language])
        asides = (Aside("letters.proposed", about),)
        return Move(AtOffice(), deeds=(Propose(at.draft, at_desk=True),), asides=asides, back=False)
    return None


def _at_once(at: LetterDraft, world: World) -> bool:
    """Whether nobody else has to read it: the desk wants none read, or whoever writes it approves them."""
    desk = world.desks.get(at.draft.desk)
    head = None if desk is None else desk.letters
    return head is not None and (head.go == "free" or may(world.me, "lead", at.draft.desk))


def show(at: LetterDraft, talk: Talk, world: World) -> Page:
    """What the letter will say."""
    say = world.texts[talk.language]
    blocks: list[Block] = [Heading(say("letters.draft", letter=occasion(at.draft, world, say)))]
    if at.draft.letter == "apology" and at.draft.new_day is None:
        blocks.append(Line(say("letters.draft_day")))
        return Page(tuple(blocks), day_choices(world.today, say), say("letters.draft_day_prompt"))
    letter = letter_of(at.draft, world.today, world, say)
    if letter is None:
        return Page((*blocks, Line(say("letters.desk_off"))))
    blocks += [Line(line) for line in (letter.title, letter.to, *letter.body, letter.signed, letter.name)]
    at_once = _at_once(at, world)
    choice = Choice(
        "take" if at_once else "propose", say("letters.draft_free" if at_once else "letters.draft_ask"), "main"
    )
    return Page(tuple(blocks), (choice,))
