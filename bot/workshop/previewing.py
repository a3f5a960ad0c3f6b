"""What citizens will see of a guide on a day: its page, the list of papers, the summary, through the real engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from bot.channels.terminal import text
from bot.workshop.opening import Book, CannotOpen
from flows import engine
from flows.events import Pressed, Started
from flows.replies import Reply
from flows.state import Asking, AtGuide, Elsewhere, Language, Talk
from flows.straight import answered
from flows.texts import Say
from flows.turn import World
from flows.undoing import ANSWER
from knowledge.folders import read_file
from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.problems import perhaps
from knowledge.readability import of_page
from knowledge.rules.page import Page
from knowledge.tailor import UNSURE, Answers, still_fitting

_RULE: Final = "─" * 72


def answers_of(guide: Guide, words: Iterable[str]) -> dict[str, str]:
    """`noi-sinh=tai-nha` ... -> answers; CannotOpen for an ask or a choice that the guide does not have."""
    answers: dict[str, str] = {}
    for word in words:
        ask_id, sign, choice = word.partition("=")
        ask = guide.ask(ask_id)
        if not sign or ask is None:
            asks = [one.id for one in guide.asks]
            cure = perhaps(ask_id, asks, "các câu hỏi đang có") if asks else "bỏ --answers"
            raise CannotOpen(f"--answers {word}: phải là câu-hỏi=câu-trả-lời của {guide.id}, {cure}")
        if choice != UNSURE and choice not in ask.choices:
            cure = perhaps(choice, (*ask.choices, UNSURE), "các câu trả lời đang có")
            raise CannotOpen(f"--answers {word}: câu hỏi “{ask_id}” không có câu trả lời “{choice}”, {cure}")
        answers[ask_id] = choice
    return answers


def province_of(library: Library, word: str) -> str:
    """The id of a province by id or name; empty for an empty word; CannotOpen when there is none."""
    if not word:
        return ""
    wanted = word.casefold()
    for province in library.provinces:
        if wanted == province.id or wanted in {name.casefold() for name in (province.name, *province.also)}:
            return province.id
    cure = perhaps(word, [province.id for province in library.provinces], "xem knowledge/provinces.yaml")
    raise CannotOpen(f"--province {word}: không có tỉnh, thành phố này, {cure}")


def preview(
    book: Book,
    texts: Mapping[Language, Say],
    on: date,
    words: Iterable[str],
    province: str,
    width: int = 0,
    language: Language = "vi",
) -> str:
    """The three pages as citizens would read them that day, and what is told to whoever asks for one thing.

    CannotOpen for answers or a province that do not exist.
    """
    guide, library = _shown(book, on)
    answers = answers_of(guide, words)
    now = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
    world = World(library, texts, now)
    talk = Talk(province=province_of(library, province), language=language)
    pages = _pages(talk, world, guide, answers)
    parts = list(_remarks(book, on))
    unused = [ask for ask in answers if ask not in still_fitting(guide, answers)]
    if unused:
        parts.append(f"Không dùng đến câu trả lời cho: {', '.join(unused)}, vì với các câu trả lời khác thì không hỏi.")
    page = Page(read_file(book.path), book.guide)
    parts.append(f"Độ dễ đọc: {of_page(page)}.")
    for title, reply in pages:
        parts.append(f"{_RULE}\n{title}\n{_RULE}")
        parts.append(text(replace(reply, choices=()), width).rstrip())
    if heard := tuple(_heard(talk, world, guide, answers)):
        parts.append(f"{_RULE}\nHỎI THẲNG MỘT ĐIỀU THÌ NGHE TRƯỚC (asked)\n{_RULE}")
        parts.extend(heard)
    return "\n\n".join(parts) + "\n"


def _shown(book: Book, on: date) -> tuple[Guide, Library]:
    """A draft or a guide no longer shown is shown here all the same; what citizens see is said in the remarks."""
    guide = book.guide
    if guide.visible(on):
        return guide, book.library
    shown = guide.model_copy(update={"status": "published", "expires": None})
    return shown, replace(book.library, guides={**book.library.guides, guide.id: shown})


def _remarks(book: Book, on: date) -> Iterable[str]:
    guide = book.guide
    if book.remark:
        yield book.remark
    if guide.status == "draft":
        yield "Đây là bản nháp (status: draft): người dân chưa thấy trang này."
    elif guide.status == "withdrawn":
        yield "Thủ tục này đã rút (status: withdrawn): người dân không thấy trang này."
    elif not guide.visible(on):
        yield f"Hết dùng từ {guide.expires:%d/%m/%Y} (expires): ngày {on:%d/%m/%Y} người dân không thấy trang này."
    if not guide.visible(on) and guide.status != "draft" and guide.replaced_by:
        others = "; ".join(pointer.name for pointer in guide.replaced_by)
        yield f"Ai hỏi thì được chỉ sang: {others}."


def _pages(talk: Talk, world: World, guide: Guide, answers: Answers) -> list[tuple[str, Reply]]:
    """Walk as a person would: open the page, prepare, answer ("chưa rõ" where nothing is given), sum up."""
    day = f"{world.today:%d/%m/%Y}"

    def go(choice: str) -> Reply:
        nonlocal talk
        turn = engine.step(talk, Pressed(choice, talk.turn), world)
        talk = turn.talk
        return engine.show(talk, world)

    talk = engine.step(talk, Started(engine.DEEP_LINK + guide.id), world).talk
    pages = [(f"TRANG THỦ TỤC, ngày {day}", engine.show(talk, world))]
    reply = go("prepare")
    while isinstance(talk.stage, Asking):
        reply = go(ANSWER + answers.get(talk.stage.ask, UNSURE))
    if isinstance(talk.stage, Elsewhere):
        return [*pages, ("CÂU TRẢ LỜI DẪN SANG THỦ TỤC KHÁC", reply)]
    told = ", ".join(f"{ask}={choice}" for ask, choice in answers.items())
    pages.append((f"DANH SÁCH GIẤY TỜ ({told or 'chưa trả lời câu nào'})", reply))
    return [*pages, ("TÓM TẮT MANG THEO", go("done"))]


def _heard(talk: Talk, world: World, guide: Guide, answers: Answers) -> Iterable[str]:
    """What is told first to those who ask by each sentence's first words, beside all words that ask for it."""
    at = AtGuide(guide.id, taken=tuple(answers.items()))
    for notice in (*guide.deadlines, *guide.conditions, *guide.mistakes, *guide.legal_basis):
        if notice.asked:
            told = " ".join(aside.about for aside in answered(at, notice.asked[0], talk, world))
            asked = ", ".join(f"“{one}”" for one in notice.asked)
            yield f"Hỏi {asked}:\n  → {told or 'vào ngày này, với các câu trả lời này thì không nghe câu nào.'}"
