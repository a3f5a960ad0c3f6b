"""`./run people ...`: who works here, the first administrator, and what was done; by whoever runs the machine."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Annotated, Final

import typer

from bot import assembly, starting
from bot.assembly import Parts
from bot.workshop.mistyped import Plain
from flows.codes import grouped
from flows.office.people import EVERYWHERE, ROLES, Colleague, End, Invite, Post, Revoke, Role, cleaned_name
from flows.telling.addresses import invitation_links
from flows.telling.audit import line
from flows.telling.posts import post_name, when
from flows.turn import World

LONGEST_DAYS: Final = 30
LINES: Final = 1000
"""Lines of the audit that are read at most."""

app = typer.Typer(cls=Plain, add_completion=False, no_args_is_help=False, rich_markup_mode=None)

Roles = Annotated[str, typer.Option(help=f"vai trò: {', '.join(ROLES)}")]
At = Annotated[str, typer.Option(help="id của bàn (desks/<id>.yaml trong một thư mục của GUIDES); bỏ trống: mọi nơi")]


@app.callback(invoke_without_command=True)
def people(ctx: typer.Context) -> None:
    """List who works here and which invitations are open; see also: people invite, end, revoke, audit."""
    if ctx.invoked_subcommand is None:
        _run(_listed)


@app.command()
def invite(
    *,
    called: Annotated[str, typer.Option(help="nhóm gọi người này là gì, ví dụ Chị Hoa")],
    role: Roles = "administrator",
    desk: At = EVERYWHERE,
    days: Annotated[int, typer.Option(help="dùng được trong bao nhiêu ngày", min=1, max=LONGEST_DAYS)] = 3,
    telegram: Annotated[str, typer.Option(help="tên bot Telegram, ví dụ thutu_bot, để có cả đường dẫn Telegram")] = "",
) -> None:
    """Invite somebody: a link and a code, good for one person once."""
    name, given = cleaned_name(called), _role(role)
    if not name:
        starting.stop('Xin ghi tên gọi có chữ, ví dụ: ./run people invite --called "Chị Hoa"')

    async def made(parts: Parts) -> Iterable[str]:
        world = _world(parts, telegram.removeprefix("@"))
        _known(desk, world)
        there = await parts.desk.office(lambda office: office.people.namesake(name, Post(given, desk)))
        if there:
            starting.stop(parts.texts["vi"]("inviting.namesake", about=there))
        deed = Invite(world.invitation, Post(given, desk), name, timedelta(days=days))
        await parts.desk.operate(deed)
        return (
            f"Lời mời cho {name}: {post_name(deed.post, world, parts.texts['vi'])}",
            *(f"  đường dẫn: {link}" for link in invitation_links(deed.code, world)),
            f"  mã:        {grouped(deed.code)}",
            f"Dùng được một lần, đến {when(world.now + deed.lasts)}. Mã chỉ hiện lần này; ai dùng trước thì được.",
        )

    _run(made)


@app.command()
def end(
    member: Annotated[str, typer.Argument(help="mã người, in đầu dòng ở ./run people")],
    *,
    why: Annotated[str, typer.Option(help="vì sao; được ghi vào nhật ký")],
    role: Roles = "",
    desk: At = EVERYWHERE,
) -> None:
    """End every post of somebody, or with --role that one."""
    if not why.strip():
        starting.stop('Xin ghi vì sao, ví dụ: ./run people end 1a2b3c4d --why "đã hết đợt tình nguyện"')
    one = Post(_role(role), desk) if role else None

    async def ended(parts: Parts) -> Iterable[str]:
        colleague = await parts.desk.office(lambda office: office.people.colleague(member))
        posts = () if colleague is None else tuple(held.post for held in colleague.posts if one in {None, held.post})
        if colleague is None or not posts:
            starting.stop(f"Không có vai trò nào như vậy của “{member}”; xem lại bằng ./run people.")
        await parts.desk.operate(*(End(colleague.id, post, why) for post in posts))
        world = _world(parts)
        return (f"Đã kết thúc: {colleague.called}, {post_name(post, world, parts.texts['vi'])}" for post in posts)

    _run(ended)


@app.command()
def revoke(invitation: Annotated[str, typer.Argument(help="mã lời mời, in đầu dòng ở ./run people")]) -> None:
    """Take back an invitation that nobody has taken up."""

    async def revoked(parts: Parts) -> Iterable[str]:
        found = await parts.desk.office(lambda office: office.people.invited(invitation))
        if found is None or found.state != "open":
            starting.stop(f"Không có lời mời nào “{invitation}” đang chờ; xem lại bằng ./run people.")
        await parts.desk.operate(Revoke(found.id))
        return (f"Đã thu hồi lời mời cho {found.called}.",)

    _run(revoked)


@app.command()
def audit(
    last: Annotated[int, typer.Option(help="bao nhiêu việc gần nhất", min=1, max=LINES)] = 50,
) -> None:
    """What was done about who works here, the latest first."""

    async def told(parts: Parts) -> Iterable[str]:
        entries = await parts.desk.office(lambda office: office.people.audit(0, last))
        world = _world(parts)
        return [line(entry, world, parts.texts["vi"]) for entry in entries] or ["Chưa có việc gì."]

    _run(told)


async def _listed(parts: Parts) -> Iterable[str]:
    found = await parts.desk.office(lambda office: (office.people.colleagues(), office.people.invitations()))
    world, say, (colleagues, invitations) = _world(parts), parts.texts["vi"], found
    people = [line for one in colleagues for line in _about(one, world, parts)]
    waiting = [
        f"{one.id}  {one.called}: {post_name(one.post, world, say)}, đến {when(one.until)}" for one in invitations
    ]
    none = 'Chưa có ai. Mời người quản trị đầu tiên: ./run people invite --called "Chị Hoa"'
    return [*(people or [none]), *(["", "Lời mời đang chờ:", *waiting] if waiting else [])]


def _about(one: Colleague, world: World, parts: Parts) -> Iterable[str]:
    for held in one.posts:
        yield f"{one.id}  {one.called}: {post_name(held.post, world, parts.texts['vi'])}, từ {when(held.since)}"


def _world(parts: Parts, telegram: str = "") -> World:
    """The world with the addresses that links lead to: without PUBLIC_URL this machine's own."""
    ours = parts.settings
    page = ours.public_url or f"http://{ours.host}:{ours.port}"
    return dataclasses.replace(parts.desk.world(), page=page, telegram=telegram)


def _role(text: str) -> Role:
    found = next((role for role in ROLES if role == text.strip()), None)
    if found is None:
        starting.stop(f"Không có vai trò “{text}”; xin ghi một trong: {', '.join(ROLES)}.")
    return found


def _known(desk: str, world: World) -> None:
    if desk != EVERYWHERE and desk not in world.desks:
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
