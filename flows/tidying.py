"""What is said of a whole list: to name it, delete it, begin another, open one, or that its file was handed in."""

from __future__ import annotations

from functools import lru_cache

from flows.days import Handed, handed_in
from flows.hearing import bare
from flows.lists import another, handed, named, resumed
from flows.state import Aside, AtGuide, Case, Deleting, MyLists, Naming, Talk, guide_of, nth_of
from flows.telling.plain import LONGEST_NAME, short
from flows.texts import Say
from flows.turn import Move, Stay, World
from knowledge.guide import Guide
from knowledge.vietnamese import fold

DIGITS = 4
"""Digits that a name may hold: a year, an age; more may be the number of a paper or a telephone."""

_BINDING = frozenset(("la", "thanh", "cho", "as", "to", "so", "cua", "for"))
"""Words between what is to be done and the name."""


def hear(talk: Talk, words: str, world: World) -> Move | Stay | None:
    """What to do with a list; None when the words are about none."""
    told = handed_in(words, world.today)
    if told is not None:
        return _handed_in(talk, told, world)
    say = world.texts[talk.language]
    said = bare(words, say)
    if (rest := _after(said, "command.name_list", say)) is not None:
        case, name = _meant(talk, rest, world)
        return None if case is None else _naming(talk, case, name, world)
    if (rest := _after(said, "command.delete_list", say)) is not None:
        case, name = _meant(talk, rest, world)
        by_name = _called(talk, name, world) if name else case
        return None if by_name is None else Move(Deleting(by_name.guide, by_name.nth))
    if (rest := _after(said, "command.another_list", say)) is not None:
        guide = _guide(guide_of(talk.stage), world)
        return None if guide is None else another(talk, guide, say, cleaned(rest))
    if (rest := _after(said, "command.open_list", say)) is not None:
        case = _numbered(talk, rest, world) or _called(talk, rest, world)
        guide = _guide(case.guide, world) if case is not None else None
        return None if case is None or guide is None else Move(resumed(case, guide))
    return None


def _handed_in(talk: Talk, told: Handed, world: World) -> Move | Stay:
    """The file of the open list, or of the only one that it can be; else ask which."""
    here, nth = guide_of(talk.stage), nth_of(talk.stage)
    at_list = talk.case(here, nth) is not None and not isinstance(talk.stage, AtGuide)
    begun = [case for case in talk.cases if case.handed_in is None]
    mine = [case for case in begun if here in {"", case.guide}]
    if not at_list and len(mine) == 1:
        here, nth = mine[0].guide, mine[0].nth
    guide = _guide(here, world)
    if guide is not None and (at_list or len(mine) <= 1):
        return handed(talk, guide, nth, told)
    aside = Aside("aside.which_handed_in")
    return Move(MyLists(), asides=(aside,)) if begun else Stay((aside,))


def cleaned(name: str) -> str:
    """A name as it is kept: on one line, short, without what may be the number of a paper or an address to write to."""
    many = sum(sign.isdigit() for sign in name) > DIGITS
    words = [word for word in name.split() if not ("@" in word or (many and any(sign.isdigit() for sign in word)))]
    return short(" ".join(words).strip(" :.,;-–\"'“”‘’«»()"), LONGEST_NAME)


def _naming(talk: Talk, case: Case, name: str, world: World) -> Move | None:
    guide = _guide(case.guide, world)
    if guide is None:
        return None
    called = cleaned(name)
    return named(talk, case, called, guide) if called else Move(Naming(case.guide, case.nth))


def _after(said: str, listed: str, say: Say) -> str | None:
    """What stands behind one of the phrases; None when none of them opens the message. "đặt tên:" wants its colon."""
    words = said.split()
    first = fold(words[0]).split()[:1] if words else []
    for folded, length, colon in _openings(say(listed)):
        if folded.split(maxsplit=1)[:1] != first:
            continue
        opening = " ".join(words[:length])
        if fold(opening) == folded and (not colon or opening.endswith(":")):
            return " ".join(words[length:])
    return None


@lru_cache(maxsize=64)
def _openings(listed: str) -> tuple[tuple[str, int, bool], ...]:
    """Each phrase of a list folded, how many words it is, and whether it wants its colon; the longest first."""
    phrases = sorted(listed.split("|"), key=len, reverse=True)
    return tuple((fold(phrase), len(phrase.split()), phrase.strip().endswith(":")) for phrase in phrases)


def _meant(talk: Talk, rest: str, world: World) -> tuple[Case | None, str]:
    """The list that is meant, the one of the open page or one by its number, and what is said beside."""
    words = rest.split()
    while words and fold(words[0]) in _BINDING - {"cho", "cua"}:
        words = words[1:]
    numbered = _numbered(talk, words[0], world) if words and isinstance(talk.stage, MyLists) else None
    if numbered is not None:
        words = words[1:]
        while words and fold(words[0]) in _BINDING - {"cho", "cua"}:
            words = words[1:]
    return numbered or talk.case(guide_of(talk.stage), nth_of(talk.stage)), " ".join(words)


def _numbered(talk: Talk, word: str, world: World) -> Case | None:
    """The list of that number on the page of lists."""
    shown = [case for case in talk.cases if _guide(case.guide, world) is not None]
    number = int(word) if word.isdecimal() and len(word) < 3 else 0
    return shown[number - 1] if 1 <= number <= len(shown) else None


def _called(talk: Talk, name: str, world: World) -> Case | None:
    """The one list that the person called so: "của mẹ", or only "mẹ"."""
    said = fold(name).split()
    said = said[1:] if said and said[0] in _BINDING else said
    found = [case for case in talk.cases if said and fold(case.called).split()[-len(said) :] == said]
    return found[0] if len(found) == 1 and _guide(found[0].guide, world) is not None else None


def _guide(id: str, world: World) -> Guide | None:
    guide = world.library.local(id, world.province) if id else None
    return guide if guide is not None and guide.visible(world.today) else None
