"""A message taken apart: which words carry its matter, what they mean officially, what is only asked about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from knowledge.english_words import binding, is_foreign
from knowledge.entries import Alarm
from knowledge.everyday import ALARMS, Hit, Kind, Words
from knowledge.stress import STORY, ages, is_word, stressed, wanting
from knowledge.turns import turns_of
from knowledge.vietnamese import Word, level_key

_MARKED_SHARE: Final = 0.55
"""From this share of words with marks on, a word without marks is read as meant so."""


Mend = Callable[[Sequence[Word], Words], list[Word]]
"""Puts slips right, given what people's words mean."""


@dataclass(slots=True)
class Question:
    """The words that matter, in order, and everything the patterns said about the message.

    `aloud` says that it was put as a question, with its mark. `asking` are the clauses that ask or want something,
    `spoken_in` those that speak of each of the `turns`.
    """

    words: list[Word]
    free: list[bool]
    stress: list[float]
    meant: list[Hit] = field(default_factory=list)
    turns: set[str] = field(default_factory=set)
    asks: set[str] = field(default_factory=set)
    cues: dict[Kind, int] = field(default_factory=dict)
    vague: bool = False
    alarm: Alarm = "none"
    aloud: bool = False
    asking: set[int] = field(default_factory=set)
    spoken_in: dict[str, set[int]] = field(default_factory=dict)

    def content(self) -> list[int]:
        """Places of the words that are neither filler nor a question about fee, time, place, papers."""
        return [at for at, free in enumerate(self.free) if free]


_CUES: Final[frozenset[Kind]] = frozenset(("law", "wants", "elsewhere"))
_ALARMS: Final = frozenset(ALARMS)
_ASIDE: Final[frozenset[Kind]] = frozenset(("ask", "filler"))
_HEARD: Final[frozenset[Kind]] = frozenset((*_CUES, *_ASIDE, "turn"))
_COSTS: Final = ("fee", "time")
"""Asks whose words are never a feature: "mất bao lâu" is no loss."""
_BARE: Final = frozenset("dang ki ve cap giup gium viec thu tuc ho so giay to nha xay".split())
_MEANS: Final[frozenset[Kind]] = frozenset(("means",))
_MATTER: Final[frozenset[Kind]] = frozenset(("vague", "means"))


def understand(text: str, words: Words, mend: Mend | None = None) -> Question:
    """Take a message apart by the patterns of `words`, slips put right by `mend` first."""
    said = list(words.spelt_out(text))
    alarm = _alarm(said, words)  # before slips are mended: a mended "đánh" may be another word
    if mend is not None:
        said = mend(said, words)
    said = _with_level_tones(said)
    q = Question(said, [True] * len(said), [1.0] * len(said), alarm=alarm, aloud="?" in text)
    heard = words.hits(said, _HEARD, q.free)
    for hit in _longest([hit for hit in heard if hit.pattern.kind in _CUES]):
        q.cues[hit.pattern.kind] = q.cues.get(hit.pattern.kind, 0) + 1
    about_it = _ask_apart(q, words) | _set_aside(q, heard, words)
    for hit in heard:
        if hit.pattern.kind == "turn" and about_it.isdisjoint(hit.places):
            q.turns.add(hit.pattern.about)
            q.spoken_in.setdefault(hit.pattern.about, set()).add(said[hit.places[0]].clause)
    matter = words.hits(said, _MATTER, q.free)
    wants = wanting(said)
    q.asking |= wants
    q.vague = _only_vague(q, [hit for hit in matter if hit.pattern.kind == "vague"], words)
    q.meant = _more_than_an_age(_longest([hit for hit in matter if hit.pattern.kind == "means"]), said)
    named = {at for hit in q.meant for at in hit.places}
    for at in binding(said) - named:
        q.free[at] = False
    for hit in q.meant:
        if is_foreign(hit.pattern.plain):  # "extend" says "gia hạn" as well as those words do
            q.turns |= turns_of(words.meanings[hit.pattern.about], words)
    q.stress = stressed(said, q.meant, wants)
    return q


def _set_aside(q: Question, heard: Sequence[Hit], words: Words) -> set[int]:
    """What is only asked about a thing, and empty words, are no matter; the places of those that ask for a cost.

    An ask within what means more is none: "bán hàng online" is a trade.
    """
    about_it: set[int] = set()
    wholes = [{*hit.places} for hit in words.hits(q.words, _MEANS, q.free)]
    for hit in sorted((hit for hit in heard if hit.pattern.kind in _ASIDE), key=lambda h: -len(h.places)):
        asks = hit.pattern.kind == "ask"
        if not all(q.free[at] for at in hit.places) or (asks and any({*hit.places} < whole for whole in wholes)):
            continue
        for at in hit.places:
            q.free[at] = False
        if asks:
            q.asks.add(hit.pattern.about)
            q.asking.add(q.words[hit.places[0]].clause)
            about_it.update(hit.places if hit.pattern.about in _COSTS else ())
    return about_it


def _ask_apart(q: Question, words: Words) -> set[int]:
    """What is asked about a thing on both sides of it ("phí làm hộ chiếu bao nhiêu") is no matter of its own.

    The places of those words, where they ask for a cost.
    """
    about_it: set[int] = set()
    typed = {word.plain for word in q.words}
    for before, after, ask in words.apart:
        if before[0].plain not in typed or after[-1].plain not in typed:
            continue
        if (first := _stands(q, before, 0)) is None or (last := _stands(q, after, first[-1] + 1)) is None:
            continue
        if q.words[first[0]].clause == q.words[last[0]].clause and _over(q, last[-1] + 1, words):
            q.asks.add(ask)
            for at in (*first, *last):
                q.free[at] = False
            about_it.update((*first, *last) if ask in _COSTS else ())
    return about_it


def _over(q: Question, at: int, words: Words) -> bool:
    """Whether nothing that matters follows at a place: "bao nhiêu vậy" asks a price, "bao nhiêu tuổi" an age."""
    if at >= len(q.words) or q.words[at].clause != q.words[at - 1].clause:
        return True
    return words.is_silent(q.words[at]) or words.may_be_silent(q.words[at])


def _stands(q: Question, wanted: Sequence[Word], start: int) -> range | None:
    """The first places from `start` on where free words are these, typed with their marks or with none."""
    for at in range(start, len(q.words) - len(wanted) + 1):
        here = range(at, at + len(wanted))
        if all(q.free[i] and is_word(q.words[i], w.plain, level_key(w)) for i, w in zip(here, wanted, strict=True)):
            return here
    return None


def _more_than_an_age(meant: list[Hit], said: Sequence[Word]) -> list[Hit]:
    """What is meant without what only an age means, where other matters are named: "mẹ 75 tuổi làm căn cước"."""
    old = ages(said)
    named = {hit.pattern.about for hit in meant if not old.issuperset(hit.places)}
    return [hit for hit in meant if hit.pattern.about in named] if named else meant


def _only_vague(q: Question, hits: Sequence[Hit], words: Words) -> bool:
    """Whether all that is said, or asked for in a story, is the name of a whole group ("giấy phép xây dựng")."""
    covered = {at for hit in hits for at in hit.places}
    places = q.content()
    if len(q.words) >= STORY:
        places = [at for at in places if q.words[at].clause in q.asking]
    return not covered.isdisjoint(places) and all(
        at in covered or words.is_silent(q.words[at]) or words.may_be_silent(q.words[at]) or q.words[at].plain in _BARE
        for at in places
    )


def _alarm(said: list[Word], words: Words) -> Alarm:
    """Danger or fraud, unless the same words stand inside a name that is neither ("phòng cháy", "đánh máy").

    Danger that is only named ("bạo lực gia đình") is none in a question about papers, procedures or law.
    """
    said = said if _all_short(said, words) else _with_level_tones(said)
    hits = words.hits(said, _ALARMS, [True] * len(said))
    safe = {at for hit in hits if hit.pattern.kind == "safe" for at in hit.places}
    kinds = {hit.pattern.kind for hit in hits if hit.pattern.kind == "papers" or safe.isdisjoint(hit.places)}
    loud = {at for at, word in enumerate(said) if not words.is_silent(word) and not words.may_be_silent(word)}
    cries = any(hit.pattern.kind == "cry" and loud <= {*hit.places} for hit in hits)
    if cries or "emergency" in kinds or ("danger" in kinds and "papers" not in kinds):
        return "emergency"
    if "scam" in kinds:
        return "scam"
    return "forgery" if any(_forged(hit, said) for hit in hits) else "none"


def _all_short(said: Sequence[Word], words: Words) -> bool:
    """Whether the only marks are those of short forms written out: "mua cccd gia" was typed without any."""
    marked = {word.typed for word in said if word.marked}
    return bool(marked) and marked <= _letters_of_short_forms(words)


@lru_cache(maxsize=4)
def _letters_of_short_forms(words: Words) -> frozenset[str]:
    return frozenset(word.typed for one in words.short.values() for word in one)


def _forged(hit: Hit, said: Sequence[Word]) -> bool:
    """Whether a forged paper is wanted: giả, exactly so, as its neighbours giá and gia are in many an honest question.

    Without marks only where the words around leave no doubt ("mua cccd gia").
    """
    if hit.pattern.kind not in ("forgery", "forgery_bare"):
        return False
    typed = [said[at].marked for at in hit.places]
    right = all(one in ("", wanted) for one, wanted in zip(typed, hit.pattern.marked, strict=True))
    return right and (hit.pattern.kind == "forgery_bare" or typed[hit.pattern.plain.index("gia")] != "")


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop a hit whose places lie within those of a longer one: "sinh viên" is no "sinh"."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: -len(h.places)):
        places = set(hit.places)
        if not any(places < set(longer.places) for longer in kept):
            kept.append(hit)
    return kept


def _with_level_tones(said: list[Word]) -> list[Word]:
    letters = [word for word in said if word.plain.isalpha()]
    with_marks = sum(1 for word in letters if word.marked)
    if not letters or with_marks < _MARKED_SHARE * len(letters):
        return said
    return [word if word.marked else Word(word.typed, word.plain, level_key(word), word.clause) for word in said]
