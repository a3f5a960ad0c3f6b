"""How words tick the papers of a list: "1,2", "có đủ hết rồi", "em có hợp đồng thuê nhà rồi", "thiếu cái 2"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flows.phrases import Heard, among, find, hear, is_one_of, phrase, same
from flows.texts import Say
from knowledge.everyday import Kind, Words
from knowledge.guide import Document
from knowledge.vietnamese import Word

_ASK: frozenset[Kind] = frozenset(("ask",))
_ASKING = frozenset(("gi", "dau", "nao", "sao", "nhieu", "may", "khong", "ha", "nhi"))
_LISTED = re.compile(r"(\d)\s*[,.;+&/]\s*(?=\d)")
"""Signs between numbers: "1,2" is one list, not two sentences."""

_PART = re.compile(r"[,;()/]| hoặc | hay | kèm | or | with | of the | for the ")
_HEADS = frozenset(("giay", "the", "so", "ban", "to"))
"""What may be left out before the name of a paper: "chứng sinh" for "giấy chứng sinh"."""

_CLOSING = frozenset(("roi", "xong", "chua"))
"""What speaks of the papers named before it, not of those behind: "1 có rồi, 2 chưa"."""

_NEEDED = ("có cần", "cần", "có phải", "phải có", "phải mang", "phải nộp", "bắt buộc")

_ARTICLES = frozenset(("the", "a", "an", "my", "our"))

_COUNTED = frozenset(("cai", "giay", "to", "loai", "mon", "ban", "thu"))
_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class Ticks:
    """The ids of the papers that are said to be there and to be missing; `unclear` when it is not said which."""

    have: tuple[str, ...] = ()
    lack: tuple[str, ...] = ()
    unclear: bool = False


def in_words(text: str, listed: Sequence[Document], known: Words, say: Say) -> Ticks | None:
    """What a message says of the papers of a list, in the order shown; None when it is about something else."""
    everything = tuple(document.id for document in listed)
    polite = say("command.polite")
    if is_one_of(text, say("command.have_all"), polite, known):
        return Ticks(have=everything)
    if is_one_of(text, say("command.have_none"), polite, known):
        return Ticks(lack=everything)
    if not listed or text.rstrip().endswith("?"):
        return None
    heard = hear(_LISTED.sub(r"\1 và ", text), known)
    if not heard.words:
        return None
    named = dict(_named(heard, listed))
    cues = _cues(heard, named, say)
    if _is_question(heard, {*named, *cues}, known):
        return None
    if _left_over(heard, {*named, *cues}, say):
        opening = any(same(heard.words[: len(one)], one) for one in map(phrase, say("command.of_papers").split("|")))
        return Ticks(unclear=True) if opening and not wants(heard, say) else None
    if not named:
        return None
    return Ticks(unclear=True) if "" in named.values() else _sorted_out(heard, named, cues, everything)


def told_to_be_there(text: str, listed: Sequence[Document], known: Words, say: Say) -> tuple[str, ...]:
    """The papers that a message names and says to be there, where no list is open: "tôi có chứng sinh rồi"."""
    heard = hear(text, known)
    there = any(find(heard, phrase(one)) for one in ("có", "i have", "got"))
    if not there or any(word.plain.isdecimal() for word in heard.words) or wants(heard, say):
        return ()
    whole = ("command.have_all", "command.have_none")
    if any(is_one_of(text, say(one), say("command.polite"), known) for one in whole):
        return ()
    ticks = in_words(text, listed, known, say)
    return () if ticks is None or ticks.unclear or ticks.lack else ticks.have


def named(text: str, listed: Sequence[Document], known: Words) -> frozenset[str]:
    """The papers of a list that a message names, whatever it says of them."""
    return frozenset(id for _, id in _named(hear(text, known), listed) if id)


def asks_for_one(text: str, listed: Sequence[Document], known: Words, say: Say) -> bool:
    """Whether a message asks if a paper of the guide is needed, and nothing else: "có cần giấy chứng sinh không"."""
    heard = hear(text, known)
    asking = find(heard, phrase("không")) or text.rstrip().endswith("?")
    need = [at for one in _NEEDED for at in find(heard, phrase(one))]
    if not asking or not need:
        return False
    named = dict(_named(heard, listed))
    told = {*need, *named, *find(heard, phrase("không"))}
    return bool(named) and not _left_over(heard, told, say)


def asked_what_it_is(text: str, listed: Sequence[Document], known: Words) -> Document | None:
    """The paper of a guide whose looks are told and that a message asks what it is: "giấy chứng sinh là gì"."""
    heard = hear(text, known)
    asking = [
        at
        for one in ("là gì", "là giấy gì", "trông thế nào", "what is a", "what is the", "what is")
        for at in find(heard, phrase(one))
    ]
    if not asking:
        return None
    named = dict(_named(heard, listed))
    rest = [at for at in heard.content() if at not in named and at not in asking]
    if rest or len(set(named.values())) != 1:
        return None
    return next((one for one in listed if one.id in named.values() and one.looks_like), None)


def _named(heard: Heard, listed: Sequence[Document]) -> Iterator[tuple[int, str]]:
    """Place and paper of every word that belongs to a number or name of one; no paper where several may be meant."""
    at = 0
    while at < len(heard.words):
        word = heard.words[at].plain
        run = 1
        if word.isdecimal() and word.isascii():
            after = heard.words[at + 1].plain if at + 1 < len(heard.words) else ""
            number = int(word[:3])
            yield at, listed[number - 1].id if 1 <= number <= len(listed) and after not in _COUNTED else ""
        else:
            run, ids = _longest_name(heard, at, listed)
            for place in range(at, at + run):
                yield place, ids[0] if len(ids) == 1 else ""
        at += max(run, 1)


def _longest_name(heard: Heard, at: int, listed: Sequence[Document]) -> tuple[int, list[str]]:
    """How many words from a place on name papers of the list, and which; a part of a name that fits whole wins."""
    for run in range(min(_LONGEST_NAME, len(heard.words) - at), 0, -1):
        said = heard.words[at : at + run]
        if said[-1].clause != said[0].clause or (run == 1 and not _is_form_number(said[0].plain)):
            continue
        ids = [one.id for one in listed if _called(said, one)]
        if ids:
            parts = {one.id: (*_parts(one.name), *_parts(one.en)) for one in listed}
            whole = [id for id in ids if any(same(said, part) for part in parts[id])]
            return run, whole if len(whole) == 1 else ids
    return 0, []


def _called(said: Sequence[Word], document: Document) -> bool:
    """Whether words call a paper by its name; in English the end of it says as much: "the marriage certificate"."""
    if any(_names(said, part) for part in _parts(document.name)):
        return True
    english = _parts(document.en) if document.en and len(said) > 1 and said[0].typed not in _ARTICLES else ()
    return any(_names(said, part) or same(said, part[-len(said) :]) for part in english)


@lru_cache(maxsize=4_096)
def _parts(name: str) -> tuple[tuple[Word, ...], ...]:
    """What a paper is called, each of several names by itself."""
    return tuple(map(phrase, _PART.split(name)))


def _is_form_number(plain: str) -> bool:
    return plain[0].isalpha() and any(sign.isdecimal() for sign in plain)


def _names(said: Sequence[Word], name: Sequence[Word]) -> bool:
    """Whether words call a paper by its name, some of them left out: "giấy kết hôn", "chứng sinh", "CT01"."""
    if len(said) == 1:
        return among(said[0], name)
    if not name or not 1 < len(said) <= len(name):
        return False
    if name[0].plain in _HEADS and same(said, name[1 : 1 + len(said)]):
        return True
    rest = iter(name)
    return same(said[:1], name[:1]) and all(any(same([one], [other]) for other in rest) for one in said)


def _cues(heard: Heard, named: dict[int, str], say: Say) -> dict[int, bool]:
    """Place -> whether it says "have" (true) or "lack" (false); the longest phrases first, "lack" before "have"."""
    cues: dict[int, bool] = {}
    for name, has in (("command.lack", False), ("command.have", True)):
        for wanted in sorted(map(phrase, say(name).split("|")), key=len, reverse=True):
            for start in range(len(heard.words) - len(wanted) + 1):
                places = range(start, start + len(wanted))
                if all(at not in cues and at not in named for at in places) and same(
                    heard.words[start : start + len(wanted)], wanted
                ):
                    cues.update(dict.fromkeys(places, has))
    return cues


def _is_question(heard: Heard, told: set[int], known: Words) -> bool:
    hits = known.hits(heard.words, _ASK, [True] * len(heard.words))
    if any(not told.issuperset(hit.places) for hit in hits):
        return True
    last = heard.words[-1]
    there_yet = last.plain == "chua" and any(word.plain == "co" for word in heard.words if word.clause == last.clause)
    return there_yet or any(word.plain in _ASKING and at not in told for at, word in enumerate(heard.words))


def _left_over(heard: Heard, told: set[int], say: Say) -> bool:
    """Whether something is said beside papers, "have" and "lack" that is not polite or binding."""
    extra = (*phrase(say("command.polite")), *phrase(say("command.list_words")))
    return any(at not in told and not among(heard.words[at], extra) for at in heard.content())


def wants(heard: Heard, say: Say) -> bool:
    """Whether something is wanted done: then it is a new question, whatever is said to be there."""
    return any(find(heard, phrase(one)) for one in say("command.wanting").split("|"))


def _sorted_out(heard: Heard, named: dict[int, str], cues: dict[int, bool], everything: tuple[str, ...]) -> Ticks:
    """Each paper by what is said before it, or, where papers come first, by what is said behind; else it is there.

    "Đủ hết, trừ cái 2": what is lacked where everything else is there.
    """
    behind = min(named) < min(cues, default=0)
    says: dict[str, bool] = {}
    waiting: list[str] = []
    before = True
    for at in range(len(heard.words)):
        if at in named:
            says[named[at]] = before
            waiting.append(named[at])
        elif at in cues and at + 1 not in cues:
            group = _group(cues, at)
            has = all(cues[place] for place in group)
            if behind or all(heard.words[place].plain in _CLOSING for place in group):
                says |= dict.fromkeys(waiting, has)
            else:
                before = has
            waiting = []
    have = [id for id, has in says.items() if has]
    lack = [id for id, has in says.items() if not has]
    if lack and not have and any(find(heard, phrase(one)) for one in ("đủ", "trừ", "chỉ thiếu", "mỗi")):
        have = [id for id in everything if id not in lack]
    return Ticks(tuple(have), tuple(lack))


def _group(cues: dict[int, bool], last: int) -> range:
    """The places of the cues that stand side by side up to that one: "chưa có"."""
    first = last
    while first - 1 in cues:
        first -= 1
    return range(first, last + 1)
