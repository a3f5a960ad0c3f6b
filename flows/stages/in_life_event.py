"""The journey of one life event: what can be done in one go, then each procedure, what it is for, what it waits for."""

from __future__ import annotations

from collections.abc import Mapping

from flows.events import Pressed, Said
from flows.moves import found_choice, pressed_guide
from flows.replies import Block, Bullets, Choice, Heading, Line, Notice
from flows.state import Fields, InLifeEvent, Talk
from flows.telling.glance import deadlines_at_a_glance
from flows.telling.plain import named, title
from flows.texts import Say
from flows.turn import Move, Page, World
from knowledge.life_event import LifeStep


def hear(at: InLifeEvent, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """One of the procedures, or the fields."""
    return Move(Fields()) if event == Pressed("fields", talk.turn) else pressed_guide(event, talk, world)


def show(at: InLifeEvent, talk: Talk, world: World) -> Page:
    """The steps in order; condolence first at a death. An event that is gone leaves the way to the fields."""
    say = world.texts[talk.language]
    event = world.library.life_event(at.event)
    fields = Choice("fields", say("not_known.fields"), "more")
    if event is None:
        return Page((Heading(say("life_events.title")), Line(say("gone.do"))), (fields,), say("not_known.prompt"))
    blocks: list[Block] = [Heading(named(event.name, event.en, say))]
    if event.event == "death":
        blocks.append(Line(say("guide.condolence")))
    elif event.event == "birth":
        blocks.append(Line(say("guide.birth")))
    if event.elsewhere:
        blocks.append(Notice(named(event.elsewhere, event.elsewhere_en, say), "warning"))
    blocks.append(Line(named(event.intro, event.intro_en, say)))
    if event.one_go is not None:
        blocks.append(Notice(say("life_events.one_go", name=_name(event.one_go, world, say))))
    places = {step.code: place for place, step in enumerate(event.steps, 1)}
    steps = tuple(_step(step, places, world, say) for step in event.steps)
    title = say("life_events.related" if event.elsewhere else "life_events.steps")
    blocks.append(Bullets(steps, title, ordered=not event.elsewhere))
    found = (found_choice(_found(code, world), world, say) for code in event.codes)
    choices = dict.fromkeys(choice for choice in found if choice is not None)
    return Page(tuple(blocks), (*choices, fields), say("fields.prompt"))


def _found(code: str, world: World) -> str:
    guide = world.library.by_code(code)
    return guide.id if guide is not None else code


def _name(code: str, world: World, say: Say) -> str:
    guide = world.library.by_code(code)
    if guide is not None:
        return title(guide, say)
    return named(world.library.name_only(code) or code, "", say)


def _step(step: LifeStep, places: Mapping[str, int], world: World, say: Say) -> str:
    name = _name(step.code, world, say)
    told = step.why.rstrip(".").casefold() in name.casefold()
    why = named(step.why, world.library.shared_english.get(step.why, ""), say)
    parts = [f"{name}." if told else say("life_events.step", name=name, why=why)]
    guide = world.library.by_code(step.code)
    if guide is not None and step.deadline:
        by = deadlines_at_a_glance(world.guide(guide.id), step.answers, world.today, say)
        parts += [say("life_events.by", deadline=line) for line in by]
    if step.after:
        parts.append(say("life_events.after", steps=", ".join(str(places[code]) for code in step.after)))
    return " ".join(parts)
