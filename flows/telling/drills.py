"""A case to practise in words: the story, what there is to choose, and what was right with where it is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from flows.events import Pressed, Said
from flows.judging import Judged, is_sure, offered
from flows.office.practice import POINTS, Drill
from flows.replies import Block, Bullets, Choice, Line, Notice, Paper, Papers
from flows.telling.plain import day, label, named, paper_name, short
from flows.telling.tongues import official
from flows.texts import Say
from flows.turn import World
from knowledge.guide import Document, Guide
from knowledge.tailor import Fit
from knowledge.tailor import papers as tailored

GUIDE: Final = "g:"
PAPER: Final = "p:"
STORY: Final = 3
"""Words of an answer that says something without its question."""


def story(drill: Drill, world: World, say: Say) -> tuple[Block, ...]:
    """What somebody says, as a volunteer hears it at the desk."""
    guide = world.guide(drill.guide)
    blocks: list[Block] = [Line(say("training.said", phrase=guide.phrases[drill.phrase]))]
    told = [words for _, words in _answers(drill, guide, say) if len(words.split()) >= STORY]
    if told:
        blocks.append(Line(say("training.tells", what="; ".join(told))))
    return tuple(blocks)


def answered(drill: Drill, world: World, say: Say) -> tuple[Block, ...]:
    """The answers, each with its question: they decide on the papers."""
    lines = tuple(f"{ask} {words}" for ask, words in _answers(drill, world.guide(drill.guide), say))
    return (Bullets(lines),) if lines else ()


def _answers(drill: Drill, guide: Guide, say: Say) -> list[tuple[str, str]]:
    found = []
    for id, choice in drill.answers:
        ask = guide.ask(id)
        if ask is not None and choice in ask.choices:
            found.append((named(ask.text, ask.en, say), label(ask.choices[choice], say)))
    return found


def guide_choices(drill: Drill, world: World, say: Say) -> tuple[Choice, ...]:
    """The guides to choose from, those that are gone meanwhile left out."""
    shown = (world.guide(id) for id in drill.guides if id in world.library.guides)
    return tuple(Choice(GUIDE + one.id, short(named(one.title, one.en, say))) for one in shown)


def paper_list(drill: Drill, ticked: Collection[int], world: World, say: Say) -> Papers:
    """The papers to tick."""
    return Papers(
        tuple(
            Paper(paper_name(document, say), "", (), "have" if place in ticked else "missing")
            for place, _, document in offered(drill, world)
        )
    )


def paper_choices(drill: Drill, ticked: Collection[int], world: World, say: Say) -> tuple[Choice, ...]:
    """A button for each."""
    return tuple(
        Choice(f"{PAPER}{place}", short(paper_name(document, say)), "paper", place in ticked)
        for place, _, document in offered(drill, world)
    )


def chosen_guide(event: Pressed | Said) -> str | None:
    """The guide that a press chose."""
    if isinstance(event, Pressed) and event.choice.startswith(GUIDE):
        return event.choice.removeprefix(GUIDE)
    return None


def ticked_now(event: Pressed | Said, ticked: tuple[int, ...]) -> tuple[int, ...] | None:
    """The places that are ticked after a press; None when it was about no paper."""
    if not isinstance(event, Pressed) or not event.choice.startswith(PAPER):
        return None
    place = int(event.choice.removeprefix(PAPER))
    return tuple(other for other in ticked if other != place) if place in ticked else (*ticked, place)


def which_it_was(drill: Drill, chosen: str, world: World, say: Say) -> Block:
    """Whether the guide was right; if not, what tells the two apart."""
    right = world.guide(drill.guide)
    if chosen == drill.guide:
        return Notice(say("training.guide_right"))
    other = world.library.get(chosen)
    whys = [pointer.why for pointer in right.not_this if other is not None and pointer.code == other.code]
    wrong = say("training.guide_wrong", name=named(right.title, right.en, say))
    if other is None or not whys:
        return Notice(wrong, "warning")
    differs = say("training.differs", other=named(other.title, other.en, say), why=official(whys[0], say))
    return Notice(f"{wrong} {differs}", "warning")


def explained(drill: Drill, result: Judged, world: World, say: Say) -> tuple[Block, ...]:
    """The score, each paper that was wrong, and where that is written."""
    guide = world.guide(drill.guide)
    papers = {drill.papers[place]: (of, document) for place, of, document in offered(drill, world)}
    missed = [papers[ref][1] for ref in result.missed]
    blocks: list[Block] = [Line(say("training.score", points=result.points, of=POINTS))]
    if missed:
        blocks.append(Bullets(tuple(paper_name(one, say) for one in missed), say("training.missed")))
    if result.extra:
        extra = tuple(_not_needed(guide, *papers[ref], say) for ref in result.extra)
        blocks.append(Bullets(extra, say("training.extra")))
    if result.papers:
        blocks.append(Line(say("training.papers_right")))
    listed = tailored(guide, dict(drill.answers), world.today)
    unsure = [one for one, fit in listed if fit is Fit.YES and not is_sure(guide, one)]
    if unsure:
        blocks.append(Bullets(tuple(paper_name(one, say) for one in unsure), say("training.not_judged")))
    shown = missed or [document for of, document in papers.values() if of.id == guide.id]
    return (*blocks, *(Notice(text, "source") for text in _sources(guide, shown, say)))


def _sources(guide: Guide, documents: Iterable[Document], say: Say) -> tuple[str, ...]:
    """Where it is written which papers are needed, each source once, with the day on which it was checked."""
    sources = dict.fromkeys(guide.source(document.source) for document in documents)
    return tuple(say("training.source", title=official(one.title, say), date=day(one.checked_on)) for one in sources)


def _not_needed(guide: Guide, of: Guide, document: Document, say: Say) -> str:
    name = paper_name(document, say)
    if of.id == guide.id:
        return say("training.other_case", paper=name)
    return say("training.other_guide", paper=name, guide=named(of.title, of.en, say))
