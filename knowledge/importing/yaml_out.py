"""A guide's mapping -> the text of its YAML file: the plainest YAML there is, the same for the same content."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_PLAIN = re.compile(r"[a-z][a-z0-9_-]*")
_NOT_PLAIN = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


def write(content: Mapping[str, Any], opening: Sequence[str] = ()) -> str:
    """The file: comment lines, then the keys in their order. Empty lists and texts are left out."""
    lines = [*(f"# {line}" for line in opening), *_mapping(content, "")]
    return "\n".join(lines) + "\n"


def _mapping(content: Mapping[str, Any], indent: str) -> list[str]:
    lines: list[str] = []
    for key, value in content.items():
        if value is None or value in ("", (), []):
            continue
        if isinstance(value, Mapping):
            rows = _mapping(value, indent + "  ")
            lines += [f"{indent}{key}:", *rows] if rows else []
        elif isinstance(value, Sequence) and not isinstance(value, str):
            lines += _sequence(key, value, indent)
        else:
            lines.append(f"{indent}{key}: {scalar(value)}")
    return lines


def _sequence(key: str, values: Sequence[Any], indent: str) -> list[str]:
    if not isinstance(values[0], Mapping):
        return [f"{indent}{key}: [{', '.join(scalar(value) for value in values)}]"]
    lines: list[str] = []
    for value in values:
        if rows := _mapping(value, indent + "    "):
            lines += [f"{indent}  - {rows[0].lstrip()}", *rows[1:]]
    return [f"{indent}{key}:", *lines] if lines else []


def scalar(value: Any) -> str:
    """A number, date, true or false as it is; a name as it is; every other text between double quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | int):
        return str(value)
    if _PLAIN.fullmatch(value) and value not in _NOT_PLAIN:
        return str(value)
    return json.dumps(value, ensure_ascii=False)
