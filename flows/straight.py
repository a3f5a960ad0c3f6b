"""What a guide says to just what was asked, "có bị phạt không", "quên mật khẩu": its own sentences, told first."""

from __future__ import annotations

from collections.abc import Iterator

from flows.phrases import find, hear, phrase, spelt
from flows.state import Aside, AtGuide, Talk
from flows.telling.plain import remark, told
from flows.texts import Say
from flows.turn import World
from knowledge.everyday import Words
from knowledge.guide import Guide, Notice
from knowledge.tailor import Answers, holding

_MOST = 2
"""Sentences told above the page; what else the guide says stands on it."""


def answered(at: AtGuide, words: str, talk: Talk, world: World) -> tuple[Aside, ...]:
    """The sentences of the open guide that answer a question just so, to be told above its page; often none."""
    guide, case = world.guide(at.guide), talk.case(at.guide, at.nth)
    answers = {**(case.answers if case else {}), **dict(at.taken)}
    said = sentences(guide, answers, words, world, world.texts[talk.language])
    return tuple(Aside("aside.told", sentence) for sentence in said)


def sentences(guide: Guide, answers: Answers, words: str, world: World, say: Say) -> tuple[str, ...]:
    """The sentences of a guide that name words of a question as theirs, each with how sure it is."""
    notices = tuple(_asked(guide, words, world.library.words))
    lines = []
    for notice, fit in holding(notices, answers, world.today)[:_MOST]:
        line = told(guide, notice, fit, notice.text, answers, say).text
        sure = guide.certainty_of(notice)
        doubt = say(f"reading.{sure}") if sure in {"unverified", "unknown"} else remark(guide, notice, say)
        lines.append(f"{line.rstrip('.')} ({doubt})." if doubt else line)
    return tuple(lines)


def names(listed: str, words: str, world: World, say: Say) -> bool:
    """Whether one of the phrases of a list ("command.penalty") stands in a message."""
    said = hear(words, world.library.words)
    return any(find(said, phrase(one)) for one in say(listed).split("|"))


def tells_of(listed: str, at: AtGuide, words: str, talk: Talk, world: World) -> bool:
    """Whether one of these sentences is there for a phrase of a list ("command.penalty"), not for other words."""
    phrases = {one.strip() for one in world.texts[talk.language](listed).split("|")}
    asked = _asked(world.guide(at.guide), words, world.library.words)
    return any(not phrases.isdisjoint(notice.asked) for notice in asked)


def _asked(guide: Guide, words: str, known: Words) -> Iterator[Notice]:
    said = hear(words, known)
    for notice in (*guide.deadlines, *guide.conditions, *guide.mistakes, *guide.legal_basis):
        if any(find(said, spelt(one, known)) for one in notice.asked):
            yield notice
