"""A report as grids of figures and as blocks of a page; the Excel file is made of the same grids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar, get_args

from flows.facts import HelpOutcome
from flows.office.reports import FEWEST_RATINGS, NOBODYS, Figures, Middle, Report, Share, View
from flows.replies import Bar, Block, Chart, Heading, Line, Notice, Table
from flows.telling import figures as say_figure
from flows.telling import satisfaction
from flows.telling.plain import day
from flows.telling.satisfaction import LEVELS, Untold
from flows.texts import Say
from flows.turn import VIETNAM, World

Cell = str | int | Share | Middle | Untold

K = TypeVar("K")

OUTCOMES: Final[tuple[HelpOutcome, ...]] = get_args(HelpOutcome)
RESULTS: Final = ("on_time", "early", "late")

SLICED: Final = (
    *("helped", "answered", "online", "very_satisfied", "took", "satisfied", "not_satisfied", "waited", "requests"),
    *("letters", "filed"),
)
"""The columns of a day, a desk, a helper, a guide; a chat shows the first of them."""

SHOWN: Final = 12
"""Rows of a table in a chat; the file has them all."""

WIDE: Final = 5
WIDEST: Final = 6
"""Columns of a table in a chat."""

BARS: Final = 31


@dataclass(frozen=True, slots=True)
class Grid:
    """A title, the names of the columns, and rows of cells, the first of which names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def said(cell: Cell, say: Say) -> str:
    """A cell in words."""
    match cell:
        case Untold():
            return satisfaction.untold(cell, say)
        case str():
            return cell
        case int():
            return say_figure.many(cell, say)
        case Share():
            return say_figure.share(cell, say)
        case Middle():
            return say_figure.middle(cell, say)


def is_nothing(cell: Cell) -> bool:
    """Whether a cell holds no figure because nothing was reported."""
    match cell:
        case int():
            return cell == 0
        case Share(of=of) | Middle(of=of):
            return of == 0
        case _:
            return False


def blocks(report: Report, view: View, world: World, say: Say) -> Iterator[Block]:
    """The report as a page shows it, from one side."""
    yield from head(report, world, say)
    if report.whole.is_empty and not report.asked:
        yield Notice(say("reports.nothing"))
        return
    if view == "summary":
        for grid in (short_summary(report, say), outcomes(report, say)):
            if grid.rows:
                yield Table(grid.title, (), _said(grid, say))
        yield from chart(report, world, say)
        return
    grid = of_view(report, view, world, say)
    wide = WIDEST if view == "results" else WIDE
    short = Grid(grid.title, grid.columns[:wide], tuple(row[:wide] for row in grid.rows[:SHOWN]))
    yield Table(short.title, short.columns, _said(short, say))
    if len(grid.rows) > SHOWN:
        yield Line(say("reports.more_rows", n=len(grid.rows) - SHOWN))


def head(report: Report, world: World, say: Say) -> Iterator[Block]:
    """Of which days and whom it is, when it was counted, and what is left out."""
    scope, own = report.scope, bool(report.scope.member)
    period = say_figure.period_name(scope.period, say)
    yield Heading(say("reports.own_title" if own else "reports.title", period=period))
    if own:
        yield Line(say("reports.of_me"))
    elif scope.desk:
        yield Line(say("reports.of_desk", desk=say_figure.desk_called(scope.desk, world, say)))
    else:
        yield Line(say("reports.of_all"))
    yield Line(say("reports.counted", time=f"{report.counted.astimezone(VIETNAM):%H:%M} {day(world.today)}"))


def of_view(report: Report, view: View, world: World, say: Say) -> Grid:
    """The grid of one side of the report, with all its rows."""
    match view:
        case "summary":
            return summary(report, say)
        case "by_day":
            return _sliced(report, report.by_day, "days", day, say)
        case "by_desk":
            return _sliced(report, report.by_desk, "desks", lambda one: say_figure.desk_called(one, world, say), say)
        case "by_member":
            return _sliced(
                report, report.by_member, "members", lambda one: say_figure.member_called(one, report, say), say
            )
        case "by_guide":
            return _sliced(report, report.by_guide, "guides", lambda one: say_figure.guide_called(one, world, say), say)
        case "papers":
            return papers(report, world, say)
        case "results":
            return results(report, world, say)
        case "unanswered":
            columns = (say("reports.question"), say("reports.times"))
            return Grid(say("reports.unanswered"), columns, tuple((one.text, one.times) for one in report.unanswered))


def short_summary(report: Report, say: Say) -> Grid:
    """The figures of the whole that a phone has room for; the others stand on pages of their own, and in the file."""
    whole, rows = report.whole, {row[0]: row for row in summary(report, say).rows}
    for name in (*RESULTS, "saved"):
        rows.pop(say(f"reports.{name}"), None)
    for own, _ in _levels(whole.own_levels, say, own=True):
        rows.pop(own, None)
    if say("reports.filed") in rows:
        in_time = Share(whole.results.get("on_time", 0) + whole.results.get("early", 0), whole.returned)
        rows["in_time"] = (say("reports.in_time"), in_time)
    return Grid(say("reports.summary"), (), tuple(rows.values()))


def summary(report: Report, say: Say) -> Grid:
    """The figures of the whole."""
    whole = report.whole
    rows: list[tuple[Cell, ...]] = [
        (say("reports.helped"), whole.helped),
        (say("reports.answered"), whole.answered),
        (say("reports.online"), Share(whole.online, whole.helped)),
        (say("reports.ratings"), _ratings(whole, say)),
        *_levels(whole.levels, say),
        (say("reports.waited"), whole.waited),
        (say("reports.took"), whole.took),
    ]
    if not report.scope.member:
        rows += [
            (say("reports.letters"), whole.letters),
            (say("reports.filed"), whole.filed),
            *((say(f"reports.{one}"), Share(whole.results.get(one, 0), whole.returned)) for one in RESULTS),
            (say("reports.saved"), _saved(whole, say)),
        ]
    rows += [
        (say("reports.requests"), Share(whole.answered, whole.requests)),
        (say("reports.request_waited"), whole.request_waited),
    ]
    if not report.scope.member:
        rows += [
            (say("reports.asked"), report.asked),
            (say("reports.without_guide"), Share(report.without_guide, report.asked)),
        ]
    if not report.scope.member and not report.scope.desk:
        rows += _levels(whole.own_levels, say, own=True)
    return Grid(say("reports.summary"), (say("reports.measure"), say("reports.figure")), tuple(rows))


def _levels(levels: Mapping[str, int], say: Say, *, own: bool = False) -> list[tuple[str, Cell]]:
    """How satisfied they were, by level; in one row where there is nothing to tell of any."""
    cells: dict[str, Cell] = {level: satisfaction.of_all(levels, level) for level in LEVELS}
    if sum(levels.values()) < FEWEST_RATINGS:
        cells = {"satisfaction": cells[LEVELS[0]]}
    names = {level: say(f"reports.{level}") for level in cells}
    return [(say("reports.own", level=names[level]) if own else names[level], cell) for level, cell in cells.items()]


def outcomes(report: Report, say: Say) -> Grid:
    """What came of the help: one person may have several."""
    whole = report.whole
    rows = tuple(
        (say(f"reports.{one}"), Share(whole.outcomes[one], whole.helped)) for one in OUTCOMES if one in whole.outcomes
    )
    return Grid(say("reports.outcomes"), (say("reports.measure"), say("reports.figure")), rows)


def papers(report: Report, world: World, say: Say) -> Grid:
    """The papers that were missing, the most often first."""
    whole = report.whole
    found = sorted(
        {*whole.missing, *whole.not_had},
        key=lambda one: (-whole.missing.get(one, 0), -whole.not_had.get(one, 0), one),
    )
    columns = (say("reports.paper"), say("reports.at_desk"), say("reports.on_lists"), say("reports.guides"))
    rows = tuple(
        (
            say_figure.paper_called(guide, paper, world, say),
            whole.missing.get((guide, paper), 0),
            whole.not_had.get((guide, paper), 0),
            say_figure.guide_called(guide, world, say),
        )
        for guide, paper in found
    )
    return Grid(say("reports.papers"), columns, rows)


def results(report: Report, world: World, say: Say) -> Grid:
    """Dossiers said to be handed in, and whether their results kept the day, by guide and by desk."""
    columns = (
        say("reports.guides"),
        say("reports.filed"),
        *(say(f"reports.{one}") for one in RESULTS),
        say("reports.saved"),
    )
    slices = [(say_figure.guide_called(guide, world, say), figures) for guide, figures in report.by_guide.items()]
    slices += [(say_figure.desk_called(desk, world, say), figures) for desk, figures in report.by_desk.items() if desk]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            name,
            figures.filed,
            *(Share(figures.results.get(one, 0), figures.returned) for one in RESULTS),
            _saved(figures, say),
        )
        for name, figures in slices
        if figures.filed or figures.returned
    )
    return Grid(f"{say('reports.results')}. {say('reports.only_reported')}", columns, rows)


def chart(report: Report, world: World, say: Say) -> Iterator[Chart]:
    """How many were helped, over the days or months; of one day at which desk or with which guide."""
    if not report.whole.helped:
        return
    if report.scope.period.days > BARS:
        months: dict[tuple[int, int], int] = {}
        for one, figures in report.by_day.items():
            months[one.year, one.month] = months.get((one.year, one.month), 0) + figures.helped
        named = [(say("reports.month", month=month, year=year), n) for (year, month), n in months.items()]
        yield _chart("reports.chart_months", named[-BARS:], say)
    elif report.scope.period.days > 1:
        days = [(f"{one.day}/{one.month}", figures.helped) for one, figures in report.by_day.items() if figures.helped]
        yield _chart("reports.chart_days", days, say)
    elif report.scope.desk or report.scope.member or len(report.by_desk) < 3:
        guides = sorted(report.by_guide.items(), key=lambda one: -one[1].helped)[:SHOWN]
        named = [(say_figure.guide_called(guide, world, say), one.helped) for guide, one in guides if one.helped]
        yield _chart("reports.chart_guides", named, say)
    else:
        desks = report.by_desk.items()
        named = [(say_figure.desk_called(desk, world, say), one.helped) for desk, one in desks if one.helped]
        yield _chart("reports.chart_desks", named, say)


def _chart(title: str, bars: list[tuple[str, int]], say: Say) -> Chart:
    return Chart(say(title), tuple(Bar(label, n, say_figure.grouped(n, say)) for label, n in bars))


def _sliced(report: Report, slices: Mapping[K, Figures], of: str, named: Callable[[K], str], say: Say) -> Grid:
    dash = say("reports.dash")
    level = satisfaction.of_side(report, slices.values())
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            named(key),
            one.helped,
            one.answered,
            Share(one.online, one.helped),
            level(one, "very_satisfied"),
            one.took,
            level(one, "satisfied"),
            level(one, "not_satisfied"),
            one.waited,
            Share(one.answered, one.requests),
            one.letters,
            one.filed,
        )
        for key, one in sorted(slices.items(), key=lambda one: (of != "days" and -one[1].helped, one[0] == NOBODYS))
        if not one.is_empty
    )
    rows = tuple((name, *(dash if is_nothing(cell) else cell for cell in cells)) for name, *cells in rows)
    title = "by_" + of.removesuffix("s")
    return Grid(say(f"reports.{title}"), (say(f"reports.{of}"), *(say(f"reports.{one}") for one in SLICED)), rows)


def _ratings(figures: Figures, say: Say) -> str:
    """How many ratings there are, and of which help, so that they need not be as many as were helped at a desk."""
    if not figures.rated:
        return say("reports.no_data")
    at_desk = figures.rated - figures.by_message
    return say("reports.ratings_says", of=figures.rated, at_desk=at_desk, by_message=figures.by_message)


def _saved(figures: Figures, say: Say) -> str:
    if not figures.saved_of:
        return say("reports.no_data")
    return say("reports.saved_says", days=figures.saved, of=figures.saved_of)


def _said(grid: Grid, say: Say) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(said(cell, say) for cell in row) for row in grid.rows)
