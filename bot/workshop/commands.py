"""`./run guide ...`: the commands of the workshop; each says what it found, or one line with the place and the cure."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from bot import assembly, settings
from bot.settings import WrongSettings
from bot.workshop import previewing, trying
from bot.workshop.opening import CannotOpen, mirror_path, opened
from flows import texts
from knowledge.loading import GUIDES

HELP: Final = """\
./run guide show THỦ-TỤC [--on NGÀY] [--answers hỏi=đáp ...] [--province TỈNH]   xem trang như người dân thấy
./run guide test THỦ-TỤC                    thử tệp kiểm thử: tìm ra, không tìm ra, các cuộc trò chuyện
THỦ-TỤC là tên ngắn (dang-ky-khai-sinh), mã quốc gia (1.001193), mã cũ, hoặc đường dẫn tệp .yaml. NGÀY như 2027-03-02.
"""


class Plain(TyperGroup):
    """Says what was typed wrong in Vietnamese, in one line, instead of a screen of usage in English."""

    def invoke(self, ctx: Any) -> Any:
        """Run the sub-command, or stop with the line."""
        try:
            return super().invoke(ctx)
        except TyperException as error:
            what = _MISTYPED.get(type(error).__name__, "không có lệnh này, hoặc thừa chữ")
            typed = " ".join(sys.argv[1:])
            print(f"./run {typed}: {what}, gõ ./run guide hoặc ./run help để xem cách ghi", file=sys.stderr)
            raise typer.Exit(2) from error


_MISTYPED: Final = {
    "MissingParameter": "còn thiếu phần sau lệnh",
    "NoSuchOption": "không có lựa chọn (--...) này",
    "BadParameter": "phần sau lệnh chưa đúng dạng",
    "BadOptionUsage": "lựa chọn (--...) thiếu phần sau",
}


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
    guides: Folders = None,
) -> None:
    """Show a guide as citizens will see it: its page, the list of papers, the summary."""
    try:
        day = day_of(on)
        book = opened(which, folders(guides), day)
        words = (*(answers or ()), *(more or ()))
        print(previewing.preview(book, texts.load(), day, words, province, width()), end="")
    except CannotOpen as error:
        stop(str(error))


@app.command(name="test")
def try_mirror(which: Which, *, on: On = "", guides: Folders = None) -> None:
    """Try the mirror of a guide."""
    try:
        day = day_of(on)
        book = opened(which, folders(guides), day)
    except CannotOpen as error:
        stop(str(error))
    path = mirror_path(book.path)
    result = trying.tried(book.guide, book.library, texts.load(), path, day)
    counts = f"{result.finds} câu phải tìm ra, {result.not_finds} câu không được tìm ra, {result.talks} cuộc trò chuyện"
    if result.failed:
        stop("\n".join(result.failed) + f"\n{book.guide.id}: {len(result.failed)} chỗ chưa đạt ({counts})")
    print(f"{book.guide.id}: đạt hết ({counts})")


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


def width() -> int:
    """How wide to write: as the terminal, at most 100 signs; 0 (as long as it is) when piped."""
    return min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else 0


def stop(message: str) -> NoReturn:
    """End with a message on standard error."""
    print(message, file=sys.stderr)
    raise typer.Exit(1)
