"""The office behind the talks: who works at which desk, and what one turn may read of it and do to it.

`Office` is what a step reads, in the same transaction in which its deeds are done; the store asks once more, by the
same rules (`people.may`), whether each deed is allowed.
"""

from __future__ import annotations

from typing import Protocol

from flows.office import assist, letters, people, practice, requests, roster

Deed = people.Deed | roster.Deed | assist.Deed | requests.Deed | letters.Deed | practice.Deed
"""All that a turn may do to the office beside its own talk."""


class Office(Protocol):
    """What a step may read of the office. Reading costs a look into the store: only stages that need it ask."""

    @property
    def people(self) -> people.People:
        """Who works here."""

    @property
    def roster(self) -> roster.Roster:
        """Who is to be at which desk, and who is there."""

    @property
    def assist(self) -> assist.Assist:
        """Who may still say what they think of the help at a desk."""

    @property
    def requests(self) -> requests.Requests:
        """Who asks for a person, and who helps them by messages."""

    @property
    def letters(self) -> letters.Letters:
        """Those that were written, and those that wait to be approved."""

    @property
    def practice(self) -> practice.Practice:
        """What came of cases that were practised, and quizzes."""


class _Nobody:
    """An office without anybody: for talks that nobody at a desk may take part in, and where there is no store."""

    people: people.People = people.NOBODY
    roster: roster.Roster = roster.NOBODY
    assist: assist.Assist = assist.NOBODY
    letters: letters.Letters = letters.NOBODY
    practice: practice.Practice = practice.NOBODY
    requests: requests.Requests = requests.NOBODY


NOBODY: Office = _Nobody()


class _ForMany(_Nobody):
    def __init__(self, office: Office) -> None:
        self.assist = office.assist


def for_many(office: Office) -> Office:
    """What a page that many use may read: nobody works there, but who was helped may say what they think of it."""
    return _ForMany(office)
