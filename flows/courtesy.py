"""What people say beside their matter: a greeting, thanks, an insult, how far a file is; the wish to be forgotten."""

from __future__ import annotations

import unicodedata
from typing import Literal, get_args

from flows.texts import Say
from knowledge.vietnamese import fold

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
    said = fold(text).split()
    polite = {word for words in _listed("polite", say) for word in words.split()}
    praise = polite | {word for words in _listed("praise", say) for word in words.split()}
    bare = [word for word in said if word not in polite]
    for one in COURTESIES:
        for words in _listed(one, say):
            wanted = words.split()
            if said == wanted or (bare and bare == [word for word in wanted if word not in polite]):
                return one
            if one == "thanks" and _without(said, wanted, praise):
                return one
    if said and not bare:
        return "fine"
    if _after_a_file(said, polite | {*_listed("tracking_around", say)}, say):
        return "tracking"
    return "insult" if len(said) <= SHORT and _insulting(text, say) else None


def is_english(text: str) -> bool:
    """Whether a message is surely in English, by words that are no Vietnamese syllable even without its marks."""
    said = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return text.isascii() and sum(word in _ENGLISH for word in said) >= SURE


def wants_to_be_forgotten(text: str, say: Say) -> bool:
    """Whether a message, in whatever words, asks for nothing but that what is kept of the person be erased."""
    said = fold(text).split()
    around = {word for words in (*_listed("polite", say), *_listed("forget_around", say)) for word in words.split()}
    verbs = {*_listed("forget_do", say)}
    for words in _listed("forget_what", say):
        wanted = words.split()
        for at in range(len(said)):
            if said[at : at + len(wanted)] == wanted:
                rest = [*said[:at], *said[at + len(wanted) :]]
                if verbs & {*said} and {*rest} <= around | verbs:
                    return True
    return False


def _after_a_file(said: list[str], around: set[str], say: Say) -> bool:
    """Whether a short message asks how far a file is, not where to bring one ("nộp hồ sơ tới đâu")."""
    bring = {*_listed("tracking_not", say)} & {*said}
    for words in _listed("tracking_within", say):
        wanted = words.split()
        bare = [word for word in said if word in wanted or word not in around]
        rest = iter(bare)
        told = len(bare) - len(wanted) <= BESIDE and all(word in rest for word in wanted)  # in this order
        if told and not (bring and wanted[-1] == "dau"):
            return True
    return False


def _without(said: list[str], wanted: list[str], others: set[str]) -> bool:
    """Whether the wanted words stand in a message and nothing but the others beside them."""
    for at in range(len(said) - len(wanted) + 1):
        if said[at : at + len(wanted)] == wanted:
            return all(word in others for word in (*said[:at], *said[at + len(wanted) :]))
    return False


def _insulting(text: str, say: Say) -> bool:
    """Whether an insult stands in it, with its marks: without them "ngu" may be ngủ or ngũ."""
    said = f" {' '.join(_words(text))} "
    return any(f" {' '.join(_words(words))} " in said for words in say("command.insult_within").split("|"))


def _words(text: str) -> list[str]:
    spaced = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFC", text).casefold())
    return spaced.split()


def _listed(name: str, say: Say) -> tuple[str, ...]:
    return tuple(fold(words) for words in say(f"command.{name}").split("|"))
