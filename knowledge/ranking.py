"""How well each guide answers a question: weighted words and pairs, what they mean, brothers, levels, custom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.everyday import Words
from knowledge.postings import NAME, PAPER, Postings, keys_of
from knowledge.question import Question
from knowledge.vietnamese import Word

_COMPARED: Final = 12
_JUST: Final = 0.02
_NAMED: Final = 7.0
_SPREAD: Final = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """The weights of the evidence, set on the tuned half of the questions."""

    plain: float = 0.8  # share of a marked word that its unmarked spelling still earns
    meant: float = 0.8  # an official word that people's own words stand for
    meaning: float = 2.1  # all words of one meaning together weigh at most this
    explained: float = 0.6  # length of a word whose meaning was found
    perhaps: float = 0.3  # a word typed without marks that may only bind others
    unknown: float = 0.45  # length of a word that no guide holds
    asked: float = 0.5  # how much the question's length counts, the text's length counts the rest
    asked_name: float = 0.5
    most: float = 4.7  # a longer question is not a worse one
    base: float = 0.45
    exact: float = 1.0  # the question is nothing but the text
    second: float = 0.18  # of a guide's name beside its best phrase
    union: float = 0.38  # of the question's share that all texts of a guide explain together
    turning: float = 1.3  # how much the features that set brothers apart count
    unioned: int = 8  # guides for which that is looked up
    unshown: float = 0.4  # share of a feature's cost for a guide that lacks what was said
    recent: float = 0.25  # a guide that was just talked about
    commune: float = 0.06
    published: float = 0.05
    common: float = 0.12
    whole: float = 0.18  # the text stands in the question word by word
    budget: int = 3_000  # postings read for candidates; the keys left over only add to these
    candidates: int = 70  # texts scored
    near: float = 0.3  # share of what the best text shares that another must share to be scored
    of_one: int = 3  # texts of one guide among these
    kept: int = 20  # guides ranked
    thin: float = 1.3  # a question with less content than this leans on what was said before


@dataclass(slots=True)
class Weighed:
    """A question as weights of keys, and its length; `plain` are the weights if marks did not matter."""

    keys: dict[str, float]
    plain: dict[str, float]
    length: float
    content: float


@dataclass(slots=True)
class Ranked:
    """A guide with its score, the share of the question it explains and the share of its text that was said.

    `named` is how much was said of it word by word, 0..1; `unsaid` whether its name shows a feature nobody spoke of,
    which tells nothing of a guide of our own (`ours`): its asks cover the cases that its name lists. `kin` are the
    places of the guides that do the same thing, perhaps for others or elsewhere.
    """

    at: int
    score: float
    text: int
    cover: float
    held: float
    named: float = 0.0
    unsaid: bool = False
    ours: bool = False
    kin: tuple[int, ...] = ()


def weigh(q: Question, places: Sequence[int], postings: Postings, words: Words, scale: Scale) -> Weighed:
    """The keys of some words of a question with their weights 0..1, and the length these words have together."""
    keys: dict[str, float] = {}
    unmarked: dict[str, float] = {}
    numbers, tells = postings.numbers, postings.tells
    chosen = set(places)
    meant: dict[str, float] = {}
    explained: set[int] = set()
    for hit in q.meant:
        if chosen.issuperset(hit.places):
            weight = hit.pattern.weight * min(q.stress[at] for at in hit.places)
            meant[hit.pattern.about] = max(meant.get(hit.pattern.about, 0.0), weight)
            official = {w.plain for w in words.meanings[hit.pattern.about]}
            explained.update(at for at in hit.places if q.words[at].plain not in official)
    length = content = 0.0

    def add(plain: str, marked: str, weight: float) -> None:
        unmarked[plain] = max(unmarked.get(plain, 0.0), weight)
        if marked:
            keys[plain] = max(keys.get(plain, 0.0), weight * scale.plain)
            keys[marked] = max(keys.get(marked, 0.0), weight * (1.0 - scale.plain))
        else:
            keys[plain] = max(keys.get(plain, 0.0), weight)

    before: list[Word] = []
    for at in places:
        word = q.words[at]
        if words.is_silent(word):
            continue
        maybe = words.may_be_silent(word)
        number = numbers.get(word.plain)
        tell = tells[number] if number is not None else scale.unknown
        share = (scale.explained if at in explained else 1.0) * q.stress[at]
        worth = q.stress[at] * (scale.perhaps if maybe else 1.0)
        length += tell * share * (scale.perhaps if maybe else 1.0)
        content += tell * (scale.perhaps if maybe else 1.0)
        add(word.plain, word.marked, worth)
        if before and before[-1].clause != word.clause:
            before = []
        for back, other in enumerate(reversed(before)):
            pair = f"{other.plain} {word.plain}"
            number = numbers.get(pair)
            if number is not None:
                length += tells[number] * share if back == 0 else 0.0
                marked = f"{other.marked} {word.marked}" if word.marked and other.marked else ""
                add(pair, marked, q.stress[at])
        before = [*before[-2:], word] if maybe else [word]
    for about, weight in meant.items():
        official_keys = [(k, n) for k, _ in keys_of(words.meanings[about], words) if (n := numbers.get(k)) is not None]
        whole = sum(tells[n] for _, n in official_keys)
        share = weight * scale.meant * min(1.0, scale.meaning / whole) if whole else 0.0
        for key, number in official_keys:
            if keys.get(key, 0.0) < share:
                if key not in keys:
                    length += tells[number] * share * 0.7
                keys[key] = share
            unmarked[key] = max(unmarked.get(key, 0.0), share)
    return Weighed(keys, unmarked, length, content)


def match(weighed: Weighed, said: str, postings: Postings, scale: Scale) -> dict[int, float]:
    """The texts that share most with the question and the weight they share; those that are the question, too.

    The keys that tell most bring candidates until the budget is spent; what else the best of these share is then
    looked up in them, so that the cost hardly grows with the number of guides or the length of the question.
    """
    worth = worths(weighed.plain, postings)
    starts, posts = postings.starts, postings.posts
    shared: dict[int, float] = {}
    get = shared.get
    left = scale.budget
    for gain, number in sorted(((gain, number) for number, gain in worth.items()), reverse=True):
        size = starts[number + 1] - starts[number]
        left -= size
        if left < 0 and shared:
            break
        for text in posts[starts[number] : starts[number + 1]]:
            shared[text] = get(text, 0.0) + gain
    if left >= 0 and len(weighed.plain) == len(weighed.keys):
        return shared
    worth = worths(weighed.keys, postings)
    best = {*_spread(shared, postings.owners, scale), *_exactly(said, postings)}
    keys, ends = postings.keys, postings.ends
    said_of = frozenset(worth).intersection
    return {text: sum(map(worth.__getitem__, said_of(keys[ends[text] : ends[text + 1]]))) for text in best}


def _exactly(said: str, postings: Postings) -> Iterator[int]:
    for reading in said.split("|"):
        yield from postings.whole.get(reading, ())


def _spread(shared: Mapping[int, float], owners: Sequence[int], scale: Scale) -> list[int]:
    """The texts that share most, a few of each guide, so that one with many phrases leaves room for others."""
    best: list[int] = []
    seen: dict[int, int] = {}
    least = scale.near * max(shared.values(), default=0.0)
    near = [text for text, weight in shared.items() if weight >= least]
    near.sort(key=shared.__getitem__, reverse=True)
    for text in near[: _SPREAD * scale.candidates]:
        owner = owners[text]
        seen[owner] = seen.get(owner, 0) + 1
        if seen[owner] <= scale.of_one:
            best.append(text)
            if len(best) == scale.candidates:
                break
    return best


def worths(weights: Mapping[str, float], postings: Postings) -> dict[int, float]:
    """What each key of a question adds to a text that holds it, by the key's number."""
    numbers, tells = postings.numbers, postings.tells
    return {
        number: weight * tells[number] for key, weight in weights.items() if (number := numbers.get(key)) is not None
    }


def explained(worth: Mapping[int, float], postings: Postings, first: int, end: int) -> float:
    """The worth of the question's keys that any of the texts from `first` up to `end` holds."""
    held = frozenset(worth).intersection(postings.keys[postings.ends[first] : postings.ends[end]])
    return sum(map(worth.__getitem__, held))


def best_texts(
    shared: dict[int, float], weighed: Weighed, said: str, postings: Postings, scale: Scale
) -> tuple[dict[int, tuple[float, int]], dict[int, float]]:
    """The best text of each guide as (score, text), and the score of its name.

    A score is the shared weight against the lengths of question and text, 0..1 and a little more when the text
    stands in the question word by word.
    """
    best: dict[int, tuple[float, int]] = {}
    names: dict[int, float] = {}
    asked = min(weighed.length, scale.most)
    owners, kinds, lengths, texts = postings.owners, postings.kinds, postings.lengths, postings.said
    for text, weight in shared.items():
        kind = kinds[text]
        if kind == PAPER:
            continue
        owner, length = owners[text], lengths[text]
        share = scale.asked_name if kind == NAME else scale.asked
        score = weight / (scale.base + share * (max(weight, asked)) + (1.0 - share) * length)
        if score > 0.4 and texts[text] in said:
            score += scale.whole * min(1.0, length / 2.0) + (scale.exact if _is_all(texts[text], said) else 0.0)
        if kind == NAME:
            names[owner] = score
        if owner not in best or score > best[owner][0]:
            best[owner] = (score, text)
    return best, names


def _is_all(text: str, said: str) -> bool:
    """Whether a text is all that was said, in either reading."""
    return said.startswith(f"{text}|") or said.endswith(f"|{text}")


def longest_first(ranked: list[Ranked], said: str, postings: Postings) -> list[Ranked]:
    """A guide of which more was said word by word goes before one of which only a part of that was said.

    "Đăng ký lại kết hôn có yếu tố nước ngoài" holds all of "kết hôn có yếu tố nước ngoài" and is the one that is meant.
    """
    top = [(one, _said_of(one, said, postings)) for one in ranked[:_COMPARED] if one.text >= 0]
    for one, whole in top:
        one.named = min(1.0, whole.count(" ") / _NAMED)
    for one, whole in top:
        for other, part in top:
            if other.score >= one.score and part and len(part) < len(whole) and part in whole:
                one.score = other.score + _JUST
    return sorted(ranked, key=lambda r: (-r.score, r.at))


def _said_of(one: Ranked, said: str, postings: Postings) -> str:
    """The longest text of a guide that stands in the question word by word, "" if none does."""
    texts = postings.said[postings.firsts[one.at] : postings.firsts[one.at + 1]]
    return max((text for text in texts if text in said), key=len, default="")
