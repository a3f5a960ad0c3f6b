"""The people of the benchmark: each has a talk with the bot, as people hold them, again and again."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.bench.telegram_api import Api, Calls, Json, Said

TALK: tuple[str | int, ...] = (
    "/start",
    "lam giay ks cho con",
    0, 0, 0, 0, 0,
    "bao nhiêu tiền",
    "đăng ký kết hôn",
    0, 0,
    "quay lại",
    "lệ phí hộ chiếu",
    "cảm ơn",
)  # fmt: skip
"""What is typed, or the place of the button that is pressed."""

PATIENCE = 20.0
"""Seconds after which an update counts as lost."""


@dataclass
class Figures:
    """What was seen: updates sent, seconds to each answer, lost ones, pages that nobody had asked for."""

    sent: int = 0
    waits: list[float] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0
    duplicates: int = 0

    def p(self, share: float) -> float:
        """That percentile of the waits, in milliseconds."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else float("nan")


class People:
    """Everybody who talks to one bot."""

    def __init__(self, api: Api, calls: Calls, duplicates: float, seed: int = 1, patience: float = PATIENCE) -> None:
        self._api = api
        self._calls = calls
        self._chance = random.Random(seed)  # noqa: S311 - a load, no secret
        self._duplicates = duplicates
        self._patience = patience
        self._answers: dict[int, asyncio.Queue[Said]] = {}
        self._aside: set[asyncio.Task[None]] = set()
        self.enough = False
        self.answered = asyncio.Event()
        self.figures = Figures()
        api.heard = self._heard

    def _heard(self, said: Said) -> None:
        if said.chat in self._answers:
            self._answers[said.chat].put_nowait(said)

    async def talk(self, chat: int, until: float) -> None:
        """Go through the talk again and again, waiting for each answer, until that moment (perf_counter)."""
        answers = self._answers[chat] = asyncio.Queue()
        page: Said | None = None
        for step in itertools.cycle(TALK):
            if time.perf_counter() >= until:
                return
            page = await self.act(chat, step, page, answers)

    async def act(
        self, chat: int, step: str | int, page: Said | None, answers: asyncio.Queue[Said], due: float | None = None
    ) -> Said | None:
        """One update and its answer; None when none came."""
        self.figures.doubled += answers.qsize()
        while not answers.empty():
            answers.get_nowait()
        update = self._update(chat, step, page)
        begun = time.perf_counter() if due is None else due
        self.figures.sent += 1
        push = asyncio.create_task(self._calls.push(update, chat))
        try:
            answer = await asyncio.wait_for(answers.get(), self._patience)
        except TimeoutError:
            self.figures.lost += 1
            return page
        finally:
            await push
        self.figures.waits.append(answer.at - begun)
        self.answered.set()
        if self._chance.random() < self._duplicates:
            self.figures.duplicates += 1
            await self._calls.push(update, chat)
        return answer

    def _update(self, chat: int, step: str | int, page: Said | None) -> Json:
        number = self._api.next_update()
        person = {"id": chat, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
        place = {"id": chat, "type": "private", "first_name": "Lan"}
        if isinstance(step, int) and page is not None and page.buttons:
            bot = {"id": 123, "is_bot": True, "first_name": "Thử tải", "username": "thu_tai_bot"}
            rows = [[{"text": f"{at + 1}. Nút", "callback_data": data}] for at, data in enumerate(page.buttons)]
            message = {"message_id": page.message, "date": 1_790_000_000, "chat": place, "from": bot, "text": page.text}
            message["reply_markup"] = {"inline_keyboard": rows}
            data = page.buttons[min(step, len(page.buttons) - 1)]
            query = {"id": str(number), "from": person, "message": message, "chat_instance": "1", "data": data}
            return {"update_id": number, "callback_query": query}
        text = step if isinstance(step, str) else "1"
        message = {"message_id": number, "date": 1_790_000_000, "chat": place, "from": person, "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        return {"update_id": number, "message": message}

    def _newcomers(self) -> int:
        """The first of a row of chats that nobody has had."""
        return 1000 * (self._api.updates + 1)

    async def crowd(self, people: int, seconds: float) -> float:
        """So many people at once, each as fast as it is answered; answered updates a second, the first fifth left out."""
        begun = time.perf_counter()
        until = begun + seconds
        first = self._newcomers()
        everybody = asyncio.gather(*(self.talk(chat, until) for chat in range(first, first + people)))
        await asyncio.sleep(seconds / 5)
        before, since = len(self.figures.waits), time.perf_counter()
        await asyncio.sleep(max(0.0, until - time.perf_counter()))
        rate = (len(self.figures.waits) - before) / (time.perf_counter() - since)
        await everybody
        return rate

    async def steady(self, rate: float, seconds: float, people: int) -> None:
        """An update at its due moment, whether or not others have been answered; by whoever is free."""
        first = self._newcomers()
        free: asyncio.Queue[tuple[int, Iterator[str | int], Said | None]] = asyncio.Queue()
        for chat in range(first, first + people):
            self._answers[chat] = asyncio.Queue()
            free.put_nowait((chat, itertools.cycle(TALK), None))
        running: set[asyncio.Task[None]] = set()

        async def one(chat: int, steps: Iterator[str | int], page: Said | None, due: float) -> None:
            answer = await self.act(chat, next(steps), page, self._answers[chat], due)
            free.put_nowait((chat, steps, answer))

        begun = time.perf_counter()
        for number in itertools.count():
            due = begun + number / rate
            if self.enough or number >= rate * seconds:
                break
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            task = asyncio.create_task(one(*await free.get(), due))
            running.add(task)
            task.add_done_callback(running.discard)
        await asyncio.gather(*running)

    async def caught_up(self, few: int) -> None:
        """Wait until no more than so many wait for an answer, and one was answered meanwhile."""
        self.answered.clear()
        await self.answered.wait()
        while self.figures.sent - len(self.figures.waits) - self.figures.lost > few:
            self.answered.clear()
            await self.answered.wait()

    async def one_person(self, updates: int, window: int = 10) -> int:
        """That many updates of one person, so many under way at once; how many were answered out of order.

        Some are delivered twice, the second time behind all that are under way.
        """
        chat = 77
        answers = self._answers[chat] = asyncio.Queue()
        wrong = 0
        for at in range(0, updates, window):
            numbers = [number % 70 + 25 for number in range(at, min(at + window, updates))]
            these = [self._update(chat, f"số {one}", None) for one in numbers]
            again = [one for one in these if self._chance.random() < self._duplicates]
            await asyncio.gather(*(self._calls.push(one, chat) for one in (*these, *again)))
            self.figures.sent += len(numbers)
            self.figures.duplicates += len(again)
            for number in numbers:
                try:
                    answer = await asyncio.wait_for(answers.get(), self._patience)
                except TimeoutError:
                    self.figures.lost += 1
                    continue
                wrong += f"số {number}" not in answer.text
        await asyncio.sleep(1)
        self.figures.doubled += answers.qsize()
        return wrong
