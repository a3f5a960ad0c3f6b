"""`./run simulate wednesday`: plays the day, prints its report and what was checked, writes files beside if asked."""

from __future__ import annotations

import asyncio
import tempfile
import time as clock
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Annotated

import pypdfium2
import typer

from bot import assembly, papers, starting
from bot.channels import terminal
from bot.simulating.citizens import questions_in, questions_of
from bot.simulating.ledger import middle
from bot.simulating.place import Place
from bot.simulating.recounting import Compared, compared
from bot.simulating.team import desks
from bot.simulating.watching import Watch
from bot.simulating.wednesday import MOST_TAPS, Wednesday, friendly_day
from bot.workshop.mistyped import Plain
from flows import texts
from flows.office.reports import Period, Report, Scope
from flows.replies import Chart
from flows.turn import VIETNAM
from knowledge.loading import GUIDES, load

app = typer.Typer(cls=Plain, add_completion=False, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def simulate() -> None:
    """Play a day with made people on the real product."""


@app.command()
def wednesday(
    *,
    questions: Annotated[
        Path | None, typer.Option(help="tệp câu hỏi, mỗi dòng một câu hay một JSON có question")
    ] = None,
    citizens: Annotated[int, typer.Option(help="số người dân", min=1, max=5000)] = 400,
    seed: Annotated[int, typer.Option(help="số gieo: cùng số thì cùng một ngày")] = 8,
    into: Annotated[Path | None, typer.Option(help="thư mục để ghi báo cáo Excel, biểu đồ và các thư")] = None,
) -> None:
    """Play a friendly Wednesday: three desks, nine volunteers, so many citizens, a restart at 10:15."""
    if questions is not None and not questions.is_file():
        starting.stop(f"Không có tệp {questions}; xin xem lại đường dẫn.")
    with tempfile.TemporaryDirectory(prefix="thu-tu-") as folder:
        failed = asyncio.run(_played(Path(folder), questions, citizens, seed, into))
    raise typer.Exit(1 if failed else 0)


async def _played(folder: Path, questions: Path | None, citizens: int, seed: int, into: Path | None) -> bool:
    day = friendly_day(assembly.today())
    library = load([GUIDES]).library
    if library is None:
        starting.stop("Các tệp hướng dẫn có lỗi; gõ ./run check để xem.")
    begins = datetime.combine(day - timedelta(days=1), time(15), VIETNAM)
    place = Place(folder / "mo-phong.sqlite3", library, texts.load(), desks(day), begins, Watch())
    await place.open()
    began = clock.monotonic()
    played = Wednesday(place, day, Random(seed))  # noqa: S311 -- a made day, the same for the same number
    try:
        words = questions_of(library) if questions is None else questions_in(questions)
        await played.passes(citizens, words)
        await played.team.official.says("báo cáo")
        report = await place.desk.report_to_operator(Scope(Period(day, day)))
        found = list(compared(report, played.ledger, place.file, day))
        page = played.team.official.page
        if page is not None:
            print(terminal.text(page).rpartition("\n\n")[0])
        for line in _told(played, found, citizens, clock.monotonic() - began):
            print(line)
        if into is not None:
            for file in _written(played, report, into):
                print(file)
    finally:
        await place.close()
    return bool(place.watch.leaks or played.ledger.not_once) or not all(one.same for one in found)


def _told(played: Wednesday, found: list[Compared], citizens: int, seconds: float) -> Iterator[str]:
    """What the day was like, and what was checked."""
    ledger, watch = played.ledger, played.place.watch
    yield f"\nMô phỏng {citizens} người dân, {played.place.turns} lượt thao tác, trong {seconds:.0f} giây."
    for note in ledger.notes:
        yield f"  {note}"
    before, after = ledger.kept_before, ledger.made_after
    once = f"mất hay đôi: {len(ledger.not_once)}"
    yield f"  khởi động lại 10:15: {before} lượt dở đã được giữ, {after} lượt làm lại, mỗi lượt gửi lại hai lần; {once}"
    none = {why: n for why, n in ledger.without_figure().items() if n}
    yield f"\nKhông có lượt giúp hay hồ sơ để đếm: {sum(none.values())} trong {citizens} người"
    yield from (f"  {why}: {n} người" for why, n in none.items())
    yield "\nChờ tại bàn, đo bằng đồng hồ của mô phỏng. Báo cáo để trống dòng Chờ: người dân không lấy số,"
    yield "người giúp chỉ bấm khi gọi người tiếp theo, nên không ai ghi lúc người dân đến. Chỉ mô phỏng biết lúc ấy."
    for desk, waited in sorted(ledger.waited.items()):
        yield f"  {played.place.desks[desk].name}: {middle(waited)}; giúp: {middle(ledger.took.get(desk, []))}"
    yield f"  chờ người trả lời tin nhắn: {middle(ledger.relayed)}"
    if ledger.taps:
        often = ", ".join(f"{taps} lần: {n} người" for taps, n in sorted(Counter(ledger.taps).items()))
        yield f"\nSố lần bấm và gõ cho một người, không kể {ledger.papers} lần bấm giấy: giữa {median(ledger.taps):.0f}"
        yield f"  {often}; quá {MOST_TAPS} lần: {len(ledger.long)} người"
        yield from (f"    {one}" for one in ledger.long[:20])
    yield "\nSố liệu có khớp không:"
    for one in found:
        verdict = "chưa thử" if one.untried else "khớp" if one.same else "LỆCH"
        yield f"  {verdict}  {one.name} ({one.way}): {_short(one)}"
    verdict = "không tin nào lộ điều của người khác" if not watch.leaks else f"LỘ {len(watch.leaks)} chỗ"
    yield f"\nĐã đọc {watch.pages} tin và trang gửi tới từng người, trong đó {watch.words} chữ riêng"
    yield f"và {watch.satisfaction} số hài lòng (không số nào được dựa trên dưới 5 phiếu): {verdict}."
    yield from (f"  {leak}" for leak in watch.leaks[:20])


def _short(one: Compared) -> str:
    return str(one.report) if one.same else f"báo cáo {one.report}, cách kia {one.other}"


def _written(played: Wednesday, report: Report, into: Path) -> Iterator[Path]:
    """The report as Excel, its chart as a picture, each kind of letter as PDF and picture."""
    place = played.place
    into.mkdir(parents=True, exist_ok=True)
    say = place.texts["vi"]
    yield _file(into / "bao-cao.xlsx", papers.xlsx_of(report, place.world(), say))
    page = played.team.official.page
    for chart in page.blocks if page is not None else ():
        if isinstance(chart, Chart):
            yield _file(into / "bieu-do.png", papers.png_of(chart))
    kinds = {(letter.office, letter.title): letter for letter in played.letters}
    for number, letter in enumerate(kinds.values(), 1):
        pdf = papers.letter_of(letter, "vi", say("web.name"), place.now)
        yield _file(into / f"thu-{number}.pdf", pdf)
        picture = into / f"thu-{number}.png"
        pypdfium2.PdfDocument(pdf)[0].render(scale=1.5).to_pil().save(picture)
        yield picture


def _file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
