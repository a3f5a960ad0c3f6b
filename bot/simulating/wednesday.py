"""The made Wednesday itself: people stand at desks and are helped, ask for a person, the product restarts at 10:15."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from bot.simulating.citizens import LEVELS, MOST_ASKS, Citizen, asks, at_home, comes_at, drawn, prepares, takes_along
from bot.simulating.ledger import Ledger
from bot.simulating.place import Place, Story
from bot.simulating.team import Helper, Team, falls_ill, gathered
from flows.facts import Asked, load
from flows.helped import OUTCOME
from flows.moves import OPEN
from flows.replies import Letter, Sheet
from flows.turn import VIETNAM
from flows.undoing import ANSWER, DOCUMENT

MOST_TAPS: Final = 8
"""What a person helped should take at most, papers aside."""

RESTART: Final = time(10, 15)
UNDER_WAY: Final = 6
"""Turns under way when the product is stopped."""


@dataclass
class Wednesday:
    """One day of it."""

    place: Place
    day: date
    chance: Random
    ledger: Ledger = field(default_factory=Ledger)
    letters: list[Letter] = field(default_factory=list)
    team: Team = field(init=False)
    _standing: dict[str, deque[Citizen]] = field(default_factory=lambda: defaultdict(deque))
    _waiting: dict[str, Citizen] = field(default_factory=dict)
    _served: set[str] = field(default_factory=set)

    def at(self, clock: time) -> datetime:
        """That time of the day."""
        return datetime.combine(self.day, clock, VIETNAM)

    async def passes(self, citizens: int, questions: Sequence[str]) -> None:
        """From the evening before until everybody has gone."""
        place = self.place
        self.team = await gathered(place, self.ledger, self.day)
        place.now = self.at(time(6, 50))
        await place.calls()
        await falls_ill(self.team.helpers["Nam"], self.ledger)
        for helper in self.team.helpers.values():
            place.begins(self._works(helper), self.at(time(7)))
        for desk in self.team.leads:
            place.begins(self._approves(desk), self.at(time(11)))
        everybody = drawn(place, citizens, questions, tuple(self.team.leads), self.chance)
        for citizen in everybody:
            at = comes_at(self.at(time(7, 20)), self.chance)
            place.begins(self._comes(citizen) if citizen.desk else self._stays(citizen), at)
        place.begins(self._restarts(everybody), self.at(RESTART))
        await place.run(self.at(time(18)))
        self.ledger.sent_home = sum(map(len, self._standing.values()))
        self.ledger.at_desk = sum(bool(citizen.desk) for citizen in everybody)
        self.ledger.at_home = len(everybody) - self.ledger.at_desk
        self.ledger.in_vain = len(self._waiting) - self.ledger.requests.total()

    async def _comes(self, citizen: Citizen) -> Story:
        """Somebody who stands at a desk, some with a list that they made on their phone while they wait."""
        if citizen.phone is not None and self.chance.random() < 0.5:
            await asks(citizen, citizen.phone)
            if await prepares(citizen.phone, self.chance):
                await takes_along(citizen, citizen.phone)
            yield 240
        citizen.came = self.place.now
        self._standing[citizen.desk].append(citizen)

    async def _stays(self, citizen: Citizen) -> Story:
        """Somebody at home; one of six asks for a person."""
        who = citizen.phone
        if who is None or self.chance.random() > 1 / 6:
            async for pause in at_home(citizen, self.ledger, self.chance):
                yield pause
            return
        await asks(citizen, who)
        yield 20
        await who.says("gặp người")
        await who.presses("message")
        await who.presses("yes" if self.chance.random() < 0.7 else "no")
        request = await self.place.store.view(who.address, self.place.now, lambda _, its: its.requests.mine())
        if request is not None:
            who.waits = True
            citizen.request, citizen.asked = request.id, self.place.now
            self._waiting[request.id] = citizen

    async def _works(self, helper: Helper) -> Story:
        """Comes, helps whoever stands there, then whoever waits for a message, and goes."""
        for begins, ends in helper.spans:
            yield max(0.0, (begins - self.place.now).total_seconds()) + helper.late
            await helper.who.says("có mặt")
            while self.place.now < ends:
                if not helper.busy and self._standing[helper.desk]:
                    helper.busy = True
                    async for pause in self._helps(helper, self._standing[helper.desk].popleft()):
                        yield pause
                    helper.busy = False
                elif not helper.busy and self._somebody_waits():
                    helper.busy = True
                    async for pause in self._serves(helper):
                        yield pause
                    helper.busy = False
                else:
                    yield 30
            await helper.who.says("báo cáo ca")
            await helper.who.presses("by_guide")
            if not helper.forgets:
                await helper.who.says("ra về")

    def _somebody_waits(self) -> bool:
        return any(id not in self._served for id in self._waiting)

    async def _helps(self, helper: Helper, citizen: Citizen) -> Story:
        """One person at the desk, from the call to the rating."""
        who, watch, begun = helper.who, self.place.watch, helper.who.taps
        self._note_wait(helper.desk, citizen)
        await who.says("người tiếp theo")
        called, papers, asks = self.place.now, 0, 0
        watch.may(who.address, citizen.mark)
        yield 20
        await who.says(citizen.code or f"{citizen.question} {citizen.mark}")
        if not who.has("other") and (offered := who.choices(OPEN)):
            await who.presses(offered[0].id)
        for _ in range(MOST_ASKS):
            answers = who.choices(ANSWER)
            if not answers:
                break
            yield 12
            if not await who.presses(self.chance.choice(answers[:2]).id):
                break
            asks += 1
        for paper in [one.id for one in who.choices(DOCUMENT)]:
            if self.chance.random() < 0.8:
                yield 6
                papers += await who.presses(paper)
        yield self.chance.randrange(60, 300)
        outcome = self._outcome(helper)
        watch.no_more(who.address, citizen.mark)
        if not await who.presses(OUTCOME + outcome):
            self.ledger.refused += 1
            await who.presses("leave")
            return
        self.ledger.helped[helper.desk, helper.called] += 1
        self.ledger.outcomes[outcome] += 1
        self.ledger.papers += papers
        yield 10
        await self._rates(helper, citizen)
        self.ledger.taps.append(taps := who.taps - begun - papers)
        if taps > MOST_TAPS:
            self.ledger.long.append(f"“{citizen.question}”: {taps} lần, trong đó trả lời {asks} câu hỏi")
        self.ledger.took.setdefault(helper.desk, []).append((self.place.now - called).total_seconds())
        if self.chance.random() < 0.1:
            await self._writes(helper)

    def _note_wait(self, desk: str, citizen: Citizen) -> None:
        if citizen.came is not None:
            self.ledger.waited.setdefault(desk, []).append((self.place.now - citizen.came).total_seconds())

    def _outcome(self, helper: Helper) -> str:
        """What comes of it: mostly filed online, as one ward counted."""
        there = {one.id.removeprefix(OUTCOME) for one in helper.who.choices(OUTCOME)}
        likely = ("filed_online",) * 14 + ("filed_at_counter", "by_post", "bring_more", "bring_more", "to_official")
        drawn = self.chance.choice(likely)
        return drawn if drawn in there else "advised"

    async def _rates(self, helper: Helper, citizen: Citizen) -> None:
        """On the volunteer's phone, turned round; or on one's own, by a code; or not at all."""
        way, level = self.chance.random(), self.chance.choice(LEVELS)
        who = helper.who
        if way < 0.2 and citizen.phone is not None and await who.presses("own_phone") and who.page is not None:
            sheet = next(block for block in who.page.blocks if isinstance(block, Sheet))
            await citizen.phone.says(sheet.code)
            self.ledger.levels[level] += await citizen.phone.presses(level)
        elif way < 0.8:
            self.ledger.levels[level] += await who.presses(level)
        else:
            await who.presses("skip")

    async def _writes(self, helper: Helper) -> None:
        """A letter of thanks for whoever was just helped."""
        await helper.who.says("viết thư")
        await helper.who.presses(self.chance.choice(("thanks", "birth")))
        if await helper.who.presses("take"):
            self._sent(helper)
        else:
            await helper.who.presses("propose")

    def _sent(self, helper: Helper) -> None:
        page = helper.who.page
        letter = next((block for block in page.blocks if isinstance(block, Letter)), None) if page else None
        if letter is not None:
            self.letters.append(letter)
            self.ledger.letters[helper.desk] += 1

    async def _approves(self, desk: str) -> Story:
        """A lead reads the letters that wait, before noon and in the afternoon; then they are printed."""
        lead = self.team.leads[desk]
        for _ in range(2):
            await lead.says("thư chờ duyệt")
            while waiting := lead.choices("w:"):
                await lead.presses(waiting[0].id)
                await lead.presses("approve")
            for helper in self.team.helpers.values():
                if helper.desk == desk and helper.who.has("next"):
                    await helper.who.says("viết thư")
                    while ready := helper.who.choices("r:"):
                        await helper.who.presses(ready[0].id)
                        self._sent(helper)
                        await helper.who.says("viết thư")
            await lead.says("báo cáo")
            for side in ("by_desk", "by_member", "by_guide"):
                await lead.presses(side)
            yield 5 * 3600

    async def _serves(self, helper: Helper) -> Story:
        """Somebody who waits is helped by messages; the first in the day is handed on to a colleague who is free."""
        await helper.who.says("người đang chờ")
        taken = helper.who.choices("take-")
        citizen = self._waiting.get(taken[0].id.removeprefix("take-")) if taken else None
        if citizen is None or citizen.phone is None or citizen.request in self._served:
            yield 60
            return
        self._served.add(citizen.request)
        watch, now, phone = self.place.watch, helper, citizen.phone
        watch.may(helper.who.address, citizen.mark)
        await helper.who.presses(taken[0].id)
        if citizen.asked is not None:
            self.ledger.relayed.append((self.place.now - citizen.asked).total_seconds())
        for line in ("Chào quý vị, tôi giúp được gì ạ?", "Quý vị mang theo các giấy trong danh sách nhé."):
            yield 40
            await now.who.says(f"{line} {citizen.mark}")
            await self.place.calls()
            yield 40
            await phone.says(f"Dạ cho tôi hỏi thêm về việc này {citizen.mark}")
            await self.place.calls()
            if now is helper and len(self._served) % 4 == 1:
                now = await self._handed_on(helper, citizen)
        watch.no_more(now.who.address, citizen.mark)
        ended = await now.who.presses("end")
        now.busy = now is helper
        self.ledger.requests[now.desk] += ended
        await self.place.calls()
        phone.waits = False
        if self.chance.random() < 0.8:
            await phone.looks()
            level = self.chance.choice(LEVELS)
            self.ledger.levels[level] += await phone.presses(level)

    async def _handed_on(self, helper: Helper, citizen: Citizen) -> Helper:
        """The colleague who goes on with it; the same one where nobody is free."""
        await helper.who.presses("hand_on")
        free = [one for one in helper.who.choices("to-") if not self.team.helpers[one.label].busy]
        if not free:
            await helper.who.presses("keep")
            return helper
        other = self.team.helpers[free[0].label]
        other.busy = True
        self.place.watch.may(other.who.address, citizen.mark)
        self.place.watch.no_more(helper.who.address, citizen.mark)
        await helper.who.presses(free[0].id)
        await self.place.calls()
        await other.who.says("người đang chờ")
        await other.who.presses("mine")
        self.ledger.notes.append(f"chuyển người: {helper.called} chuyển cho {other.called}")
        return other

    async def _restarts(self, everybody: list[Citizen]) -> Story:
        """The product is stopped in the middle of some turns and started again."""
        home = [one.phone for one in everybody if one.phone is not None and not one.desk]
        new = [who for who in home if who.page is None][:UNDER_WAY]
        for who in new:
            await who.starts()
        under_way = tuple((who, f"làm giấy khai sinh cho con {who.mark}") for who in new)
        self.ledger.kept_before, self.ledger.made_after = await self.place.restart(under_way)
        kept = [load(fact.body) for fact in await self.place.store.facts(limit=10**6)]
        asked = [fact.text for fact in kept if isinstance(fact, Asked)]
        self.ledger.not_once = [who.mark for who in new if sum(who.mark in text for text in asked) != 1]
        yield 0


def friendly_day(after: date) -> date:
    """The first Wednesday after that day."""
    return after + timedelta(days=(2 - after.weekday() - 1) % 7 + 1)
