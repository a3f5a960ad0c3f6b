"""How words answer an ask: strictly, so that a sentence which merely shares a word with a choice is no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows import phrases, spans
from flows.labels import by_label
from flows.phrases import NO, Heard, agree, among, find, hear, is_common, is_one_of, phrase, spelt, without
from flows.plain_words import all_of_them, said_of_somebody, simple, simply
from flows.texts import Say
from knowledge.everyday import Kind, Words
from knowledge.guide import Ask
from knowledge.remembering import remembered, remembered_of
from knowledge.tailor import UNSURE
from knowledge.vietnamese import Word

_ASKING = frozenset(("gi", "dau", "nao", "sao", "nhieu", "may", "khong", "chua", "ha", "nhi"))
"""Words that make a question of what they stand in, or at the end of."""

_EVER = ("bao", "gio")
_FIRST_TIME = ("lan", "dau")
"""No question, though "dau" may be "đâu"."""

_LEFT_OVER = 5
"""Words with a meaning of their own that may stand beside a clear phrase: a name, a place."""

_LONG = 4
"""Words of a phrase that is an answer although each of them stands in any sentence: "không ai làm chứng"."""

_SHORT = 60
"""Characters of a short answer, which is read in more than one way."""

_BESIDE_A_NUMBER = 2
_NUMBERED = frozenset(("lop", "cap", "so", "cau", "khoi", "hang", "muc", "loai", "thu", "quan", "phuong", "mau", "hoc"))
"""Words whose number is no age."""

_COUNTED = frozenset(
    ("minh", "nguoi", "vo", "chong", "dua", "cai", "ban", "to", "lan", "con", "be", "chau", "chiec", "xe")
)
"""Words behind a number that is no age: "ở 1 mình", "2 vợ chồng"."""

_CARRYING = frozenset(("bao", "gio", "tung", "he", "phai", "thuoc", "dien", "bi", "duoc", "co"))
"""Words that carry a "không" on to those behind them: "chưa bao giờ bị mất"."""

ASKS: frozenset[Kind] = frozenset(("ask",))
"""The patterns that ask about fee, time, place and so on."""

Phrase = tuple[Word, ...]

_YES = ("Có", "Đã", "Đúng", "Rồi")
_NO = ("Không", "Chưa")


@dataclass(frozen=True, slots=True)
class Meant:
    """The choice that words mean; not `sure` when more was said that might be a new question.

    `by` are the words it rests on, without marks; with `label` they are but a part of a label.
    """

    choice: str
    sure: bool = True
    by: frozenset[str] = frozenset()
    label: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of a choice in a message, and at which places."""

    choice: str
    places: frozenset[int]
    wanted: tuple[Word, ...]


def plainly(ask: Ask, text: str, known: Words, say: Say) -> str:
    """The choice one of whose words is all that was said, or that a bare yes or no means; empty when there is none."""
    said = hear(text, known).words
    for _, id, wanted in _whole(ask, "", known).get(phrases.plainly(said), ()):
        if agree(said, wanted):
            return id
    particles = say("command.particles")
    whole = _whole(ask, particles, known)
    found = [
        (at, id)
        for one in without(text, particles, known)
        for at, id, wanted in whole.get(phrases.plainly(one), ())
        if agree(one, wanted)
    ]
    return min(found)[1] if found else _yes_or_no(ask, text, known, say)


@remembered_of
def _worded(ask: Ask, known: Words) -> tuple[tuple[str, tuple[Word, ...]], ...]:
    """Every phrase of every choice, in their order."""
    return tuple(
        (id, spelt(words, known)) for id, choice in ask.choices.items() for words in (choice.label, *choice.words)
    )


@remembered_of
def _whole(ask: Ask, particles: str, known: Words) -> Mapping[tuple[str, ...], Sequence[tuple[int, str, Phrase]]]:
    """The phrases without particles by their words without marks: place, choice, words."""
    found: dict[tuple[str, ...], list[tuple[int, str, Phrase]]] = {}
    every = ((id, words) for id, choice in ask.choices.items() for words in (choice.label, *choice.words))
    for at, (id, words) in enumerate(every):
        wanted = phrases.without_polite(words, particles, known) if particles else spelt(words, known)
        found.setdefault(phrases.plainly(wanted), []).append((at, id, wanted))
    return found


def in_words(ask: Ask, text: str, known: Words, today: date, say: Say) -> Meant | None:
    """The choice that words at the ask itself mean, `UNSURE` for "không biết"; None when they are no clear answer.

    Read with countries and pronouns put alike on both sides, then as they stand, then without of whom it is said.
    """
    text = all_of_them(text)
    if len(text) > _SHORT:
        return _as_said(ask, text, known, today, say)
    alike, put = simple(ask), simply(text)
    meant = _as_said(alike, put, known, today, say) or _as_said(ask, text, known, today, say)
    of_somebody = said_of_somebody(put) if meant is None else ""
    return _as_said(alike, of_somebody, known, today, say) if of_somebody else meant


def _as_said(ask: Ask, text: str, known: Words, today: date, say: Say) -> Meant | None:
    plain = plainly(ask, text, known, say)
    if not plain and is_unsure(ask, text, known, say):
        plain = UNSURE
    heard = hear(text, known)
    if plain:
        return Meant(plain, by=frozenset(word.plain for word in heard.words))
    asking = is_question(heard, text, known, frozenset(), ask.text)
    alone = _only_a_number(heard, known)
    counted = "" if asking else spans.chosen(ask, text, today.year, told="alone" if alone else "here")
    if counted:
        return Meant(counted, sure=alone, by=_counting(heard))
    polite = (*phrase(say("command.polite")), *phrase(say("command.hedge")))
    fitting = [
        Meant(match.choice, sure=left <= 1, by=frozenset(word.plain for word in match.wanted))
        for match in longest(matches(ask, heard, known))
        if not is_question(heard, text, known, match.places, ask.text)
        and (left := _left_over(ask, match, heard, known, polite)) is not None
    ]
    if fitting:
        return fitting[0] if len({one.choice for one in fitting}) == 1 else None
    return None if asking else _labelled(ask, heard, known, polite)


def _counting(heard: Heard) -> frozenset[str]:
    """The words that make a number and its unit."""
    told = (word.plain for word in heard.words)
    return frozenset(word for word in told if word in spans.COUNTING or any(sign.isdecimal() for sign in word))


def _labelled(ask: Ask, heard: Heard, known: Words, polite: Sequence[Word]) -> Meant | None:
    found = by_label(ask, heard, known, polite)
    return None if found is None else Meant(found[0], by=found[1], label=True)


def is_unsure(ask: Ask, text: str, known: Words, say: Say) -> bool:
    """Whether a message says "I do not know", perhaps with the ask's own words behind it."""
    if is_one_of(text, say("command.unsure"), say("command.polite"), known):
        return True
    heard = hear(text, known)
    asked = phrase(ask.text)
    for places in _unsure_at(text, say("command.unsure"), known):
        if all(among(heard.words[at], asked) for at in heard.content() if at not in places):
            return not any(places < match.places for match in matches(ask, heard, known))
    return False


@remembered
def _unsure_at(text: str, listed: str, known: Words) -> tuple[frozenset[int], ...]:
    """Where phrases of a list ("a | b") stand in a message, those of one word aside."""
    heard = hear(text, known)
    return tuple(places for one in listed.split("|") if len(places := find(heard, phrase(one))) > 1)


def names_a_choice(ask: Ask, text: str, known: Words) -> bool:
    """Whether words of a choice stand in a message, whatever else does."""
    return bool(matches(ask, hear(text, known), known))


def _only_a_number(heard: Heard, known: Words) -> bool:
    """Whether a number stands almost alone, so that it may be an age without its unit: "nó 15", not "lớp 5"."""
    own = sum(not is_common(word, known) and not word.plain.isdecimal() for word in heard.words)
    numbers = [at for at, word in enumerate(heard.words) if word.plain.isdecimal()]
    before = {heard.words[at - 1].plain for at in numbers if at}
    behind = {heard.words[at + 1].plain for at in numbers if at + 1 < len(heard.words)}
    return own <= _BESIDE_A_NUMBER and before.isdisjoint(_NUMBERED) and behind.isdisjoint(_COUNTED)


def matches(ask: Ask, heard: Heard, known: Words) -> list[Match]:
    """Every phrase of every choice that stands in a message, none that is turned round."""
    found = []
    for id, wanted in _worded(ask, known):
        places = find(heard, wanted) if wanted and wanted[0].plain in heard.plain else None
        if places and not turned_round(heard, places):
            found.append(Match(id, places, wanted))
    return found


def turned_round(heard: Heard, places: frozenset[int]) -> bool:
    """Whether "không" or "chưa" stands shortly before what was found, or farther with what carries it on between.

    What begins with one itself is turned round only right behind another: not in "chưa cưới, không ghi tên cha".
    """
    first = min(places)
    nearest = first - 2 if heard.words[first].plain in NO else -1
    for at in range(first - 1, nearest, -1):
        word = heard.words[at]
        if word.clause != heard.words[first].clause or (at < first - 2 and heard.words[at + 1].plain not in _CARRYING):
            return False
        if word.plain in NO:
            return True
    return False


def longest(found: list[Match]) -> list[Match]:
    """Without those that lie within a longer one: "có giấy" in "không có giấy"."""
    return [one for one in found if not any(one.places < other.places for other in found)]


def _left_over(ask: Ask, match: Match, heard: Heard, known: Words, polite: Sequence[Word]) -> int | None:
    """How many words stand beside the phrase that say something; None when they leave a doubt that it is the answer."""
    asked = (*phrase(ask.text), *phrase(ask.choices[match.choice].label), *polite)
    left = [at for at in heard.content() if at not in match.places and not among(heard.words[at], asked)]
    own = sum(not is_common(heard.words[at], known) for at in left)
    several = len(match.wanted) > 1 and not all(is_common(word, known) for word in match.wanted)
    strong = several or len(match.wanted) >= _LONG
    if strong:
        return len(left) if own <= _LEFT_OVER and len(left) <= 2 * _LEFT_OVER else None
    bare = all(word.plain in NO for word in match.wanted)
    return 0 if own == 0 and len(left) <= (0 if bare else len(match.wanted)) else None


def is_question(heard: Heard, text: str, known: Words, places: frozenset[int], asked: str = "") -> bool:
    """Whether a message asks for something; what stands at these places is part of an answer.

    So is what joins it to words of what was `asked`: "nộp online" where it was asked how they hand it in.
    """
    if text.rstrip().endswith("?"):
        return True
    told = phrase(asked)
    hits = known.hits(heard.words, ASKS, [True] * len(heard.words))
    for hit in hits:
        if hit.pattern.plain == _EVER and any(word.plain in NO for word in heard.words[: hit.places[0]]):
            continue  # "chưa bao giờ", "chưa có thẻ bao giờ" asks for no time
        rest = [heard.words[at] for at in hit.places if at not in places]
        if rest and (len(rest) == len(hit.places) or not all(among(word, told) for word in rest)):
            return True
    last = len(heard.words) - 1
    if last > 0 and heard.words[last].plain in NO and len(places) == 1:
        return True
    if last < 1 or last in places or heard.words[last].plain not in _ASKING:
        return False
    return (heard.words[last - 1].plain, heard.words[last].plain) != _FIRST_TIME


def _yes_or_no(ask: Ask, text: str, known: Words, say: Say) -> str:
    """The answer to "... không?" and "... chưa?" by a bare yes or no, where one label says it."""
    if not ask.text.rstrip("? ").endswith(("không", "chưa")):
        return ""
    for name, starts in (("command.yes", _YES), ("command.no", _NO)):
        if is_one_of(text, say(name), say("command.polite"), known):
            fitting = [id for id, choice in ask.choices.items() if choice.label.startswith(starts)]
            return fitting[0] if len(fitting) == 1 else ""
    return ""
