"""Reads every page that comes to anybody: none may tell a word or an address of another, nor what only few rated."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from typing import Final

from bot.desk import Address
from flows.office.reports import FEWEST_RATINGS
from flows.replies import Reply, Table, dump

_MARK: Final = re.compile(r"zq[a-z]{7}")
_ACCOUNT: Final = re.compile(r"77\d{8}|[0-9a-f]{32}")
_RATED: Final = re.compile(r"hài lòng|satisf")
_OF: Final = re.compile(r"\([\d.,]+/([\d.,]+)\)")


def mark(drawn: Random) -> str:
    """A word that nobody says by chance."""
    return "zq" + "".join(drawn.choice("bcdfghklmnprstvx") for _ in range(7))


@dataclass
class Watch:
    """What was seen so far, and every word or account that stood where it may not."""

    pages: int = 0
    words: int = 0
    satisfaction: int = 0
    """Cells of satisfaction that were read."""

    leaks: list[str] = field(default_factory=list)
    _may: defaultdict[Address, set[str]] = field(default_factory=lambda: defaultdict(set))
    _informed: set[Address] = field(default_factory=set)

    def may(self, who: Address, word: str) -> None:
        """From now on that word may be seen there: it is theirs, or that of whom they help."""
        self._may[who].add(word)

    def no_more(self, who: Address, word: str) -> None:
        """From now on it may not."""
        self._may[who].discard(word)

    def informs(self, who: Address) -> None:
        """Officials read questions that no guide answers, numbers hidden, and not whose they are."""
        self._informed.add(who)

    def saw(self, who: Address, page: Reply) -> None:
        """A page that came to somebody: all of it is read, ids of buttons too."""
        text = dump(page)
        self.pages += 1
        for found in _MARK.findall(text.casefold()):
            self.words += 1
            if found not in self._may[who] and who not in self._informed:
                self.leaks.append(f"{who.channel} {who.id}: {found}")
        self.leaks += [f"{who.channel} {who.id}: {found}" for found in _ACCOUNT.findall(text)]
        for block in page.blocks:
            if isinstance(block, Table):
                self._reads(who, block)

    def _reads(self, who: Address, table: Table) -> None:
        """A table, where no share of satisfaction may rest on so few ratings that it tells of one person."""
        for name, *cells in table.rows:
            for column, cell in zip(table.columns[1:] or ("",) * len(cells), cells, strict=True):
                if not _RATED.search(f"{name} {column}".casefold()):
                    continue
                self.satisfaction += 1
                few = [of for of in _OF.findall(cell) if int(re.sub(r"\D", "", of)) < FEWEST_RATINGS]
                self.leaks += [f"{who.channel} {who.id}: {name} {column} {cell}" for _ in few]
