"""`./run guide ...`: the commands of the workshop; each says what it found, or one line with the place and the cure."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from bot import assembly, settings
from bot.cache import Cache, Kept
from bot.settings import WrongSettings
from bot.workshop import (
    colliding,
    comparing,
    counting,
    drawing,
    history,
    linking,
    previewing,
    scaffolding,
    translating,
    trying,
)
from bot.workshop import due as keeping
from bot.workshop.mistyped import Plain
from bot.workshop.opening import CannotOpen, listed, mirror_path, opened, seen_from_here, shelf
from flows import texts
from flows.state import Language
from knowledge.loading import GUIDES, load

HELP: Final = """\
./run guide new MÃ [--from THƯ-MỤC] [--to THƯ-MỤC] [--field LĨNH-VỰC]   dựng tệp mới, chỗ trống được đánh dấu
./run guide show THỦ-TỤC [--on NGÀY] [--answers hỏi=đáp ...] [--province TỈNH] [--english]   xem như người dân thấy
./run guide test THỦ-TỤC                    thử tệp kiểm thử: tìm ra, không tìm ra, các cuộc trò chuyện
./run guide diff THỦ-TỤC [--against TỆP]    khác bản đang dùng trước đó ở những điểm nào
./run guide due [--on NGÀY] [--within SỐ-NGÀY] [--from THƯ-MỤC]   những gì đến hạn xem lại
./run guide map THỦ-TỤC [--svg TỆP]         vẽ câu hỏi và giấy tờ
./run guide english THỦ-TỤC                 những câu chưa có tiếng Anh, sẵn dòng để viết
./run guide collisions                      những câu tìm ra thủ tục khác trước
./run guide count                           đếm thủ tục, nguồn, độ chắc chắn, phần đã thử
./run guide links                           thử các liên kết https (cần mạng)
./run preview THỦ-TỤC --on NGÀY             như guide show

THỦ-TỤC là tên ngắn (dang-ky-khai-sinh), mã (1.001193), mã cũ, hoặc đường dẫn tệp .yaml. NGÀY ghi như 2027-03-02.
--from là thư mục mà ./run import đã tạo. Mọi lệnh nhận --guides THƯ-MỤC: thư mục hướng dẫn thêm của cơ quan.
Cách soạn: knowledge/README.md
"""


app = typer.Typer(cls=Plain, add_completion=False, no_args_is_help=False, rich_markup_mode=None)

Which = Annotated[str, typer.Argument(help="tên ngắn, mã, mã cũ hoặc tệp .yaml")]
On = Annotated[str, typer.Option(help="ngày, ví dụ 2027-03-02; bỏ trống là hôm nay")]
Folders = Annotated[list[Path] | None, typer.Option("--guides", help="thư mục hướng dẫn thêm")]


@app.callback(invoke_without_command=True)
def guide(ctx: typer.Context) -> None:
    """Make, see, test and keep guides true."""
    if ctx.invoked_subcommand is None:
        print(HELP, end="")


@app.command()
def show(
    which: Which,
    more: Annotated[list[str] | None, typer.Argument(help="thêm hỏi=đáp")] = None,
    *,
    on: On = "",
    answers: Annotated[list[str] | None, typer.Option(help="hỏi=đáp, ví dụ noi-sinh=tai-nha")] = None,
    province: Annotated[str, typer.Option(help="tỉnh, thành phố")] = "",
    english: Annotated[bool, typer.Option("--english", help="xem bản tiếng Anh")] = False,
    guides: Folders = None,
) -> None:
    """Show a guide as citizens will see it: its page, the list of papers, the summary."""
    try:
        day = day_of(on)
        book = opened(which, folders(guides), day, remembered())
        words = (*(answers or ()), *(more or ()))
        language: Language = "en" if english else "vi"
        print(previewing.preview(book, texts.load(), day, words, province, width(), language), end="")
    except CannotOpen as error:
        stop(str(error))


@app.command(name="test")
def try_mirror(which: Which, *, on: On = "", guides: Folders = None) -> None:
    """Try the mirror of a guide."""
    try:
        day = day_of(on)
        book = opened(which, folders(guides), day, remembered())
    except CannotOpen as error:
        stop(str(error))
    path = mirror_path(book.path)
    result = trying.tried(book.guide, book.library, texts.load(), path, day)
    counts = f"{result.finds} câu phải tìm ra, {result.not_finds} câu không được tìm ra, {result.talks} cuộc trò chuyện"
    if result.failed:
        stop("\n".join(result.failed) + f"\n{book.guide.id}: {len(result.failed)} chỗ chưa đạt ({counts})")
    print(f"{book.guide.id}: đạt hết ({counts})")


@app.command()
def new(
    code: Annotated[str, typer.Argument(help="mã quốc gia của thủ tục")],
    *,
    source: Annotated[Path | None, typer.Option("--from", help="thư mục bản ghi đã nhập")] = None,
    to: Annotated[Path | None, typer.Option(help="thư mục hướng dẫn để ghi vào")] = None,
    field: Annotated[str, typer.Option(help="lĩnh vực (tên thư mục)")] = "",
    guides: Folders = None,
) -> None:
    """Set up a guide and its mirror, from the imported record or empty, with the gaps marked."""
    try:
        library = shelf(folders(guides), assembly.today(), remembered())
        made = scaffolding.scaffold(code, library, source, (to or GUIDES).resolve(), field, assembly.today())
    except CannotOpen as error:
        stop(str(error))
    print(f"Đã ghi {seen_from_here(made.guide)}\n   và  {seen_from_here(made.mirror)}")
    print(f"Còn {made.gaps} chỗ phải viết: mở hai tệp, tìm chữ “{scaffolding.GAP[2:]}”.")
    print(f"Xem thử: ./run guide show {seen_from_here(made.guide)}")
    ours = library.by_code(code)
    if ours is not None and ours.status == "published":
        print(f"Lưu ý: bản này nằm trên hướng dẫn chung {ours.id}. Soạn xong mới đưa vào thư mục của biến GUIDES.")


@app.command()
def diff(
    which: Which,
    *,
    against: Annotated[str, typer.Option(help="tệp hoặc thư mục bản cũ; bỏ trống là bản trong git")] = "",
    guides: Folders = None,
) -> None:
    """Say in words what changed since the last published version."""
    try:
        book = opened(which, folders(guides), assembly.today(), remembered())
        before = history.before(book, against)
    except CannotOpen as error:
        stop(str(error))
    lines = comparing.changes(before.guide, book.guide)
    print(f"{book.guide.id}, so với {before.where}: " + (f"{len(lines)} thay đổi" if lines else "không có gì thay đổi"))
    for line in lines:
        print(f"  {line}")


@app.command()
def due(
    *,
    on: On = "",
    within: Annotated[int, typer.Option(help="trong bao nhiêu ngày tới", min=0, max=3650)] = 30,
    source: Annotated[Path | None, typer.Option("--from", help="thư mục bản ghi đã nhập")] = None,
    guides: Folders = None,
) -> None:
    """List what has to be looked at again: days passed or near, and what the official data now says otherwise."""
    try:
        day, places = day_of(on), folders(guides)
        found = keeping.due(places, day, within)
        if source is not None:
            found += keeping.differing(shelf(places, day, remembered()), listed(places), source)
    except CannotOpen as error:
        stop(str(error))
    for one in found:
        print(one)
    passed = sum(one.day is not None and one.day < day for one in found)
    dated = sum(one.day is not None for one in found)
    differ = f", {len(found) - dated} chỗ khác dữ liệu chính thức" if source is not None else ""
    print(f"Đến ngày {day:%d/%m/%Y}: {passed} việc đã quá hạn, {dated - passed} việc trong {within} ngày tới{differ}")


@app.command(name="map")
def draw(
    which: Which,
    *,
    svg: Annotated[Path | None, typer.Option(help="ghi thành tệp hình .svg")] = None,
    guides: Folders = None,
) -> None:
    """Draw the asks and papers of a guide."""
    try:
        picture = drawing.drawing(opened(which, folders(guides), assembly.today(), remembered()).guide)
    except CannotOpen as error:
        stop(str(error))
    if svg is None:
        print(drawing.as_text(picture), end="")
        return
    try:
        svg.write_text(drawing.as_svg(picture), encoding="utf-8")
    except OSError as error:
        stop(f"{svg}: không ghi được ({error.strerror}), xem lại đường dẫn và quyền ghi")
    print(f"Đã vẽ {svg}, mở bằng trình duyệt")


@app.command(name="english")
def translate(which: Which, *, guides: Folders = None) -> None:
    """Print the sentences of a guide that have no English yet, as lines for its English file."""
    try:
        book = opened(which, folders(guides), assembly.today(), remembered())
    except CannotOpen as error:
        stop(str(error))
    found = translating.untold(book)
    if not found.missing:
        print(f"{book.guide.id}: cả {found.sentences} câu đều có tiếng Anh")
        return
    print(f"# {found.missing} câu chưa có tiếng Anh. Chép các dòng dưới vào {seen_from_here(found.path)}, viết en.")
    print(found.lines, end="")


@app.command()
def collisions(*, on: On = "", guides: Folders = None) -> None:
    """List phrases that find another guide first."""
    try:
        day, places = day_of(on), folders(guides)
        found = colliding.collisions(shelf(places, day, remembered()), listed(places), day)
    except CannotOpen as error:
        stop(str(error))
    for line in found.lines:
        print(line)
    print(f"{found.tried} câu đã thử, {len(found.lines)} câu tìm ra thủ tục khác trước")
    raise typer.Exit(1 if found.lines else 0)


@app.command(name="count")
def count_all(*, on: On = "", guides: Folders = None) -> None:
    """Count guides, sources and talks, how sure the facts are, and how many cases are tried."""
    try:
        day, places = day_of(on), folders(guides)
        found = counting.count(shelf(places, day, remembered()), places, texts.load(), day)
    except CannotOpen as error:
        stop(str(error))
    print("\n".join(found.lines()))


@app.command()
def links(*, guides: Folders = None) -> None:
    """Ask every https link over the network."""
    found = linking.links_in(folders(guides))
    lines = linking.told(found, asyncio.run(linking.ask(found)))
    if lines:
        stop("\n".join(lines))
    print(f"{len(found)} liên kết, đều mở được")


def day_of(text: str) -> date:
    """The day of `--on`; today when there is none; CannotOpen when it is no day."""
    if not text:
        return assembly.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CannotOpen(f"--on {text}: không phải ngày có thật, ghi năm-tháng-ngày, ví dụ 2027-03-02") from None


def folders(more: Iterable[Path] | None) -> list[Path]:
    """The product's guides, those of the setting GUIDES, and those of the command; later ones lie over earlier."""
    try:
        ours = settings.read(os.environ)
    except WrongSettings as error:
        stop(str(error))
    return [GUIDES, *(folder.resolve() for folder in (*ours.guides, *(more or ())))]


def remembered() -> Kept:
    """How the product's own guides were when they were last read; they are read and kept if they never were."""
    cache = Cache(settings.read(os.environ).data / "cache", (GUIDES,))
    kept = cache.read()
    if kept is None:
        loaded = load([GUIDES], tolerate=True)
        kept = Kept(b"", loaded.known, None, loaded.decided, loaded.english)
        cache.write(kept)
    return kept


def width() -> int:
    """How wide to write: as the terminal, at most 100 signs; 0 (as long as it is) when piped."""
    return min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else 0


def stop(message: str) -> NoReturn:
    """End with a message on standard error."""
    print(message, file=sys.stderr)
    raise typer.Exit(1)
