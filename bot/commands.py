"""The commands that people type behind ./run: each reads the settings, builds what it needs, and says what happened."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path
from typing import Annotated, TextIO

import typer

from bot import assembly, finding, settings, starting
from bot.channels import terminal
from bot.settings import Settings
from bot.shelf import NoGuides
from bot.workshop.mistyped import Plain
from flows import texts
from flows.replies import Reply
from knowledge.loading import GUIDES

HELP = """\
./run                  mở trang hỏi đáp (Telegram, Zalo khi có mã của bot)    serve the page, and bots with a token
./run chat             hỏi ngay trong cửa sổ này                               talk in this terminal
./run find "..."       tìm thủ tục theo câu hỏi (--why: vì sao)                find guides by a question (--why: why)
./run check [thư mục]  kiểm tra các tệp hướng dẫn                              check the guide files
./run import NGUỒN     nhập bản ghi chính thức vào thư mục --into              bring official records in as guides
./run guide            soạn, xem, thử các tệp hướng dẫn                        make, see and test guides
./run preview THỦ-TỤC  xem một thủ tục như người dân thấy                      see a guide as of any day
./run poster THỦ-TỤC   làm tờ A4 có mã QR để dán tường (hay all)               posters with QR for the wall
./run pictures [SỐ]    ảnh giấy tờ người dân gửi xem thử                      pictures of papers that people sent
./run people           ai làm ở đây; people invite, end, revoke, audit        who works here: invite, end, revoke, audit
./run desk new TÊN       tạo tệp của một bàn tiếp dân                         the file of a desk, to fill in
./run roster           lịch trực; roster import, template, move              the roster: show, bring in, template
./run report           báo cáo (--from, --to, --desk, --xlsx TỆP)             a report of some days, as Excel too
./run simulate wednesday  diễn thử một Thứ Tư thân thiện, đối chiếu số liệu    play one and check its report
./run telegram setup   đặt danh sách lệnh, lời giới thiệu của bot              set what Telegram shows of the bot
./run test             chạy mọi bài kiểm                                       run all tests
./run help             bản này                                                 this list

Ví dụ / for example:
  PORT=8090 ./run                                     cổng khác
  TELEGRAM_TOKEN=123:AbC ./run                        thêm bot Telegram, mã lấy ở BotFather
  DATA=~/thu-tu GUIDES=~/huong-dan ./run              dữ liệu ở nơi khác, thêm thủ tục của cơ quan
  ./run find "lam giay ks cho con can j"              thủ tục nào trả lời câu này
  ./run chat --record bai-noi.yaml                    hỏi thử và giữ lại thành bài kiểm
  ./run preview dang-ky-khai-sinh --on 2027-03-02     người dân thấy gì vào ngày đó
  ./run check ~/huong-dan                             các tệp của cơ quan có lỗi gì

Cài đặt bằng biến môi trường (đều có thể bỏ trống) / settings, all optional:
"""

MIRRORS = Path(__file__).parents[1] / "tests" / "guides"
"""Where the mirrors of our own guides lie in a checkout; an installed package has none."""

app = typer.Typer(
    cls=Plain,
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def serve() -> None:
    """Serve the page, and Telegram when a token is set, until stopped."""
    starting.serve()


@app.command()
def chat(record: Annotated[Path | None, typer.Option(help="ghi cuộc trò chuyện thành tệp kiểm thử")] = None) -> None:
    """Talk in the terminal; lines from a pipe are played and the program ends with them."""
    ours = starting.settings_or_stop()
    starting.log_to(ours)
    starting.run(_chat(ours, record))


async def _chat(ours: Settings, record: Path | None) -> None:
    tty = sys.stdin.isatty()
    width = min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else 0
    async with assembly.build(ours) as parts:
        person = terminal.Terminal(parts.desk, lambda text: print(text, flush=True), width)
        heard = terminal.Recording(record, assembly.today()).heard if record is not None else _not_recorded
        await terminal.talk(person, _lines(sys.stdin, prompt="> " if tty else ""), heard)


def _not_recorded(words: str, reply: Reply) -> None:
    """What becomes of a talk that nobody wants to keep as a test."""


async def _lines(source: TextIO, prompt: str) -> AsyncIterator[str]:
    while True:
        if prompt:
            print(prompt, end="", flush=True)
        line = await asyncio.to_thread(source.readline)
        if not line:
            return
        yield line


@app.command()
def find(
    words: Annotated[list[str] | None, typer.Argument(help="câu hỏi")] = None,
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="mỗi dòng vào một câu hỏi, mỗi dòng ra một JSON")] = False,
    why: Annotated[bool, typer.Option("--why", help="vì sao thủ tục đầu đứng trước thủ tục thứ hai")] = False,
    guide: Annotated[str, typer.Option(help="cùng --why: mã hay id của thủ tục cần xem lý do")] = "",
    guides: Annotated[list[Path] | None, typer.Option(help="thư mục hướng dẫn thêm")] = None,
) -> None:
    """Find guides by a question, or by many, one a line, with --jsonl; --why tells what made the order."""
    ours = starting.settings_or_stop()
    starting.log_to(ours)
    try:
        more = [Path(word) for word in words or ()] if jsonl else []  # --guides DIR DIR: the rest arrives as words
        library = assembly.shelf((*ours.guides, *(guides or ()), *more), ours.data).library
    except NoGuides as error:
        starting.stop(str(error))
    why = why or bool(guide)
    try:
        if jsonl:
            for line in sys.stdin:
                if line.strip():
                    print(finding.as_json(library, line, assembly.today(), why=why, guide=guide), flush=True)
        elif words:
            print(finding.as_text(library, " ".join(words), assembly.today(), why=why, guide=guide))
        else:
            starting.stop('Xin ghi câu hỏi, ví dụ: ./run find "làm giấy khai sinh"')
    except LookupError:
        starting.stop(f"Không có thủ tục nào mang mã hay id “{guide}”; xin xem lại.")


@app.command()
def check(
    folders: Annotated[list[Path] | None, typer.Argument(help="thư mục hướng dẫn")] = None,
    *,
    readability: Annotated[bool, typer.Option("--readability", help="câu dài ngắn của từng thủ tục")] = False,
) -> None:
    """Check guide folders: one line of counts, or every problem, one a line."""
    from knowledge import checking  # noqa: PLC0415 - as below: no other command pays for it at its start
    from knowledge import readability as reading  # noqa: PLC0415

    mirrors = MIRRORS if not folders and MIRRORS.is_dir() else None
    checked = checking.check(tuple(folders or (GUIDES,)), assembly.today(), mirrors)
    for line in checked.warned:
        print(line, file=sys.stderr)
    for line in reading.table(folders or (GUIDES,)) if readability else ():
        print(line)
    for line in checked.said:
        print(line)
    raise typer.Exit(checked.status)


@app.command(name="import")
def import_(
    source: Annotated[Path, typer.Argument(help="tệp hoặc thư mục bản ghi chính thức")],
    *,
    into: Annotated[Path | None, typer.Option(help="thư mục hướng dẫn để ghi vào")] = None,
    names: Annotated[Path | None, typer.Option(help="tệp danh sách tên thủ tục cấp xã để ghi")] = None,
    words: Annotated[Path | None, typer.Option(help="tệp danh sách chữ hay gặp trong mô tả để ghi")] = None,
    on: Annotated[str, typer.Option("--on", help="ngày chép (năm-tháng-ngày) của bản ghi không ghi ngày")] = "",
    remove_gone: Annotated[bool, typer.Option("--remove-gone", help="xóa tệp của thủ tục nguồn không còn")] = False,
) -> None:
    """Bring official records in as guide files, or list their names or common words; says what is new or unreadable."""
    from bot import gathering, importing  # noqa: PLC0415 - no other command pays for them at its start

    if sum(one is not None for one in (into, names, words)) != 1:
        starting.stop("Xin ghi một nơi cần ghi: ./run import NGUỒN --into THƯ-MỤC, hoặc --names TỆP, hoặc --words TỆP")
    if not source.exists():
        starting.stop(f"Không có {source}; xin xem lại đường dẫn.")
    try:
        day = date.fromisoformat(on) if on else None
    except ValueError:
        starting.stop(f"Ngày “{on}” không đúng; xin ghi như 2026-11-22.")
    if into is not None:
        step = _progress(sys.stderr)
        report = importing.bring_in(source, into, assembly.today(), on=day, remove_gone=remove_gone, step=step)
    elif names is not None:
        report = gathering.list_names(source, names)
    elif words is not None:
        report = gathering.list_words(source, words)
    for line in report.lines():
        print(line)
    raise typer.Exit(report.status)


def _progress(out: TextIO) -> Callable[[int, int], None]:
    """A bar that grows where a person watches, silence where a program does."""
    watched = out.isatty()

    def step(done: int, of: int) -> None:
        if watched and (done % 50 == 0 or done == of):
            print(f"\r{'█' * (done * 30 // of):<30} {done}/{of}", end="\n" * (done == of), file=out, flush=True)

    return step


@app.command()
def poster(
    name: Annotated[str, typer.Argument(help="id hay mã thủ tục, id nơi tiếp nhận, hoặc all")],
    *,
    into: Annotated[Path, typer.Option(help="thư mục để ghi tệp PDF")] = Path("posters"),
    desk: Annotated[str, typer.Option(help="in kèm số điện thoại của nơi tiếp nhận này")] = "",
    telegram: Annotated[str, typer.Option(help="tên bot Telegram, ví dụ thutu_bot")] = "",
) -> None:
    """Make posters (A4, PDF) with QR for the wall: of a guide, of a desk of desks/, or of all of them."""
    from bot import posters  # noqa: PLC0415 - no other command pays for it at its start
    from bot.papers import poster as paper  # noqa: PLC0415
    from knowledge.desks import read_desks  # noqa: PLC0415

    ours = starting.settings_or_stop()
    if ours.public_url is None:
        starting.stop(
            "Mã QR cần địa chỉ mà người dân mở được; hãy ghi PUBLIC_URL, "
            "ví dụ: PUBLIC_URL=https://hoidap.example.vn ./run poster all"
        )
    try:
        library = assembly.shelf(ours.guides, ours.data).library
    except NoGuides as error:
        starting.stop(str(error))
    read = read_desks(ours.guides)
    for problem in read.problems:
        print(problem, file=sys.stderr)
    if desk and desk not in read.desks:
        starting.stop(f"Không có nơi tiếp nhận “{desk}”: cần tệp desks/{desk}.yaml trong một thư mục của GUIDES.")
    say = texts.load()["vi"]
    wall = posters.Wall(
        library,
        read.desks,
        assembly.today(),
        say,
        ours.public_url,
        telegram.removeprefix("@"),
        read.desks.get(desk),
        ours.province,
    )
    try:
        made = list(wall.posters(name))
        into.mkdir(parents=True, exist_ok=True)
        for id, one in made:
            (into / f"{id}.pdf").write_bytes(paper.posters([one], "vi-VN", say("web.name"), assembly.now()))
    except posters.NoSuchPoster:
        starting.stop(f"Không có thủ tục hay nơi tiếp nhận nào mang tên “{name}”; ghi id, mã, hoặc all.")
    except OSError as error:
        starting.stop(f"Không ghi được vào {into}: {error.strerror}.")
    print(f"{len(made)} tờ A4 trong {into}")


@app.command()
def pictures(
    number: Annotated[str, typer.Argument(help="số của ảnh, người dân đọc cho; bỏ trống để xem có ảnh nào")] = "",
    *,
    by: Annotated[str, typer.Option(help="tên người xem")] = "",
    why: Annotated[str, typer.Option(help="xem để làm gì")] = "",
    into: Annotated[Path, typer.Option(help="thư mục để ghi ảnh ra")] = Path("pictures"),
) -> None:
    """See which pictures people sent, or one of them; who looked and why is kept with it."""
    from bot import viewing  # noqa: PLC0415 - no other command pays for it at its start
    from bot.pictures.sealing import Altered  # noqa: PLC0415

    ours = starting.settings_or_stop()
    starting.log_to(ours)
    if number and not (by.strip() and why.strip()):
        starting.stop('Xin ghi ai xem và vì sao, ví dụ: ./run pictures K7M2QX --by "Lan" --why "xem hợp đồng trước"')

    async def look() -> None:
        async with assembly.build(ours) as parts:
            if not number:
                print("\n".join(await viewing.listed(parts.desk, parts.shelf.library)))
                return
            try:
                pages = await parts.desk.open_picture(number.strip().upper(), by.strip(), why.strip())
                if pages is None:
                    starting.stop(f"Không có ảnh số {number}, hoặc đã hết hạn và bị xóa.")
                files = viewing.written(pages, number.strip().upper(), into)
            except Altered:
                starting.stop(f"Ảnh {number} khóa bằng khóa khác; tệp {ours.data / 'pictures.key'} đã bị thay.")
            except OSError as error:
                starting.stop(f"Không ghi được vào {into}: {error.strerror}.")
            print("\n".join([*map(str, files), "Xem xong xin xóa các tệp này. Lần xem đã được ghi lại."]))

    starting.run(look())


@app.command()
def report(
    *,
    first: Annotated[str, typer.Option("--from", help="ngày đầu, ví dụ 2026-11-01 (bỏ trống: hôm nay)")] = "",
    last: Annotated[str, typer.Option("--to", help="ngày cuối (bỏ trống: hôm nay)")] = "",
    desk: Annotated[str, typer.Option(help="id của một bàn (bỏ trống: tất cả)")] = "",
    xlsx: Annotated[Path | None, typer.Option(help="ghi thành tệp Excel này")] = None,
) -> None:
    """Print the report of some days, or write it as an Excel file."""
    from bot import reporting  # noqa: PLC0415 - no other command pays for it at its start

    ours = starting.settings_or_stop()
    starting.log_to(ours)
    try:
        period = reporting.period(first, last, assembly.today())
    except ValueError as error:
        starting.stop(f"{error} Ví dụ: ./run report --from 2026-11-01 --to 2026-11-30")

    async def count() -> None:
        async with assembly.build(ours) as parts:
            if desk and desk not in parts.shelf.desks:
                starting.stop(f"Không có bàn “{desk}”: cần tệp desks/{desk}.yaml trong một thư mục của GUIDES.")
            counted = await reporting.counted(parts.desk, period, desk)
            world, say = parts.desk.world(), parts.texts["vi"]
            if xlsx is None:
                print(reporting.printed(counted, world, say, shutil.get_terminal_size().columns))
                return
            try:
                reporting.write(counted, world, say, xlsx)
            except OSError as error:
                starting.stop(f"Không ghi được {xlsx}: {error.strerror}.")
            print(xlsx)

    starting.run(count())


bench_app = typer.Typer(help="measure", no_args_is_help=True)
app.add_typer(bench_app, name="bench")


@bench_app.command(name="search")
def bench_search(
    shared: Annotated[Path, typer.Argument(help="thư mục có data/ với câu hỏi và bản ghi")] = Path("../shared"),
    out: Annotated[Path | None, typer.Option(help="ghi kết quả thành tệp JSON")] = None,
    misses: Annotated[int, typer.Option(help="kèm chừng ấy câu trượt nặng nhất, có lý do", min=0)] = 0,
) -> None:
    """Measure finding on labelled questions, beside other rankers; loading and growth too."""
    from bot.bench import search  # here: it brings the other rankers with it  # noqa: PLC0415

    if not (shared / "data/questions.jsonl").is_file():
        starting.stop(f"Không có {shared / 'data/questions.jsonl'}; xin ghi thư mục có data/ với câu hỏi và bản ghi.")
    print(search.bench_search(shared, out, misses))


@bench_app.command(name="turns")
def bench_turns(talks: Annotated[int, typer.Option(help="số cuộc trò chuyện", min=1)] = 200) -> None:
    """Measure a turn: the engine alone, with the store, over HTTP."""
    from bot.bench import turns  # noqa: PLC0415

    print(asyncio.run(turns.bench(talks)))


@bench_app.command(
    name="telegram",
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def bench_telegram(context: typer.Context) -> None:
    """Measure updates a second over Telegram, beside aiogram; --help lists what can be asked for."""
    from bot.bench import telegram  # noqa: PLC0415

    try:
        raise typer.Exit(telegram.bench(context.args))
    except telegram.NotHere as error:
        starting.stop(str(error))


@bench_app.command(name="web")
def bench_web(
    guides: Annotated[list[Path] | None, typer.Option(help="thư mục hướng dẫn thêm")] = None,
    seconds: Annotated[float, typer.Option(help="số giây cho mỗi phép đo", min=1)] = 10,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="in kết quả dạng JSON")] = False,
) -> None:
    """Measure the public pages over loopback: pages a second, first byte, search as one types, page weight."""
    from bot.bench import web  # noqa: PLC0415

    print(web.bench_web(guides or (), seconds, as_json=as_json))


telegram_app = typer.Typer(help="the Telegram bot", no_args_is_help=True)
app.add_typer(telegram_app, name="telegram")


@telegram_app.command(name="setup")
def telegram_setup(
    name: Annotated[bool, typer.Option("--name", help="đặt cả tên hiển thị của bot")] = False,
) -> None:
    """Set what Telegram shows of the bot from the locale: commands, descriptions, with --name its name too."""
    from telegram.error import InvalidToken, TelegramError  # noqa: PLC0415 - half of a start's time

    from bot.channels.telegram.bot import Way  # noqa: PLC0415 - same
    from bot.channels.telegram.profile import introduced  # noqa: PLC0415 - same

    ours = starting.settings_or_stop()
    starting.log_to(ours)
    if ours.telegram_token is None:
        starting.stop(
            "Chưa có TELEGRAM_TOKEN; xin chép mã từ BotFather, ví dụ: TELEGRAM_TOKEN=123:AbC ./run telegram setup"
        )
    way = Way(ours.telegram_token, ours.telegram_api_url)
    try:
        changed = asyncio.run(introduced(way.client(), texts.load(), name=name))
    except InvalidToken:  # its own message holds the token
        starting.stop("Telegram không nhận TELEGRAM_TOKEN này; xin chép lại mã từ BotFather rồi gõ lại.")
    except TelegramError as error:
        starting.stop(f"Telegram chưa nhận ({error.message}); xin xem lại mạng rồi gõ lại.")
    print("\n".join(f"đã đặt: {one}" for one in changed) or "không có gì phải đổi")


@app.command(name="help")
def help_() -> None:
    """List the commands and settings."""
    lines = (f"  {one.name:<18} {one.meaning} (mặc định: {_default(one)})" for one in settings.ALL)
    print(HELP + "\n".join(lines))


def _default(one: settings.Setting[object]) -> str:
    return str(one.default) if one.default not in (None, ()) else "không"


def main() -> None:
    """Run the command that was typed. Those with a module of their own are loaded only for whoever wants one."""
    if sys.argv[1:2] in (["guide"], ["preview"]):
        from bot.workshop import commands as workshop  # noqa: PLC0415

        app.add_typer(workshop.app, name="guide")
        app.command(name="preview")(workshop.show)
    if sys.argv[1:2] == ["people"]:
        from bot import staffing  # noqa: PLC0415

        app.add_typer(staffing.app, name="people")
    if sys.argv[1:2] == ["roster"]:
        from bot.rosters import commands as rosters  # noqa: PLC0415

        app.add_typer(rosters.app, name="roster")
    if sys.argv[1:2] == ["simulate"]:
        from bot.simulating import commands as simulating  # noqa: PLC0415

        app.add_typer(simulating.app, name="simulate")
    if sys.argv[1:2] == ["desk"]:
        from bot.rosters import desks  # noqa: PLC0415

        app.add_typer(desks.app, name="desk")
    app()
