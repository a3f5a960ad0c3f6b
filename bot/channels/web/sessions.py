"""Whose page it is: the session's cookie, and the token that every form of a page carries."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

_SESSION = re.compile(r"[0-9a-f]{32}")
_TOKEN = re.compile(r"([0-9a-f]{32})([0-9a-f]{64})")

KEPT_SECONDS = 30 * 24 * 3600
"""How long a browser keeps the session after the last page, so that a person can come back to the list of papers."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """Makes and knows sessions and form tokens; keeps nothing, so a page that is only looked at leaves no trace.

    `secret` must outlive a restart, or the forms of pages already open are refused once.
    """

    secret: bytes
    https: bool

    @property
    def _cookie(self) -> str:
        # __Host- makes the browser refuse a cookie of that name set by a neighbouring site.
        return "__Host-phien" if self.https else "phien"

    def of(self, request: Request) -> str | None:
        """The session that a browser sent, or None when it sent none that we could have made."""
        sent = request.cookies.get(self._cookie, "")
        return sent if _SESSION.fullmatch(sent) else None

    def new(self) -> str:
        """A session that nobody can guess: 128 random bits."""
        return secrets.token_hex(16)

    def keep(self, response: Response, session: str) -> None:
        """Have the browser keep the session."""
        response.set_cookie(
            self._cookie, session, max_age=KEPT_SECONDS, secure=self.https, httponly=True, samesite="lax", path="/"
        )

    def token(self, session: str) -> str:
        """A new form token of that session."""
        nonce = secrets.token_hex(16)
        return nonce + self._seal(session, nonce)

    def belongs(self, token: str, session: str) -> bool:
        """Whether we made that token for that session."""
        parts = _TOKEN.fullmatch(token)
        return parts is not None and hmac.compare_digest(self._seal(session, parts[1]), parts[2])

    def _seal(self, session: str, nonce: str) -> str:
        return hmac.new(self.secret, f"form {session} {nonce}".encode(), hashlib.sha256).hexdigest()
