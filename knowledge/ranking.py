"""How well each guide answers a question: weighted words and pairs, what they mean, brothers, levels, custom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.entries import Entry
from knowledge.everyday import Words
from knowledge.postings import ENGLISH, NAME, Postings, keys_of
from knowledge.question import Question
from knowledge.vietnamese import Word


@dataclass(frozen=True, slots=True)
class Scale:
    """The weights of the evidence, set on the tuned half of the questions."""

    plain: float = 0.4  # share of a marked word that its unmarked spelling still earns
    meant: float = 0.85  # an official word that people's own words stand for
    meaning: float = 2.6  # all words of one meaning together weigh at most this
    explained: float = 0.35  # length of a word whose meaning was found
    unknown: float = 0.45  # length of a word that no guide holds
    asked: float = 0.55  # how much the question's length counts, the text's length counts the rest
    asked_name: float = 0.62
    most: float = 4.2  # a longer question is not a worse one
    base: float = 0.35
    second: float = 0.12  # of a guide's name beside its best phrase
    commune: float = 0.08
    published: float = 0.06
    common: float = 0.10
    whole: float = 0.12  # the text stands in the question word by word
    frequent: int = 900  # keys held by more texts than this only add to texts found otherwise
    candidates: int = 60
    thin: float = 1.3  # a question with less content than this leans on what was said before


@dataclass(slots=True)
class Weighed:
    """A question as weights of keys, and its length."""

    keys: dict[str, float]
    length: float
    content: float


def weigh(q: Question, places: Sequence[int], postings: Postings, words: Words, scale: Scale) -> Weighed:
    """The keys of some words of a question with their weights 0..1, and the length these words have together."""
    keys: dict[str, float] = {}
    numbers, tells = postings.numbers, postings.tells
    chosen = set(places)
    meant: dict[str, float] = {}
    explained: set[int] = set()
    for hit in q.meant:
        if chosen.issuperset(hit.places):
            meant[hit.pattern.about] = max(meant.get(hit.pattern.about, 0.0), hit.pattern.weight)
            official = {w.plain for w in words.meanings[hit.pattern.about]}
            explained.update(at for at in hit.places if q.words[at].plain not in official)
    length = content = 0.0

    def add(plain: str, marked: str, weight: float) -> None:
        if marked:
            keys[plain] = max(keys.get(plain, 0.0), weight * scale.plain)
            keys[marked] = max(keys.get(marked, 0.0), weight * (1.0 - scale.plain))
        else:
            keys[plain] = max(keys.get(plain, 0.0), weight)

    last: tuple[int, Word] | None = None
    for at in places:
        word = q.words[at]
        if words.is_silent(word):
            continue
        number = numbers.get(word.plain)
        tell = tells[number] if number is not None else scale.unknown
        share = scale.explained if at in explained else 1.0
        length += tell * share
        content += tell
        add(word.plain, word.marked, 1.0)
        if last is not None and last[1].clause == word.clause:
            pair = f"{last[1].plain} {word.plain}"
            number = numbers.get(pair)
            length += (tells[number] if number is not None else 0.0) * share
            marked = f"{last[1].marked} {word.marked}" if word.marked and last[1].marked else ""
            add(pair, marked, 1.0)
        last = (at, word)
    for about, weight in meant.items():
        official_keys = [(k, n) for k, _ in keys_of(words.meanings[about], words) if (n := numbers.get(k)) is not None]
        whole = sum(tells[n] for _, n in official_keys)
        share = weight * scale.meant * min(1.0, scale.meaning / whole) if whole else 0.0
        for key, number in official_keys:
            if keys.get(key, 0.0) < share:
                if key not in keys:
                    length += tells[number] * share * 0.7
                keys[key] = share
    return Weighed(keys, length, content)


def match(weighed: Weighed, postings: Postings, scale: Scale) -> dict[int, float]:
    """Texts that share words with the question and the weight they share."""
    todo: list[tuple[int, int, int, float]] = []
    for key, weight in weighed.keys.items():
        number = postings.numbers.get(key)
        if number is not None:
            start, end = postings.starts[number], postings.starts[number + 1]
            todo.append((end - start, start, end, weight * postings.tells[number]))
    todo.sort()
    shared: dict[int, float] = {}
    posts = postings.posts
    get = shared.get
    for size, start, end, worth in todo:
        if size <= scale.frequent or len(shared) < 50:
            for text in posts[start:end]:
                shared[text] = get(text, 0.0) + worth
        else:
            if len(shared) > 4 * scale.candidates:
                shared = _best(shared, 2 * scale.candidates)
                get = shared.get
            for text in posts[start:end]:
                if text in shared:
                    shared[text] += worth
    return shared


def _best(shared: dict[int, float], count: int) -> dict[int, float]:
    kept = sorted(shared.items(), key=lambda item: -item[1])[:count]
    return dict(kept)


def text_score(shared: float, asked: float, length: float, kind: int, scale: Scale) -> float:
    """0..1: the shared weight against the lengths of question and text."""
    share = scale.asked_name if kind == NAME else scale.asked
    return shared / (scale.base + share * max(min(asked, scale.most), shared) + (1.0 - share) * length)
