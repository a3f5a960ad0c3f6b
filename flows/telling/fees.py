"""What a procedure costs a person: every fee that holds for their answers today, never an empty field told as free."""

from __future__ import annotations

from datetime import date

from flows.telling.plain import Told, lines, lower, money, told
from flows.texts import Say
from knowledge.guide import Fee, Guide, How
from knowledge.tailor import Answers, Fit, holding


def fee_lines(guide: Guide, answers: Answers, today: date, say: Say, *, place: str = "") -> tuple[str, ...]:
    """What is charged and who is exempt, each fee with its case and dates; at least one line.

    `place` is the province's name, if it is known.
    """
    facts: list[Told] = []
    for fee, fit in holding(guide.fees, answers, today):
        facts.append(_fee(guide, fee, fit, answers, say, place=place))
        if fee.exempt:
            who = "; ".join(lower(who.rstrip(".")) for who in fee.exempt)
            facts.append(Told(say("fee.exempt", who=who) + ".", ""))
    return lines(facts, say) or (say("fee.unknown"),)


def _fee(guide: Guide, fee: Fee, fit: Fit, answers: Answers, say: Say, *, place: str) -> Told:
    what = ", ".join(part for part in (fee.what.rstrip("."), _at(fee.at, say)) if part)
    if fee.condition and not (fit is Fit.MAYBE and fee.when):  # the case says it
        what = f"{what} ({lower(fee.condition.rstrip('.'))})" if what else fee.condition.rstrip(".")
    amount = money_line(guide, fee, place, say)
    text = f"{what[0].upper()}{what[1:]}: {lower(amount)}" if what else amount
    return told(guide, fee, fit, text, answers, say)


def money_line(guide: Guide, fee: Fee, place: str, say: Say) -> str:
    """How much, or who sets it, or that it is not known; without a full stop."""
    if fee.set_by == "province":
        return say("fee.province_unknown", place=place) if place else say("fee.province")
    if fee.amount is not None:
        return _sum(fee.amount, fee.per, say)
    return say("fee.ask_desk" if guide.certainty_of(fee) == "unverified" else "fee.unknown").rstrip(".")


def _sum(amount: int, per: str, say: Say) -> str:
    if amount == 0:
        return say("fee.free")
    if per:
        return say("fee.amount_per", amount=money(amount, say), per=per)
    return say("fee.amount", amount=money(amount, say))


def _at(at: tuple[How, ...], say: Say) -> str:
    return f" {say('fact.or')} ".join(say(f"at.{how}") for how in at)
