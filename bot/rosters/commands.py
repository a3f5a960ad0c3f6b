"""`./run roster ...`: the week of each desk, a table brought in, one to fill in, a desk that is called otherwise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot import assembly, starting
from bot.assembly import Parts
from bot.rosters.bringing import AHEAD, NotBrought, bring
from bot.workshop.mistyped import Plain
from flows.office import Office
from flows.office.roster import Rename
from flows.telling.posts import desk_name
from flows.telling.shifts import in_a_day
from flows.turn import VIETNAM, World
from knowledge.calendar import calendar

app = typer.Typer(cls=Plain, add_completion=False, no_args_is_help=False, rich_markup_mode=None)

At = Annotated[str, typer.Option(help="id của bàn (desks/<id>.yaml trong một thư mục của GUIDES)")]


@app.callback(invoke_without_command=True)
def roster(ctx: typer.Context) -> None:
    """Show the coming week of every desk; see also: roster import, roster template, roster move."""
    if ctx.invoked_subcommand is None:
        _run(_listed)


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="tệp .xlsx hoặc .csv; mẫu: ./run roster template")],
    *,
    desk: At,
    dry: Annotated[bool, typer.Option("--dry", help="chỉ xem sẽ thay đổi gì")] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="bỏ cả những ca có trong lịch mà không có trong tệp, của các ngày trong tệp"),
    ] = False,
) -> None:
    """Bring a roster in; when a row cannot be, each is named and nothing changes. Again: only what changed."""

    async def brought(parts: Parts) -> Iterable[str]:
        _known(desk, parts.desk.world())
        try:
            return await bring(parts.desk, file, desk, dry=dry, replace=replace)
        except NotBrought as error:
            starting.stop(str(error))

    _run(brought)


@app.command()
def template(
    *,
    desk: At = "",
    into: Annotated[Path, typer.Option(help="tên tệp để ghi")] = Path("lich-truc.xlsx"),
) -> None:
    """Write an Excel file to fill in: the coming friendly days of the desk, with the shifts that are planned there."""
    from bot.rosters import template as paper  # noqa: PLC0415 - no other command writes Excel

    async def written(parts: Parts) -> Iterable[str]:
        world = parts.desk.world()
        if desk:
            _known(desk, world)
        today = datetime.combine(world.today, time(), VIETNAM)
        team, there = await parts.desk.office(
            lambda office: (office.roster.team(desk), office.roster.planned(desk, today, today + AHEAD))
        )
        names = tuple(member.called for member in team)
        body = paper.template(world.desks.get(desk), names, there, world.now, calendar(), parts.texts["vi"])
        try:
            into.write_bytes(body)
        except OSError as error:
            starting.stop(f"Không ghi được {into} ({error.strerror}); chọn chỗ khác bằng --into.")
        return (
            f"Đã ghi {into}. Điền cột “Người trực” rồi nhập: ./run roster import {into} --desk {desk or 'TÊN-BÀN'}",
        )

    _run(written)


@app.command()
def move(
    desk: Annotated[str, typer.Argument(help="id cũ của bàn")], to: Annotated[str, typer.Argument(help="id mới")]
) -> None:
    """Let the shifts and people of a desk whose file was renamed go with it."""

    async def moved(parts: Parts) -> Iterable[str]:
        world = parts.desk.world()
        _known(to, world)
        if desk in world.desks:
            starting.stop(f"Bàn “{desk}” vẫn còn tệp. Lệnh này chỉ dành cho bàn đã đổi tên tệp.")
        await parts.desk.operate(Rename(desk, to))
        return (f"Ca trực và người của “{desk}” nay thuộc {desk_name(to, world)}.",)

    _run(moved)


async def _listed(parts: Parts) -> Iterable[str]:
    world = parts.desk.world()
    today = datetime.combine(world.today, time(), VIETNAM)

    def look(office: Office) -> list[str]:
        lines: list[str] = []
        for desk in sorted({*world.desks, *office.roster.desks()}):
            gone = "" if desk in world.desks else " (không còn tệp; xem ./run roster move)"
            lines.append(f"{desk}: {desk_name(desk, world)}{gone}")
            shifts = office.roster.planned(desk, today, today + timedelta(weeks=1))
            days = sorted({one.begins.astimezone(VIETNAM).date() for one in shifts})
            for day in days:
                those = tuple(one for one in shifts if one.begins.astimezone(VIETNAM).date() == day)
                lines.append(f"  {in_a_day(day, those, world.texts['vi'])}")
            if not days:
                lines.append("  chưa xếp ai trong bảy ngày tới")
        return lines or ["Chưa có bàn nào: cần tệp desks/<id>.yaml trong một thư mục của GUIDES."]

    return await parts.desk.office(look)


def _known(desk: str, world: World) -> None:
    if desk not in world.desks:
        have = f" Đang có: {', '.join(world.desks)}." if world.desks else ""
        starting.stop(f"Không có bàn “{desk}”: cần tệp desks/{desk}.yaml trong một thư mục của GUIDES.{have}")


def _run(work: Callable[[Parts], Awaitable[Iterable[str]]]) -> None:
    ours = starting.settings_or_stop()
    starting.log_to(ours)

    async def main() -> None:
        async with assembly.build(ours) as parts:
            for told in await work(parts):
                print(told)

    starting.run(main())
