"""Words that no stage wanted: which procedure they mean, what of it they ask, and what they answer already."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from typing import get_args

from flows import answering, ticking, told
from flows.courtesy import is_english
from flows.facts import Asked, Band, Fact
from flows.lists import case_of
from flows.moves import opened, understood
from flows.phrases import Heard, among, find, hear, is_one_of, phrase, same
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
    nth_of,
)
from flows.tact import tactful
from flows.texts import Say
from flows.turn import Move, World
from knowledge.entries import Finding
from knowledge.everyday import Words
from knowledge.guide import Ask, Guide
from knowledge.tailor import PROVINCE_ASK, Fit, fits, papers

ASKED_LONGEST = 500
"""Characters of a question that are remembered."""

OFFERED = 3
"""How many procedures a choice offers."""

NEAR = 0.5
"""From this score on, a procedure is named as perhaps near although the answer is "not known"."""

CLEAR = 0.95
"""From this score on, half a message names a procedure although it might be another one, too."""

ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

_BETWEEN = re.compile(
    r"[;+]|\b(?:và|với|rồi|luôn tiện|sẵn tiện|tiện thể|đồng thời|cùng với"
    r"|va|voi|roi|luon tien|san tien|tien the|dong thoi|cung voi)\b",
    re.IGNORECASE,
)
"""What may stand between two procedures in one message."""

_BOTH = re.compile(r"\b(?:vừa|vua)\b(.+?)\b(?:vừa|vua)\b(.+)", re.IGNORECASE)
"""Two procedures at once: "vừa đổi căn cước vừa nhập khẩu"."""

_STATING = ("đã", "rồi", "chưa")
"""Words that tell of something done or not done."""

_SHORT = 8
"""Words that a bare "I have it" may hold."""

_TWO_IN = 200
"""Characters of a message that may name two procedures; a longer one is a story."""

_CUTS = 3
"""Places at which a message is tried as two."""


def danger(talk: Talk, words: str, world: World) -> Move | None:
    """The page for someone in danger or being cheated, whatever stage the talk is at."""
    alarm = world.library.index(world.today).understood(words).alarm
    if alarm == "none":
        return None
    found = tuple(one.id for one in world.library.find(words, world.today).found[:OFFERED])
    language: Language | None = "en" if is_english(words) else None
    return Move(NotKnown(alarm), facts=(Asked(words[:ASKED_LONGEST], alarm, found),), language=language)


def answer(talk: Talk, words: str, world: World) -> Move | None:
    """Where a question leads; None when words at an ask are neither an answer nor clearly something new."""
    here = guide_of(talk.stage)
    shown = world.library.get(here)
    told_of_paper = _about_a_paper(shown, talk, words, world) if shown is not None else None
    if told_of_paper is not None:
        return told_of_paper
    finding = world.library.find(words, world.today, (here,) if here else ())
    about = tuple(aspect for aspect in ASPECTS if aspect in finding.asks)
    two = _two(words, finding, world)
    told_here = _told_at_the_guide(talk, words, world) if two is None else None
    if told_here is not None:
        return told_here
    life_event = world.library.life_event_in(words)
    if life_event is not None and not isinstance(talk.stage, Asking):
        asked: Fact = Asked(words[:ASKED_LONGEST], "life_event", (life_event.id,))
        return Move(InLifeEvent(life_event.id), facts=(asked,))
    if two is not None:
        asked = Asked(words[:ASKED_LONGEST], "answer", tuple(guide.id for guide in two))
        return _at(two[0], talk, words, world, about, asked, also=two[1].id)
    found = tuple(one.id for one in finding.found[:OFFERED])
    sure = finding.decision == "answer" and bool(found)
    new = sure and found[0] != here
    guide = world.library.get(here)
    mine = sure or finding.decision == "unknown" or _speaks_of_the_ask(talk, words, world)
    mine = (about and mine) or (found[:1] in {(), (here,)} and _tells_more(guide, talk, words, world))
    if guide is not None and not new and mine:
        return _at(guide, talk, words, world, about, Asked(words[:ASKED_LONGEST], "answer", (here,)))
    if isinstance(talk.stage, Asking) and not new:
        return None
    if guide is not None and sure and not new and _only_here(guide, talk, words, world):
        asked = Asked(words[:ASKED_LONGEST], "unknown", ())
        return Move(talk.stage, facts=(asked,), asides=(Aside("aside.still_here", guide.title),))
    clear = bool(finding.found) and finding.found[0].score >= CLEAR
    if isinstance(talk.stage, Choosing) and about and not sure and not clear:
        asked = Asked(words[:ASKED_LONGEST], "unknown", ())
        stage = dataclasses.replace(talk.stage, about=about)  # told first of whichever is chosen
        return Move(stage, facts=(asked,), asides=(Aside("aside.choose_first"),), back=False)
    band: Band = finding.decision
    asked = Asked(words[:ASKED_LONGEST], band, found)
    guide = world.library.get(found[0]) if sure else None
    if guide is not None:
        return _at(guide, talk, words, world, about, asked)
    if sure:
        return Move(ByName(found[0]), facts=(asked,))
    fit = tactful(finding.found, words, world)[:OFFERED]
    offered = tuple(one.id for one in fit)
    if finding.decision == "choose" and offered:
        return Move(Choosing(offered, about, _taken_of(offered, talk, words, world)), facts=(asked,))
    near = tuple(one.id for one in fit if one.score >= NEAR)
    return Move(NotKnown("none", near, about, _taken_of(near, talk, words, world)), facts=(asked,))


def _about_a_paper(guide: Guide, talk: Talk, words: str, world: World) -> Move | None:
    """What one of the open guide's papers is, or whether it is needed."""
    say, known = world.texts[talk.language], world.library.words
    asked = Asked(words[:ASKED_LONGEST], "answer", (guide.id,))
    paper = ticking.asked_what_it_is(words, guide.documents, known)
    if paper is not None:
        told = Aside("aside.meaning", f"{paper.name}. {paper.looks_like}")
        return Move(talk.stage, facts=(asked,), asides=(told,), back=False)
    listed = [document for document, _ in papers(guide, case_of(talk, guide, nth_of(talk.stage)).answers, world.today)]
    if ticking.asks_for_one(words, listed, known, say):
        return _at(guide, talk, words, world, ("papers",), asked)
    return None


def _told_at_the_guide(talk: Talk, words: str, world: World) -> Move | None:
    """Words at the guide's page that answer its asks, nothing wanted done and nothing asked: "đã kết hôn rồi"."""
    at, say, known = talk.stage, world.texts[talk.language], world.library.words
    if not isinstance(at, AtGuide) or talk.case(at.guide, at.nth) is not None:
        return None
    if any(is_one_of(words, say(f"command.{one}"), say("command.polite"), known) for one in ("yes", "no")):
        return None
    guide = world.guide(at.guide)
    given = case_of(talk, guide, at.nth).answers
    before = {**given, **dict(at.taken)}
    new: list[tuple[str, str]] = []
    for ask in guide.asks:
        if ask.id in given or fits(ask.when, before) is Fit.NO:
            continue
        choice = _told_plainly(ask, words, world, say)
        if choice and ask.choices[choice].instead is None:
            new.append((ask.id, choice))
    if not new and _has_something(words, world, say):
        asked = Asked(words[:ASKED_LONGEST], "unknown", ())
        return Move(at, facts=(asked,), asides=(Aside("aside.still_here", guide.title),))
    if len(new) != 1:
        return None
    taken = tuple({**dict(at.taken), **dict(new)}.items())
    asked = Asked(words[:ASKED_LONGEST], "answer", (guide.id,))
    meant = tuple(f"{ask}={choice}" for ask, choice in taken)
    to = dataclasses.replace(at, taken=taken)
    return Move(to, facts=(asked,), asides=understood(guide, new, say), meant=meant)


def _states(heard: Heard, known: Words) -> bool:
    """Whether a message tells an age, or of two telling words that they are done or not done."""
    if find(heard, phrase("tuổi")):
        return True
    own = [word for word in heard.words if not answering.is_common(word, known)]
    return len(own) > 1 and any(find(heard, phrase(one)) for one in _STATING)


def _has_something(words: str, world: World, say: Say) -> bool:
    """Whether a message only says that something is there: "em có căn cước rồi" asks for no new card."""
    heard = hear(words, world.library.words)
    said = [word for word in heard.words if not among(word, phrase(say("command.polite")))]
    opening = any(same(said[: len(one)], one) for one in map(phrase, ("có", "đã có")))
    return opening and same(said[-1:], phrase("rồi")) and len(said) <= _SHORT and not ticking.wants(heard, say)


def _told_plainly(ask: Ask, words: str, world: World, say: Say) -> str:
    """The choice that a statement means, not a wish: one of its phrases must stand there, or a word of what is done."""
    known = world.library.words
    plain = answering.plainly(ask, words, known, say)
    if plain:
        return plain
    heard = hear(words, known)
    stated = answering.names_a_choice(ask, words, known) or _states(heard, known)
    if not stated or ticking.wants(heard, say):
        return ""
    meant = answering.in_words(ask, words, known, world.today, say)
    return meant.choice if meant is not None and meant.choice in ask.choices else ""


def _tells_more(guide: Guide | None, talk: Talk, words: str, world: World) -> bool:
    """Whether words at the guide's page answer one of its asks: "căn cước cho con tôi 5 tuổi"."""
    return guide is not None and isinstance(talk.stage, AtGuide) and bool(_taken(guide, talk, words, world))


def _only_here(guide: Guide, talk: Talk, words: str, world: World) -> bool:
    """Whether words lead to the open guide only because it is open: they answer nothing and alone mean nothing."""
    return not _taken(guide, talk, words, world) and world.library.find(words, world.today).decision == "unknown"


def _at(
    guide: Guide, talk: Talk, words: str, world: World, about: tuple[Aspect, ...], asked: Fact, also: str = ""
) -> Move:
    """The guide's page, with what the question told already; another guide than the open one is said to be opened."""
    say = world.texts[talk.language]
    here = guide_of(talk.stage)
    before = talk.stage.taken if isinstance(talk.stage, AtGuide) and here == guide.id else ()
    new = _taken(guide, talk, words, world)
    taken = tuple({**dict(before), **dict(new)}.items())
    province = next((id for ask, id in new if ask == PROVINCE_ASK and world.library.province(id)), None)
    move = opened(guide, "words", talk, about, taken, also)
    asides = (Aside("aside.new_topic", guide.title),) if here and here != guide.id else ()
    return dataclasses.replace(
        move,
        facts=(asked,) if here == guide.id else (asked, *move.facts),
        asides=(*asides, *understood(guide, new, say)),
        province=province,
        meant=move.meant if new else (),
    )


def _speaks_of_the_ask(talk: Talk, words: str, world: World) -> bool:
    """Whether a question at an ask names one of its choices: "sinh ở bệnh viện thì mất mấy ngày"."""
    stage = talk.stage
    ask = world.guide(stage.guide).ask(stage.ask) if isinstance(stage, Asking) else None
    return ask is not None and answering.names_a_choice(ask, words, world.library.words)


def _taken(guide: Guide, talk: Talk, words: str, world: World) -> tuple[tuple[str, str], ...]:
    """What a question answers already: only where no list is begun yet, whose answers go before."""
    if talk.lists_of(guide.id):
        return ()
    before = case_of(talk, guide, 1).answers
    answers = told.in_opening(guide, words, world.library.words, world.today, before)
    return tuple((ask, choice) for ask, choice in answers.items() if ask not in before)


def _taken_of(found: Sequence[str], talk: Talk, words: str, world: World) -> tuple[tuple[str, str, str], ...]:
    """Guide, ask and choice of what a question answers already of the guides that are offered."""
    guides = [guide for id in found if (guide := world.library.get(id)) is not None]
    return tuple((guide.id, *one) for guide in guides for one in _taken(guide, talk, words, world))


def _two(words: str, whole: Finding, world: World) -> tuple[Guide, Guide] | None:
    """The guides of two procedures that one message asks for, each clear when it stands alone.

    None when one procedure does both in one go, which the whole message finds then.
    """
    if len(words) > _TWO_IN:
        return None
    near = [one.id for one in whole.found]
    for halves in _halves(words):
        first = _alone(halves[0], near, world)
        second = _alone(halves[1], near, world) if first is not None else None
        if first is None or second is None or first.id == second.id:
            continue
        both = whole.decision == "answer" and whole.found[0].id not in {first.id, second.id}
        return None if both else (first, second)
    return None


def _halves(words: str) -> list[tuple[str, str]]:
    """A message in two, at each place that may stand between two procedures: "vừa ... vừa ..." before all."""
    both = _BOTH.search(words)
    cuts = list(_BETWEEN.finditer(words))[:_CUTS]
    return [
        *([(both[1], both[2])] if both is not None else []),
        *((words[: cut.start()], words[cut.end() :]) for cut in cuts),
    ]


def _alone(part: str, near: Sequence[str], world: World) -> Guide | None:
    """The guide that one half names: surely, or as the best of a choice that the whole message names too."""
    finding = world.library.find(part, world.today)
    first = finding.found[0] if finding.found else None
    if first is None or finding.decision == "unknown":
        return None
    clear = finding.decision == "answer" or (first.score >= CLEAR and first.id in near)
    return world.library.get(first.id) if clear else None
