"""A guide beside the file it was read from, so that a rule can point at the line."""

from collections.abc import Iterator
from dataclasses import dataclass

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
class Page:
    """A guide and its file."""

    guide: Guide
    yaml: Yaml

    def error(self, path: Path, what: str, why: str, cure: str, *, key: bool = False) -> Problem:
        """A problem that keeps the guide from being used."""
        return problem_at(self.yaml, path, what, why, cure, key=key)

    def warning(self, path: Path, what: str, why: str, cure: str, *, key: bool = False) -> Problem:
        """A problem that somebody should look at some day."""
        severity: Severity = "warning"
        return problem_at(self.yaml, path, what, why, cure, key=key, severity=severity)

    def facts(self) -> Iterator[tuple[Path, Fact]]:
        """Every fact with its path."""
        for name in FACT_LISTS:
            items: tuple[Fact, ...] = getattr(self.guide, name)
            for at, fact in enumerate(items):
                yield (name, at), fact
