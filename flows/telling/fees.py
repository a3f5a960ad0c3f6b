"""What a procedure costs a person: every fee that holds for their answers today, never an empty field told as free."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flows.telling.plain import Told, lines, lower, money, remark, told
from flows.texts import Say
from knowledge.guide import Fee, Guide, How, LocalFee
from knowledge.tailor import Answers, Fit, holding, in_force


def fee_lines(guide: Guide, answers: Answers, today: date, say: Say, *, brief: bool = False) -> tuple[str, ...]:
    """What is charged, each fee with its case and dates; at least one line.

    Unless brief, also what provinces are known to charge, and who is exempt.
    """
    facts: list[Told] = []
    for fee, fit in holding(guide.fees, answers, today):
        facts.append(_fee(guide, fee, fit, answers, say, brief=brief))
        if not brief:
            facts += _more(guide, fee, today, say)
    return lines(facts) or (say("fee.unknown"),)


def _fee(guide: Guide, fee: Fee, fit: Fit, answers: Answers, say: Say, *, brief: bool) -> Told:
    what = ", ".join(part for part in (fee.what.rstrip("."), _at(fee.at, say)) if part)
    if fee.condition and not (brief and fit is Fit.MAYBE):
        what = f"{what} ({lower(fee.condition.rstrip('.'))})" if what else fee.condition.rstrip(".")
    amount = _amount(guide, fee, say)
    text = f"{what[0].upper()}{what[1:]}: {lower(amount)}" if what else amount
    return told(guide, fee, fit, text, answers, say, note=not brief or fee.amount is None)


def _more(guide: Guide, fee: Fee, today: date, say: Say) -> Iterator[Told]:
    for known in fee.known:
        if in_force(known, today):
            yield Told("– " + _known(known, say), remark(guide, known, say))
    if fee.exempt:
        yield Told(say("fee.exempt", who="; ".join(lower(who.rstrip(".")) for who in fee.exempt)) + ".", "")


def _amount(guide: Guide, fee: Fee, say: Say) -> str:
    if fee.set_by == "province":
        return say("fee.province")
    if fee.amount is not None:
        return _sum(fee.amount, fee.per, say)
    return say("fee.ask_desk" if guide.certainty_of(fee) == "unverified" else "fee.unknown").rstrip(".")


def _sum(amount: int, per: str, say: Say) -> str:
    if amount == 0:
        return say("fee.free")
    if per:
        return say("fee.amount_per", amount=money(amount, say), per=per)
    return say("fee.amount", amount=money(amount, say))


def _known(known: LocalFee, say: Say) -> str:
    where = ", ".join(part for part in (known.place, _at(known.at, say)) if part)
    line = say("fee.known", place=where, amount=lower(_sum(known.amount, "", say)))
    return (f"{line}. {known.note}" if known.note else line).rstrip(".") + "."


def _at(at: tuple[How, ...], say: Say) -> str:
    return f" {say('fact.or')} ".join(say(f"at.{how}") for how in at)
