"""What the person has begun: every list with how much is there, to go on with or to look at."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.moves import onward
from flows.replies import Bullets, Choice, Heading, Line
from flows.state import Awaiting, Case, Home, MyLists, Talk
from flows.telling.due import latest
from flows.telling.plain import day, named, short
from flows.texts import Say
from flows.turn import Move, Page, World
from knowledge.guide import Guide
from knowledge.tailor import papers

LIST = "l:"


def hear(at: MyLists, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Go on with a list, or ask something else."""
    if event == Pressed("again", talk.turn):
        return Move(Home())
    if isinstance(event, Pressed) and event.choice.startswith(LIST):
        for case, guide in _begun(talk, world):
            if case.guide == event.choice.removeprefix(LIST):
                return Move(Awaiting(guide.id) if case.handed_in and not case.received else onward(case, guide))
    return None


def show(at: MyLists, talk: Talk, world: World) -> Page:
    """The latest first; a list whose guide was withdrawn is left out."""
    say = world.texts[talk.language]
    begun = _begun(talk, world)
    again = Choice("again", say("thanks.again"), "more")
    if not begun:
        return Page((Heading(say("my_lists.title")), Line(say("my_lists.none"))), (again,), say("home.prompt"))
    choices = tuple(Choice(LIST + case.guide, short(named(guide.title, guide.en, say))) for case, guide in begun)
    lines = tuple(_line(case, guide, world, say) for case, guide in begun)
    return Page(
        (Heading(say("my_lists.title")), Line(say("my_lists.how")), Bullets(lines)),
        (*choices, again),
        say("guide.prompt"),
    )


def _begun(talk: Talk, world: World) -> list[tuple[Case, Guide]]:
    found = ((case, world.library.local(case.guide, talk.province)) for case in talk.cases)
    return [(case, guide) for case, guide in found if guide is not None and guide.visible(world.today)]


def _line(case: Case, guide: Guide, world: World, say: Say) -> str:
    if case.handed_in is not None and not case.received:
        due = latest(guide, case)
        told = say("my_lists.due", day=day(due)) if due is not None else say("my_lists.no_due")
        return say("my_lists.handed_in", name=named(guide.title, guide.en, say), day=day(case.handed_in), due=told)
    listed = papers(guide, case.answers, world.today)
    have = sum(document.id in case.have for document, _ in listed)
    return say("my_lists.line", name=named(guide.title, guide.en, say), have=have, of=len(listed))
