"""Every sentence is in both languages, is used somewhere, and gets the values it needs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import texts
from flows.texts import WrongTexts, places

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for folder in ("flows", "bot") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
SENTENCES = texts.load()["vi"].sentences
GROUPS = {name.partition(".")[0] for name in SENTENCES}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the product whose first argument is a name, or the beginning of one, of a sentence."""
    for path in SOURCES:
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield str(path.relative_to(ROOT)), node


def literals() -> Iterator[tuple[str, str]]:
    """Every text of the product's code that could name a sentence, as a pattern; templates count as one text each."""
    for path in SOURCES:
        where = str(path.relative_to(ROOT))
        if path.suffix == ".py":
            nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
            parts_of_others = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
            for node in nodes:
                if id(node) in parts_of_others:
                    continue
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield where, re.escape(node.value)
                elif isinstance(node, ast.JoinedStr):
                    parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[a-z_]+" for p in node.values)
                    yield where, "".join(parts)
        elif path.suffix == ".html":
            for name in re.findall(r"""["']([a-z_]+\.[a-z_]+)["']""", path.read_text(encoding="utf-8")):
                yield where, re.escape(name)


def typed_by_people(name: str) -> bool:
    """Whether it is a list of what people type, and nobody reads it."""
    return name.partition(".")[0] == "command" or name.partition(".")[0].endswith("_words")


def test_the_languages_have_the_same_sentences_with_the_same_values() -> None:
    loaded = texts.load()
    assert set(loaded["vi"].sentences) == set(loaded["en"].sentences)
    assert all(places(loaded["en"].sentences[name]) == places(text) for name, text in SENTENCES.items())


def test_no_sentence_is_left_over() -> None:
    patterns = [re.compile(pattern) for _, pattern in literals() if "\\." in pattern]
    unused = [name for name in SENTENCES if not any(pattern.fullmatch(name) for pattern in patterns)]
    assert unused == []


def test_no_sentence_is_missing() -> None:
    named = re.compile(rf"({'|'.join(sorted(GROUPS))})\\\.[a-z_\[\]+]+")
    missing = [
        (where, pattern)
        for where, pattern in literals()
        if named.fullmatch(pattern) and not any(re.fullmatch(pattern, name) for name in SENTENCES)
    ]
    assert missing == []


def test_every_sentence_gets_the_values_it_needs() -> None:
    wrong = []
    for where, call in calls():
        first = call.args[0] if call.args else None
        name = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
        if isinstance(call.func, ast.Name) and call.func.id == "say" and name in SENTENCES:
            given = {keyword.arg for keyword in call.keywords}
            if given != places(SENTENCES[name]):
                wrong.append((where, call.lineno, name))
    assert wrong == []


@pytest.mark.parametrize("word", ["bạn", "mình"])
def test_people_are_addressed_politely(word: str) -> None:
    told = {name: text for name, text in SENTENCES.items() if not typed_by_people(name)}
    assert [name for name, text in told.items() if re.search(rf"\b{word}\b", text.casefold())] == []


def test_sentences_are_short() -> None:
    longest = {name: max(len(part.split()) for part in re.split(r"[.!?:]", text)) for name, text in SENTENCES.items()}
    assert {name: n for name, n in longest.items() if n > 32 and not typed_by_people(name)} == {}


def test_a_death_is_never_met_with_cheer() -> None:
    about = [SENTENCES[name] for name in ("guide.condolence", "thanks.death")]
    assert all("!" not in text for text in about)


@pytest.mark.parametrize(
    ("vi", "en", "said"),
    [
        ("a:\n  b: x\n", "a:\n  c: x\n", ["missing a.b", "a.c is not in"]),
        ("a:\n  b: x {n}\n", "a:\n  b: x\n", ["a.b needs ['n']"]),
        ("a: [\n", "a:\n  b: x\n", ["vi/talk.yaml:"]),
    ],
)
def test_wrong_files_are_told(vi: str, en: str, said: list[str], tmp_path: Path) -> None:
    for language, text in (("vi", vi), ("en", en)):
        (tmp_path / language).mkdir()
        (tmp_path / language / "talk.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(WrongTexts) as wrong:
        texts.load(tmp_path)
    assert all(part in str(wrong.value) for part in said)


def test_a_sentence_in_two_files_is_told(tmp_path: Path) -> None:
    for language in texts.LANGUAGES:
        (tmp_path / language).mkdir()
        for name in ("desk", "talk"):
            (tmp_path / language / f"{name}.yaml").write_text("a:\n  b: x\n", encoding="utf-8")
    with pytest.raises(WrongTexts, match=r"vi/talk.yaml: a.b is in another file too"):
        texts.load(tmp_path)
