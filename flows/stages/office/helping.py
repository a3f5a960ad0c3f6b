"""Somebody at the desk: first what they need, then asks and papers together, in the end what came of it."""

from __future__ import annotations

from flows import helped, helping, helping_words
from flows.events import Pressed, Said
from flows.helped import EXTRA, EXTRAS, OUTCOME, WITH_GUIDE, WITHOUT
from flows.moves import OPEN
from flows.office.stages import Helping
from flows.state import Talk
from flows.turn import Move, Page, World
from flows.undoing import ANSWER, DOCUMENT


def hear(at: Helping, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """One tap for each: a guide, an answer, a paper seen, an outcome."""
    if isinstance(event, Said):
        return helping_words.in_words(at, talk, event.text, world)
    guide = helping.guide_at(at, world)
    match event.choice:
        case "leave":
            return helping.left(at)
        case "other":
            return Move(helping.afresh(at), back=False)
        case "keep":
            return Move(helping.kept(at), back=False)
        case "skip_asks" | "more_asks" as way:
            return Move(helping.asking(at, on=way == "more_asks"), back=False)
        case "take_home" if guide is not None:
            return helping.taken_home(at, guide, world)
        case "change" if guide is not None:
            return Move(helping.reopened(at, guide), back=False)
        case id if id.startswith(OPEN):
            return helping.opens(at, id.removeprefix(OPEN), world)
        case id if id.startswith(DOCUMENT):
            paper = id.removeprefix(DOCUMENT)
            return Move(helping.turned(at, (paper,), paper not in at.seen), back=False)
        case id if id.startswith(ANSWER) and guide is not None:
            ask = helping.asked_next(at, guide, world)
            return None if ask is None else Move(helping.answered(at, {ask.id: id.removeprefix(ANSWER)}), back=False)
        case id:
            return _came_of_it(at, id, world)


def _came_of_it(at: Helping, id: str, world: World) -> Move | None:
    for extra in EXTRAS:
        if id == EXTRA + extra:
            return Move(helping.with_extra(at, extra), back=False)
    for outcome in (*WITH_GUIDE, *WITHOUT):
        if id == OUTCOME + outcome:
            return helping.ended(at, outcome, world)
    return None


def show(at: Helping, talk: Talk, world: World) -> Page:
    """What this person needs, or all about it on one page."""
    say = world.texts[talk.language]
    guide = helping.guide_at(at, world)
    if guide is None or at.offered:
        return helped.finding(at, guide, world, say)
    ask = helping.asked_next(at, guide, world)
    return helped.ending(at, guide, world, say) if ask is None else helped.asking(at, guide, ask, world, say)
