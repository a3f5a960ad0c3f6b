"""`./run poster`: what the posters of guides and desks say, for a wall where people wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.papers.poster import Poster, Target
from flows.telling.glance import fees_at_a_glance, places_at_a_glance, times_at_a_glance
from flows.telling.plain import day
from flows.texts import Say
from knowledge.desks import WEEKDAYS, Desk, Opening
from knowledge.guide import Guide
from knowledge.library import Library

ALL = "all"


class NoSuchPoster(LookupError):
    """Nothing of that name: neither a guide's id or code, nor a desk's id."""


@dataclass(frozen=True)
class Wall:
    """What the posters of one wall go by.

    `desk` is whose telephone stands on the posters of guides, `place` the province's name; both may be missing.
    `public_url` is where the page is reached, `telegram` the bot's name there, empty for none.
    """

    library: Library
    desks: dict[str, Desk]
    today: date
    say: Say
    public_url: str
    telegram: str = ""
    desk: Desk | None = None
    province: str = ""

    def posters(self, name: str) -> Iterator[tuple[str, Poster]]:
        """Id and poster of a guide (by id or code), of a desk, or of `all` of them; NoSuchPoster."""
        if name == ALL:
            yield from ((desk.id, self._of_desk(desk)) for desk in self.desks.values())
            for guide in self.library.guides.values():
                if guide.status == "published" and guide.visible(self.today):
                    yield guide.id, self._of_guide(guide)
        elif name in self.desks:
            yield name, self._of_desk(self.desks[name])
        else:
            found = self.library.get(name) or self.library.by_code(name)
            if found is None or not found.visible(self.today):
                raise NoSuchPoster(name)
            yield found.id, self._of_guide(found)

    def _of_guide(self, national: Guide) -> Poster:
        """A procedure: how long, how much, where, as on the first page of its guide."""
        say, today = self.say, self.today
        guide = self.library.local(national.id, self.province) or national
        province = self.library.province(self.province)
        place = province.name if province is not None else ""
        facts = (
            (say("guide.time"), times_at_a_glance(guide, {}, today, say)),
            (say("guide.fee"), fees_at_a_glance(guide, {}, today, say, place=place)),
            (say("guide.place"), places_at_a_glance(guide, {}, today, say)),
        )
        return Poster(
            above=say("poster.guide", code=guide.code),
            title=guide.title,
            lines=tuple((label, " ".join(texts)) for label, texts in facts if texts),
            targets=self._targets(f"/thu-tuc/{guide.id}", f"?start=g_{guide.id}"),
            call=self._call(self.desk),
            foot=say("poster.foot", day=day(max(source.checked_on for source in guide.sources))),
        )

    def _of_desk(self, desk: Desk) -> Poster:
        """A desk: where, when, and on which day volunteers help."""
        say = self.say
        lines = [
            (say("poster.address"), desk.address),
            (say("poster.hours"), "; ".join(self._opening(one) for one in desk.opening)),
        ]
        if desk.friendly_day is not None:
            friendly = say("poster.friendly_day", day=say(f"weekday.{desk.friendly_day}"))
            lines.append((say("poster.friendly"), _capital(friendly)))
        return Poster(
            above=say("poster.desk"),
            title=desk.name,
            lines=tuple(lines),
            targets=self._targets("/", f"?start=d_{desk.id}"),
            call=self._call(desk),
            foot=say("poster.foot", day=day(desk.checked_on)),
        )

    def _opening(self, one: Opening) -> str:
        """The days, a run of three or more said by its ends, and the hours."""
        say, days = self.say, sorted(WEEKDAYS.index(day) for day in one.days)
        names = [say(f"weekday.{WEEKDAYS[day]}") for day in days]
        run = len(days) > 2 and days[-1] - days[0] == len(days) - 1
        told = say("poster.from_to", first=names[0], last=names[-1]) if run else ", ".join(names)
        return f"{_capital(told)}: {one.hours}"

    def _call(self, desk: Desk | None) -> str:
        return self.say("poster.call", phone=desk.hotline) if desk is not None and desk.hotline else ""

    def _targets(self, path: str, start: str) -> tuple[Target, ...]:
        page = Target(self.public_url + path, self.say("poster.page"))
        if not self.telegram:
            return (page,)
        return (page, Target(f"https://t.me/{self.telegram}{start}", self.say("poster.telegram")))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
