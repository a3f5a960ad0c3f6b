"""The made Wednesday with a few people: it adds up, nothing of one is seen by another, and the watch sees what it should."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.desk import Address
from bot.simulating.citizens import questions_in, questions_of
from bot.simulating.place import Place
from bot.simulating.recounting import Compared, compared
from bot.simulating.team import desks
from bot.simulating.watching import Watch, mark
from bot.simulating.wednesday import Wednesday, friendly_day
from flows.office.reports import Period, Scope
from flows.replies import Line, Reply, Table
from flows.state import Language
from flows.texts import Say
from flows.turn import VIETNAM
from knowledge.library import Library

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def day_before() -> datetime:
    return datetime.combine(DAY - timedelta(days=1), time(15), VIETNAM)


@pytest.fixture
async def place(
    tmp_path: Path, library: Library, sentences: Mapping[Language, Say], day_before: datetime
) -> AsyncIterator[Place]:
    place = Place(tmp_path / "kept.db", library, sentences, desks(DAY), day_before, Watch())
    await place.open()
    yield place
    await place.close()


async def test_a_day_with_forty_people_adds_up_and_keeps_each_to_themselves(place: Place, library: Library) -> None:
    played = Wednesday(place, DAY, Random(8))  # noqa: S311 -- the same day every time
    await played.passes(40, questions_of(library))
    report = await place.desk.report_to_operator(Scope(Period(DAY, DAY)))
    found = list(compared(report, played.ledger, place.file, DAY))
    assert [one for one in found if not one.same] == []
    assert report.whole.helped > 15
    assert report.whole.answered > 0
    assert len(report.by_desk) >= 3
    assert place.watch.leaks == []
    assert place.watch.words > 50
    assert place.watch.satisfaction > 20
    assert max(played.ledger.taps) <= 10
    assert len(played.ledger.long) == sum(taps > 8 for taps in played.ledger.taps)
    none = played.ledger.without_figure()
    assert min(none.values()) >= 0
    assert sum(none.values()) + report.whole.helped + report.whole.answered + report.whole.filed == 40
    assert played.ledger.refused == 0
    assert played.ledger.kept_before > 0
    assert played.ledger.made_after > 0
    assert played.ledger.not_once == []
    assert {"đến trễ: Tú, 25 phút", "quên bấm ra về: Mai"} <= set(played.ledger.notes)
    assert any("báo ốm" in note for note in played.ledger.notes)


def test_the_command_prints_the_day_and_writes_its_files(tmp_path: Path) -> None:
    questions, into = tmp_path / "hoi.txt", tmp_path / "ra"
    questions.write_text("làm giấy khai sinh\nđăng ký tạm trú\n", encoding="utf-8")
    command = [sys.executable, "-m", "bot", "simulate", "wednesday", "--citizens", "15"]
    more = ["--questions", str(questions), "--into", str(into)]
    env = {**os.environ, "DATA": str(tmp_path / "data"), "PYTHONUTF8": "1"}
    ran = subprocess.run([*command, *more], cwd=ROOT, env=env, capture_output=True, check=False, timeout=300, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "LỆCH" not in ran.stdout
    assert "không tin nào lộ" in ran.stdout
    assert {"bao-cao.xlsx", "bieu-do.png"} <= {file.name for file in into.iterdir()}
    wrong = subprocess.run(
        [*command, "--questions", "khong-co"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        check=False,
        timeout=60,
        text=True,
    )
    assert (wrong.returncode, "khong-co" in wrong.stderr) == (1, True)


async def test_the_watch_finds_a_word_of_somebody_else_and_an_account() -> None:
    watch, lan, minh, word = Watch(), Address("telegram", "1"), Address("telegram", "2"), mark(Random(1))  # noqa: S311 -- same
    watch.may(lan, word)
    page = Reply((Line(f"về {word.upper()}"),), (), 1, "vi")
    watch.saw(lan, page)
    assert watch.leaks == []
    watch.saw(minh, page)
    watch.no_more(lan, word)
    watch.saw(lan, page)
    assert len(watch.leaks) == 2
    watch.saw(minh, Reply((Line("7700000012 đang chờ"),), (), 1, "vi"))
    assert "7700000012" in watch.leaks[-1]


def test_the_watch_finds_satisfaction_that_rests_on_few() -> None:
    watch, lan = Watch(), Address("telegram", "1")
    summary = (("Rất hài lòng", "80,0 % (4/5)"), ("Hài lòng", "chưa đủ 5 phiếu (có 1)"), ("Nộp", "100,0 % (1/1)"))
    watch.saw(lan, Reply((Table("Số chính", (), summary),), (), 1, "vi"))
    assert (watch.leaks, watch.satisfaction) == ([], 2)
    side = Table("Theo thủ tục", ("Thủ tục", "Lượt", "Rất hài lòng"), (("Khai sinh", "1", "100,0 % (1/1)"),))
    watch.saw(lan, Reply((side,), (), 1, "vi"))
    assert len(watch.leaks) == 1


def test_what_never_happened_is_not_called_checked() -> None:
    figures: tuple[object, ...] = (0, {}, (0, 0), 1, (0, 1))
    assert [Compared("", "", one, one).untried for one in figures] == [True] * 3 + [False] * 2
    assert not Compared("", "", 0, 1).untried


def test_questions_come_from_a_file_of_either_kind(tmp_path: Path) -> None:
    file = tmp_path / "hoi.txt"
    file.write_text('{"question": "làm khai sinh", "expect": "answer"}\n\nđăng ký tạm trú\n', encoding="utf-8")
    assert questions_in(file) == ("làm khai sinh", "đăng ký tạm trú")


def test_the_friendly_day_is_the_next_wednesday() -> None:
    days = [friendly_day(date(2026, 11, 22) + timedelta(days=n)) for n in range(4)]
    assert days == [date(2026, 11, 25)] * 3 + [date(2026, 12, 2)]
