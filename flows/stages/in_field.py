"""The guides of one field, a page at a time."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.moves import open_choice, pressed_guide
from flows.replies import Choice, Heading, Line
from flows.state import InField, Talk
from flows.turn import Move, Page, World

SHOWN = 8
"""Guides on one page: what a phone shows without losing the question."""


def hear(at: InField, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A guide, or another page."""
    if event == Pressed("more", talk.turn):
        return Move(InField(at.field, at.page + 1), back=False)
    if event == Pressed("less", talk.turn):
        return Move(InField(at.field, max(0, at.page - 1)), back=False)
    return pressed_guide(event, talk, world)


def show(at: InField, talk: Talk, world: World) -> Page:
    """One page of guides; a field that lost all its guides says so."""
    say = world.texts[talk.language]
    field = next((field for field in world.library.fields if field.id == at.field), None)
    guides = world.library.in_field(at.field, world.today)
    page = guides[at.page * SHOWN : (at.page + 1) * SHOWN]
    title = say("fields.title") if field is None else field.en if talk.language == "en" and field.en else field.name
    choices = [open_choice(guide, say) for guide in page]
    if at.page > 0:
        choices.append(Choice("less", say("fields.less"), "more"))
    if len(guides) > (at.page + 1) * SHOWN:
        choices.append(Choice("more", say("fields.more"), "more"))
    return Page(
        (Heading(title), Line(say("fields.choose") if page else say("fields.empty"))),
        tuple(choices),
        say("fields.prompt"),
    )
