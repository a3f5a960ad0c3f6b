"""A day as an .ics file that any calendar takes: the whole day, with a reminder on the day before."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from icalendar import Alarm, Calendar, Event

from flows.replies import Appointment

DAY_BEFORE: Final = timedelta(hours=-16)
"""From midnight of the day: eight in the morning of the day before."""


def ics(appointment: Appointment, now: datetime) -> bytes:
    """The file; the same day and title make the same event, so that opening it twice makes no second one."""
    event = Event()
    event.add("uid", sha256(f"{appointment.day} {appointment.title}".encode()).hexdigest()[:32] + "@thu-tu")
    event.add("dtstamp", now)
    event.add("dtstart", appointment.day)
    event.add("dtend", appointment.day + timedelta(days=1))
    event.add("summary", appointment.title)
    event.add("description", appointment.note)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", appointment.title)
    alarm.add("trigger", DAY_BEFORE)
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//thu-tu//vi")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
