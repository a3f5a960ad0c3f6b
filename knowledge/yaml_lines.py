"""A YAML value and the place of each part of it; the only reader of YAML here, for files that anyone may have written.

Stricter than YAML on purpose: no anchors, aliases or tags, no key twice, bounded size, depth and count, and only
what looks like it is a number, a date, true, false or null: `7:30`, `no`, `010` and `1_000` stay the words they are.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any, Final

import yaml

from knowledge.problems import Problem
from knowledge.yaml_bytes import decode
from knowledge.yaml_errors import in_plain_words, run_together
from knowledge.yaml_plain import read_plain

YAML_VERSION: Final[str] = yaml.__version__
"""Of the library beneath: another one may read the same files in another way."""

GUIDE_LIMIT: Final = 64 * 1024
DATA_LIMIT: Final = 4 * 1024 * 1024
MAX_DEPTH: Final = 12
MAX_NODES: Final = 10_000
"""Values in a file of `GUIDE_LIMIT`; a larger limit allows as many more."""

Key = str | int
Path = tuple[Key, ...]
Place = tuple[int, int]
"""Line and column, counted from 1."""

_INT = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,8})\.[0-9]{1,9}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None, "": None}
_NUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Document:
    """What a file says. With errors among the problems the value is None.

    The value is made of dict, tuple, str, int, bool, date, None (and float where asked for), all text in NFC.
    `again` reads the places that a quicker reading passed over.
    """

    name: str
    value: Any = None
    problems: tuple[Problem, ...] = ()
    places: Mapping[Path, Place] = field(default_factory=dict, repr=False)
    keys: Mapping[Path, Place] = field(default_factory=dict, repr=False)
    again: Callable[[], "Document"] | None = field(default=None, repr=False)

    @cached_property
    def _located(self) -> "Document":
        return self.again() if self.again is not None else self

    @property
    def ok(self) -> bool:
        """Whether there is a value to use."""
        return not any(problem.severity == "error" for problem in self.problems)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value (or its key) of a path stands; of the nearest part around it if the file has no such path."""
        places, keys = self._located.places, self._located.keys
        if key and path in keys:
            return keys[path]
        while path and path not in places:
            path = path[:-1]
        return places.get(path, (1, 1))


def read(data: bytes | str, name: str, *, limit: int = GUIDE_LIMIT, decimals: bool = False) -> Document:
    """One YAML document, or every problem found in it. Never raises, whatever the bytes.

    `name` is the file as people know it; `limit` in bytes; `decimals` makes 0.5 a number (never in guides, where
    `8.000` is eight thousand đồng to the one who wrote it).
    """
    text, problems = decode(data, name, limit)
    if text is None:
        return Document(name, None, problems)
    most = MAX_NODES * max(1, limit // GUIDE_LIMIT)
    if not problems and not decimals and (plain := read_plain(text, most)) is not None:
        return Document(name, plain, again=partial(_read_all, text, name, problems, most, decimals=decimals))
    return _read_all(text, name, problems, most, decimals=decimals)


def _read_all(text: str, name: str, problems: tuple[Problem, ...], most: int, *, decimals: bool) -> Document:
    builder = _Builder(name, text, most, decimals)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        builder.problems.append(in_plain_words(error, name, text))
    except yaml.YAMLError as error:
        builder.refuse((1, 1), "máy không đọc được tệp", str(error), "xem lại các ký tự lạ trong tệp")
    found = (*problems, *builder.problems)
    if any(problem.severity == "error" for problem in found):
        return Document(name, None, found, builder.places, builder.keys)
    return Document(name, builder.root, found, MappingProxyType(builder.places), MappingProxyType(builder.keys))


@dataclass
class _Open:
    """A mapping or a sequence whose end is not read yet."""

    path: Path
    value: dict[str, Any] | list[Any]
    key: str | None = None

    @property
    def wants_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None


class _Builder:
    """Values from events, one at a time and without recursion: depth is refused before it can hurt."""

    def __init__(self, name: str, text: str, max_nodes: int, decimals: bool) -> None:
        self.name = name
        self.text = text
        self.problems: list[Problem] = []
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.root: Any = None
        self._open: list[_Open] = []
        self._left = max_nodes
        self._max_nodes = max_nodes
        self._decimals = decimals
        self._documents = 0

    def refuse(self, place: Place, what: str, why: str, cure: str) -> None:
        self.problems.append(Problem(self.name, *place, what, why, cure))

    def take(self, event: yaml.Event) -> bool:
        """Use one event; False when reading on is useless."""
        start = event.start_mark
        place = (start.line + 1, start.column + 1) if start is not None else (1, 1)
        if isinstance(event, yaml.NodeEvent):
            return self._node(event, place)
        if isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self.refuse(place, "có hai phần ngăn bằng ---", "mỗi tệp chỉ một phần", "xóa dòng --- hoặc tách tệp")
                return False
        return True

    def _node(self, event: yaml.NodeEvent, place: Place) -> bool:
        self._left -= 1
        if self._left < 0:
            self.refuse(place, "quá nhiều mục", f"một tệp tối đa {self._max_nodes} mục", "tách thành nhiều tệp")
            return False
        if event.anchor is not None or getattr(event, "tag", None) is not None:
            self._refuse_tricks(event, place)
        if self._open and self._open[-1].wants_key:
            return self._key(event, place)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
        elif isinstance(event, yaml.AliasEvent):
            self._put(None, place)
        elif len(self._open) >= MAX_DEPTH:
            self.refuse(place, "lồng quá sâu", f"tối đa {MAX_DEPTH} cấp", "xem lại cách thụt dòng và các dấu [ {")
            return False
        else:
            self._start({} if isinstance(event, yaml.MappingStartEvent) else [], place)
        return True

    def _refuse_tricks(self, event: yaml.NodeEvent, place: Place) -> None:
        quote = "là chữ thì đặt cả câu trong ngoặc kép"
        if isinstance(event, yaml.AliasEvent):
            cure = f"chép lại nội dung vào đây; nếu dấu * {quote}"
            self.refuse(place, f"tham chiếu “*{event.anchor}”", "không dùng tham chiếu", cure)
        elif event.anchor:
            self.refuse(place, f"neo “&{event.anchor}”", "không dùng neo", f"xóa đi; nếu dấu & {quote}")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.refuse(place, f"thẻ kiểu “{tag}”", "không dùng dấu ! để ghi kiểu", f"xóa đi; nếu dấu ! {quote}")

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        text: str = event.value
        if _NUL.search(text):
            self.refuse(place, "ký tự điều khiển trong câu", "người dân không đọc được", "xóa phần \\… đó")
        if not event.implicit[0]:
            self._put(text, place)
            return
        if event.start_mark and event.end_mark:
            self.problems += run_together(self.text, event.start_mark.index, event.end_mark.index, self.name, place)
        self._put(self._plain(text), place)

    def _plain(self, text: str) -> Any:
        if text in _WORDS:
            return _WORDS[text]
        if _INT.fullmatch(text):
            return int(text)
        if self._decimals and _DECIMAL.fullmatch(text):
            return float(text)
        if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                return text  # no such day: whoever wants a date here says so, with the key's name
        return text

    def _key(self, event: yaml.NodeEvent, place: Place) -> bool:
        """Take a key; False when what stands there is no word, so that nothing after it has a name."""
        if not isinstance(event, yaml.ScalarEvent):
            self.refuse(
                place,
                "tên khóa không phải là chữ",
                "trước dấu hai chấm phải là một chữ ngắn",
                "ghi tên khóa; nếu dấu [ hoặc { là chữ thì đặt cả câu trong ngoặc kép",
            )
            return False
        top, key = self._open[-1], str(event.value)
        if not key:
            self.refuse(place, "thiếu tên khóa trước dấu hai chấm", "máy không biết đây là mục gì", "ghi tên khóa vào")
        elif (*top.path, key) in self.keys:
            line, column = self.keys[*top.path, key]
            self.refuse(
                place, f"khóa “{key}” ghi hai lần", f"đã có ở dòng {line} cột {column}", "gộp lại hoặc xóa một chỗ"
            )
            key = f"{key}\0{place}"  # what stands below it has places of its own
        top.key = key
        self.keys[*top.path, key] = place
        return True

    def _start(self, value: dict[str, Any] | list[Any], place: Place) -> None:
        self._open.append(_Open(self._next_path(place), value))

    def _next_path(self, place: Place) -> Path:
        if not self._open:
            path: Path = ()
        else:
            top = self._open[-1]
            path = (*top.path, len(top.value) if isinstance(top.value, list) else top.key or "")
        self.places.setdefault(path, place)
        return path

    def _put(self, value: Any, place: Place) -> None:
        self._next_path(place)
        self._attach(value)

    def _attach(self, value: Any) -> None:
        if not self._open:
            self.root = value
            return
        top = self._open[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        else:
            top.value[top.key or ""] = value
            top.key = None

    def _end(self) -> None:
        ended = self._open.pop()
        self._attach(tuple(ended.value) if isinstance(ended.value, list) else ended.value)
