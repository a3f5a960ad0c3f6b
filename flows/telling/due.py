"""By when a result is due after a file was handed in, and in what words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flows.state import Case
from flows.telling.plain import case as case_words
from flows.telling.plain import day, lower
from flows.texts import Say
from knowledge.calendar import Due, calendar
from knowledge.guide import Duration, Guide
from knowledge.tailor import Fit, holding

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a guide, counted from the day of handing in; `checked` when the office has to verify first."""

    time: Duration
    fit: Fit
    due: Due
    checked: Due | None


def terms(guide: Guide, case: Case) -> tuple[Term, ...]:
    """The known terms for this person's case, by the rules in force on the day of handing in; none before that day."""
    if case.handed_in is None:
        return ()
    found = []
    for time, fit in holding(guide.times, case.answers, case.handed_in):
        stated = time.amount is not None or time.unit == "same_day"
        if not stated or guide.certainty_of(time) in {"unverified", "unknown"}:
            continue
        due = calendar().due(case.handed_in, time.amount or 0, time.unit, late=case.late)
        checked = time.verify and calendar().due(case.handed_in, time.verify, time.verify_unit, late=case.late)
        found.append(Term(time, fit, due, checked or None))
    return tuple(found)


def latest(guide: Guide, case: Case) -> date | None:
    """The last day by which all must be there that surely applies; None where no term is known."""
    return max((term.due.day for term in terms(guide, case) if term.fit is Fit.YES), default=None)


def coming(guide: Guide, case: Case, today: date) -> tuple[date, ...]:
    """The day before the result is due and the day itself, as far as they are still to come."""
    due = latest(guide, case)
    return () if due is None else tuple(day for day in (due - timedelta(days=1), due) if day > today)


def due_lines(guide: Guide, case: Case, say: Say) -> tuple[str, ...]:
    """One line a term; then the days off that were skipped, and whether they may still change."""
    found = terms(guide, case)
    lines = [_line(guide, term, case, say) for term in found]
    dues = [due for term in found for due in (term.due, term.checked) if due is not None]
    skipped = dict.fromkeys(off for due in dues for off in due.skipped)
    if skipped:
        named = ", ".join(f"{day(off.date)} ({off.en if say.language == 'en' else off.name})" for off in skipped)
        lines.append(say("due.skipped", days=named))
    if any(due.provisional for due in dues):
        lines.append(say("due.provisional"))
    return tuple(lines)


def weekday(value: date, say: Say) -> str:
    """2026-11-26 -> "thứ Năm 26/11/2026"."""
    return say("due.day", weekday=say(f"weekday.{_WEEKDAYS[value.weekday()]}"), day=day(value))


def _line(guide: Guide, term: Term, case: Case, say: Say) -> str:
    at = f" {say('fact.or')} ".join(say(f"at.{how}") for how in term.time.at)
    what = ", ".join(part for part in (term.time.what, at) if part)
    text = say("due.by", day=weekday(term.due.day, say))
    if term.checked is not None and term.checked.day > term.due.day:
        text = say("due.by_checked", day=weekday(term.due.day, say), checked=weekday(term.checked.day, say))
    if what:
        text = f"{what[0].upper()}{what[1:]}: {lower(text)}"
    opened = case_words(guide, term.time.when, case.answers, say) if term.fit is Fit.MAYBE else ""
    return say("fact.if", case=opened, text=lower(text)) if opened else text
