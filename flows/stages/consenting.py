"""Whether a picture of a paper may be kept: what for, how long, who sees it, how it is erased; silence is no yes."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.pictures import answered
from flows.replies import Choice, Heading, Line, Row, Rows
from flows.state import Consenting, Talk
from flows.telling.plain import paper_name
from flows.turn import Move, Page, World


def hear(at: Consenting, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """Agreed, or not; words are no agreement."""
    if event in {Pressed("yes", talk.turn), Pressed("no", talk.turn)}:
        return answered(at, talk, given=event == Pressed("yes", talk.turn), world=world)
    return None


def show(at: Consenting, talk: Talk, world: World) -> Page:
    """All that a person should know before they say yes."""
    say = world.texts[talk.language]
    document = world.guide(at.guide).document(at.document)
    name = paper_name(document, say) if document is not None else ""
    days = world.keeps_pictures
    facts = tuple(
        Row(say(f"consenting.{one}"), (say(f"consenting.{one}_told", days=days) if one == "long" else say(told),))
        for one, told in (
            ("purpose", "consenting.purpose_told"),
            ("who", "consenting.who_told"),
            ("long", ""),
            ("erase", "consenting.erase_told"),
        )
    )
    return Page(
        (
            Heading(say("consenting.title", paper=name)),
            Rows(facts),
            Line(say("consenting.cover")),
            Line(say("consenting.free")),
        ),
        (Choice("yes", say("consenting.yes")), Choice("no", say("consenting.no"))),
    )
