"""One ask of a guide; "not sure" is always an answer, and clear words count as one."""

from __future__ import annotations

from flows.events import Pressed, Said
from flows.facts import Answered
from flows.moves import case_of, with_answer
from flows.replies import Block, Choice, Heading, Line, Notice
from flows.state import Asking, Talk
from flows.telling.plain import label, named
from flows.turn import Move, Page, World
from knowledge.guide import Ask
from knowledge.tailor import PROVINCE_ASK, UNSURE, may_be_asked
from knowledge.vietnamese import fold

ANSWER = "a:"


def hear(at: Asking, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """An answer, by button or in words that fit one choice only."""
    guide = world.guide(at.guide)
    ask = guide.ask(at.ask)
    if ask is None:
        return None
    match event:
        case Pressed(choice=id) if id.startswith(ANSWER):
            choice = id.removeprefix(ANSWER)
        case Said(text=text):
            choice = _in_words(ask, text)
        case _:
            choice = ""
    if choice != UNSURE and choice not in ask.choices:
        return None
    case, to = with_answer(case_of(talk, guide), guide, ask.id, choice)
    told = choice if ask.id == PROVINCE_ASK and world.library.province(choice) else None
    return Move(to, facts=(Answered(guide.id, ask.id, choice),), case=case, province=told)


def _in_words(ask: Ask, text: str) -> str:
    """The one choice whose words stand in the text; empty when none or several do."""
    said = f" {fold(text)} "
    fitting = [
        id
        for id, choice in ask.choices.items()
        if any(f" {fold(words)} " in said for words in (choice.label, *choice.words))
    ]
    return fitting[0] if len(fitting) == 1 else ""


def show(at: Asking, talk: Talk, world: World) -> Page:
    """The question, how far along it is, and the answer given before if there is one."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    ask = guide.ask(at.ask)
    if ask is None:
        raise KeyError(at.ask)
    answers = case_of(talk, guide).answers
    asks = [other.id for other in may_be_asked(guide, answers)]
    blocks: list[Block] = [
        Heading(named(ask.text, ask.en, say)),
        Line(say("asking.progress", n=asks.index(ask.id) + 1, of=len(asks))),
    ]
    if ask.hint:
        blocks.append(Line(ask.hint))
    given = answers.get(ask.id)
    if given is not None:
        chosen = say("asking.unsure") if given == UNSURE else label(ask.choices[given], say)
        blocks.append(Line(say("asking.now", label=chosen)))
    choices = tuple(Choice(ANSWER + id, label(choice, say)) for id, choice in ask.choices.items())
    unsure = Choice(ANSWER + UNSURE, say("asking.unsure"))
    return Page((*blocks, Notice(say("asking.why"))), (*choices, unsure), say("asking.prompt"))
