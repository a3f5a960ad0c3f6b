"""What a guide says to just what was asked, "có bị phạt không", "quên mật khẩu": its own sentences, told first."""

from __future__ import annotations

from collections.abc import Iterator

from flows.phrases import find, hear, spelt
from flows.state import Aside, AtGuide, Talk
from flows.telling.plain import remark, told
from flows.turn import World
from knowledge.everyday import Words
from knowledge.guide import Guide, Notice
from knowledge.tailor import holding

_MOST = 2
"""Sentences told above the page; what else the guide says stands on it."""


def answered(at: AtGuide, words: str, talk: Talk, world: World) -> tuple[Aside, ...]:
    """The sentences of a guide that name words of a question as theirs, each with how sure it is; often none."""
    say = world.texts[talk.language]
    guide, case = world.guide(at.guide), talk.case(at.guide, at.nth)
    answers = {**(case.answers if case else {}), **dict(at.taken)}
    notices = tuple(_asked(guide, words, world.library.words))
    asides = []
    for notice, fit in holding(notices, answers, world.today)[:_MOST]:
        line = told(guide, notice, fit, notice.text, answers, say).text
        sure = guide.certainty_of(notice)
        doubt = say(f"reading.{sure}") if sure in {"unverified", "unknown"} else remark(guide, notice, say)
        asides.append(Aside("aside.told", f"{line.rstrip('.')} ({doubt})." if doubt else line))
    return tuple(asides)


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
