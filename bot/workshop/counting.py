"""How much there is, how sure it is, and how much of it is tried: the counts of the guides in use."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bot.workshop.opening import MIRRORS, mirrors_of
from bot.workshop.playing import Alone, NotAsSaid, TalkFile, play, read_talks
from flows.events import Event
from flows.replies import Reply
from flows.state import Language
from flows.texts import Say
from knowledge.folders import File, files
from knowledge.guide import Certainty, Fact, Guide
from knowledge.library import Library
from knowledge.tailor import Fit, combinations, diverted, papers

Case = tuple[str, tuple[tuple[str, str], ...]]
"""A guide's id and a set of answers to it, in the order of the asks."""

SURE: Final[Mapping[Certainty, str]] = {
    "verified": "đã đối chiếu",
    "copied": "theo bản chép",
    "conflicting": "các nguồn mâu thuẫn",
    "unverified": "chưa kiểm chứng",
    "unknown": "chưa biết",
}


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted; shares are of `cases` and `choices`."""

    guides: int
    asks: int
    papers: int
    sources: int
    certainty: Mapping[Certainty, int]
    provinces: int
    decided: int
    cases: int
    listed: int
    choices: int
    talks: int
    cases_walked: int
    choices_walked: int

    def lines(self) -> tuple[str, ...]:
        """The counts in words, a line each."""
        facts = sum(self.certainty.values())
        sure = ", ".join(f"{self.certainty.get(one, 0)} {words}" for one, words in SURE.items())
        had = f"{self.guides} thủ tục đang dùng, {self.asks} câu hỏi, {self.papers} giấy tờ, {self.sources} nguồn"
        listed, walked = _share(self.listed, self.cases), _share(self.cases_walked, self.cases)
        pressed = _share(self.choices_walked, self.choices)
        return (
            f"{had}, {self.talks} cuộc trò chuyện mẫu",
            f"{facts} điều có ghi độ chắc chắn: {sure}",
            f"{self.provinces} tỉnh, thành phố có {self.decided} điều quy định riêng",
            f"{self.cases} trường hợp trả lời khác nhau: {listed} có danh sách giấy tờ hoặc dẫn sang thủ tục khác",
            f"Các cuộc trò chuyện mẫu đi qua {walked} trường hợp, {pressed} câu trả lời",
        )


def _share(some: int, of: int) -> str:
    percent = f"{100 * some / of:.1f}".replace(".", ",") if of else "0,0"
    return f"{some} ({percent}%)"


def count(library: Library, folders: Iterable[Path], texts: Mapping[Language, Say], today: date) -> Count:
    """Count the published guides of a library; the talks of those folders are held to see which cases they walk."""
    guides = {guide.id: guide for guide in library.guides.values() if guide.status == "published"}
    cases = {_case(guide.id, answers): guide for guide in guides.values() for answers in combinations(guide)}
    talks = tuple(talks_of(folders))
    walked = _walked(talks, library, texts)
    choices = {(id, ask, choice) for (id, answers) in cases for ask, choice in answers}
    certainty: Counter[Certainty] = Counter(
        guide.certainty_of(fact) for guide in guides.values() for fact in _facts(guide)
    )
    decided = [fact for one in library.decided.values() for local in one.guides.values() for _, fact in local.facts()]
    return Count(
        guides=len(guides),
        asks=sum(len(guide.asks) for guide in guides.values()),
        papers=sum(len(guide.documents) for guide in guides.values()),
        sources=sum(len(guide.sources) for guide in guides.values()),
        certainty=certainty,
        provinces=len(library.decided),
        decided=len(decided),
        cases=len(cases),
        listed=sum(_has_answer(guide, dict(answers), today) for (_, answers), guide in cases.items()),
        choices=len(choices),
        talks=len(talks),
        cases_walked=len(walked & cases.keys()),
        choices_walked=len({(id, ask, choice) for id, answers in walked for ask, choice in answers} & choices),
    )


def _facts(guide: Guide) -> Sequence[Fact]:
    return (
        *guide.documents, *guide.fees, *guide.times, *guide.channels, *guide.deadlines, *guide.conditions,
        *guide.steps, *guide.results, *guide.mistakes, *guide.legal_basis,
    )  # fmt: skip


def _has_answer(guide: Guide, answers: Mapping[str, str], today: date) -> bool:
    """Whether who answers so has papers to bring, each once, or is led to another procedure."""
    if diverted(guide, answers) is not None:
        return True
    names = [paper.name for paper, fit in papers(guide, answers, today) if fit is Fit.YES]
    return bool(names) and len(set(names)) == len(names)


def talks_of(folders: Iterable[Path]) -> Iterator[TalkFile]:
    """The talks of the mirrors of those folders, and with our own guides those about no one guide."""
    for folder in folders:
        mirrors = mirrors_of(folder)
        for item in files(mirrors) if mirrors.is_dir() else ():
            if isinstance(item, File):
                yield from read_talks(item.path, "talks")[0]
        for path in sorted((MIRRORS.parent / "talks").glob("*.yaml")) if mirrors == MIRRORS else ():
            yield from read_talks(path, None)[0]


def _case(id: str, answers: Mapping[str, str]) -> Case:
    return id, tuple(answers.items())


class _Walker(Alone):
    """Holds a talk and notes every set of answers that it comes to."""

    def __init__(self, library: Library, texts: Mapping[Language, Say], talk: TalkFile) -> None:
        super().__init__(library, texts, talk.now)
        self.walked: set[Case] = set()

    def step(self, event: Event) -> Reply:
        reply = super().step(event)
        self.walked |= {_case(case.guide, case.answers) for case in self.talk.cases}
        return reply


def _walked(talks: Iterable[TalkFile], library: Library, texts: Mapping[Language, Say]) -> set[Case]:
    walked: set[Case] = set()
    for talk in talks:
        person = _Walker(library, texts, talk)
        with suppress(NotAsSaid):  # ./run guide test tells of it; what was walked until then counts
            asyncio.run(play(talk, person))
        walked |= person.walked
    return walked
