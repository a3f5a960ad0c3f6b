"""What the talk's province decides apart from fees, times and places: its own code, and what to know before going."""

from __future__ import annotations

from flows.telling.plain import lines, named, told
from flows.texts import Say
from flows.turn import World
from knowledge.guide import Guide
from knowledge.province import BETWEEN, LocalCode
from knowledge.tailor import Answers, Fit, holding, in_force


def local_lines(guide: Guide, answers: Answers, world: World, say: Say) -> tuple[str, ...]:
    """The province's code and notes for a guide that it was laid over; none while no province is chosen."""
    facts = []
    code = world.library.local_code(guide, world.province)
    if code is not None and in_force(code, world.today):
        note = named(code.note, world.library.shared_english.get(code.note, ""), say)
        own = code.model_copy(update={"source": f"{world.province}{BETWEEN}{code.source}", "note": note})
        facts.append(told(guide, own, Fit.YES, _code(code, say), answers, say))
    for notice, fit in holding(guide.conditions, answers, world.today):
        if notice.source.startswith(f"{world.province}{BETWEEN}"):
            facts.append(told(guide, notice, fit, notice.text, answers, say))
    return lines(facts, say)


def _code(code: LocalCode, say: Say) -> str:
    return say("guide.local_code" if code.whole else "guide.local_group", code=code.code)
