"""One person helped on a volunteer's Telegram: each page is one message, and what was rated is nowhere in the chat."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from flows.facts import Helped, HelpRated
from tests.channels.telegram_place import place

MESSAGE = 4096
BUTTONS = 20


@pytest.mark.parametrize("level", ["Rất hài lòng", "Hài lòng", "Không hài lòng"])
async def test_the_chat_does_not_say_what_was_rated(tmp_path: Path, level: str) -> None:
    async with place(tmp_path) as here:
        lan = here.person()
        async with here.serving():
            await lan.start()
            with sqlite3.connect(here.file) as db:
                (person,) = db.execute("select person from addresses where channel = 'telegram'").fetchone()
                since = "2026-11-20T00:00:00+00:00"
                db.execute(
                    "insert into members (id, person, called, since) values ('m1', ?, 'Lan', ?)", (person, since)
                )
                post = ("m1", "volunteer", "vinh-hai", since)
                db.execute("insert into posts (member, role, desk, since) values (?, ?, ?, ?)", post)
            db.close()
            await lan.say("/tiep")
            for step in ("Đăng ký khai sinh cho bé", "Ở bệnh viện hoặc trạm y tế", "Bỏ qua câu hỏi, ghi kết quả"):
                await lan.press(step)
                page = lan.person.answers[-1]
                assert len(page.text) < MESSAGE
                assert len(page.labels) <= BUTTONS
                before = len(lan.person.answers)
            assert before == 2, "the greeting, and one message that each step changes"
            await lan.press("Đã nộp tại quầy")
            assert "Xin mời quý vị chấm" in lan.person.answers[-1].text
            await lan.press(level)
            await here.all_delivered()
            chat = "\n".join(message.text for message in lan.person.messages)
            assert "Xin đưa máy lại" in chat
            assert "hài lòng" not in chat.lower()
        kept = await here.facts()
        assert [fact.kind for fact in kept if isinstance(fact, Helped | HelpRated)] == ["helped", "help_rated"]
