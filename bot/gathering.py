"""Lists gathered from official records: the names of procedures, and the words that their descriptions share."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Final

from bot.importing import Report, newest, write_whole
from knowledge.guide import is_code
from knowledge.importing.guide_of import ABOLISHED
from knowledge.importing.naming import name_of
from knowledge.importing.record import Record, Unreadable
from knowledge.loading import GUIDES, load
from knowledge.vietnamese import words

_NAME_LINE: Final = re.compile(r'^"(\d[\w.]+)": "(.*)"$', re.MULTILINE)
_WORD_LINE: Final = re.compile(r'^"(\w+)": (\d+)$', re.MULTILINE)
_NAMES_HEAD: Final = (
    "# Tên các thủ tục cấp xã, kể cả khi chưa có hướng dẫn: mã quốc gia rồi tên. Tạo bằng ./run import."
)
_WORDS_HEAD: Final = "# Chữ hay gặp trong phần mô tả của thủ tục: chữ không dấu rồi phần trăm. Tạo bằng ./run import."
_SHARED: Final = 3
"""Percent of the descriptions from which on a word is listed."""
_READ: Final = 3_900
"""Characters that are taken apart at a time: `words` reads no longer message."""


def list_names(source: Path, out: Path) -> Report:
    """Write the commune procedures of a source as names.yaml lists them: code and name, in order of code.

    The comment lines at the head of a file that is there already are kept. What was copied before the communes were
    joined, and codes that a guide of ours has replaced, are left out.
    """
    report = Report()
    replaced = _replaced()
    rows: list[str] = []
    for code, record in newest(source, report).items():
        name = name_of(record.name)
        if not is_code(code) or not name:
            report.unreadable.append(Unreadable(record.where, f"mã “{code}” hoặc tên không dùng được"))
        elif "commune" in record.levels and (record.on or ABOLISHED) >= ABOLISHED and code not in replaced:
            rows.append(f"{json.dumps(code)}: {json.dumps(name, ensure_ascii=False)}")
    _write(out, _NAMES_HEAD, rows, _NAME_LINE, report)
    return report


def list_words(source: Path, out: Path) -> Report:
    """Write the words that many descriptions of a source share, each with the percent that hold it, commonest first."""
    report = Report()
    held: Counter[str] = Counter()
    described = 0
    for record in newest(source, report).values():
        if (record.on or ABOLISHED) >= ABOLISHED:
            described += 1
            held.update({word for text in _texts(record) for word in _plain(text)})
    shares = [(round(100 * count / described), word) for word, count in held.items()] if described else []
    rows = [f"{json.dumps(word)}: {share}" for share, word in sorted(shares, key=lambda one: (-one[0], one[1]))]
    _write(out, _WORDS_HEAD, [row for row in rows if int(row.rpartition(" ")[2]) >= _SHARED], _WORD_LINE, report)
    return report


def _texts(record: Record) -> Iterator[str]:
    yield from (record.steps, record.requirements, record.result)
    yield from (paper.name for paper in record.papers)


def _plain(text: str) -> Iterator[str]:
    for start in range(0, len(text), _READ):
        yield from (word.plain for word in words(text[start : start + _READ]) if word.plain.isalpha())


def _replaced() -> set[str]:
    """The codes that our own guides have taken over: whoever asks for one is led on."""
    library = load([GUIDES], tolerate=True).library
    cards = library.cards.values() if library is not None else ()
    return {code for card in cards if card.status == "published" for code in card.replaces}


def _write(out: Path, head: str, rows: list[str], line: re.Pattern[str], report: Report) -> None:
    """The rows under the comment lines that the file has, and the count of what came, changed and went."""
    try:
        before = out.read_text(encoding="utf-8") if out.exists() else ""
        kept = list(takewhile(lambda one: one.startswith("#"), before.splitlines())) or [head]
        text = "\n".join([*kept, "", *rows]) + "\n"
        if text != before:
            write_whole(out, text)
    except (OSError, UnicodeDecodeError) as error:
        report.unreadable.append(Unreadable(str(out), f"không đọc hoặc ghi được: {error}"))
        return
    old, new = (dict(line.findall(text)) for text in (before, text))
    report.new += [f"{key} {said}" for key, said in new.items() if key not in old]
    report.changed += [f"{key} {said}" for key, said in new.items() if old.get(key, said) != said]
    report.gone += [f"{key} {said}" for key, said in old.items() if key not in new]
    report.same = sum(old.get(key) == said for key, said in new.items())
