"""How long a procedure takes, until when a person must act, and what they receive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flows.telling.plain import counted, lines, lower, told
from flows.texts import Say
from knowledge.guide import Duration, Guide, Notice, Unit
from knowledge.tailor import Answers, holding


def time_lines(guide: Guide, answers: Answers, today: date, say: Say) -> tuple[str, ...]:
    """How long the office may take, one line for each part or case; at least one line."""
    facts = []
    for time, fit in holding(guide.times, answers, today):
        at = f" {say('fact.or')} ".join(say(f"at.{how}") for how in time.at)
        what = ", ".join(part for part in (time.what, at) if part)
        amount = length(guide, time, say)
        text = f"{what[0].upper()}{what[1:]}: {lower(amount)}" if what else amount
        facts.append(told(guide, time, fit, text, answers, say))
    return lines(facts, say) or (say("time.unknown"),)


def length(guide: Guide, time: Duration, say: Say) -> str:
    """How long it may take, or that it is not known; without a full stop."""
    if time.unit == "same_day":
        text = say("time.same_day")
    elif time.amount is not None:
        text = _amount(time.amount, time.unit, say)
    elif guide.certainty_of(time) == "unverified":
        text = say("time.ask_desk").rstrip(".")
    else:
        text = say("time.unknown").rstrip(".")
    if time.verify is not None:
        text += ", " + say("time.verify", n=_amount(time.verify, time.verify_unit, say))
    return text


def _amount(amount: int, unit: Unit, say: Say) -> str:
    match unit:
        case "same_day":
            return say("time.same_day")
        case "half_days" if amount == 1:
            return say("time.half_day")
        case "half_days":
            whole, half = divmod(amount, 2)
            return say("time.half_days", n=whole) if half else counted("time.working_days", whole, say)
        case _:
            return counted(f"time.{unit}", amount, say)


def notice_lines(guide: Guide, notices: Iterable[Notice], answers: Answers, today: date, say: Say) -> tuple[str, ...]:
    """Deadlines, conditions, mistakes: each as a line with its case and how sure it is."""
    found = holding(notices, answers, today)
    return lines((told(guide, notice, fit, notice.text, answers, say) for notice, fit in found), say)


def result_lines(guide: Guide, answers: Answers, today: date, say: Say) -> tuple[str, ...]:
    """What a person receives in the end."""
    found = holding(guide.results, answers, today)
    return lines((told(guide, result, fit, result.name, answers, say) for result, fit in found), say)


def step_lines(guide: Guide, answers: Answers, today: date, say: Say) -> tuple[str, ...]:
    """The steps, in order."""
    found = holding(guide.steps, answers, today)
    return lines((told(guide, step, fit, step.text, answers, say) for step, fit in found), say)
