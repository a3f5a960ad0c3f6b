"""A table brought in: read, compared with the roster, and where every row can be, done in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.desk import Desk
from bot.rosters.changes import Changes, changes
from bot.rosters.table import Table, Unreadable, read
from flows.office import Office
from flows.office.roster import Plan, Planned, Remove, Shift
from flows.telling.shifts import when_and_where
from flows.turn import VIETNAM, World

AHEAD = timedelta(days=400)
"""How far the roster is looked at: further than anything may be planned."""


class NotBrought(Exception):
    """Nothing changed; the message names the file or each bad row, with the cure."""


async def bring(desk: Desk, file: Path, id: str, *, dry: bool) -> tuple[str, ...]:
    """Bring a file in for the desk of that id, and say what changed; `dry` says it only. NotBrought."""
    world = desk.world()
    table, found, wrong = await desk.office(lambda office: _compared(office, file, id, world))
    if wrong:
        raise NotBrought("\n".join([f"{file.name}: chưa nhập gì, xin sửa các chỗ sau:", *wrong]))
    if not dry:
        await desk.operate(*(Remove(one.id) for one in found.gone), Plan(id, found.new))
    return tuple(_told(found, table, world, dry=dry))


def _compared(office: Office, file: Path, id: str, world: World) -> tuple[Table, Changes, tuple[str, ...]]:
    try:
        table = read(file, id, office.roster.team(id), world.today, world.texts["vi"])
    except Unreadable as error:
        raise NotBrought(str(error)) from error
    today = datetime.combine(world.today, time(), VIETNAM)
    found = changes([row.shift for row in table.rows], office.roster.planned(id, today, today + AHEAD), world.now)
    return table, found, (*map(str, table.wrong), *_overlaps(office, table, found, world))


def _overlaps(office: Office, table: Table, found: Changes, world: World) -> Iterable[str]:
    """Rows of somebody who has another shift then that stays."""
    going = {shift.id for shift in found.gone}
    for row in table.rows:
        one = row.shift
        clashing = office.roster.clashing(one.member, one.begins, one.ends) if one in found.new and one.member else ()
        for other in clashing:
            if other.id not in going:
                about = when_and_where(other, world, world.texts["vi"])
                yield f"dòng {row.number}, cột Từ: người này đã có ca {about}; sửa giờ hoặc bỏ ca kia trước"


def _told(found: Changes, table: Table, world: World, *, dry: bool) -> Iterable[str]:
    say = world.texts["vi"]
    yield "Sẽ thay đổi:" if dry else "Đã nhập:"
    yield f"  {len(found.new)} ca mới, {len(found.gone)} ca bỏ, {found.same} ca giữ nguyên"
    yield from (f"  thêm: {_line(one, world)}" for one in found.new)
    yield from (f"  bỏ:   {when_and_where(one, world, say)}" for one in found.gone)
    if table.over:
        yield f"  {table.over} dòng của ngày đã qua được bỏ qua"


def _line(one: Planned, world: World) -> str:
    return when_and_where(Shift("", one.desk, one.begins, one.ends, None), world, world.texts["vi"])
