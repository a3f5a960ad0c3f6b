"""Which papers may never be sent as a picture, and why: the list of attaching.yaml."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Final

from pydantic import ConfigDict, Field, StringConstraints

from knowledge.guide import Document, Id, Part, Text
from knowledge.vietnamese import fold
from knowledge.yaml_lines import DATA_LIMIT, read

FILE: Final = Path(__file__).parent / "attaching.yaml"

Why = Annotated[Text, StringConstraints(max_length=160)]


class Sensitive(Part):
    """A kind of paper, why no picture of it is taken, and the words by which a name shows that it is one."""

    id: Id
    why: Why
    en: Why
    words: tuple[Text, ...] = Field(min_length=1)

    model_config = ConfigDict(ignored_types=(cached_property,))

    @cached_property
    def _named(self) -> re.Pattern[str]:
        return _any_of(self.words)

    @cached_property
    def _typed(self) -> re.Pattern[str]:
        """Without marks, where that is still two words or an abbreviation: "phieu" alone may be anything."""
        return _any_of(tuple(fold(word) for word in self.words if " " in word or word.isascii()))

    def is_in(self, text: str) -> bool:
        """Whether a text names such a paper; one that is typed without marks, too."""
        text = text.casefold()
        return self._named.search(text) is not None or (text.isascii() and self._typed.search(text) is not None)


class _Sensitives(Part):
    sensitive: tuple[Sensitive, ...] = Field(min_length=1)


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words) or '(?!)'})(?!\w)")


@cache
def sensitives() -> tuple[Sensitive, ...]:
    """The list, in the order of the file; ValueError when it is broken: it is part of the product."""
    yaml = read(FILE.read_bytes(), FILE.name, limit=DATA_LIMIT)
    if not yaml.ok:
        raise ValueError("\n".join(str(problem) for problem in yaml.problems))
    return _Sensitives.model_validate(yaml.value, strict=True).sensitive


def named_in(text: str) -> Sensitive | None:
    """The first kind of sensitive paper that a text names; None when it names none."""
    return next((one for one in sensitives() if one.is_in(text)), None)


def refused(document: Document) -> Sensitive | None:
    """Why no picture of a paper may be taken; None when nothing is known against it. A form is refused by being one."""
    if document.form is not None:
        return next(one for one in sensitives() if one.id == "to-khai")
    return named_in(document.name)
