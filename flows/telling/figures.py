"""How a figure is said: a share with what it rests on, a median; what nobody reported is no figure, and not 0."""

from __future__ import annotations

from flows.office.reports import NOBODYS, Middle, Period, Report, Share
from flows.telling.plain import day, named
from flows.telling.posts import desk_name
from flows.texts import Say
from flows.turn import World


def many(n: int, say: Say) -> str:
    """How many; where there is none nothing was reported."""
    return grouped(n, say) if n else say("reports.no_data")


def grouped(n: int, say: Say) -> str:
    """12345 -> 12.345 (Vietnamese) or 12,345 (English)."""
    return f"{n:,}".replace(",", "." if say.language == "vi" else ",")


def share(one: Share, say: Say) -> str:
    """As 91,3 % (21/23); of nothing there is no share."""
    if not one.of:
        return say("reports.no_data")
    percent = f"{100 * one.part / one.of:.1f}".replace(".", "," if say.language == "vi" else ".")
    return say("reports.share", percent=percent, part=grouped(one.part, say), of=grouped(one.of, say))


def middle(one: Middle, say: Say) -> str:
    """As 12 phút (23 lượt)."""
    if one.seconds is None:
        return say("reports.no_data")
    return say("reports.middle", time=lasting(one.seconds, say), of=grouped(one.of, say))


def lasting(seconds: float, say: Say) -> str:
    """So long, in the largest unit that tells enough."""
    whole = round(seconds)
    if whole < 60:
        return say("reports.seconds", n=whole)
    minutes = round(seconds / 60)
    if minutes < 60:
        return say("reports.minutes", n=minutes)
    return say("reports.hours", hours=minutes // 60, minutes=minutes % 60)


def period_name(period: Period, say: Say) -> str:
    """As 25/11/2026, or 1/11/2026 - 30/11/2026."""
    if period.days == 1:
        return day(period.first)
    return say("reports.from_to", first=day(period.first), last=day(period.last))


def desk_called(id: str, world: World, say: Say) -> str:
    """A desk by its name; what belongs to none is people's own use."""
    return say("reports.no_desk") if id == NOBODYS else desk_name(id, world)


def member_called(id: str, report: Report, say: Say) -> str:
    """A member as the team calls them."""
    if id == NOBODYS:
        return say("reports.no_member")
    return report.called.get(id) or say("reports.gone_member", id=id)


def guide_called(id: str, world: World, say: Say) -> str:
    """A guide by its title; its id where it is gone."""
    if id == NOBODYS:
        return say("reports.no_guide")
    guide = world.library.get(id)
    return id if guide is None else named(guide.title, guide.en, say)


def paper_called(guide: str, paper: str, world: World, say: Say) -> str:
    """A paper by its name; its id where it or its guide is gone."""
    found = world.library.get(guide)
    document = None if found is None else found.document(paper)
    return paper if document is None else named(document.name, document.en, say)
