"""What people's own words mean: filler, short forms, everyday for official words, cues of law, danger and fraud."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from knowledge.vietnamese import Word, level_key, words

Kind = Literal[
    "filler", "ask", "means", "turn", "law", "wants", "vague", "elsewhere",
    "emergency", "cry", "danger", "papers", "scam", "safe", "forgery", "forgery_bare",
]  # fmt: skip

ALARMS: Final[tuple[Kind, ...]] = (
    "emergency", "cry", "danger", "papers", "scam", "safe", "forgery", "forgery_bare",
)  # fmt: skip
"""The kinds that tell danger and fraud from paperwork about them; forged papers may be typed bare of marks or not."""

_GAP: Final = 3
"""Silent words that may stand between two words of a pattern: "mẹ (em vừa) mất"."""


class Pattern(NamedTuple):
    """Words that mean something together; `about` says what, by kind.

    A tuple, because eight thousand of them are read back at every start, and a dataclass takes five times as long.
    """

    kind: Kind
    plain: tuple[str, ...]
    marked: tuple[str, ...]
    about: str
    weight: float


PatternsBehind = Mapping[str, tuple[Pattern, ...]]
"""The patterns that begin with one word, by their second word; under "" those of one word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern found at some places of a message."""

    pattern: Pattern
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A feature that sets brothers apart ("có yếu tố nước ngoài"): the words in names that show it.

    `same` says that names which differ in it alone are of the same matter, for other people or elsewhere.
    """

    name: str
    shown: tuple[tuple[str, ...], ...]
    cost: float
    same: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Everything that officials keep about how people speak, ready for matching; equal to itself only."""

    short: Mapping[str, tuple[Word, ...]] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()
    silent_unmarked: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    patterns: Mapping[str, PatternsBehind] = field(default_factory=dict)
    meanings: Mapping[str, tuple[Word, ...]] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    common: Mapping[str, float] = field(default_factory=dict)
    apart: tuple[tuple[tuple[Word, ...], tuple[Word, ...], str], ...] = ()
    """Questions that stand on both sides of a thing ("phí … bao nhiêu"): what is before it, what after, and the ask."""
    described: Mapping[str, float] = field(default_factory=dict)
    """Plain words that official descriptions share, with the share of the descriptions that hold them, 0..1."""

    def is_silent(self, word: Word) -> bool:
        """Whether a word typed with its marks only binds others."""
        return word.marked in self.silent

    def may_be_silent(self, word: Word) -> bool:
        """Whether a word typed without marks can be one that only binds others ("ma": mà, but also mã)."""
        return not word.marked and word.plain in self.silent_unmarked

    def spelt_out(self, text: str) -> tuple[Word, ...]:
        """The words of a text with its short forms written out."""
        return _written_out(text, self.short)

    def hits(self, said: Sequence[Word], kinds: frozenset[Kind], free: Sequence[bool]) -> list[Hit]:
        """The patterns of some kinds in the words that are free."""
        patterns = _patterns_of(self, kinds)
        starts = [at for at, word in enumerate(said) if free[at] and word.plain in patterns]
        if not starts:
            return []
        quiet = [self.is_silent(word) or self.may_be_silent(word) for word in said]
        return [
            Hit(pattern, places)
            for at in starts
            for pattern in _beginning(patterns[said[at].plain], said, at, free, quiet)
            if (places := self._places(pattern, said, at, free, quiet))
        ]

    def _places(
        self, pattern: Pattern, said: Sequence[Word], at: int, free: Sequence[bool], quiet: Sequence[bool]
    ) -> tuple[int, ...]:
        places: list[int] = []
        wrong = seen = gap = 0
        here = at
        for wanted, marked in zip(pattern.plain, pattern.marked, strict=True):
            while True:
                if here >= len(said) or said[here].clause != said[at].clause:
                    return ()
                if free[here] and said[here].plain == wanted:
                    break
                if (free[here] and not quiet[here]) or not places or gap >= _GAP:
                    return ()
                gap += 1
                here += 1
            if said[here].marked:
                seen += 1
                wrong += said[here].marked != marked
            places.append(here)
            here += 1
        return () if wrong * 2 >= seen > 0 else tuple(places)


def _beginning(
    after: PatternsBehind, said: Sequence[Word], at: int, free: Sequence[bool], quiet: Sequence[bool]
) -> Iterator[Pattern]:
    """The patterns whose first words may stand here, out of those that begin with this word."""
    yield from after.get("", ())
    for here in range(at + 1, min(at + 2 + _GAP, len(said))):
        yield from after.get(said[here].plain, ())
        if free[here] and not quiet[here]:
            return


@lru_cache(maxsize=16)
def _patterns_of(words: Words, kinds: frozenset[Kind]) -> Mapping[str, PatternsBehind]:
    """The patterns of some kinds only: few words begin one of danger, and most of those looked at are none."""
    found: dict[str, PatternsBehind] = {}
    for first, after in words.patterns.items():
        own = {second: tuple(one for one in these if one.kind in kinds) for second, these in after.items()}
        own = {second: these for second, these in own.items() if these}
        if own:
            found[first] = own
    return found


def read_words(
    everyday: Mapping[str, object],
    abbreviations: Mapping[str, object] | None = None,
    phrases: Mapping[str, object] | None = None,
    described: Mapping[str, object] | None = None,
) -> Words:
    """The content of everyday.yaml, abbreviations.yaml, phrases.yaml and common_words.yaml (as read) made ready.

    Raises ValueError naming the part that has another shape than the files describe.
    """
    groups = {name: tuple(_texts(said, f"groups.{name}")) for name, said in _mapping(everyday, "groups").items()}
    short = {short: words(str(long)) for short, long in (abbreviations or {}).items()}
    patterns: list[Pattern] = []
    meanings: dict[str, tuple[Word, ...]] = {}

    def add(kind: Kind, said: Iterable[str], about: str, weight: float = 1.0) -> None:
        for text in said:
            for spelt in spellings(text, groups):
                keys = _written_out(spelt, short)
                if keys:
                    plain = tuple(sys.intern(w.plain) for w in keys)  # each word is in many, and kept once
                    marked = tuple(sys.intern(level_key(w)) for w in keys)
                    patterns.append(Pattern(kind, plain, marked, about, weight))

    add("filler", _texts(everyday.get("filler"), "filler"), "")
    for ask, said in _mapping(everyday, "asks").items():
        add("ask", _texts(said, f"asks.{ask}"), ask)
    for place, row in enumerate(_rows(everyday, "means")):
        means = str(row.get("means", ""))
        meanings[means] = words(means)
        add("means", _texts(row.get("say"), f"means.{place}.say"), means, _number(row.get("weight", 1.0)))
    turns: list[Turn] = []
    for place, row in enumerate(_rows(everyday, "turns")):
        name = str(row.get("name", ""))
        shown = tuple(
            tuple(level_key(w) for w in words(text)) for text in _texts(row.get("shown"), f"turns.{place}.shown")
        )
        turns.append(Turn(name, shown, _number(row.get("cost", 0.1)), row.get("same") is True))
        add("turn", (text for text in _texts(row.get("said"), f"turns.{place}.said")), name)
    kinds: tuple[Kind, ...] = ("law", "wants", "vague", "elsewhere", *ALARMS)
    for kind in kinds:
        add(kind, _texts(everyday.get(kind), kind), kind)

    by_words: dict[str, dict[str, list[Pattern]]] = {}
    for pattern in sorted(patterns, key=lambda p: -len(p.plain)):
        second = pattern.plain[1] if len(pattern.plain) > 1 else ""
        by_words.setdefault(pattern.plain[0], {}).setdefault(second, []).append(pattern)
    return Words(
        short=short,
        silent=frozenset(level_key(w) for text in _texts(everyday.get("silent"), "silent") for w in words(text)),
        silent_unmarked=frozenset(
            w.plain for text in _texts(everyday.get("silent_unmarked"), "silent_unmarked") for w in words(text)
        ),
        weak=frozenset(w.plain for text in _texts(everyday.get("weak"), "weak") for w in words(text)),
        patterns={
            first: {second: tuple(these) for second, these in after.items()} for first, after in by_words.items()
        },
        meanings=meanings,
        turns=tuple(turns),
        phrases={code: tuple(_texts(said, code)) for code, said in (phrases or {}).items()},
        apart=tuple(
            (words(before), words(after), ask)
            for ask, said in _mapping(everyday, "apart").items()
            for before, _, after in (text.partition("…") for text in _texts(said, f"apart.{ask}"))
        ),
        common={code: _number(share) for code, share in _mapping(everyday, "common").items()},
        described={word: _number(percent) / 100.0 for word, percent in (described or {}).items()},
    )


def _written_out(text: str, short: Mapping[str, tuple[Word, ...]]) -> tuple[Word, ...]:
    said = words(text)
    keys = [word.typed if word.marked else word.plain for word in said]
    if short.keys().isdisjoint(keys):
        return said
    out: list[Word] = []
    for word, key in zip(said, keys, strict=True):
        long = short.get(key)
        if long is None:
            out.append(word)
        else:
            out.extend(Word(w.typed, w.plain, w.marked, word.clause) for w in long)
    return tuple(out)


def spellings(text: str, groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """A pattern with <group> in it, once for each word of the group."""
    start, end = text.find("<"), text.find(">")
    if start < 0 or end < start:
        yield text
        return
    name = text[start + 1 : end]
    if name not in groups:
        raise ValueError(f"không có nhóm <{name}> trong mục groups")
    for word in groups[name]:
        yield from spellings(text[:start] + word + text[end + 1 :], groups)


def _mapping(data: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = data.get(key) or {}
    if not isinstance(value, Mapping):
        raise ValueError(f"mục {key} phải là các dòng “tên: giá trị”")
    return value


def _rows(data: Mapping[str, object], key: str) -> Sequence[Mapping[str, object]]:
    value = data.get(key) or []
    if not isinstance(value, Sequence) or not all(isinstance(row, Mapping) for row in value):
        raise ValueError(f"mục {key} phải là danh sách, mỗi dòng gồm các cặp “tên: giá trị”")
    return value


def _texts(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ValueError(f"mục {where} phải là danh sách các cụm từ")
    return tuple(str(text) for text in value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{value!r} phải là một con số")
    return float(value)
