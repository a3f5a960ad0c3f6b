"""A guide beside the file it was read from, so that a rule can point at the line."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.cards import Card, Folded
from knowledge.guide import Fact, Guide
from knowledge.misfits import problem_at
from knowledge.problems import Problem, Severity
from knowledge.yaml_lines import Document as Yaml
from knowledge.yaml_lines import Path

FACT_LISTS = (
    "documents",
    "fees",
    "times",
    "channels",
    "deadlines",
    "conditions",
    "steps",
    "results",
    "mistakes",
    "legal_basis",
)


@dataclass(frozen=True, eq=False)
class Sheet:
    """A file of a guide, for rules that point at its lines."""

    yaml: Yaml

    def error(self, path: Path, what: str, why: str, cure: str, *, key: bool = False) -> Problem:
        """A problem that keeps the guide from being used."""
        return problem_at(self.yaml, path, what, why, cure, key=key)

    def warning(self, path: Path, what: str, why: str, cure: str, *, key: bool = False) -> Problem:
        """A problem that somebody should look at some day."""
        severity: Severity = "warning"
        return problem_at(self.yaml, path, what, why, cure, key=key, severity=severity)


@dataclass(frozen=True, eq=False)
class Shelved(Sheet):
    """A good guide among others, folded: its card is all that rules between guides look at."""

    folded: Folded

    @property
    def guide(self) -> Card:
        """Its card."""
        return self.folded.card


@dataclass(frozen=True, eq=False)
class Page(Sheet):
    """A guide and its file."""

    guide: Guide

    def facts(self) -> Sequence[tuple[Path, Fact]]:
        """Every fact with its path."""
        return self._facts

    @cached_property
    def _facts(self) -> Sequence[tuple[Path, Fact]]:
        return [((name, at), fact) for name in FACT_LISTS for at, fact in enumerate(getattr(self.guide, name))]
