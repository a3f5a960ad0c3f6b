"""What an opening question has answered already, so that it need not be asked again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flows import spans
from flows.answering import ASKS, Match, longest, matches, turned_round
from flows.labels import parts
from flows.phrases import NO, Heard, find, hear, is_common, phrase, stretch
from knowledge.everyday import Words
from knowledge.guide import Ask, Guide
from knowledge.tailor import PROVINCE_ASK, Fit, fits
from knowledge.vietnamese import level_key

_LOST = frozenset(level_key(word) for word in phrase("mất hỏng hư rách gãy mờ cháy"))
_LOST_PLAIN = frozenset(word.plain for word in phrase("mất hỏng hư rách gãy mờ cháy"))


def in_opening(guide: Guide, text: str, known: Words, today: date, before: Mapping[str, str]) -> dict[str, str]:
    """The asks that an opening question has answered already, in order; `before` holds what is answered.

    Conservative: an age with its unit, a phrase of two telling words, or "mất", "hỏng" right beside the thing itself;
    one choice only, none that leads to another procedure, no word counts twice, and the guide's own name tells nothing.
    """
    taken: dict[str, str] = {}
    heard = hear(text, known)
    hits = known.hits(heard.words, ASKS, [True] * len(heard.words))
    names = (guide.name, guide.title)
    used = {at for hit in hits for at in hit.places}.union(*(stretch(heard, phrase(name)) for name in names))
    for ask in guide.asks:
        if fits(ask.when, {**before, **taken}) is not Fit.YES:
            continue
        counted = spans.chosen(ask, text, today.year, told="aside")
        if counted and any(spans.chosen(ask, name, today.year, told="aside") == counted for name in names):
            continue
        phrases = [match for match in longest(matches(ask, heard, known)) if _telling(ask, match, guide, known)]
        found = longest([*phrases, *_losses(ask, heard, guide, known)])
        told = [match for match in found if used.isdisjoint(match.places)]
        meant = {counted} if counted else {match.choice for match in told}
        if len(meant) == 1 and ask.choices[id := meant.pop()].instead is None:
            taken[ask.id] = id
            used.update(*(match.places for match in told))
    return taken


def _losses(ask: Ask, heard: Heard, guide: Guide, known: Words) -> list[Match]:
    """Choices about something lost or broken, where that word stands right beside the thing: "mất căn cước"."""
    if guide.event == "death" or _LOST_PLAIN.isdisjoint(word.plain for word in heard.words):
        return []
    own = {word.plain for name in (guide.name, guide.title) for word in phrase(name)}
    found = []
    for id, choice in ask.choices.items():
        for words in parts(choice):
            wanted = phrase(words)
            core = [word for word in wanted if level_key(word) in _LOST]
            rest = [word for word in wanted if word not in core and not known.is_silent(word)]
            if len(core) != 1 or any(word.plain not in own for word in rest):
                continue
            if len(rest) > 1 and any(word.plain not in heard.plain for word in rest):
                continue  # "mất sổ gốc" is more than "mất khai sinh"
            places = find(heard, core)
            at = next(iter(places), -1)
            if places and not turned_round(heard, places) and any(word in own for word in _beside(heard, at)):
                found.append(Match(id, places, tuple(core)))
    return found


def _beside(heard: Heard, at: int) -> list[str]:
    """The words next to a place, silent ones passed over: "căn cước bị mất"."""
    before = next((near for near in range(at - 1, -1, -1) if not heard.silent[near]), at)
    after = next((near for near in range(at + 1, len(heard.words)) if not heard.silent[near]), at)
    return [heard.words[near].plain for near in (before, after) if near != at]


def _telling(ask: Ask, match: Match, guide: Guide, known: Words) -> bool:
    """Whether a phrase says enough to be taken out of a question that was about something else too.

    Words of the guide's own name tell something to its first ask only, which is about the matter itself.
    """
    loud = [word for word in match.wanted if not (word.plain in NO or known.is_silent(word))]
    if len(loud) < 2 or all(is_common(word, known) for word in loud):
        return False
    said = f" {' '.join(word.plain for word in match.wanted)} "
    own = " | ".join(" ".join(word.plain for word in phrase(name)) for name in (guide.name, guide.title))
    first = next((one for one in guide.asks if one.id != PROVINCE_ASK), None)
    return ask is first or said not in f" {own} "
