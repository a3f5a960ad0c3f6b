"""Every sentence that a person reads and that is not in a guide, by name, in Vietnamese and English."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.state import Language
from knowledge.yaml_lines import read

LOCALE = Path(__file__).parent / "locale"
LANGUAGES: tuple[Language, ...] = ("vi", "en")


class WrongTexts(Exception):
    """The locale files do not fit each other; the message names every sentence that is wrong."""


@dataclass(frozen=True, slots=True)
class Say:
    """The sentences of one language: `say("guide.fee", amount="8.000 đồng")`.

    KeyError when the sentence, or a value it needs, is missing: a test holds that neither happens.
    """

    language: Language
    sentences: Mapping[str, str]

    def __call__(self, name: str, /, **values: str | int) -> str:
        return self.sentences[name].format(**values) if values else self.sentences[name]

    def has(self, name: str) -> bool:
        """Whether there is a sentence of that name."""
        return name in self.sentences


def places(sentence: str) -> frozenset[str]:
    """The names of the values that a sentence needs."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


def load(folder: Path = LOCALE) -> Mapping[Language, Say]:
    """The sentences of every language, from all files of its folder.

    WrongTexts when a file is broken, two hold the same sentence, or the languages differ in names or values.
    """
    texts = {language: Say(language, _together(folder / language)) for language in LANGUAGES}
    problems = list(_differences(texts))
    if problems:
        raise WrongTexts("\n".join(problems))
    return texts


def _together(folder: Path) -> dict[str, str]:
    sentences: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        these = _flat(path)
        twice = sorted(these.keys() & sentences.keys())
        if twice:
            raise WrongTexts(f"{path.parent.name}/{path.name}: {', '.join(twice)} is in another file too")
        sentences |= these
    return sentences


def _flat(path: Path) -> dict[str, str]:
    document = read(path.read_bytes(), f"{path.parent.name}/{path.name}")
    if document.problems:
        raise WrongTexts("\n".join(str(problem) for problem in document.problems))
    sentences: dict[str, str] = {}
    for group, members in document.value.items():
        for name, sentence in members.items():
            sentences[f"{group}.{name}"] = str(sentence).strip()
    return sentences


def _differences(texts: Mapping[Language, Say]) -> list[str]:
    first = texts[LANGUAGES[0]].sentences
    problems = []
    for say in texts.values():
        problems += [f"{say.language}: missing {name}" for name in first if name not in say.sentences]
        for name, sentence in say.sentences.items():
            if name not in first:
                problems.append(f"{say.language}: {name} is not in {LANGUAGES[0]}")
            elif places(sentence) != places(first[name]):
                problems.append(f"{say.language}: {name} needs {sorted(places(first[name]))}")
    return problems
