"""One case: which guide, which papers, then what was right and where it is written."""

from __future__ import annotations

from dataclasses import replace

from flows.events import Pressed, Said
from flows.facts import Practised
from flows.judging import holds, judged
from flows.office.practice_stages import Practising
from flows.replies import Choice, Heading, Line
from flows.stages.office.training import next_case
from flows.state import AtGuide, Talk
from flows.telling.drills import (
    answered,
    chosen_guide,
    explained,
    guide_choices,
    paper_choices,
    paper_list,
    story,
    ticked_now,
    which_it_was,
)
from flows.telling.plain import named
from flows.turn import Move, Page, World


def hear(at: Practising, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A guide, a tick, the end of ticking, or the next case."""
    if not holds(at.drill, world):
        return next_case(talk, world) if event == Pressed("next", talk.turn) else None
    match at.step:
        case "guide":
            chosen = chosen_guide(event)
            return None if chosen is None else Move(replace(at, step="papers", chosen=chosen), back=False)
        case "papers":
            ticked = ticked_now(event, at.ticked)
            if ticked is not None:
                return Move(replace(at, ticked=ticked), back=False)
            return _told(at, world) if event == Pressed("done", talk.turn) else None
        case "told":
            if event == Pressed("guide", talk.turn):
                return Move(AtGuide(at.drill.guide))
            return next_case(talk, world) if event == Pressed("next", talk.turn) else None


def _told(at: Practising, world: World) -> Move:
    result = judged(at.drill, at.chosen, at.ticked, world)
    fact = Practised(
        world.me.id,
        at.drill.guide,
        at.chosen,
        result.guide and result.papers,
        (*result.missed, *result.extra),
    )
    return Move(replace(at, step="told"), facts=(fact,), back=False)


def show(at: Practising, talk: Talk, world: World) -> Page:
    """The story, then what each step asks or tells."""
    say = world.texts[talk.language]
    another = Choice("next", say("training.next"), "main")
    if not holds(at.drill, world):
        return Page((Heading(say("training.one_case")), Line(say("training.withdrawn"))), (another,))
    head = (Heading(say("training.one_case")), *story(at.drill, world, say))
    if at.step == "guide":
        return Page((*head, Line(say("training.which_guide"))), guide_choices(at.drill, world, say))
    which = which_it_was(at.drill, at.chosen, world, say)
    guide = world.guide(at.drill.guide)
    if at.step == "papers":
        listed = paper_list(at.drill, at.ticked, world, say)
        asked = Line(say("training.which_papers", guide=named(guide.title, guide.en, say)))
        choices = (*paper_choices(at.drill, at.ticked, world, say), Choice("done", say("training.done"), "main"))
        return Page((*head, which, *answered(at.drill, world, say), asked, listed), choices)
    result = judged(at.drill, at.chosen, at.ticked, world)
    choices = (another, Choice("guide", say("training.open_guide"), "more"))
    return Page((*head, which, *explained(at.drill, result, world, say)), choices)
