"""A guide at a glance: each fact in one short line for the first page, everything else one press away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from flows.replies import Block, Bullets, Line
from flows.telling.fees import money_line
from flows.telling.papers import brief_amount
from flows.telling.plain import case, counted, day, first_sentence, lower, paper_title
from flows.telling.times import length
from flows.texts import Say
from knowledge.guide import Fact, Guide, How
from knowledge.tailor import Answers, Fit, holding, papers

F = TypeVar("F", bound=Fact)

FEES = 2
"""Amounts named on the first page."""

TIMES = 2
PLACES = 2
PAPERS = 5
"""Papers that everybody needs, named on the first page."""

CASE = 60
"""A longer case is only said to be one."""

BY_CASE = 60
"""Characters given to the names of the papers that only some need."""

CASES = 3
"""Papers named, however long, that depend on the case where no other paper is sure."""

WHAT = 60
"""A longer condition of a fee is left to the page with all of it."""


def fees_at_a_glance(guide: Guide, answers: Answers, today: date, say: Say, *, place: str) -> tuple[str, ...]:
    """The amounts, each with its case; what is not known is said once and never sounds free. At least one line."""
    known: dict[str, bool] = {}  # each line, and whether it says that nothing is charged
    unknown: dict[str, None] = {}
    found = holding(guide.fees, answers, today)
    for fee, fit in sorted(found, key=lambda one: one[0].until is not None):  # what is only for a while comes last
        own = _own_part(fee.what, guide)
        told = own if fit is Fit.YES or own == fee.what.rstrip(".") else ""  # "quá hạn" says the case once more
        named = ", ".join(part for part in (told, _at(fee.at, say)) if part)
        if fee.amount is None and fee.set_by == "nation":
            unknown[lower(named)] = None
            continue
        if fee.condition and fit is Fit.YES and (fee.amount == 0 or not named):
            named = _with_condition(named, fee.condition.rstrip("."), say)
        amount = (
            say("glance.province") if fee.set_by == "province" and not place else money_line(guide, fee, place, say)
        )
        known[_line(guide, fee, fit, f"{named}: {lower(amount)}" if named else amount, answers, say)] = fee.amount == 0
    lines = _first(known)
    if len(known) > FEES:
        lines.append(counted("glance.more_fees", len(known) - FEES, say))
    if unknown:
        what = "; ".join(one for one in unknown if one)
        fits = bool(lines) and 0 < len(what) <= WHAT
        lines.append(say("glance.fee_unknown", what=what) if fits else say("glance.fees_unknown"))
    return tuple(lines) or (say("fee.unknown"),)


def _first(known: Mapping[str, bool]) -> list[str]:
    """The first lines that fit; where something is charged, never free ones alone."""
    lines = [*known][:FEES]
    charged = next((line for line, free in known.items() if not free), None)
    return [*lines[:-1], charged] if charged is not None and all(known[line] for line in lines) else lines


def times_at_a_glance(guide: Guide, answers: Answers, today: date, say: Say) -> tuple[str, ...]:
    """How long it takes, the first parts or cases; at least one line."""
    found = _surest(holding(guide.times, answers, today))
    lines = []
    for time, fit in found:
        named = ", ".join(part for part in (time.what.rstrip("."), _at(time.at, say)) if part)
        text = length(guide, time, say)
        lines.append(_line(guide, time, fit, f"{named}: {lower(text)}" if named else text, answers, say))
    return tuple(dict.fromkeys(lines))[:TIMES] or (say("time.unknown"),)


def places_at_a_glance(guide: Guide, answers: Answers, today: date, say: Say) -> tuple[str, ...]:
    """The desks, and that post is possible; no line only where the file is handed in online alone.

    Post with a note (only for receiving; both must come to sign) is told on the full page, with its note.
    """
    found = holding(guide.channels, answers, today)
    counters = _surest(tuple((channel, fit) for channel, fit in found if channel.how == "counter"))
    desks = [_line(guide, channel, fit, channel.where, answers, say) for channel, fit in counters]
    lines = [*dict.fromkeys(desks)][:PLACES]
    if any(channel.how == "post" and not channel.note for channel, _ in found):
        lines.append(say("glance.post"))
    return tuple(lines) or (() if found else (say("place.unknown"),))


def online_at_a_glance(guide: Guide, answers: Answers, today: date, say: Say) -> tuple[str, ...]:
    """How far it works online and where; no line when nothing is known of it."""
    lines = []
    for channel, fit in holding(guide.channels, answers, today):
        if channel.how == "online":
            text = say(f"glance.{channel.online or 'online_unknown'}", where=channel.where.rstrip("."))
            lines.append(_line(guide, channel, fit, text, answers, say))
    return tuple(dict.fromkeys(lines))[:1]


def papers_at_a_glance(guide: Guide, answers: Answers, today: date, prepare: str, say: Say) -> list[Block]:
    """The papers that everybody needs, then by name some that depend on the case; at least one block.

    Papers that are only brought "if there are any" never stand first: where nothing else is sure yet, the papers that
    depend on the case do. `prepare` is what the button says that leads to the list.
    """
    found = papers(guide, answers, today)
    if not found:
        return [Line(say("guide.papers_unknown"))]
    sure = [document for document, fit in found if fit is Fit.YES]
    by_case = sorted((document for document, fit in found if fit is Fit.MAYBE), key=lambda one: one.if_any)
    needed = any(not document.if_any for document in sure)
    blocks: list[Block] = []
    if by_case:
        names = _told_apart([paper_title(document, say) for document in by_case])
        named = _names(names, 1 if needed else CASES)
        told = "; ".join((*named, *_others(len(names) - len(named), say)))
        name = "glance.by_case" if needed else "glance.all_by_case"
        blocks.append(Line(say(name, names=told, prepare=prepare)))
    if needed:
        lines = [brief_amount(document, say) for document in sure]
        blocks.insert(0, Bullets((*lines[:PAPERS], *_others(len(lines) - PAPERS, say)), say("guide.papers")))
    elif sure:
        names = [paper_title(document, say) for document in sure]
        blocks.append(Bullets((*names[:PAPERS], *_others(len(names) - PAPERS, say)), say("glance.if_any")))
    return blocks


def _own_part(what: str, guide: Guide) -> str:
    """The name of a fee without the name of the procedure, which stands above: "Lệ phí đăng ký kết hôn" -> ""."""
    what = what.rstrip(".")
    own = (f"lệ phí {guide.name}", f"lệ phí {guide.name.removeprefix('Đăng ký ')}", f"fee for {guide.en}")
    for start in map(str.casefold, own):
        if what.casefold().startswith(start):
            return what[len(start) :].strip(" ,")
    return what


def _with_condition(named: str, condition: str, say: Say) -> str:
    if len(condition) > WHAT:
        said = any(word in named.casefold() for word in ("điều kiện", "entitled"))
        condition = "" if said else say("glance.if_entitled")
    if not named:
        return condition[:1].upper() + condition[1:]
    return named if condition.casefold() in named.casefold() else f"{named} ({lower(condition)})"


def _surest(found: Sequence[tuple[F, Fit]]) -> Sequence[tuple[F, Fit]]:
    """What holds for everybody, where there is any; else what may hold."""
    return [one for one in found if one[1] is Fit.YES] or found


def _told_apart(names: Sequence[str]) -> Sequence[str]:
    """Each name once; names that differ only by what stands in brackets (each province's form) are one without it."""
    bare = [name.split(" (")[0] for name in names]
    return [*dict.fromkeys(base if bare.count(base) > 1 else name for name, base in zip(names, bare, strict=True))]


def _names(names: Sequence[str], least: int) -> tuple[str, ...]:
    """As many of the names as fit, and at least so many."""
    shown: list[str] = []
    for name in names:
        if len(shown) >= least and len("; ".join((*shown, name))) > BY_CASE:
            break
        shown.append(lower(name))
    return tuple(shown)


def _others(n: int, say: Say) -> tuple[str, ...]:
    return (say("glance.more_papers", n=n),) if n > 0 else ()


def _at(at: tuple[How, ...], say: Say) -> str:
    return f" {say('fact.or')} ".join(say(f"at.{how}") for how in at)


def _line(guide: Guide, fact: Fact, fit: Fit, text: str, answers: Answers, say: Say) -> str:
    """One sentence: its case if that is still open, and the day it ends; notes and remarks stand on the full page."""
    opened = case(guide, fact.when, answers, say) if fit is Fit.MAYBE else ""
    if len(opened) > CASE:
        opened, text = "", say("glance.some", text=text.rstrip("."))
    line = say("fact.if", case=opened, text=lower(text)) if opened else text
    ends = f" ({say('fact.until', date=day(fact.until))})" if fact.until is not None else ""
    line = line.rstrip(".") + ends + "."
    return line[0].upper() + line[1:]


def deadlines_at_a_glance(guide: Guide, answers: Answers, today: date, say: Say) -> tuple[str, ...]:
    """The main deadline, which a guide names first, with its case in plain words; empty when it has none.

    Where it depends on an answer, what holds for the other answers too.
    """
    found = holding(guide.deadlines, answers, today)
    main = [one for one in found if one == found[0] or (one[0].when and one[0].when.keys() == found[0][0].when.keys())]
    return tuple(_line(guide, notice, fit, first_sentence(notice.text), answers, say) for notice, fit in main)
