"""Working days: Vietnam's days off as announced, what is counted and what is not, and what is only provisional."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import holidays as package
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calendar import MONDAY_TO_FRIDAY, calendar, holidays
from knowledge.guide import Unit

CALENDAR = calendar()
DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("handed_in", "amount", "unit", "late", "due"),
    [
        (date(2026, 11, 16), 3, "working_days", False, date(2026, 11, 19)),
        (date(2026, 11, 20), 3, "working_days", False, date(2026, 11, 26)),  # over a weekend and 24 November
        (date(2026, 11, 20), 3, "working_days", True, date(2026, 11, 27)),  # after 15:00: come in on Monday
        (date(2026, 11, 21), 1, "working_days", False, date(2026, 11, 25)),  # on a Saturday: come in on Monday
        (date(2026, 11, 21), 1, "working_days", True, date(2026, 11, 25)),  # late on a day off changes nothing
        (date(2026, 8, 21), 1, "working_days", False, date(2026, 8, 22)),  # a Saturday that is worked
        (date(2026, 8, 28), 1, "working_days", False, date(2026, 9, 3)),  # swapped Monday and two days of 2 September
        (date(2026, 11, 16), 0, "same_day", False, date(2026, 11, 16)),
        (date(2026, 11, 23), 0, "same_day", True, date(2026, 11, 25)),
        (date(2026, 11, 18), 4, "hours", False, date(2026, 11, 19)),
        (date(2026, 11, 18), 24, "hours", False, date(2026, 11, 19)),
        (date(2026, 11, 18), 1, "half_days", False, date(2026, 11, 19)),
        (date(2026, 11, 18), 5, "half_days", False, date(2026, 11, 23)),
        (date(2026, 11, 16), 5, "days", False, date(2026, 11, 23)),  # ends on a Saturday
        (date(2026, 11, 16), 10, "days", False, date(2026, 11, 26)),
    ],
)
def test_a_result_is_due(handed_in: date, amount: int, unit: Unit, late: bool, due: date) -> None:
    assert CALENDAR.due(handed_in, amount, unit, late=late).day == due


def test_the_days_off_on_the_way_are_named() -> None:
    due = CALENDAR.due(date(2026, 11, 23), 2, "working_days")
    assert [one.name for one in due.skipped] == ["Ngày Văn hóa Việt Nam"]
    assert not due.provisional


def test_beyond_the_announced_days_a_date_is_provisional() -> None:
    assert CALENDAR.due(date(2026, 12, 28), 5, "working_days").provisional
    assert not CALENDAR.due(date(2026, 12, 28), 2, "working_days").provisional


def test_an_office_that_works_on_saturdays() -> None:
    office = replace(CALENDAR, week=MONDAY_TO_FRIDAY | {5})
    assert office.due(date(2026, 11, 20), 1, "working_days").day == date(2026, 11, 21)


def test_a_negative_term_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.due(date(2026, 11, 20), -1, "working_days")


@given(
    DAYS, st.integers(0, 60), st.sampled_from(["working_days", "half_days", "days", "hours", "same_day"]), st.booleans()
)
def test_a_result_is_never_due_on_a_day_off_nor_before_it_was_asked_for(
    handed_in: date, amount: int, unit: Unit, late: bool
) -> None:
    due = CALENDAR.due(handed_in, amount, unit, late=late)
    assert CALENDAR.works(due.day)
    assert due.day >= handed_in
    assert CALENDAR.due(handed_in, amount, unit, late=True).day >= due.day or late


@given(DAYS, st.integers(0, 40))
def test_working_days_are_counted_one_by_one(handed_in: date, amount: int) -> None:
    due = CALENDAR.due(handed_in, amount, "working_days").day
    begun = CALENDAR.working_from(handed_in)
    worked = [begun + timedelta(days=n) for n in range(1, (due - begun).days + 1)]
    assert sum(CALENDAR.works(day) for day in worked) == amount


@pytest.mark.parametrize("year", sorted({one.date.year for one in holidays().days}))
def test_the_days_off_are_those_of_the_holidays_package(year: int) -> None:
    theirs = package.country_holidays("VN", years=year)
    ours = {one.date for one in holidays().days if one.date.year == year}
    weekdays = {day for day in theirs if day.weekday() < 5}
    assert {day for day in ours if day.weekday() < 5} == weekdays
    assert {one.date for one in holidays().make_up if one.date.year == year} == {
        day for day in theirs.weekend_workdays if day.year == year
    }
    assert holidays().known_until.year < max(one.date.year for one in holidays().days)
