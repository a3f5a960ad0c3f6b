"""The rule of pictures: none of a paper that would hurt its owner in the wrong hands."""

from collections.abc import Iterator
from datetime import date

from knowledge.attaching import refused
from knowledge.problems import Problem
from knowledge.rules.page import Page


def no_pictures_of_sensitive_papers(page: Page, today: date | None) -> Iterator[Problem]:
    """`attach` is for papers that name no identity, family, health, money or belief."""
    for at, document in enumerate(page.guide.documents):
        sensitive = refused(document) if document.attach else None
        if sensitive is not None:
            yield page.error(
                ("documents", at, "attach"),
                f"“{document.name}” mà nhận ảnh",
                f"{sensitive.why[0].lower()}{sensitive.why[1:].partition('.')[0]}",
                "bỏ dòng attach",
                key=True,
            )
