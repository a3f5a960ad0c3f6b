"""Words in, guides out: the index over all guides, the search through it and its reasons."""

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
        if codes := [at for w in q.words if (at := self._at_code.get(w.plain)) is not None and "." in w.plain]:
            return [(at, 1.0) for at in dict.fromkeys(codes)]
        weighed = weigh(q, q.content(), self.postings, self.words, self.scale)
        best = self._scored(q, weighed)
        return sorted(best.items(), key=lambda item: (-item[1], item[0]))

    def _scored(self, q: Question, weighed: Weighed) -> dict[int, float]:
        s, p = self.scale, self.postings
        shared = match(weighed, p, s)
        best: dict[int, float] = {}
        names: dict[int, float] = {}
        for text, weight in shared.items():
            owner, kind = p.owners[text], p.kinds[text]
            score = text_score(weight, weighed.length, p.lengths[text], kind, s)
            if kind == NAME:
                names[owner] = score
            if score > best.get(owner, 0.0):
                best[owner] = score
        top = sorted(best, key=lambda at: -best[at])[: s.candidates]
        said = q.turns
        out: dict[int, float] = {}
        for at in top:
            score = best[at] + s.second * names.get(at, 0.0) + self._prior[at] * min(1.0, best[at] * 2)
            for turn in self.words.turns:
                if turn.name in self._turns[at]:
                    score += turn.cost * 0.5 if turn.name in said else -turn.cost
                elif turn.name in said:
                    score -= turn.cost * 0.5
            out[at] = score
        return out
