"""Telegram's HTML: which tags it takes, what it says of a broken one, and the plain text that a person reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

TAGS: dict[str, str] = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
REFERENCE = re.compile(rb"&(?:#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}))|(lt|gt|amp|quot));?")
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
SPACE = b" \t\r\n\x00\x0b"
NAME_TOKEN = re.compile(rb"[0-9A-Za-z.-]*")


class BadMarkupError(ValueError):
    """The sentence that Telegram puts after "can't parse entities: "."""


@dataclass(frozen=True)
class Marked:
    """Text as it is read, and its entities with offsets in UTF-16 units, as the Bot API counts them."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()

    def trimmed(self) -> Marked:
        """Without white space at both ends, which Telegram removes from every message."""
        left = len(self.text) - len(self.text.lstrip())
        text = self.text.strip()
        size, kept = units(text), []
        for entity in self.entities:
            start = max(entity["offset"] - left, 0)
            end = min(entity["offset"] + entity["length"] - left, size)
            if end > start:
                kept.append({**entity, "offset": start, "length": end - start})
        return Marked(text, tuple(kept))


def units(text: str) -> int:
    """Length in UTF-16 code units: how Telegram counts offsets (an emoji is two)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def read_html(source: str) -> Marked:
    """Parse `parse_mode=HTML`. Raises BadMarkupError with Telegram's words and byte offsets of the UTF-8 source."""
    return _Reader(source.encode("utf-8", "surrogatepass")).read()


@dataclass
class _Reader:
    source: bytes
    at: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    open: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    closed: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> Marked:
        while self.at < len(self.source):
            if self.source.startswith(b"</", self.at):
                self._end_tag()
            elif self.source[self.at] == ord("<"):
                self._start_tag()
            elif self.source[self.at] == ord("&"):
                self._reference()
            else:
                stop = re.compile(rb"[<&]").search(self.source, self.at)
                end = stop.start() if stop else len(self.source)
                self._add(self.source[self.at : end].decode("utf-8", "surrogatepass"))
                self.at = end
        if self.open:
            raise BadMarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        text = "".join(self.text)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise BadMarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        order = sorted((e for e in self.closed if e["length"]), key=lambda e: (e["offset"], -e["length"]))
        return Marked(text, tuple(order))

    def _add(self, piece: str) -> None:
        self.text.append(piece)
        self.length += units(piece)

    def _reference(self) -> None:
        found = REFERENCE.match(self.source, self.at)
        if found is None:
            self._add("&")
            self.at += 1
            return
        hexadecimal, decimal, name = found.groups()
        code = int(hexadecimal, 16) if hexadecimal else int(decimal) if decimal else None
        if code is not None and (code == 0 or code >= 0x10FFFF):
            self._add("&")
            self.at += 1
            return
        self._add(NAMED[name] if code is None else chr(code))
        self.at = found.end()

    def _until(self, stops: bytes) -> bytes:
        begin = self.at
        while self.at < len(self.source) and self.source[self.at] not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _skip_space(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in SPACE:
            self.at += 1

    def _ended(self) -> bool:
        return self.at >= len(self.source)

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._until(SPACE + b">").decode("utf-8", "replace").lower()
        if self._ended():
            raise BadMarkupError(f"Unclosed start tag at byte offset {begin}")
        if name not in TAGS:
            raise BadMarkupError(f'Unsupported start tag "{name}" at byte offset {begin}')
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._ended():
                raise BadMarkupError(f'Unclosed start tag "{name}" at byte offset {begin}')
            if self.source[self.at] == ord(">"):
                break
            key, value = self._attribute(name, begin)
            attributes[key] = value
        self.at += 1
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise BadMarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        entity: dict[str, Any] = {"type": TAGS[name], "offset": self.length}
        if name == "a":
            entity["url"] = attributes.get("href", "")
        elif name == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        self.open.append((name, entity))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        key = self._until(SPACE + b"=>" if tag == "blockquote" else SPACE + b"=").decode("utf-8", "replace")
        if not key:
            raise BadMarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip_space()
        if self._ended() or self.source[self.at] != ord("="):
            if tag == "blockquote" and key == "expandable":
                return key, ""
            raise BadMarkupError(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {begin}'
            )
        self.at += 1
        self._skip_space()
        if self._ended():
            raise BadMarkupError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if self.source[self.at] in b"\"'":
            quote = self.source[self.at : self.at + 1]
            self.at += 1
            raw = self._until(quote)
            if self._ended():
                raise BadMarkupError(f"Unclosed start tag at byte offset {begin}")
            self.at += 1
        else:
            begin_token = self.at
            token = NAME_TOKEN.match(self.source, self.at)
            raw = token.group() if token else b""
            self.at += len(raw)
            if self._ended() or self.source[self.at] not in SPACE + b">":
                raise BadMarkupError(f"Unexpected end of name token at byte offset {begin_token}")
        value = REFERENCE.sub(_referred, raw).decode("utf-8", "replace")
        return key.lower(), value

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise BadMarkupError(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        name = self._until(SPACE + b">").decode("utf-8", "replace").lower()
        self._skip_space()
        if self._ended() or self.source[self.at] != ord(">"):
            raise BadMarkupError(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        expected, entity = self.open.pop()
        if name and name != expected:
            raise BadMarkupError(
                f'Unmatched end tag at byte offset {begin}, expected "</{expected}>", found "</{name}>"'
            )
        entity["length"] = self.length - entity["offset"]
        if entity["type"] == "text_link" and not entity["url"]:
            return
        self.closed.append(entity)


def _referred(found: re.Match[bytes]) -> bytes:
    hexadecimal, decimal, name = found.groups()
    if name:
        return NAMED[name].encode()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code).encode("utf-8", "replace") if 0 < code < 0x10FFFF else found.group()
