"""What to take along: papers ready and missing, fee, time, place, and what to check before leaving."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.moves import case_of
from flows.replies import Block, Choice, Heading, Line, Notice, Papers, Row, Rows
from flows.replies import Bullets as BulletList
from flows.state import Awaiting, Collecting, HandingIn, Summary, Talk, Thanks, WasSolved
from flows.telling.fees import fee_lines
from flows.telling.papers import paper
from flows.telling.places import online_lines, place_lines
from flows.telling.plain import named
from flows.telling.times import notice_lines, time_lines
from flows.telling.trust import trust_line
from flows.turn import Move, Page, World
from knowledge.tailor import papers


def hear(at: Summary, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Finish, tell that the file was handed in, or go back to the list."""
    if event == Pressed("finish", talk.turn):
        rated = case_of(talk, world.guide(at.guide)).rated
        return Move(Thanks(at.guide) if rated else WasSolved(at.guide))
    if event == Pressed("list", talk.turn):
        return Move(Collecting(at.guide), back=False)
    if event == Pressed("handed", talk.turn):
        handed = case_of(talk, world.guide(at.guide)).handed_in
        return Move(HandingIn(at.guide) if handed is None else Awaiting(at.guide))
    return None


def show(at: Summary, talk: Talk, world: World) -> Page:
    """The list as a person would take it along."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    case = case_of(talk, guide)
    today = world.today
    listed = [
        paper(guide, document, fit, case.answers, case.have, world.library, say)
        for document, fit in papers(guide, case.answers, today)
    ]
    missing = tuple(one for one in listed if one.mark == "missing")
    blocks: list[Block] = [Heading(say("summary.title", name=named(guide.title, guide.en, say)))]
    blocks.append(Line(say("summary.missing_count", n=len(missing)) if missing else say("summary.complete")))
    for title, mark in (("missing", "missing"), ("ready", "have"), ("may_need", "open")):
        some = tuple(one for one in listed if one.mark == mark)
        if some:
            title_text = say(f"summary.{title}")
            blocks.append(Papers(some, title_text[0].upper() + title_text[1:]))
    rows = (
        ("fee", fee_lines(guide, case.answers, today, say, place=world.place)),
        ("time", time_lines(guide, case.answers, today, say)),
        ("place", place_lines(guide, case.answers, today, say)),
        ("online", online_lines(guide, case.answers, today, say)),
        ("deadline", notice_lines(guide, guide.deadlines, case.answers, today, say)),
    )
    blocks.append(Rows(tuple(Row(say(f"guide.{name}"), values) for name, values in rows if values)))
    before = notice_lines(guide, guide.mistakes, case.answers, today, say)
    if before:
        blocks.append(BulletList(before, say("summary.before")))
    blocks.append(Notice(say("guide.official", name=guide.name, code=guide.code), "source"))
    blocks.append(Notice(trust_line(guide, case.answers, today, say), "source"))
    choices = (
        Choice("finish", say("summary.finish"), "main"),
        Choice("handed", say("summary.handed"), "more"),
        Choice("list", say("summary.list"), "more"),
    )
    return Page(tuple(blocks), choices, say("guide.prompt"))
