"""One ask of a guide; "not sure" is always an answer, and clear words count as one."""

from __future__ import annotations

import dataclasses

from flows import answering, hearing, several
from flows.events import Pressed, Said
from flows.facts import Answered
from flows.lists import begun, case_of, with_answer
from flows.moves import understood
from flows.replies import Block, Choice, Heading, Line, Notice
from flows.state import Asking, Talk
from flows.telling.plain import label, named
from flows.turn import Move, Page, World
from flows.undoing import ANSWER, undone
from knowledge.guide import Ask, Guide
from knowledge.tailor import PROVINCE_ASK, UNSURE, may_be_asked


def hear(at: Asking, talk: Talk, event: Pressed | Said, world: World) -> Move | None:
    """An answer, by button or in words that are clearly one; "nhầm rồi" takes the last answer back."""
    guide = world.guide(at.guide)
    ask = guide.ask(at.ask)
    if ask is None:
        return None
    match event:
        case Pressed(choice=id) if id.startswith(ANSWER):
            choice = id.removeprefix(ANSWER)
            meant = choice if choice == UNSURE or choice in ask.choices else ""
            return _answered(at, talk, guide, ask, meant, world) if meant else None
        case Said(text=text):
            return _in_words(at, talk, guide, ask, text, world)
        case _:
            return None


def _in_words(at: Asking, talk: Talk, guide: Guide, ask: Ask, text: str, world: World) -> Move | None:
    say = world.texts[talk.language]
    known = world.library.words
    if not answering.plainly(ask, text, known, say) and hearing.is_wrong(text, known, say):
        move = undone(talk, world)
        if move is not None:
            return move
    line = _line(at, talk, guide, text, world)
    if line is not None:
        return line
    meant = answering.in_words(ask, text, known, world.today, say)
    if meant is None or (not meant.sure and _is_new(guide, text, world)):
        return None
    move = _answered(at, talk, guide, ask, meant.choice, world)
    asides = understood(guide, ((ask.id, meant.choice),), say)
    return dataclasses.replace(move, asides=asides, meant=(ANSWER + meant.choice,))


def _line(at: Asking, talk: Talk, guide: Guide, text: str, world: World) -> Move | None:
    """Several answers in one line, this one's among them: "sinh ở viện, mẹ đơn thân, 2 tuần"."""
    if not several.like_a_line(text):
        return None
    say = world.texts[talk.language]
    before = {id: choice for id, choice in case_of(talk, guide, at.nth).answers.items() if id != at.ask}
    line = several.in_words(guide, text, before, world.library, world.today, say)
    if line is None or not line.most or at.ask not in line.answers:
        return None
    told = tuple(line.answers.items())
    move = begun(talk, guide, at.nth, told)
    province = world.library.province(line.answers.get(PROVINCE_ASK, ""))
    meant = tuple(f"{ANSWER}{ask}={choice}" for ask, choice in told)
    asides = understood(guide, told, say)
    return dataclasses.replace(move, asides=asides, meant=meant, province=province.id if province else None)


def _is_new(guide: Guide, text: str, world: World) -> bool:
    """Whether words that hold a choice's words name another procedure beside: "đăng ký khai tử cho ông mất ở viện"."""
    finding = world.library.find(text, world.today, (guide.id,))
    return finding.decision == "answer" and finding.found[0].id != guide.id


def _answered(at: Asking, talk: Talk, guide: Guide, ask: Ask, choice: str, world: World) -> Move:
    case, to = with_answer(case_of(talk, guide, at.nth), guide, ask.id, choice)
    told = choice if ask.id == PROVINCE_ASK and world.library.province(choice) else None
    return Move(to, facts=(Answered(guide.id, ask.id, choice),), case=case, province=told)


def show(at: Asking, talk: Talk, world: World) -> Page:
    """The question, how far along it is, and the answer given before if there is one."""
    say = world.texts[talk.language]
    guide = world.guide(at.guide)
    ask = guide.ask(at.ask)
    if ask is None:
        raise KeyError(at.ask)
    case = case_of(talk, guide, at.nth)
    answers = case.answers
    asks = [other.id for other in may_be_asked(guide, answers)]
    progress = say("asking.progress", n=asks.index(ask.id) + 1, of=len(asks))
    blocks: list[Block] = [
        Heading(named(ask.text, ask.en, say)),
        Line(f"{case.called[0].upper()}{case.called[1:]}. {progress}" if case.called else progress),
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
