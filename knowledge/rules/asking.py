"""Rules of `asked`: the words beside a sentence are such as people say, so that it is told when they say them."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from knowledge.guide import Notice
from knowledge.problems import Problem
from knowledge.rules.page import Page
from knowledge.vietnamese import fold, words
from knowledge.yaml_lines import Path

_LONGEST: Final = 8
"""Words that a person says about one thing in just this order; with more, the sentence waits for ever."""

_SIGNS: Final = (",", ";", "|", "/")
"""What officials put between several ways of asking where one is meant."""


def asked_can_be_said(page: Page, today: date | None) -> Iterator[Problem]:
    """Each is one short way of asking, written once, and not the name of the whole procedure."""
    names = {fold(page.guide.name), fold(page.guide.short)}
    for place, fact in page.facts():
        if not isinstance(fact, Notice):
            continue
        path: Path = (*place, "asked")
        if "asked" in fact.model_fields_set and not fact.asked:
            why, cure = "danh sách trống thì không ai được nghe câu này trước", "xóa dòng asked, hoặc ghi chữ dân hỏi"
            yield page.warning(path, "asked để trống", why, cure, key=True)
        yield from _of_list(page, path, fact.asked, names)


def _of_list(page: Page, path: Path, asked: tuple[str, ...], names: set[str]) -> Iterator[Problem]:
    said: set[str] = set()
    for at, text in enumerate(asked):
        here, what = (*path, at), f"chữ dân hỏi “{text}”"
        said_words = words(text)
        if not said_words:
            cure = "ghi chữ như người dân gõ, ví dụ asked: [bị phạt, quên mật khẩu]"
            yield page.error(here, f"{what} không có chữ nào", "không ai nói ra được", cure)
        elif any(sign in text for sign in _SIGNS):
            cure = "tách thành nhiều mục, mỗi cách hỏi một mục: asked: [bị phạt, quên mật khẩu]"
            yield page.error(here, f"{what} gộp nhiều cách hỏi", "chỉ ai nói đủ cả cụm mới được nghe câu này", cure)
        elif len(said_words) > _LONGEST:
            why, cure = "không ai hỏi đúng từng chữ như vậy", "chỉ giữ hai đến năm chữ chính, ví dụ “quên mật khẩu”"
            yield page.warning(here, f"{what} dài {len(said_words)} chữ", why, cure)
        elif fold(text) in names:
            why, cure = "hỏi gì về thủ tục cũng nghe câu này trước", "ghi điều được hỏi, ví dụ “bị phạt”"
            yield page.warning(here, f"{what} là tên của cả thủ tục", why, cure)
        elif text.casefold() in said:
            yield page.warning(here, f"{what} ghi hai lần", "ghi một lần là đủ", "xóa")
        said.add(text.casefold())
