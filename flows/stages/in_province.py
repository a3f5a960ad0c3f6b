"""In which province: asked once, because a province sets fees, hours and, for land, papers of its own."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.moves import chose_province
from flows.replies import Choice, Heading, Line
from flows.state import InProvince, Talk
from flows.turn import Move, Page, World
from knowledge.province import Province

PROVINCE = "p:"


def hear(at: InProvince, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """A province by its button; its name in words is heard everywhere."""
    if isinstance(event, Pressed) and event.choice.startswith(PROVINCE):
        province = world.library.province(event.choice.removeprefix(PROVINCE))
        if province is not None:
            return chose_province(talk, province, world)
    return None


def show(at: InProvince, talk: Talk, world: World) -> Page:
    """The provinces that are known to decide something come first."""
    say = world.texts[talk.language]

    def rank(province: Province) -> bool:
        return province.id not in world.library.decided

    choices = tuple(
        Choice(PROVINCE + province.id, province.en if talk.language == "en" and province.en else province.name)
        for province in sorted(world.library.provinces, key=rank)
    )
    return Page((Heading(say("in_province.title")), Line(say("in_province.body"))), choices, say("in_province.prompt"))
