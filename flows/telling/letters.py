"""What a letter says and on whose letterhead, and which letter an occasion calls for."""

from __future__ import annotations

from datetime import date

from flows.facts import Outcome
from flows.office.letters import Draft, Kind
from flows.replies import Letter
from flows.telling.due import weekday
from flows.telling.plain import named
from flows.texts import Say
from flows.turn import World
from knowledge.desks import Desk, Letterhead
from knowledge.guide import Guide

CONDOLED = frozenset(("ho-tich", "bao-tro-xa-hoi"))
"""Fields whose guides about a death are gone through in the days after it. Those about what the dead left may be gone
through years later, when a condolence hurts."""


def kind_for(guide: Guide) -> Kind | None:
    """The letter that the event of a guide calls for; None where nothing happened that an office writes about."""
    match guide.event:
        case "none":
            return None
        case "death":
            return "death" if guide.field in CONDOLED else None
        case "birth" | "marriage" | "business" as event:
            return event


def letter_desk(world: World) -> tuple[Desk, Letterhead] | None:
    """The desk that writes to a citizen: the only one there is, if it writes letters and nobody reads along."""
    if world.of_many or len(world.desks) != 1:
        return None
    (desk,) = world.desks.values()
    return None if desk.letters is None else (desk, desk.letters)


def called_for(guide: Guide, outcome: Outcome, desk: str) -> Draft | None:
    """The letter that a result calls for, by how it came."""
    if outcome == "more_papers":
        return None
    kind = "apology" if outcome == "late" else kind_for(guide)
    return None if kind is None else Draft(kind, desk, guide.id)


def letter_of(draft: Draft, written: date, world: World, say: Say) -> Letter | None:
    """The letter as it is read and printed; None where the desk is gone or writes no letters any more."""
    desk = world.desks.get(draft.desk)
    head = None if desk is None else desk.letters
    if desk is None or head is None:
        return None
    hotline = say("letters.hotline", phone=desk.hotline) if desk.hotline else ""
    return Letter(
        office=desk.name,
        address=" · ".join(part for part in (desk.address, hotline) if part),
        date=say("letters.date", place=head.place, day=written.day, month=written.month, year=written.year),
        title=title_of(draft, say),
        to=say(f"letter_to.{draft.letter}"),
        body=_body(draft, desk, world, say),
        signed=head.title,
        name=head.signed_by,
        foot=say("letters.foot_day" if draft.new_day is not None else "letters.foot"),
        label=say("letters.file"),
    )


def title_of(draft: Draft, say: Say) -> str:
    """What the letter is called above its words."""
    return say("letter_titles.new_day" if draft.new_day is not None else f"letter_titles.{draft.letter}")


def occasion(draft: Draft, world: World, say: Say) -> str:
    """The letter in a few words, for a list: "Chúc mừng em bé chào đời – Đăng ký khai sinh cho bé"."""
    kind, guide = say(f"letter_kinds.{draft.letter}"), _guide(draft, world, say)
    return say("letters.occasion", letter=kind, guide=guide) if guide else kind


def _body(draft: Draft, desk: Desk, world: World, say: Say) -> tuple[str, ...]:
    guide = _guide(draft, world, say)
    about = say("letters.about", guide=guide) if guide else say("letters.about_none")
    if draft.new_day is not None:
        late = say("letters.late", desk=desk.name, about=about)
        return (late, say("letters.new_day", day=weekday(draft.new_day, say)), say("letters.patience"))
    if draft.letter == "apology" and draft.late_since is not None:
        late = say("letters.late", desk=desk.name, about=about)
        return (late, say("letters.day_open"), say("letters.patience"))
    return tuple(say(f"letters.{draft.letter}", desk=desk.name, about=about).splitlines())


def _guide(draft: Draft, world: World, say: Say) -> str:
    guide = world.library.get(draft.guide) if draft.guide else None
    return "" if guide is None else named(guide.title, guide.en, say)
