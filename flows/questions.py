"""Words that no stage wanted: which procedure they mean and what of it they ask, read from `answer` down."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import get_args

from flows import straight
from flows.arriving import arrival, taken_of
from flows.courtesy import is_english
from flows.facts import Asked, Band
from flows.open_guide import ASKED_LONGEST, about_a_paper, only_here, speaks_of_the_ask, tells_more, told_at_the_guide
from flows.pairs import CLEAR, two_in
from flows.state import (
    Aside,
    Asking,
    Aspect,
    AtGuide,
    ByName,
    Choosing,
    InLifeEvent,
    Language,
    NotKnown,
    Talk,
    guide_of,
)
from flows.tact import tactful
from flows.turn import Move, World
from knowledge.entries import Finding
from knowledge.guide import Guide
from knowledge.tailor import holding

OFFERED = 3
"""How many procedures a choice offers."""

NEAR = 0.5
"""From this score on, a procedure is named as perhaps near although the answer is "not known"."""

ASPECTS: tuple[Aspect, ...] = get_args(Aspect)


@dataclass(frozen=True, slots=True)
class Question:
    """Words, what the search finds for them where the talk stands, and what they want to know."""

    words: str
    finding: Finding
    about: tuple[Aspect, ...]
    here: Guide | None
    """The guide that is open."""

    @property
    def found(self) -> tuple[str, ...]:
        """What was found, best first."""
        return tuple(one.id for one in self.finding.found[:OFFERED])

    @property
    def sure(self) -> bool:
        """Whether one procedure is clearly meant."""
        return self.finding.decision == "answer" and bool(self.finding.found)

    @property
    def new(self) -> bool:
        """Whether that is another than the open one."""
        return self.sure and (self.here is None or self.found[0] != self.here.id)

    def asked(self, band: Band, found: tuple[str, ...]) -> Asked:
        """The fact that this was asked."""
        return Asked(self.words[:ASKED_LONGEST], band, found)


def danger(talk: Talk, words: str, world: World) -> Move | None:
    """The page for someone in danger or being cheated, whatever stage the talk is at."""
    alarm = world.library.index(world.today).understood(words).alarm
    if alarm == "none":
        return None
    found = tuple(one.id for one in world.library.find(words, world.today).found[:OFFERED])
    language: Language | None = "en" if is_english(words) else None
    return Move(NotKnown(alarm), facts=(Asked(words[:ASKED_LONGEST], alarm, found),), language=language)


def answer(talk: Talk, words: str, world: World) -> Move | None:
    """Where a question leads; None when words at an ask are neither an answer nor clearly something new.

    What the guide says to just what was asked comes first. What it does not say, whether one must, what the fine is,
    or of the post, is said to be so on its page.
    """
    move = _answer(talk, words, world)
    if move is None or not isinstance(move.to, AtGuide):
        return _without_a_guide(move, talk, words, world)
    at = move.to
    first = list(straight.answered(at, words, talk, world))
    asked = [listed for listed in ("command.duty", "command.penalty") if _names(talk, words, listed, world)]
    if any(not straight.tells_of(listed, at, words, talk, world) for listed in asked):
        first.insert(0, Aside("aside.duty"))
    if _names(talk, words, "command.post", world) and not _takes_post(world.guide(at.guide), world):
        first.append(Aside("aside.no_post"))
    others = tuple(aside for aside in move.asides if aside.text != "aside.still_here")
    return dataclasses.replace(move, asides=(*first, *others)) if first else move


def _without_a_guide(move: Move | None, talk: Talk, words: str, world: World) -> Move | None:
    """Who is offered procedures, or none, and asked what the fine is, hears that it is not known here and who tells."""
    if (
        move is None
        or not isinstance(move.to, Choosing | NotKnown)
        or not _names(talk, words, "command.penalty", world)
    ):
        return move
    return dataclasses.replace(move, asides=(Aside("aside.fine"), *move.asides))


def _names(talk: Talk, words: str, listed: str, world: World) -> bool:
    return straight.names(listed, words, world, world.texts[talk.language])


def _takes_post(guide: Guide, world: World) -> bool:
    return any(channel.how == "post" for channel, _ in holding(guide.channels, {}, world.today))


def _answer(talk: Talk, words: str, world: World) -> Move | None:
    here = world.library.get(guide_of(talk.stage))
    told_of_paper = about_a_paper(here, talk, words, world) if here is not None else None
    if told_of_paper is not None:
        return told_of_paper
    finding = world.library.find(words, world.today, (here.id,) if here is not None else ())
    about = tuple(aspect for aspect in ASPECTS if aspect in finding.asks)
    question = Question(words, finding, about, here)
    two = two_in(words, finding, world)
    if two is None and (told := told_at_the_guide(talk, words, world)) is not None:
        return told
    life_event = world.library.life_event_in(words)
    if life_event is not None and not isinstance(talk.stage, Asking):
        return Move(InLifeEvent(life_event.id), facts=(question.asked("life_event", (life_event.id,)),))
    if two is not None:
        first, second = two
        asked = question.asked("answer", (first.id, second))
        return arrival(first, talk, words, world, about, asked, also=second)
    if here is not None and not question.new:
        if _is_about_here(question, here, talk, world):
            return arrival(here, talk, words, world, about, question.asked("answer", (here.id,)))
        if not isinstance(talk.stage, Asking) and question.sure and only_here(here, talk, words, world):
            aside = Aside("aside.still_here", here.title)
            return Move(talk.stage, facts=(question.asked("unknown", ()),), asides=(aside,))
    if isinstance(talk.stage, Asking) and not question.new:
        return None
    if isinstance(talk.stage, Choosing):
        return _about_which(question, talk, talk.stage, world)
    return _found(question, talk, world)


def _is_about_here(question: Question, here: Guide, talk: Talk, world: World) -> bool:
    """Whether the question asks something of the open guide, or answers one of its asks."""
    mine = question.sure or question.finding.decision == "unknown" or speaks_of_the_ask(talk, question.words, world)
    if question.about and mine:
        return True
    return question.found[:1] in {(), (here.id,)} and tells_more(here, talk, question.words, world)


def _about_which(question: Question, talk: Talk, stage: Choosing, world: World) -> Move:
    """A question while several procedures are offered: told first of whichever is chosen, unless it names a new one."""
    clear = bool(question.finding.found) and question.finding.found[0].score >= CLEAR
    if not question.about or question.sure or clear:
        return _found(question, talk, world)
    to = dataclasses.replace(stage, about=question.about)
    return Move(to, facts=(question.asked("unknown", ()),), asides=(Aside("aside.choose_first"),), back=False)


def _found(question: Question, talk: Talk, world: World) -> Move:
    """The procedure that was found, the choice between several, or that there is none."""
    words, about, finding = question.words, question.about, question.finding
    asked = question.asked(finding.decision, question.found)
    if question.sure:
        guide = world.library.get(question.found[0])
        if guide is None:
            return Move(ByName(question.found[0]), facts=(asked,))
        return arrival(guide, talk, words, world, about, asked)
    fit = tactful(finding.found, words, world)[:OFFERED]
    offered = tuple(one.id for one in fit)
    if finding.decision == "choose" and offered:
        return Move(Choosing(offered, about, taken_of(offered, talk, words, world)), facts=(asked,))
    near = tuple(one.id for one in fit if one.score >= NEAR)
    return Move(NotKnown("none", near, about, taken_of(near, talk, words, world)), facts=(asked,))
