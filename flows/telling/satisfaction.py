"""Which satisfaction may be told: none that rests on so few ratings that it might be told of one person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, get_args

from flows.facts import Level
from flows.office.reports import FEWEST_RATINGS, Figures, Report, Share
from flows.texts import Say

LEVELS: Final[tuple[Level, ...]] = get_args(Level)


@dataclass(frozen=True, slots=True)
class Untold:
    """So many ratings, of which nothing more may be told here."""

    ratings: int


def of_all(levels: Mapping[str, int], level: Level) -> Share | Untold:
    """What part of all who rated said so."""
    rated = sum(levels.values())
    return Untold(rated) if 0 < rated < FEWEST_RATINGS else Share(levels.get(level, 0), rated)


def of_side(report: Report, rows: Collection[Figures]) -> Callable[[Figures, Level], Share | Untold]:
    """The same for each row of one side of a report.

    Nothing is told of any row where what is left untold would come out as the whole minus the rows that are told, and
    nothing in a report of one member, who knows whom they helped on which day and with which guide.
    """
    untold = sum(row.rated for row in rows if row.rated < FEWEST_RATINGS)
    none = bool(report.scope.member) or 0 < untold < FEWEST_RATINGS

    def level(row: Figures, level: Level) -> Share | Untold:
        return Untold(row.rated) if none and row.rated else of_all(row.levels, level)

    return level


def untold(cell: Untold, say: Say) -> str:
    """That there are so many ratings, and why no more is told."""
    if cell.ratings < FEWEST_RATINGS:
        return say("reports.few_ratings", n=FEWEST_RATINGS, of=cell.ratings)
    return say("reports.ratings_untold", of=cell.ratings)
