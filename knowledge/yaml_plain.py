"""The plainest YAML, one `key: value` a line as imported guides are written, read ten times faster than all of YAML.

What is taken here means the same to the full reader (a test compares them on any text); everything else is left to it,
mistakes too, because it can say where they are.
"""

import json
import re
from datetime import date
from functools import lru_cache
from typing import Any, Final

_HEAD: Final = re.compile(r"( *)(- )?([a-z][a-z0-9_-]*)")
_OTHER_ESCAPE: Final = re.compile(r'\\[^"\\n]')
_WORD: Final = re.compile(r"[a-z][a-z0-9_-]*")
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,17}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LIST: Final = re.compile(r'\[(?:"[^"\\]*"|[a-z][a-z0-9_-]*)(?:, (?:"[^"\\]*"|[a-z][a-z0-9_-]*))*\]')
_ITEM: Final = re.compile(r'"([^"\\]*)"|([a-z][a-z0-9_-]*)')
_MEANS: Final[dict[str, Any]] = {"true": True, "false": False, "null": None}
_OTHER_LINE_ENDS: Final = ("\r", "\x85", "\u2028", "\u2029")
_STRANGE: Final = object()
"""What a value is that only the full reader understands."""


def read_plain(text: str, most: int) -> dict[str, Any] | None:
    """The mapping of a clean text, or None if it is not of the plainest kind or has more than `most` values."""
    if any(sign in text for sign in _OTHER_LINE_ENDS):
        return None
    root: dict[str, Any] = {}
    top: dict[str, Any] | list[Any] = root
    depth = 0
    # Open mappings and lists around `top`, from the outermost, each with the indent of its keys or dashes.
    around: list[tuple[int, dict[str, Any] | list[Any]]] = []
    waiting: str | None = None  # the last key, when its value begins on the next line
    lists: list[tuple[dict[str, Any], str, list[Any]]] = []
    here = root
    values = 0
    for line in text.split("\n"):
        if not line or line[0] == "#":
            continue
        start, colon, rest = line.partition(": ")
        if not colon:
            if line[-1] != ":":
                return None
            start = line[:-1]
        head = _head(start)
        if head is None:
            return None
        indent, dash, key = head
        if waiting is not None:
            if indent != depth + 2:
                return None
            around.append((depth, top))
            top = [] if dash else {}
            here[waiting] = top
            if isinstance(top, list):
                lists.append((here, waiting, top))
            depth, waiting = indent, None
        while indent < depth:
            depth, top = around.pop()
        if indent != depth or dash is isinstance(top, dict):
            return None
        if isinstance(top, list):
            around.append((depth, top))
            here = {}
            top.append(here)
            depth, top = depth + 2, here
        else:
            here = top
        if key in here:
            return None
        values += 2
        if not colon:
            waiting = key
        elif rest[:1] == '"' and rest.find('"', 1) == len(rest) - 1 and "\\" not in rest:
            here[key] = rest[1:-1]
        else:
            value = _quoted(rest) if rest[:1] == '"' else _value(rest)
            if value is _STRANGE:
                return None
            here[key] = value
            values += len(value) if isinstance(value, tuple) else 0
    if waiting is not None or not root or values > most:
        return None
    for parent, key, items in lists:
        parent[key] = tuple(items)
    return root


@lru_cache(maxsize=1024)
def _head(start: str) -> tuple[int, bool, str] | None:
    """The indent, whether a dash begins it, and the key of what stands before a colon."""
    found = _HEAD.fullmatch(start)
    return (len(found[1]), found[2] is not None, found[3]) if found else None


def _quoted(rest: str) -> Any:
    """A text between double quotes with no escapes but those that JSON and YAML mean alike."""
    if _OTHER_ESCAPE.search(rest):
        return _STRANGE
    try:
        text = json.loads(rest)
    except ValueError:
        return _STRANGE
    return text if isinstance(text, str) else _STRANGE


@lru_cache(maxsize=4096)
def _value(rest: str) -> Any:
    if _WORD.fullmatch(rest):
        return _MEANS.get(rest, rest)
    if _NUMBER.fullmatch(rest):
        return int(rest)
    if _DATE.fullmatch(rest):
        try:
            return date.fromisoformat(rest)
        except ValueError:
            return rest
    if _LIST.fullmatch(rest):
        found = (item.groups() for item in _ITEM.finditer(rest))
        return tuple(_MEANS.get(word, word) if quoted is None else quoted for quoted, word in found)
    return _STRANGE
