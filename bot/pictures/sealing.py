"""Seals what is kept with AES-GCM under a key that lies beside the database, not in it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from bot.pictures import NotYet

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE: Final = 12
_LENGTH: Final = 4


class Altered(Exception):
    """What was kept cannot be opened: altered, of another number, or sealed with another key."""


@dataclass(frozen=True)
class Seal:
    """Seals under one key; `key` of 32 bytes."""

    key: bytes

    @cached_property
    def _cipher(self) -> AESGCM:
        try:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 -- 40 ms that no start owes
        except ModuleNotFoundError as error:
            raise NotYet(str(error)) from error
        return AESGCM(self.key)

    def closed(self, pages: tuple[bytes, ...], number: str) -> bytes:
        """The pages as one sealed text that opens under that number only. NotYet."""
        plain = b"".join(len(page).to_bytes(_LENGTH, "big") + page for page in pages)
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, number.encode())

    def opened(self, sealed: bytes, number: str) -> tuple[bytes, ...]:
        """The pages; Altered when it is not what was sealed. NotYet."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 -- as above

        try:
            plain = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], number.encode())
        except (InvalidTag, ValueError) as error:
            raise Altered(number) from error
        pages, at = [], 0
        while at < len(plain):
            length = int.from_bytes(plain[at : at + _LENGTH], "big")
            pages.append(plain[at + _LENGTH : at + _LENGTH + length])
            at += _LENGTH + length
        return tuple(pages)
