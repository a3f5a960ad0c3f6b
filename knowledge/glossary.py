"""Hard words of public offices, each explained in one or two plain sentences; and words that guides should avoid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Final

from pydantic import ConfigDict, Field, StringConstraints, ValidationError

from knowledge.guide import Id, Part, Source, Text
from knowledge.misfits import misfits, problem_at
from knowledge.problems import Problem, perhaps
from knowledge.vietnamese import fold
from knowledge.yaml_lines import DATA_LIMIT, Document, read

FILE: Final = Path(__file__).parent / "glossary.yaml"

Plain = Annotated[Text, StringConstraints(max_length=200)]

_ASKS_MEANING: Final = re.compile(
    r" (?:la (?:cai |giay |chu |tu )?(?:gi|j|sao|the nao|nhu the nao)|nghia|the nao la|giai (?:thich|nghia)|dinh nghia"
    r"|khai niem|(?:khong|k|ko|chua) hieu|khac(?: nhau)?|phan biet|mean|what is) "
)
"""The words, unmarked, with which people ask what something means."""

_BETWEEN: Final = frozenset(
    """
    cho em toi minh con chau hoi xin anh chi a c oi ad adm shop ban la gi j cai giay chu tu cum nghia sao nhu the nao
    vay v z zay ha hả nhi ta hieu khong k ko chua giai thich dum giup voi nha nhe co thi khai niem dinh cua va khac
    nhau phan biet o cho diem may moi nguoi biet muon mean what is the ra lam phan noi ro them chut duoc
    """.split()
)  # fmt: skip
"""Words that may stand around the asked word; with any other word the message asks something else."""


class Term(Part):
    """A hard word: what else it is called, and what it means. `source` stands where the meaning states a fact."""

    id: Id
    name: Text
    also: tuple[Text, ...] = ()
    in_text: tuple[Text, ...] = ()
    """The only words by which it is known in running text, where the name alone means something else, too."""
    plain: Plain
    en: Text
    en_plain: Plain
    source: Id | None = None
    common: bool = False
    """Whether it is so usual that a page which uses it need not explain it; it is explained when asked for."""


class Jargon(Part):
    """A word that guides should not leave unexplained, and what to write instead."""

    word: Text
    write: Text


class Glossary(Part):
    """The terms in the order of the file, and the jargon."""

    sources: tuple[Source, ...]
    terms: tuple[Term, ...] = Field(min_length=1)
    jargon: tuple[Jargon, ...] = ()

    model_config = ConfigDict(ignored_types=(cached_property,))

    def explain(self, text: str) -> tuple[Term, ...]:
        """The terms that stand in a text, each once, in order; of overlapping ones the longest."""
        found = (self._by_word[match[0].casefold()] for match in self._in_text.finditer(text))
        return tuple({term.id: term for term in found}.values())

    def asked(self, text: str) -> tuple[Term, ...]:
        """The terms whose meaning a message asks for ("toàn trình là gì"), if it asks nothing else, in its order."""
        said = f" {fold(text)} "
        if _ASKS_MEANING.search(said) is None:
            return ()
        found: list[tuple[int, Term]] = []
        for name, term in self._by_name:  # the longest first, so that no name is found inside another
            at = said.find(f" {name} ")
            if at >= 0:
                found.append((at, term))
                said = f"{said[: at + 1]}{'|' * len(name)}{said[at + 1 + len(name) :]}"
        asks_nothing_else = all(word in _BETWEEN or set(word) == {"|"} for word in said.split())
        return tuple(term for _, term in sorted(found, key=lambda one: one[0])) if asks_nothing_else else ()

    def source(self, term: Term) -> Source | None:
        """Where the fact of a term was read; None for a plain meaning."""
        return next((source for source in self.sources if source.id == term.source), None)

    @cached_property
    def _by_word(self) -> Mapping[str, Term]:
        return {
            word.casefold(): term for term in self.terms for word in (term.in_text or (term.name, *term.also))
        }  # fmt: skip

    @cached_property
    def _in_text(self) -> re.Pattern[str]:
        words = sorted(self._by_word, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})(?!\w)", re.IGNORECASE)

    @cached_property
    def _by_name(self) -> tuple[tuple[str, Term], ...]:
        pairs = [(fold(name), term) for term in self.terms for name in (term.name, *term.also)]
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))

    @cached_property
    def unexplained(self) -> re.Pattern[str]:
        """Jargon that is not explained right behind it, in brackets or by "là", "tức là", "nghĩa là"."""
        words = sorted((one.word for one in self.jargon), key=len, reverse=True)
        any_case = (re.escape(word) if word.isupper() else f"(?i:{re.escape(word)})" for word in words)
        return re.compile(rf"(?<!\w)(?:{'|'.join(any_case)})(?!\w)(?!\s*\()(?!,? (?:tức )?(?:nghĩa )?là\b)")

    def instead(self, word: str) -> str:
        """What to write instead of a word of jargon."""
        return next(one.write for one in self.jargon if one.word.casefold() == word.casefold())


def read_glossary(data: bytes, name: str) -> tuple[Glossary | None, tuple[Problem, ...]]:
    """The glossary of a file, or everything that is wrong with it."""
    yaml = read(data, name, limit=DATA_LIMIT)
    if not yaml.ok:
        return None, yaml.problems
    try:
        found = Glossary.model_validate(yaml.value, strict=True)
    except ValidationError as error:
        return None, (*yaml.problems, *misfits(error, yaml, Glossary))
    wrong = tuple(_wrong(found, yaml))
    return (None if wrong else found), (*yaml.problems, *wrong)


def _wrong(found: Glossary, yaml: Document) -> Iterator[Problem]:
    known = {source.id: source for source in found.sources}
    owner: dict[str, str] = {}
    for at, term in enumerate(found.terms):
        if term.source is not None and term.source not in known:
            why, cure = "không có trong sources", perhaps(term.source, known, "các nguồn đang có")
            yield problem_at(yaml, ("terms", at, "source"), f"nguồn “{term.source}”", why, cure)
        for name in (term.name, *term.also):
            if (first := owner.setdefault(fold(name), term.id)) != term.id:
                why = f"mục “{first}” đã giải thích"
                yield problem_at(yaml, ("terms", at), f"“{name}” giải thích hai lần", why, "giữ ở một mục thôi")


@cache
def glossary() -> Glossary:
    """The product's own glossary. Raises ValueError with every problem: it is part of the product."""
    found, problems = read_glossary(FILE.read_bytes(), FILE.name)
    if found is None:
        raise ValueError("\n".join(str(problem) for problem in problems))
    return found
