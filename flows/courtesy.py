"""What people say beside their matter: a greeting, thanks, an insult, how far a file is; the wish to be forgotten."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import lru_cache
from typing import Literal, get_args

from flows.texts import Say
from knowledge.remembering import remembered, remembered_of
from knowledge.vietnamese import fold

Phrase = tuple[str, ...]
"""Folded words, one by one."""

Courtesy = Literal["hello", "thanks", "fine", "bye", "who", "insult", "tracking"]
COURTESIES: tuple[Courtesy, ...] = get_args(Courtesy)

SHORT = 7
"""Words of a message that an insult may stand in; more is a story, and its matter counts."""

BESIDE = 4
"""Words that may stand beside the question how far a file is: of what, filed where."""

SURE = 2
"""English words from which on a message is English."""

_ENGLISH = frozenset(
    "i is was were are have has he she they him her his us someone somebody who what where how please with from for and"
    " of need want help called asked said told police husband wife father mother child my money kill myself house fire"
    " beats hits hit".split()
)


def courtesy(text: str, say: Say) -> Courtesy | None:
    """What a message is when it is nothing else; None when there is more in it."""
    return _courtesy(say, text)


@remembered_of
def _courtesy(say: Say, text: str) -> Courtesy | None:
    said = tuple(fold(text).split())
    polite = _words_of("polite", say)
    bare = tuple(word for word in said if word not in polite)
    praise = polite | _words_of("praise", say)
    for one in COURTESIES:
        phrases = _phrases(one, say)
        if said in phrases or (bare and bare in _bare_phrases(one, say)):
            return one
        if one == "thanks" and any(_without(said, wanted, praise) for wanted in phrases):
            return one
    if said and not bare:
        return "fine"
    if _after_a_file(said, polite | {*folded_list(say("command.tracking_around"))}, say):
        return "tracking"
    return "insult" if len(said) <= SHORT and _insulting(text, say) else None


def is_english(text: str) -> bool:
    """Whether a message is surely in English, by words that are no Vietnamese syllable even without its marks."""
    said = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return text.isascii() and sum(word in _ENGLISH for word in said) >= SURE


def wants_to_be_forgotten(text: str, say: Say) -> bool:
    """Whether a message, in whatever words, asks for nothing but that what is kept of the person be erased."""
    said = tuple(fold(text).split())
    verbs = {*folded_list(say("command.forget_do"))}
    if verbs.isdisjoint(said):
        return False
    around = _words_of("polite", say) | _words_of("forget_around", say) | verbs
    return any(_without(said, wanted, around) for wanted in _phrases("forget_what", say))


def _after_a_file(said: Phrase, around: Collection[str], say: Say) -> bool:
    """Whether a short message asks how far a file is, not where to bring one ("nộp hồ sơ tới đâu")."""
    bring = not {*folded_list(say("command.tracking_not"))}.isdisjoint(said)
    for wanted in _phrases("tracking_within", say):
        if not all(word in said for word in wanted):
            continue
        bare = [word for word in said if word in wanted or word not in around]
        rest = iter(bare)
        told = len(bare) - len(wanted) <= BESIDE and all(word in rest for word in wanted)  # in this order
        if told and not (bring and wanted[-1] == "dau"):
            return True
    return False


def _without(said: Phrase, wanted: Phrase, others: Collection[str]) -> bool:
    """Whether the wanted words stand in a message and nothing but the others beside them."""
    if not wanted or wanted[0] not in said:
        return False
    for at in range(len(said) - len(wanted) + 1):
        if said[at : at + len(wanted)] == wanted:
            return all(word in others for word in (*said[:at], *said[at + len(wanted) :]))
    return False


def _insulting(text: str, say: Say) -> bool:
    """Whether an insult stands in it, with its marks: without them "ngu" may be ngủ or ngũ."""
    said = _spaced(text)
    return any(words in said for words in _all_spaced(say("command.insult_within")))


@lru_cache(maxsize=16)
def _all_spaced(listed: str) -> tuple[str, ...]:
    return tuple(map(_spaced, listed.split("|")))


@remembered
def _spaced(text: str) -> str:
    """The words of a text in small letters, marks and all, a space before and behind each."""
    plain = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFC", text).casefold())
    return f" {' '.join(plain.split())} "


def _phrases(name: str, say: Say) -> tuple[Phrase, ...]:
    return _split(say(f"command.{name}"))


def _bare_phrases(name: str, say: Say) -> frozenset[Phrase]:
    return _split_without(say(f"command.{name}"), say("command.polite"))


def _words_of(name: str, say: Say) -> frozenset[str]:
    return _all_words(say(f"command.{name}"))


@lru_cache(maxsize=256)
def folded_list(listed: str) -> tuple[str, ...]:
    """The phrases of a list ("a | b | c"), each folded."""
    return tuple(fold(words) for words in listed.split("|"))


@lru_cache(maxsize=256)
def _split(listed: str) -> tuple[Phrase, ...]:
    return tuple(tuple(words.split()) for words in folded_list(listed))


@lru_cache(maxsize=256)
def _split_without(listed: str, polite: str) -> frozenset[Phrase]:
    others = _all_words(polite)
    return frozenset(tuple(word for word in words if word not in others) for words in _split(listed))


@lru_cache(maxsize=256)
def _all_words(listed: str) -> frozenset[str]:
    return frozenset(word for words in _split(listed) for word in words)
