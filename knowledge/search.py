"""Words in, guides out: the index over all guides, the search through it and its reasons."""

import heapq
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge.bands import decide
from knowledge.entries import Entry, Finding, Found
from knowledge.everyday import Words
from knowledge.explaining import explain
from knowledge.kin import lend
from knowledge.postings import build
from knowledge.question import Question, understand
from knowledge.ranking import Ranked, Scale, Weighed, best_texts, explained, longest_first, match, weigh, worths
from knowledge.spelling import Speller
from knowledge.stories import told
from knowledge.stress import STORY

__all__ = ["Entry", "Finding", "Found", "Index"]


class Index:
    """All guides ready for questions; plain tuples, arrays and dicts, so that it pickles and restores quickly."""

    def __init__(self, entries: Sequence[Entry], words: Words, scale: Scale | None = None) -> None:
        self.entries = tuple(replace(entry, papers=(), phrases=()) for entry in entries)  # the postings hold these
        self.words = words
        self.scale = scale or Scale()
        self.postings = build(entries, words)
        self.speller = Speller(self.postings.numbers, words)
        self._at_code: dict[str, int] = {}
        self._at_id: dict[str, int] = {}
        for at, entry in enumerate(self.entries):
            self._at_id.setdefault(entry.id, at)
            for code in (entry.code, *entry.replaces):
                if code and (code not in self._at_code or entry.published):
                    self._at_code[code] = at
        self.turns = self.postings.turns
        self._costs = {turn.name: turn.cost for turn in words.turns}
        self.prior = tuple(self._prior_of(entry) for entry in self.entries)

    def find(self, text: str, context: Sequence[str] = (), limit: int = 10) -> Finding:
        """The guides that a message may mean, the best first, and how sure that is.

        `context` holds earlier messages of the same person, or the id of the guide that is open, oldest first.
        """
        q = self.understood(text)
        ranked = self.ranked(q, context)
        decision = decide(q, ranked)
        found = tuple(
            Found(self.entries[r.at].id, self.entries[r.at].code, self.entries[r.at].name, shown(r.score))
            for r in ranked[:limit]
        )
        return Finding(decision, found, q.alarm, tuple(sorted(q.asks)))

    def explain(self, text: str, id: str, context: Sequence[str] = ()) -> tuple[str, ...]:
        """Why a guide got its place for a message, line by line: words, meanings, features, and its rival."""
        return explain(self, text, id, context)

    def understood(self, text: str) -> Question:
        """A message taken apart, slips mended; not to be changed, as the last ones are kept."""
        return _understood(text, self)

    def at_id(self, id: str) -> int | None:
        """The place of a guide's id (or of its code) among the entries."""
        return self._at_id.get(id, self._at_code.get(id))

    def _prior_of(self, entry: Entry) -> float:
        s = self.scale
        return (
            s.commune * ("commune" in entry.levels)
            + s.published * entry.published
            + s.common * self.words.common.get(entry.code, 0.0)
        )

    def ranked(self, q: Question, context: Sequence[str]) -> list[Ranked]:
        """The guides in order of score, the best first."""
        if codes := [at for w in q.words if "." in w.plain and (at := self._at_code.get(w.plain)) is not None]:
            return [Ranked(at, 2.0, -1, 1.0, 1.0) for at in dict.fromkeys(codes)]
        weighed = weigh(q, q.content(), self.postings, self.words, self.scale)
        best = self.scored(q, weighed, self.scale) if len(q.words) < STORY else told(self, q, weighed)
        if context and weighed.content < self.scale.thin:
            self._with_context(best, context, weighed.content)
        return longest_first(sorted(best.values(), key=lambda r: (-r.score, r.at)), self.said(q), self.postings)

    def _with_context(self, best: dict[int, Ranked], context: Sequence[str], content: float) -> None:
        """A question that names no matter of its own is about what was just talked of."""
        share = 1.0 - 0.5 * content / self.scale.thin
        for back, said in enumerate(reversed(context[-2:])):
            fade = share * 0.8**back
            if (at := self._at_id.get(said)) is not None:
                earlier = [Ranked(at, 1.2, -1, 1.0, 1.0)]
            else:
                earlier = self.ranked(self.understood(said), ())[:5]
            for old in earlier:
                here = best.get(old.at)
                score = min(1.3, old.score) * fade
                score = max(score, here.score) + self.scale.recent * score if here else score
                best[old.at] = Ranked(old.at, score, old.text, old.cover, old.held)

    def scored(self, q: Question, weighed: Weighed, scale: Scale) -> dict[int, Ranked]:
        """The guides that some words of a question may mean, by their places, with their scores."""
        s, p = scale, self.postings
        said = self.said(q)
        shared = match(weighed, said, p, s)
        best, names = best_texts(shared, weighed, said, p, s)
        lend(best, p.kin, s.kept)
        out: dict[int, Ranked] = {}
        length = max(weighed.length, 0.1)
        worth = worths(weighed.keys, p)
        for place, at in enumerate(heapq.nlargest(s.kept, best, key=lambda at: best[at][0])):
            score, text = best[at]
            owner = p.owners[text]
            cover = shared[text]
            if place < s.unioned:
                cover = max(explained(worth, p, p.firsts[one], p.firsts[one + 1]) for one in {at, owner})
            cover = min(1.0, cover / length)
            named = max(names.get(at, 0.0), names.get(owner, 0.0))
            score = (score + s.second * named + s.union * cover) * (1.0 + self.prior[at])
            if q.turns or self.turns[at]:
                score += self.turned(self.turns[at], q.turns)
            held = min(1.0, shared[text] / max(p.lengths[text], 0.1))
            ours = self.entries[at].published
            unsaid = not ours and bool(self.turns[at] - q.turns)
            out[at] = Ranked(at, score, text, cover, held, unsaid=unsaid, ours=ours, kin=p.kin.get(at, ()))
        return out

    def said(self, q: Question) -> str:
        """The words of a question as texts are kept in the index, to look whole texts up in it.

        Two readings with a bar between: words that may be silent spoken, and not.
        """
        loud = [w for w in q.words if not self.words.is_silent(w)]
        bare = [w.plain for w in loud if not self.words.may_be_silent(w)]
        return f" {' '.join(w.plain for w in loud)} | {' '.join(bare)} "

    def turned(self, shown: frozenset[str], said: set[str]) -> float:
        """What the features a name shows add or take, by whether the person spoke of them."""
        cost = self._costs
        return self.scale.turning * (
            0.6 * sum(cost[turn] for turn in shown & said)
            - sum(cost[turn] for turn in shown - said)
            - self.scale.unshown * sum(cost[turn] for turn in said - shown)
        )


def shown(score: float) -> float:
    """A score as people see it, 0..1."""
    return round(min(1.0, max(0.0, score / 1.3)), 4)


@lru_cache(maxsize=64)
def _understood(text: str, index: Index) -> Question:
    """One step asks for the same message several times: is there danger in it, what does it ask, of what guide."""
    return understand(text, index.words, index.speller.mend)
