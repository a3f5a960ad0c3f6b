"""Words said where a guide is open: what they ask of its papers, what they answer of its asks."""

from __future__ import annotations

import dataclasses

from flows import answering, several, ticking
from flows.arriving import arrival, taken_from
from flows.facts import Asked
from flows.lists import begun, case_of
from flows.moves import understood
from flows.phrases import Heard, among, find, hear, is_common, is_one_of, phrase, same
from flows.plain_words import simple, simply
from flows.state import Aside, Asking, AtGuide, Talk, nth_of
from flows.telling.plain import named, paper_title
from flows.texts import Say
from flows.turn import Move, World
from knowledge.everyday import Words
from knowledge.guide import Ask, Guide
from knowledge.tailor import Fit, diverted, fits, papers

ASKED_LONGEST = 500
"""Characters of a question that are remembered."""

_STATING = ("đã", "rồi", "chưa")
"""Words that tell of something done or not done."""

_SHORT = 8
"""Words that a bare "I have it" may hold."""


def about_a_paper(guide: Guide, talk: Talk, words: str, world: World) -> Move | None:
    """What one of the open guide's papers is, or whether it is needed."""
    say, known = world.texts[talk.language], world.library.words
    asked = Asked(words[:ASKED_LONGEST], "answer", (guide.id,))
    guide = world.guide(guide.id)
    paper = ticking.asked_what_it_is(words, guide.documents, known)
    if paper is not None:
        told = Aside("aside.meaning", f"{paper_title(paper, say)}. {paper.looks_like}")
        return Move(talk.stage, facts=(asked,), asides=(told,), back=False)
    listed = [document for document, _ in papers(guide, case_of(talk, guide, nth_of(talk.stage)).answers, world.today)]
    if ticking.asks_for_one(words, listed, known, say):
        return arrival(guide, talk, words, world, ("papers",), asked)
    return None


def told_at_the_guide(talk: Talk, words: str, world: World) -> Move | None:
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
    heard = hear(words, known)
    states, wants = _states(heard, known), ticking.wants(heard, say)
    for ask in guide.asks:
        if ask.id in given or fits(ask.when, before) is Fit.NO:
            continue
        choice = _told_plainly(ask, words, world, say, states=states, wants=wants)
        if choice:
            new.append((ask.id, choice))
    library = world.library
    line = several.in_words(guide, words, before, library, world.today, say) if several.like_a_line(words) else None
    several_told = line is not None and line.most
    if line is not None and several_told:
        new = list(line.answers.items())
    if not new and _has_something(words, world, say):
        asked = Asked(words[:ASKED_LONGEST], "unknown", ())
        return Move(at, facts=(asked,), asides=(Aside("aside.still_here", named(guide.title, guide.en, say)),))
    if len(new) != 1 and not several_told:
        return None
    if diverted(guide, dict(new)) is not None:
        asides = understood(guide, new, say)
        return dataclasses.replace(begun(talk, guide, at.nth, (*at.taken, *new)), asides=asides)
    taken = tuple({**dict(at.taken), **dict(new)}.items())
    asked = Asked(words[:ASKED_LONGEST], "answer", (guide.id,))
    meant = tuple(f"{ask}={choice}" for ask, choice in taken)
    to = dataclasses.replace(at, taken=taken)
    return Move(to, facts=(asked,), asides=understood(guide, new, say), meant=meant)


def _states(heard: Heard, known: Words) -> bool:
    """Whether a message tells an age, or of two telling words that they are done or not done."""
    if find(heard, phrase("tuổi")):
        return True
    own = [word for word in heard.words if not is_common(word, known)]
    return len(own) > 1 and any(find(heard, phrase(one)) for one in _STATING)


def _has_something(words: str, world: World, say: Say) -> bool:
    """Whether a message only says that something is there: "em có căn cước rồi" asks for no new card."""
    heard = hear(words, world.library.words)
    said = [word for word in heard.words if not among(word, phrase(say("command.polite")))]
    opening = any(same(said[: len(one)], one) for one in map(phrase, ("có", "đã có")))
    return opening and same(said[-1:], phrase("rồi")) and len(said) <= _SHORT and not ticking.wants(heard, say)


def _told_plainly(ask: Ask, words: str, world: World, say: Say, *, states: bool, wants: bool) -> str:
    """The choice that a statement means, not a wish: one of its phrases must stand there, or a word of what is done."""
    known = world.library.words
    plain = answering.plainly(ask, words, known, say)
    if plain:
        return plain
    if wants or not (states or answering.names_a_choice(simple(ask), simply(words), known)):
        return ""
    meant = answering.in_words(ask, words, known, world.today, say)
    return meant.choice if meant is not None and meant.choice in ask.choices else ""


def tells_more(guide: Guide | None, talk: Talk, words: str, world: World) -> bool:
    """Whether words at the guide's page answer one of its asks: "căn cước cho con tôi 5 tuổi"."""
    return guide is not None and isinstance(talk.stage, AtGuide) and bool(taken_from(guide, talk, words, world))


def only_here(guide: Guide, talk: Talk, words: str, world: World) -> bool:
    """Whether words lead to the open guide only because it is open: they answer nothing and alone mean nothing."""
    return not taken_from(guide, talk, words, world) and world.library.find(words, world.today).decision == "unknown"


def speaks_of_the_ask(talk: Talk, words: str, world: World) -> bool:
    """Whether a question at an ask names one of its choices: "sinh ở bệnh viện thì mất mấy ngày"."""
    stage = talk.stage
    ask = world.guide(stage.guide).ask(stage.ask) if isinstance(stage, Asking) else None
    return ask is not None and answering.names_a_choice(ask, words, world.library.words)
