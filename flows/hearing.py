"""What typed words are, before any stage is asked: a number or label on the page, a command, or a question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, get_args

from flows.courtesy import folded_list, wants_to_be_forgotten
from flows.phrases import is_one_of, same, without
from flows.replies import Choice
from flows.state import Stage
from flows.texts import Say
from knowledge.everyday import Words
from knowledge.province import Province
from knowledge.vietnamese import fold

Command = Literal["home", "back", "help", "person", "mine", "later", "vi", "en", "forget", "erase"]
COMMANDS: tuple[Command, ...] = get_args(Command)

SPOKEN: Mapping[tuple[str, str], str] = {
    ("at_guide", "prepare"): "to_prepare",
    ("at_guide", "steps"): "to_steps",
    ("collecting", "done"): "to_summary",
    ("collecting", "change"): "to_change",
    ("attaching", "erase"): "to_erase",
    ("summary", "take"): "to_take",
    ("summary", "handed"): "to_handed",
    ("summary", "finish"): "to_finish",
    ("taking_along", "summary"): "to_summary",
    ("awaiting", "list"): "to_summary",
    ("awaiting", "received"): "to_received",
    ("awaiting", "remind"): "to_remind",
    ("rating", "very_satisfied"): "to_very_satisfied",
    ("rating", "satisfied"): "to_satisfied",
    ("rating", "not_satisfied"): "to_not_satisfied",
    ("rating_help", "very_satisfied"): "to_very_satisfied",
    ("rating_help", "satisfied"): "to_satisfied",
    ("rating_help", "not_satisfied"): "to_not_satisfied",
}
"""Kind of stage and id of a choice -> the list of words (`command.to_...`) that mean it beside its label."""

_LOOSE = frozenset(("main", "more"))
"""Groups of choices that the beginning of the label is enough for; an answer is heard by its ask, a paper as a tick."""

_BRACKETS = re.compile(r"\([^)]*\)")

_LONG_NUMBER = 9
"""Digits of the shortest number that names a person or a telephone."""

LONGEST = 2000
"""Characters of a message that are read: the longest real story known is under half of that."""


def clean(text: str) -> str:
    """Words in NFC on one line, without control, direction and invisible characters."""
    spaced = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    kept = "".join(c for c in spaced if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"})
    return " ".join(unicodedata.normalize("NFC", kept).split())


def has_words(text: str) -> bool:
    """Whether there is at least one letter or digit."""
    return any(c.isalnum() for c in text)


def number(text: str) -> int | None:
    """The number, if the whole text is one of at most two digits, as typed to choose: "2", "2.", "số 2"."""
    bare = text.casefold().removeprefix("số ").removeprefix("so ").rstrip(".) ").strip()
    return int(bare) if bare.isdecimal() and len(bare) <= 2 else None


def labelled(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice whose label was typed, marks or not; None when none or several are meant."""
    exact = [choice for choice in choices if choice.label.casefold() == text.casefold()]
    if exact:
        return exact[0]
    folded = fold(text)
    meant = [choice for choice in choices if folded and fold(choice.label) == folded]
    return meant[0] if len(meant) == 1 else None


def meant(text: str, stage: Stage, choices: Sequence[Choice], known: Words, say: Say) -> Choice | None:
    """The choice that words mean without being its label: a word kept for it, or the beginning of one label only."""
    if is_wrong(text, known, say):
        return None
    for choice in choices:
        name = SPOKEN.get((stage.kind, choice.id))
        if name is not None and says(text, f"command.{name}", known, say):
            return choice
    around = _joined(say("command.polite"), say("command.around"))
    readings = without(text, around, known)
    begun = []
    for choice in choices:
        label = without(_BRACKETS.sub("", choice.label), around, known)[-1]
        if choice.group in _LOOSE and any(
            len(said) > 1 and len(said) <= len(label) and same(said, label[: len(said)]) for said in readings
        ):
            begun.append(choice)
    return begun[0] if len(begun) == 1 else None


def says(text: str, listed: str, known: Words, say: Say) -> bool:
    """Whether words are one of a list of phrases, words of politeness and of asking for something aside."""
    return is_one_of(text, say(listed), _joined(say("command.polite"), say("command.around")), known)


@cache
def _joined(polite: str, around: str) -> str:
    """Two lists as one, always the same text: what is kept under it is found without reading it again."""
    return f"{polite} | {around}"


def bare(text: str, say: Say) -> str:
    """A text without what people say before the matter: "ủa toàn trình là gì" is "toàn trình là gì"."""
    words = text.split()
    opening = folded_list(say("command.opening"))
    while len(words) > 1 and fold(words[0]) in opening:
        words = words[1:]
    return " ".join(words)


def command(text: str, known: Words, say: Say) -> Command | None:
    """The command that the words are, in either language; the wish for a person is heard among polite words too."""
    folded = _plain(text)
    for one in COMMANDS:
        if folded in _plain_list(say(f"command.{one}")):
            return one
    if says(text, "command.person", known, say):
        return "person"
    return "forget" if wants_to_be_forgotten(text, say) else None


def province(text: str, provinces: Sequence[Province]) -> Province | None:
    """The province, if its name, old or new, is all that was typed: "hải phòng", "ở tp hcm", "tỉnh Bình Dương"."""
    folded = fold(text)
    for before in ("o ", "tai ", "em o ", "toi o ", "minh o ", "nha o "):
        folded = folded.removeprefix(before)
    for before in ("thanh pho ", "tp ", "tinh "):
        folded = folded.removeprefix(before)
    return next((one for one in provinces if folded in _bare_names(one.name, one.also)), None)


@lru_cache(maxsize=256)
def _bare_names(name: str, also: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(one).removeprefix("thanh pho ").removeprefix("tp ") for one in (name, *also))


def is_wrong(text: str, known: Words, say: Say) -> bool:
    """Whether a message says that the last answer was a mistake: "nhầm rồi", "không phải"."""
    return is_one_of(text, say("command.wrong"), say("command.polite"), known)


def is_unsure(text: str, known: Words, say: Say) -> bool:
    """Whether a message says nothing but "I do not know"."""
    return is_one_of(text, say("command.unsure"), say("command.polite"), known)


def is_none_of_these(text: str, known: Words, say: Say) -> bool:
    """Whether a message refuses everything that was offered: "không phải", "không có cái nào"."""
    return is_wrong(text, known, say) or is_one_of(text, say("command.have_none"), say("command.polite"), known)


@lru_cache(maxsize=256)
def _plain_list(listed: str) -> frozenset[str]:
    return frozenset(map(_plain, listed.split("|")))


def is_a_number_of_somebody(text: str, say: Say) -> bool:
    """Whether a message gives nothing but the number of a paper or a telephone: "số cccd của em là 0123..."."""
    if sum(sign.isdecimal() for sign in text) < _LONG_NUMBER:
        return False
    around = {word for words in say("command.about_numbers").split("|") for word in fold(words).split()}
    words = [word for word in fold(text).split() if not any(sign.isdecimal() for sign in word)]
    return all(word in around for word in words)


def _plain(text: str) -> str:
    text = text.strip().casefold()
    return text if text.startswith("/") else fold(text)
