"""What comes of letters without one's asking: one that came, one that was not approved, and that some wait."""

from __future__ import annotations

from typing import Final, Literal, assert_never

from flows import hearing
from flows.facts import LetterSent
from flows.office.letter_stages import LettersAtDesk, WaitingLetters
from flows.office.letters import Letter
from flows.office.people import may, may_somewhere
from flows.office.stages import AtOffice
from flows.state import Aside, Awaiting, Gone, Help, Home, LetterRead, MyLists, Talk, Thanks
from flows.telling.letters import letter_of, occasion
from flows.telling.posts import desk_name
from flows.turn import Move, Stay, World

Matter = Literal["letter_came", "letter_refused", "letters_wait"]

AT_REST: Final = (Awaiting, Gone, Help, Home, LetterRead, MyLists, Thanks)
"""Where a letter may open by itself: nobody is in the middle of anything there."""


def heard(talk: Talk, matter: Matter, id: str, world: World) -> Move | Stay | None:
    """What comes of it; None where it is true no more."""
    if matter == "letters_wait":
        return _some_wait(talk, id, world)
    letter = world.office.letters.letter(id)
    if letter is None:
        return None
    match matter:
        case "letter_came":
            return _came(talk, letter, world)
        case "letter_refused":
            return _refused(talk, letter, world)
        case _:
            assert_never(matter)


def asked(words: str, talk: Talk, world: World) -> Move | Stay | None:
    """A letter is asked for in words: the last that came, or the page of letters for whoever works here."""
    say = world.texts[talk.language]
    if not hearing.says(words, "letter_words.came", world.library.words, say):
        return None
    if may_somewhere(world.office.people.me(), "help"):
        return Move(LettersAtDesk())
    letter = world.office.letters.came()
    page = None if letter is None else _page(letter, world)
    if page is not None:
        return Move(page)
    return Stay((Aside("letters.none_came"),)) if any(desk.letters for desk in world.desks.values()) else None


def _came(talk: Talk, letter: Letter, world: World) -> Move | Stay | None:
    say, draft = world.texts[talk.language], letter.draft
    if letter.by:
        return (
            Stay((Aside("letters.was_approved", occasion(draft, world, say)),)) if letter.state == "approved" else None
        )
    page = _page(letter, world)
    if page is None:
        return None
    facts = (LetterSent(draft.desk, draft.letter, draft.guide),)
    if isinstance(talk.stage, AT_REST):
        return Move(page, facts)
    return Stay((Aside("letters.came", desk_name(draft.desk, world)),), facts)


def _page(letter: Letter, world: World) -> LetterRead | None:
    """The page of a letter that came; None where its desk writes letters no more."""
    if letter.day is None or letter_of(letter.draft, letter.day, world, world.texts["vi"]) is None:
        return None
    return LetterRead(letter.draft, letter.day)


def _refused(talk: Talk, letter: Letter, world: World) -> Stay | None:
    """Whoever wrote it hears why, and so does who waits for a day; who knows of no letter hears nothing."""
    if letter.by:
        return Stay((Aside("letters.was_refused", letter.reason),))
    return Stay((Aside("letters.no_new_day", letter.reason),)) if letter.draft.wants_day else None


def _some_wait(talk: Talk, desk: str, world: World) -> Move | Stay | None:
    me = world.office.people.me()
    if not may(me, "lead", desk) or not any(one.draft.desk == desk for one in world.office.letters.waiting()):
        return None
    if isinstance(talk.stage, AtOffice | WaitingLetters):
        return Move(talk.stage, asides=(Aside("letters.some_wait", desk_name(desk, world)),), back=False)
    return Stay((Aside("letters.some_wait", desk_name(desk, world)),))
