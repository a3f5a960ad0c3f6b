"""What the person has begun: every list with what is missing, to go on with, to name or to delete."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.lists import LIST, resumed
from flows.replies import Bullets, Choice, Heading, Line
from flows.state import Case, Deleting, Home, MyLists, Naming, Talk
from flows.telling.due import latest
from flows.telling.plain import day, list_name, lower, paper_name, short
from flows.texts import Say
from flows.turn import Move, Page, World
from knowledge.guide import Guide
from knowledge.tailor import Fit, next_ask, papers

NAME = "n:"
DELETE = "x:"

BUTTON = 50
"""Characters of a list's name on a button."""

MISSING = 3
"""Papers named of each list."""


def hear(at: MyLists, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Go on with a list, name or delete one, or ask something else."""
    if not isinstance(event, Pressed):
        return None
    if event.choice == "again":
        return Move(Home())
    if event.choice in {"tidy", "tidied"}:
        return Move(MyLists(tidying=not at.tidying), back=False)
    for case, guide in _begun(talk, world):
        if event.choice == LIST + case.id:
            return Move(resumed(case, guide))
        if event.choice == NAME + case.id:
            return Move(Naming(case.guide, case.nth))
        if event.choice == DELETE + case.id:
            return Move(Deleting(case.guide, case.nth))
    return None


def show(at: MyLists, talk: Talk, world: World) -> Page:
    """The latest first; a list whose guide was withdrawn is left out."""
    say = world.texts[talk.language]
    begun = _begun(talk, world)
    again = Choice("again", say("thanks.again"), "more")
    if not begun:
        return Page((Heading(say("my_lists.title")), Line(say("my_lists.none"))), (again,), say("home.prompt"))
    how = say("my_lists.how_to_tidy" if at.tidying else "my_lists.how")
    lines = tuple(_line(case, guide, world, say) for case, guide in begun)
    return Page(
        (Heading(say("my_lists.title")), Line(how), Bullets(lines, ordered=True)),
        (*_choices(at, begun, say), again),
        say("guide.prompt"),
    )


def _choices(at: MyLists, begun: list[tuple[Case, Guide]], say: Say) -> tuple[Choice, ...]:
    names = [(case.id, list_name(guide, case, say, BUTTON)) for case, guide in begun]
    if not at.tidying:
        lists = (Choice(LIST + id, name) for id, name in names)
        return (*lists, Choice("tidy", say("my_lists.tidy"), "more"))
    name = (Choice(NAME + id, say("my_lists.name", name=name)) for id, name in names)
    delete = (Choice(DELETE + id, say("my_lists.delete", name=name)) for id, name in names)
    return (*name, *delete, Choice("tidied", say("my_lists.tidied"), "main"))


def _begun(talk: Talk, world: World) -> list[tuple[Case, Guide]]:
    found = ((case, world.library.local(case.guide, talk.province)) for case in talk.cases)
    return [(case, guide) for case, guide in found if guide is not None and guide.visible(world.today)]


def _line(case: Case, guide: Guide, world: World, say: Say) -> str:
    name = list_name(guide, case, say)
    if case.handed_in is not None and not case.received:
        due = latest(guide, case)
        told = say("my_lists.due", day=day(due)) if due is not None else say("my_lists.no_due")
        return say("my_lists.handed_in", name=name, day=day(case.handed_in), due=told)
    if case.received:
        return say("my_lists.received", name=name)
    listed = papers(guide, case.answers, world.today)
    have = sum(document.id in case.have for document, _ in listed)
    line = say("my_lists.line", name=name, have=have, of=len(listed))
    if next_ask(guide, case.answers) is not None:
        return f"{line}. {say('my_lists.unasked')}"
    missing = [d for d, fit in listed if fit is Fit.YES and not d.if_any and d.id not in case.have]
    if not missing:
        return f"{line}."
    names = "; ".join(lower(short(paper_name(document, say))) for document in missing[:MISSING])
    more = "; " + say("glance.more_papers", n=len(missing) - MISSING) if len(missing) > MISSING else ""
    return f"{line}. {say('my_lists.missing', names=names + more)}"
