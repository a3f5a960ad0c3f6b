"""The code of a list and that of an invitation: how each looks, is drawn, and is known among other words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

ALPHABET: Final = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No letter or digit that looks like another, and no vowel, so that no code is a word: 27**6 are 387 million codes."""

LENGTH: Final = 6

PAYLOAD: Final = "c_"
"""A start payload that opens a list: c_K7M3PQ."""

INVITATION: Final = "i_"
"""A start payload that opens an invitation: i_K7M3T29QB4XZ."""

GROUPS: Final = 3
"""An invitation's code is written K7M3-T29Q-B4XZ: 5e16 codes. Each group begins with a letter, so that no code looks
like a number that is masked."""

_LOOKS: Final = re.compile(r"(?<!\w)(?:[ic]_)?(?:\w{4}-\w{4}-\w{4}|\w{12}|\w{6})(?!\w)")
"""What may be a code among other words."""

_LETTERS: Final = "".join(sign for sign in ALPHABET if sign.isalpha())
_SIGNS: Final = frozenset(ALPHABET)
_DIGITS: Final = _SIGNS.difference(_LETTERS)
_GROUP: Final = 4
_VOWELS: Final = frozenset("aeiouy")


def draw(below: Callable[[int], int]) -> str:
    """A code, from numbers 0 to n-1 that `below(n)` draws; at least one digit and one letter.

    So it is no abbreviation and no number.
    """
    while not is_code(code := _signs(below(len(ALPHABET) ** LENGTH), LENGTH)):
        pass
    return code


def _signs(number: int, count: int) -> str:
    """A number below 27**count as so many signs."""
    signs = ""
    for _ in range(count):
        number, at = divmod(number, len(ALPHABET))
        signs += ALPHABET[at]
    return signs


def is_code(text: str) -> bool:
    """Whether the text has the form of a code, as it is written."""
    return (
        len(text) == LENGTH and _SIGNS.issuperset(text) and not (_DIGITS.isdisjoint(text) or _DIGITS.issuperset(text))
    )


def code_in(text: str) -> str:
    """The code, if one is all that was typed: "k7m 3pq", "mã K7M3PQ", or the payload of a link; else empty."""
    if _DIGITS.isdisjoint(text):
        return ""  # as nearly everything that is typed
    plain = _plain(text, PAYLOAD)
    return plain if is_code(plain) else ""


def draw_invitation(below: Callable[[int], int]) -> str:
    """The code of an invitation, drawn as `draw` does; at least one digit, so that it is no row of abbreviations."""
    while not is_invitation(code := "".join(_group(below) for _ in range(GROUPS))):
        pass
    return code


def _group(below: Callable[[int], int]) -> str:
    rest, first = divmod(below(len(_LETTERS) * len(ALPHABET) ** (_GROUP - 1)), len(_LETTERS))
    return _LETTERS[first] + _signs(rest, _GROUP - 1)


def is_invitation(text: str) -> bool:
    """Whether the text has the form of an invitation's code, as it is kept: without the strokes between its groups."""
    return (
        len(text) == GROUPS * _GROUP
        and _SIGNS.issuperset(text)
        and _DIGITS.isdisjoint(text[::_GROUP])
        and not _DIGITS.isdisjoint(text)
    )


def invitation_in(text: str) -> str:
    """The code of an invitation, if one is all that was typed, or the payload of a link; else empty."""
    if _DIGITS.isdisjoint(text):
        return ""
    plain = _plain(text, INVITATION)
    return plain if is_invitation(plain) else ""


def without_codes(text: str) -> str:
    """The text without whatever looks like a code, since whoever reads a code may use it; empty if it is one."""
    if code_in(text) or invitation_in(text):
        return ""
    return _LOOKS.sub(lambda found: "…" if code_in(found[0]) or invitation_in(found[0]) else found[0], text)


def like_an_invitation(text: str) -> bool:
    """Whether that is written as an invitation's code is, right or not: three groups of four with strokes between.

    Four letters are a word as soon as there is a vowel in them ("giay-khai-sinh"), so one group must be none.
    """
    groups = _without_words(text, INVITATION).split("-")
    return (
        len(groups) == GROUPS
        and all(len(group) == _GROUP and group.isascii() and group.isalnum() for group in groups)
        and not all(group.isdigit() for group in groups)
        and any(not set(group) & _VOWELS or not group.isalpha() for group in groups)
    )


def grouped(code: str) -> str:
    """The code of an invitation as people read and type it."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _plain(text: str, payload: str) -> str:
    return _without_words(text, payload).replace(" ", "").replace("-", "").upper()


def _without_words(text: str, payload: str) -> str:
    plain = text.strip().casefold().removeprefix(payload)
    for word in ("mã số", "ma so", "mã mời", "ma moi", "mã", "ma", "code"):
        plain = plain.removeprefix(word + " ")
    return plain.strip()
