"""Which report somebody is led to: by words, or from the first page of the office, of what they may see."""

from __future__ import annotations

from flows import hearing
from flows.office.people import EVERYWHERE, Member, may, may_somewhere
from flows.office.reports import Period, Scope, may_see
from flows.office.stages import Reporting
from flows.periods import period_in, span
from flows.state import Aside, Talk
from flows.turn import Move, Stay, World
from knowledge.vietnamese import fold


def desks(me: Member, world: World) -> tuple[str, ...]:
    """The desks (ids) whose reports somebody may see one by one."""
    return tuple(sorted(desk for desk in {*world.desks, *_posts(me)} if may(me, "inform", desk)))


def of_today(world: World) -> Reporting:
    """Today: of all that somebody may see, or of their own shift."""
    return of_period(span("day", world.today), world)


def own_shift(world: World) -> Reporting:
    """One's own shift today."""
    return Reporting(world.today, world.today, member=world.me.id)


def of_period(period: Period, world: World) -> Reporting:
    """Those days, of all that somebody may see, or of themselves."""
    me = world.me
    if may(me, "inform"):
        return Reporting(period.first, period.last)
    there = desks(me, world)
    return Reporting(period.first, period.last, there[0]) if there else own_shift(world)


def scope(at: Reporting) -> Scope:
    """What a page of reports is of."""
    return Scope(Period(at.first, at.last), at.desk, at.member)


def heard(words: str, talk: Talk, world: World) -> Move | Stay | None:
    """What words that ask for a report lead to; None when they ask for none."""
    say, known = world.texts[talk.language], world.library.words
    own = hearing.says(words, "report_words.own", known, say)
    plain = hearing.says(words, "report_words.report", known, say)
    period = None if own or plain or not _begins(words) else period_in(words, world.today)
    if not own and not plain and period is None:
        return None
    me = world.office.people.me()
    if me is None:
        return Stay((Aside("office.not_here"),)) if words.startswith("/") else None
    if own:
        return Move(own_shift(world))
    to = of_today(world) if period is None else of_period(period, world)
    told = () if period is None or may_somewhere(me, "inform") else (Aside("reports.own_only"),)
    return Move(to, asides=told)


def allowed(at: Reporting, world: World) -> bool:
    """Whether whoever is there may see it."""
    return may_see(world.me, scope(at))


def _begins(words: str) -> bool:
    """Whether words begin by asking for a report."""
    return fold(words).startswith(("bao cao", "report"))


def _posts(me: Member) -> set[str]:
    return {post.desk for post in me.posts if post.desk != EVERYWHERE}
