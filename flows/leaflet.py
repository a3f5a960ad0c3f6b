"""A guide as a leaflet: all that it says to somebody who has answered nothing yet, told as the talk tells it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from flows import script
from flows.replies import Block, Bullets, Heading, Notice, Papers, Reply, Row, Rows
from flows.stages.at_guide import ALL
from flows.state import AtGuide, ByName, Gone, InLifeEvent, Language, NotKnown, Reading, Stage, Talk
from flows.telling.papers import paper_list
from flows.telling.plain import plainly
from flows.telling.pointers import pointer_name
from flows.telling.tongues import told_apart
from flows.turn import World
from knowledge.guide import Guide, Pointer
from knowledge.search import Finding
from knowledge.tailor import papers

Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Leaflet:
    """The parts of the leaflet in the order in which they are read.

    `answer` is the first page of the talk, `papers` the whole list, `facts` fee, time and place in full. `steps` and
    `sources` are what the talk tells when asked for them. `onward` and `others` have a row for each procedure that
    comes next, or is taken for this one, in the order of the guide.
    """

    title: str
    official: str
    summary: str
    answer: Reply
    papers: Reply
    facts: Reply
    steps: Reply
    sources: Reply
    onward: Reply
    others: Reply


def leaflet(id: str, language: Language, world: World) -> Leaflet:
    """The leaflet of a guide that citizens may see, as of the world's day."""
    world, say = _at_home(language, world), world.texts[language]
    guide = world.guide(id)
    listed = papers(guide, {}, world.today)
    sheets, shared = paper_list(guide, listed, {}, (), world.library, say)
    steps = _body(Reading(id, "steps"), language, world)
    answer, *parts = _replies(
        (
            _blocks(AtGuide(id), language, world),
            (Papers(tuple(replace(sheet, mark="open") for sheet in sheets)), *map(Notice, shared)),
            tuple(block for block in _body(AtGuide(id, ALL), language, world) if isinstance(block, Rows)),
            tuple(
                b for b in steps if not (isinstance(b, Bullets) and b.title == say("reading.next"))
            ),  # told as onward
            _body(Reading(id, "sources"), language, world),
            _pointers(guide.next, language, world),
            _pointers(guide.not_this, language, world),
        ),
        language,
        world,
    )
    own = world.library.guides[id]
    summary = plainly(own.summary, own.summary_en, say)
    return Leaflet(plainly(own.title, own.en, say), own.name, summary, answer, *parts)


def of_life_event(id: str, language: Language, world: World) -> Reply:
    """The journey of a life event, its name as the heading."""
    return _page(InLifeEvent(id), language, world)


def of_gone(guide: Guide, language: Language, world: World) -> Reply:
    """What is said of a guide that is no longer used, its heading first."""
    return _page(Gone(guide.title, guide.id), language, world)


def of_name_only(code: str, language: Language, world: World) -> Reply:
    """What is said of a procedure that is known by code and name only, its name as the heading."""
    return _page(ByName(code), language, world)


def of_alarm(finding: Finding, language: Language, world: World) -> Reply | None:
    """What is said before anything else to words that tell of danger or fraud; nothing to other words."""
    return None if finding.alarm == "none" else _page(NotKnown(finding.alarm), language, world)


def _pointers(pointers: tuple[Pointer, ...], language: Language, world: World) -> Blocks:
    say = world.texts[language]
    return (Rows(tuple(Row(pointer_name(one, world.library, say), (one.why,)) for one in pointers)),)


def _page(stage: Stage, language: Language, world: World) -> Reply:
    world = _at_home(language, world)
    (page,) = _replies((_blocks(stage, language, world),), language, world)
    return page


def _replies(parts: tuple[Blocks, ...], language: Language, world: World) -> tuple[Reply, ...]:
    """Each part by itself; that some of it is not in English yet is owned up to once, at the end of the first."""
    whole = Reply(tuple(block for part in parts for block in part), (), 0, language)
    told = told_apart(whole, world.texts[language]) if language == "en" else whole
    ends = accumulate((len(part) for part in parts), initial=0)
    first, *others = (replace(told, blocks=told.blocks[begin:end]) for begin, end in pairwise(ends))
    return replace(first, blocks=(*first.blocks, *told.blocks[len(whole.blocks) :])), *others


def _body(stage: Stage, language: Language, world: World) -> Blocks:
    return tuple(block for block in _blocks(stage, language, world) if not isinstance(block, Heading))


def _blocks(stage: Stage, language: Language, world: World) -> Blocks:
    return tuple(script.show(stage, Talk(language=language, province=world.province), world).blocks)


def _at_home(language: Language, world: World) -> World:
    return replace(world, province=world.home, language=language)
