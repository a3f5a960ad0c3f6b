"""More of a guide: the steps with what often goes wrong, or the legal basis with the sources."""

from __future__ import annotations

from typing import assert_never

from flows.events import Pressed, Said
from flows.replies import Block, Bullets, Choice, Heading, Line
from flows.state import AtGuide, Reading, Talk
from flows.telling.plain import day, title
from flows.telling.pointers import pointer_line
from flows.telling.times import notice_lines, result_lines, step_lines
from flows.telling.tongues import official
from flows.texts import Say
from flows.turn import Move, Page, World
from knowledge.guide import Guide
from knowledge.tailor import Answers


def hear(at: Reading, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Back to the guide's page, as it was left."""
    if event != Pressed("page", talk.turn):
        return None
    before = talk.past[-1] if talk.past else None
    if isinstance(before, AtGuide) and (before.guide, before.nth) == (at.guide, at.nth):
        return Move(before, returns=True)
    return Move(AtGuide(at.guide, nth=at.nth), back=False)


def show(at: Reading, talk: Talk, world: World) -> Page:
    """The part that was asked for."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    case = talk.case(guide.id, at.nth)
    answers: Answers = case.answers if case else {}
    match at.part:
        case "steps":
            blocks = _steps(guide, answers, world, say)
        case "sources":
            blocks = _sources(guide, answers, world, say)
        case _:
            assert_never(at.part)
    return Page(blocks, (Choice("page", say("reading.back"), "main"),), say("guide.prompt"))


def _steps(guide: Guide, answers: Answers, world: World, say: Say) -> tuple[Block, ...]:
    steps = step_lines(guide, answers, world.today, say)
    mistakes = notice_lines(guide, guide.mistakes, answers, world.today, say)
    blocks: list[Block] = [Heading(say("reading.steps_title", name=title(guide, say)))]
    blocks.append(Bullets(steps, ordered=True) if steps else Line(say("reading.no_steps")))
    rows = (
        ("conditions", notice_lines(guide, guide.conditions, answers, world.today, say)),
        ("result", result_lines(guide, answers, world.today, say)),
    )
    blocks += [Bullets(told, say(f"guide.{name}")) for name, told in rows if told]
    if mistakes:
        blocks.append(Bullets(mistakes, say("reading.mistakes")))
    if guide.next:
        following = tuple(pointer_line(pointer, world.library, say) for pointer in guide.next)
        blocks.append(Bullets(following, say("reading.next")))
    return tuple(blocks)


def _sources(guide: Guide, answers: Answers, world: World, say: Say) -> tuple[Block, ...]:
    legal = notice_lines(guide, guide.legal_basis, answers, world.today, say)
    sources = tuple(
        say(
            "reading.source",
            title=official(source.title, say),
            certainty=say(f"reading.{source.certainty}"),
            date=day(source.checked_on),
        )
        for source in guide.sources
    )
    blocks: list[Block] = [Heading(say("reading.sources_title", name=title(guide, say)))]
    if legal:
        blocks.append(Bullets(legal, say("reading.legal")))
    blocks.append(Bullets(sources, say("reading.sources")))
    return tuple(blocks)
