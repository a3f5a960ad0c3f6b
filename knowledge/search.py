"""Words in, guides out: the index over all guides, the search through it and its reasons."""

import heapq
from collections.abc import Sequence

from knowledge.bands import decide
from knowledge.entries import Entry, Finding, Found
from knowledge.everyday import Words
from knowledge.postings import NAME, build
from knowledge.question import Question, understand
from knowledge.ranking import Scale, Weighed, match, text_score, weigh
from knowledge.turns import turns_of

__all__ = ["Entry", "Finding", "Found", "Index"]


class Index:
    """All guides ready for questions; plain tuples, arrays and dicts, so that it pickles and restores quickly."""

    def __init__(self, entries: Sequence[Entry], words: Words, scale: Scale | None = None) -> None:
        self.entries = tuple(entries)
        self.words = words
        self.scale = scale or Scale()
        self.postings = build(self.entries, words)
        self._at_code: dict[str, int] = {}
        self._at_id: dict[str, int] = {}
        for at, entry in enumerate(self.entries):
            self._at_id.setdefault(entry.id, at)
            for code in (entry.code, *entry.replaces):
                if code and (code not in self._at_code or entry.published):
                    self._at_code[code] = at
        self._turns = tuple(turns_of(entry.name, words) for entry in self.entries)
        self._prior = tuple(self._prior_of(entry) for entry in self.entries)

    def find(self, text: str, context: Sequence[str] = (), limit: int = 10) -> Finding:
        """The guides that a message may mean, the best first, and how sure that is.

        `context` holds earlier messages of the same person, or the id of the guide that is open, oldest first.
        """
        q = understand(text, self.words)
        ranked = self._ranked(q, context)
        decision = decide(q, ranked, self)
        found = tuple(
            Found(self.entries[at].id, self.entries[at].code, self.entries[at].name, round(min(1.0, max(0.0, score)), 4))
            for at, score in ranked[:limit]
        )
        return Finding(decision, found, q.alarm)

    def _prior_of(self, entry: Entry) -> float:
        s = self.scale
        return (
            s.commune * ("commune" in entry.levels)
            + s.published * entry.published
            + s.common * self.words.common.get(entry.code, 0.0)
        )

    def _ranked(self, q: Question, context: Sequence[str]) -> list[tuple[int, float]]:
        if codes := [at for w in q.words if "." in w.plain and (at := self._at_code.get(w.plain)) is not None]:
            return [(at, 1.0) for at in dict.fromkeys(codes)]
        weighed = weigh(q, q.content(), self.postings, self.words, self.scale)
        best = self._scored(q, weighed)
        if context and weighed.content < self.scale.thin:
            self._with_context(best, context, weighed.content)
        return sorted(best.items(), key=lambda item: (-item[1], item[0]))

    def _with_context(self, best: dict[int, float], context: Sequence[str], content: float) -> None:
        """A question that names no matter of its own is about what was just talked of."""
        share = 1.0 - 0.5 * content / self.scale.thin
        for back, said in enumerate(reversed(context[-3:])):
            fade = share * 0.8**back
            if (at := self._at_id.get(said)) is not None:
                best[at] = max(best.get(at, 0.0), fade)
                continue
            for at, score in self._ranked(understand(said, self.words), ())[:5]:
                best[at] = max(best.get(at, 0.0), min(1.0, score) * fade)

    def _scored(self, q: Question, weighed: Weighed) -> dict[int, float]:
        s, p = self.scale, self.postings
        shared = match(weighed, p, s)
        best: dict[int, float] = {}
        names: dict[int, float] = {}
        said = " " + " ".join(w.plain for w in q.words if not self.words.is_silent(w)) + " "
        for text, weight in shared.items():
            owner, kind = p.owners[text], p.kinds[text]
            score = text_score(weight, weighed.length, p.lengths[text], kind, s)
            if score > 0.4 and p.said[text] in said:
                score += s.whole * min(1.0, p.lengths[text] / 2.0)
            if kind == NAME:
                names[owner] = score
            if score > best.get(owner, 0.0):
                best[owner] = score
        out: dict[int, float] = {}
        for at in heapq.nlargest(s.candidates, best, key=best.__getitem__):
            score = (best[at] + s.second * names.get(at, 0.0)) * (1.0 + self._prior[at])
            for turn in self.words.turns:
                if turn.name in self._turns[at]:
                    score += turn.cost * 0.5 if turn.name in q.turns else -turn.cost
                elif turn.name in q.turns:
                    score -= turn.cost * 0.5
            out[at] = score
        return out
