"""What a guide says to just what was asked, "có bị phạt không", "quên mật khẩu": its own sentences, told first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.phrases import find, hear, spelt
from flows.state import Aside, Language
from flows.telling.plain import remark, told
from flows.turn import World
from knowledge.everyday import Words
from knowledge.guide import Guide, Notice
from knowledge.tailor import holding

_MOST = 2
"""Sentences told above the page; what else the guide says stands on it."""


def answered(
    guide: Guide, words: str, answers: Mapping[str, str], world: World, language: Language
) -> tuple[Aside, ...]:
    """The sentences of a guide that name words of a question as theirs, each with how sure it is; often none."""
    say = world.texts[language]
    notices = tuple(_asked(guide, words, world.library.words))
    asides = []
    for notice, fit in holding(notices, answers, world.today)[:_MOST]:
        line = told(guide, notice, fit, notice.text, answers, say).text
        sure = guide.certainty_of(notice)
        doubt = say(f"reading.{sure}") if sure in {"unverified", "unknown"} else remark(guide, notice, say)
        asides.append(Aside("aside.told", f"{line.rstrip('.')} ({doubt})." if doubt else line))
    return tuple(asides)


def _asked(guide: Guide, words: str, known: Words) -> Iterator[Notice]:
    said = hear(words, known)
    for notice in (*guide.deadlines, *guide.conditions, *guide.mistakes, *guide.legal_basis):
        if any(find(said, spelt(one, known)) for one in notice.asked):
            yield notice
