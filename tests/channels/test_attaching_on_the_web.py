"""A photo of a paper over the web page, by real HTTP: agreed to, sent, refused, kept sealed, looked at, gone."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.channels.web.app import app
from bot.desk import Desk
from bot.pictures.album import Album
from bot.store.sqlite import SQLiteStore
from flows import facts
from flows.facts import Attached, Consented, Erased, Fact, PictureOpened
from flows.turn import World
from tests import own
from tests.channels.page import WebDriver, page_of
from tests.fake_http import serving
from tests.storage import papers_drawn as drawn

TEXTS = own.sentences()
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
KEY = b"a key of thirty-two bytes, surely"[:32]
SEND = "Gửi ảnh xem thử: Hợp đồng thuê nhà, thuê phòng trọ"
GUIDE, PAPER = "dang-ky-tam-tru", "hop-dong-thue"


@dataclass
class Office:
    """A desk with its page; its clock and its numbers are the test's."""

    folder: Path
    store: SQLiteStore
    world: World
    room: int = 1 << 30
    url: str = ""
    drawn: int = 0

    def next_world(self) -> World:
        self.drawn += 1
        return replace(self.world, code=f"A{self.drawn:05d}")

    @property
    def desk(self) -> Desk:
        return Desk(self.store, self.next_world, album=Album(KEY, self.room))

    async def facts(self) -> list[Fact]:
        return [facts.load(fact.body) for fact in await self.store.facts()]

    async def verdicts(self) -> list[str]:
        return [fact.verdict for fact in await self.facts() if isinstance(fact, Attached)]

    async def numbers(self) -> list[str]:
        return [picture.number for picture in await self.store.pictures(self.world.now)]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    store = await SQLiteStore.open(tmp_path / "thu-tu.sqlite3")
    office = Office(tmp_path, store, World(own.library(), TEXTS, NOW, keeps_pictures=3))
    try:
        page = app(office.desk, TEXTS, public_url=None, secret=b"for a test only", health=_true)
        async with serving(page) as url:
            office.url = url
            yield office
    finally:
        await store.close()


async def _true() -> bool:
    return True


class Person(WebDriver):
    """A person at the page who answers, agrees and sends files."""

    async def at_the_list(self) -> None:
        await self.start(f"g_{GUIDE}")
        await self.press("Chuẩn bị giấy tờ")
        while "Bấm vào giấy nào đã có" not in " ".join(self.words):
            wanted = ("Nhà thuê, trọ", "Thuê nhà")
            labels = [label for _, label in self.choices]
            await self.press(next((label for label in labels if label.startswith(wanted)), labels[0]))

    async def agrees(self) -> None:
        await self.at_the_list()
        await self.press(SEND)
        await self.press("Đồng ý, gửi ảnh")

    async def sends(self, *contents: bytes, name: str = "anh.jpg", token: str = "") -> str:
        """Send files by the page's own form; all that the page then says."""
        form = {"token": token or self.page.form("/send")["token"]}
        files = [("file", (name, content, "image/jpeg")) for content in contents]
        self.page = page_of(await self.http.post("/send", data=form, files=files))
        return " ".join(self.words)


@pytest.fixture
async def person(office: Office) -> AsyncIterator[Person]:
    person = Person(office.url)
    yield person
    await person.close()


@cache
def good() -> bytes:
    return drawn.jpeg(drawn.on_a_table(drawn.page()))


async def test_it_is_offered_asked_about_taken_and_shown(office: Office, person: Person) -> None:
    await person.at_the_list()
    await person.press(SEND)
    told = " ".join(person.words)
    for word in (
        "Tình nguyện viên xem giấy trước",
        "ghi lại ai xem",
        "3 ngày",
        "xóa ảnh",
        "che số căn cước",
        "Không gửi cũng không sao",
    ):
        assert word in told
    await person.press("Đồng ý, gửi ảnh")
    said = await person.sends(good())
    assert "Đã nhận, chữ đọc được" in said
    assert "Đã gửi 1 ảnh, giữ đến ngày 23/11/2026" in said
    (number,) = await office.numbers()
    assert number in said
    await person.press("Về danh sách giấy tờ")
    assert f"Số của ảnh: {number}" in " ".join(person.words)
    agreed = [fact for fact in await office.facts() if isinstance(fact, Consented)]
    assert agreed == [Consented(GUIDE, PAPER, "look", 3, True)]
    kept = (await office.store.facts())[-1]
    assert kept.at.tzinfo is not None


async def test_what_is_kept_is_sealed_and_opens_with_a_trace_only(office: Office, person: Person) -> None:
    await person.agrees()
    await person.sends(good())
    (number,) = await office.numbers()
    with sqlite3.connect(office.folder / "thu-tu.sqlite3") as db:
        (body,) = db.execute("select body from pictures").fetchone()
    assert b"\xff\xd8\xff" not in body[:200]
    assert b"JFIF" not in body
    pages = await office.desk.open_picture(number, "Hoa, đoàn viên", "xem trước cho 0912345678")
    assert pages is not None
    with Image.open(BytesIO(pages[0])) as picture:
        assert picture.format == "JPEG"
    assert [fact for fact in await office.facts() if isinstance(fact, PictureOpened)] == [
        PictureOpened(GUIDE, PAPER, "Hoa, đoàn viên", "xem trước cho [số điện thoại]")
    ]
    assert await office.desk.open_picture("ZZZZZZ", "Hoa", "thử") is None


async def test_no_is_an_answer_and_is_remembered(office: Office, person: Person) -> None:
    await person.at_the_list()
    await person.press(SEND)
    await person.press("Không gửi")
    assert "Không sao" in " ".join(person.words)
    assert [fact for fact in await office.facts() if isinstance(fact, Consented)] == [
        Consented(GUIDE, PAPER, "look", 3, False)
    ]


WRONG: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a program called .jpg": ("wrong_type", lambda: b"MZ\x90" + bytes(5000), "không phải ảnh hay PDF"),
    "a truncated JPEG": ("broken", lambda: good()[:9000], "bị hỏng hoặc chưa tải xong"),
    "a PNG bomb": ("broken", drawn.png_bomb, "bị hỏng"),
    "a PDF bomb": ("blank", drawn.pdf_bomb, "Không thấy chữ nào"),
    "a PDF with a password": ("locked", lambda: drawn.pdf(password="1"), "có mật khẩu"),
    "eleven megabytes": ("too_large", lambda: b"\xff\xd8\xff" + bytes(11 << 20), "quá 10 MB"),
    "an empty file": ("empty", lambda: b"", "Tệp trống"),
    "one colour": ("blank", lambda: drawn.jpeg(Image.new("RGB", (1200, 1600), (90, 140, 90))), "Không thấy chữ nào"),
    "too dark": ("too_dark", lambda: drawn.jpeg(drawn.dimmed(drawn.page(), 0.2)), "chỗ sáng"),
    "out of focus": ("blurred", lambda: drawn.jpeg(drawn.blurred(drawn.page(), 4)), "lau ống kính"),
    "cut off": ("cut_off", lambda: drawn.jpeg(drawn.page().crop((0, 0, 900, 1754))), "bốn góc"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_is_no_use_is_told_at_once_with_the_cure_and_not_kept(
    office: Office, person: Person, name: str
) -> None:
    verdict, content, says = WRONG[name]
    await person.agrees()
    assert says in await person.sends(content())
    assert await office.verdicts() == [verdict]
    assert await office.numbers() == []
    assert "Đã nhận" in await person.sends(good()), "and then a good one is taken"


async def test_two_at_once_are_told_to_come_one_by_one(office: Office, person: Person) -> None:
    await person.agrees()
    assert "từng ảnh" in await person.sends(good(), good())
    assert await office.numbers() == []


async def test_a_form_sent_twice_is_kept_once(office: Office, person: Person) -> None:
    await person.agrees()
    token = person.page.form("/send")["token"]
    await person.sends(good(), token=token)
    await person.sends(good(), token=token)
    assert len(await office.numbers()) == 1
    assert await office.verdicts() == ["good"]


async def test_a_fifth_picture_of_one_paper_is_too_many(office: Office, person: Person) -> None:
    await person.agrees()
    for _ in range(4):
        assert "Đã nhận" in await person.sends(good())
    assert "đã có đủ 4 ảnh" in await person.sends(good())
    assert len(await office.numbers()) == 4


async def test_a_photo_after_the_consent_was_taken_back_is_not_kept(office: Office, person: Person) -> None:
    """Two windows: in one the consent is taken back, in the other the form is still open."""
    await person.agrees()
    token = person.page.form("/send")["token"]
    await person.sends(good())
    await person.press("Xóa ảnh, rút lại đồng ý")
    assert "Đã xóa ảnh" in " ".join(person.words)
    assert await office.numbers() == []
    said = await person.sends(drawn.jpeg(drawn.page(20)), token=token)
    assert "không được giữ" in said
    assert await office.numbers() == []
    withdrawn = [fact for fact in await office.facts() if isinstance(fact, Consented)]
    assert [fact.given for fact in withdrawn] == [True, False]
    assert [fact for fact in await office.facts() if isinstance(fact, Erased)] == [Erased(GUIDE, 1)]
    assert await office.verdicts() == ["good"], "it was not even opened"


async def test_without_consent_nothing_is_opened(office: Office, person: Person) -> None:
    await person.at_the_list()
    token = person.page.form("/press")["token"]
    assert "khi chưa rõ của giấy nào" in await person.sends(good(), token=token)
    await person.press(SEND)
    token = person.page.form("/press")["token"]
    assert "trả lời câu hỏi dưới đây trước" in await person.sends(good(), token=token)
    assert await office.verdicts() == []
    assert await office.numbers() == []


@pytest.mark.parametrize("how", ["words", "forget", "list"])
async def test_they_can_be_erased_at_any_time(office: Office, person: Person, how: str) -> None:
    await person.agrees()
    await person.sends(good())
    match how:
        case "words":
            await person.say("bắt đầu lại")
            await person.say("xoá ảnh")
            assert "Đã xóa hết ảnh" in " ".join(person.words)
        case "forget":
            await person.say("xóa dữ liệu của tôi")
            await person.press(1)
        case _:
            await person.press("Về danh sách giấy tờ")
            await person.press("Xóa danh sách này")
            await person.press(1)
    assert await office.numbers() == []
    await person.say("xóa ảnh")
    assert "Không có ảnh nào" in " ".join(person.words)


async def test_when_its_time_is_over_it_is_gone_pruned_or_not(office: Office, person: Person) -> None:
    await person.agrees()
    await person.sends(good())
    (number,) = await office.numbers()
    office.world = replace(office.world, now=NOW + timedelta(days=3))
    assert await office.desk.open_picture(number, "Hoa", "xem") is None
    await person.get("/")
    assert "Đã gửi" not in " ".join(person.words)
    assert await office.store.picture_room() > 0
    await office.store.let_pictures_go(office.world.now)
    assert await office.store.picture_room() == 0


async def test_a_store_without_room_says_so_and_keeps_nothing(tmp_path: Path) -> None:
    store = await SQLiteStore.open(tmp_path / "thu-tu.sqlite3")
    office = Office(tmp_path, store, World(own.library(), TEXTS, NOW, keeps_pictures=3), room=1000)
    page = app(office.desk, TEXTS, public_url=None, secret=b"for a test only", health=_true)
    async with serving(page) as url:
        person = Person(url)
        await person.agrees()
        assert "chưa có chỗ giữ thêm ảnh" in await person.sends(good())
        assert await office.numbers() == []
        await person.close()
    await store.close()


async def test_a_full_disk_loses_nothing_but_the_picture(office: Office, person: Person) -> None:
    await person.agrees()
    pages = await office.store._run(lambda db: db.execute("pragma page_count").fetchone()[0])
    await office.store._run(lambda db: db.execute(f"pragma max_page_count = {pages + 4}").fetchone())
    assert "Máy đang bận, chưa ghi được" in (await _raw(person, good()))
    await office.store._run(lambda db: db.execute("pragma max_page_count = 1000000").fetchone())
    assert await office.numbers() == []
    await person.get("/")
    assert "Đã nhận" in await person.sends(good())


async def _raw(person: Person, content: bytes) -> str:
    form = {"token": person.page.form("/send")["token"]}
    return (await person.http.post("/send", data=form, files={"file": ("a.jpg", content)})).text


async def test_a_machine_for_everybody_asks_for_no_picture(office: Office, person: Person) -> None:
    await person.get("/kiosk")
    await person.at_the_list()
    assert any(name.endswith("ki-ot") for name in person.http.cookies), "this is a kiosk's turn"
    assert SEND not in [label for _, label in person.choices]


async def test_where_it_is_off_nothing_is_offered_or_taken(office: Office, person: Person) -> None:
    office.world = replace(office.world, keeps_pictures=0)
    await person.at_the_list()
    assert SEND not in [label for _, label in person.choices]
    token = person.page.form("/press")["token"]
    assert "chưa đọc được tệp" in await person.sends(good(), token=token)
    assert await office.numbers() == []


async def test_turned_off_meanwhile_the_page_that_asks_is_left(office: Office, person: Person) -> None:
    await person.agrees()
    office.world = replace(office.world, keeps_pictures=0)
    await person.get("/")
    assert "Bấm vào giấy nào đã có" in " ".join(person.words)


async def test_a_longer_time_than_was_agreed_to_is_asked_about_anew(office: Office, person: Person) -> None:
    await person.agrees()
    office.world = replace(office.world, keeps_pictures=7)
    await person.get("/")
    assert "7 ngày" in " ".join(person.words)
    assert "Đồng ý, gửi ảnh" in [label for _, label in person.choices]


async def test_another_site_another_session_and_no_form_at_all_are_refused(office: Office, person: Person) -> None:
    await person.agrees()
    form, files = {"token": person.page.form("/send")["token"]}, {"file": ("a.jpg", good())}
    foreign = await person.http.post("/send", data=form, files=files, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    stranger = Person(office.url)
    await stranger.start()
    assert (await stranger.http.post("/send", data=form, files=files)).status_code == 403
    await stranger.close()
    for body, kind in (
        (b"token=x", "application/x-www-form-urlencoded"),
        (b"no parts", "multipart/form-data"),
        (b"no parts", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--", "multipart/form-data; boundary=x"),
    ):
        answer = await person.http.post("/send", content=body, headers={"content-type": kind})
        assert answer.status_code == 400, (body, kind)
    assert await office.numbers() == []


async def test_who_goes_away_in_the_middle_leaves_nothing(office: Office, person: Person) -> None:
    await person.agrees()
    host, port = office.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /send HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n"
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n' + good()[:40_000]
    )
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert "Đã nhận" in await person.sends(good()), "and the page goes on"
    assert len(await office.numbers()) == 1


async def test_a_kill_between_looking_and_keeping_leaves_neither_row_nor_file(office: Office, person: Person) -> None:
    """The picture is in the turn's own transaction: what undoes the turn undoes the picture."""
    await person.agrees()
    before = sorted(path.name for path in office.folder.iterdir())

    def torn(db: sqlite3.Connection) -> None:
        db.execute("create trigger torn after insert on pictures begin select raise(rollback, 'torn'); end")

    await office.store._run(torn)
    assert "chưa ghi được" in await _raw(person, good())
    await office.store._run(lambda db: db.execute("drop trigger torn").fetchone())
    assert await office.store.picture_room() == 0
    assert sorted(path.name for path in office.folder.iterdir()) == before
    assert await office.verdicts() == []
