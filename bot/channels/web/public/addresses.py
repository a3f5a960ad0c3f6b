"""What stands at an address under /thu-tuc/: a guide, the way to it, a name without a guide, or what is no more."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.channels.web.public.frame import LIST
from flows.turn import World
from knowledge.guide import Guide, is_code
from knowledge.vietnamese import unmarked


@dataclass(frozen=True, slots=True)
class Known:
    """A guide that citizens may see."""

    guide: Guide


@dataclass(frozen=True, slots=True)
class Moved:
    """It is told of at another address, for good."""

    path: str


@dataclass(frozen=True, slots=True)
class NameOnly:
    """A procedure that is known by code and name only."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Over:
    """A guide that is no longer used, and nothing, or not one thing alone, has taken its place."""

    guide: Guide


Place = Known | Moved | NameOnly | Over | None


def place(asked: str, world: World) -> Place:
    """What stands at that address; None when nothing ever did."""
    guide = world.library.get(asked)
    if guide is not None:
        return Known(guide) if guide.visible(world.today) else _over(guide, world)
    if is_code(asked):
        return _of_code(asked, world)
    other = _in_our_letters(asked)
    guide = world.library.get(other) if other != asked else None
    if guide is not None and guide.visible(world.today):
        return Moved(f"{LIST}/{guide.id}")
    return Moved(f"{LIST}/{other}" if other else LIST) if is_code(other) or not other else None


def _of_code(code: str, world: World) -> Place:
    guide = world.library.by_code(code)
    if guide is None:
        name = world.library.name_only(code)
        return NameOnly(code, name) if name is not None else None
    return Moved(f"{LIST}/{guide.id}") if guide.visible(world.today) else _over(guide, world)


def _over(guide: Guide, world: World) -> Place:
    if guide.status == "draft":
        return None
    successor = world.library.by_code(guide.replaced_by[0].code) if len(guide.replaced_by) == 1 else None
    if successor is None or not successor.visible(world.today):
        return Over(guide)
    return Moved(f"{LIST}/{successor.id}")


def _in_our_letters(asked: str) -> str:
    """As an id is written: "Đăng-ký khai_sinh/" -> "dang-ky-khai-sinh". Letters of other scripts stay what they are."""
    return re.sub(r"[\s_-]+", "-", unmarked(asked).casefold()).strip("-/")
