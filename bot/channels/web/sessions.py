"""Whose page it is: the session's cookie, and the token that every form of a page carries."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

_OWN = re.compile(r"[0-9a-f]{32}")
_KIOSK = re.compile(r"k[0-9a-f]{31}")
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

    def _cookie(self, name: str) -> str:
        # __Host- makes the browser refuse a cookie of that name set by a neighbouring site.
        return f"__Host-{name}" if self.https else name

    def of(self, request: Request) -> str | None:
        """The session that a browser sent, that of a kiosk first; None when it sent none that we could have made."""
        kiosk = request.cookies.get(self._cookie("ki-ot"), "")
        if _KIOSK.fullmatch(kiosk):
            return kiosk
        own = request.cookies.get(self._cookie("phien"), "")
        return own if _OWN.fullmatch(own) else None

    def new(self, *, kiosk: bool = False) -> str:
        """A session that nobody can guess: 124 random bits at least."""
        drawn = secrets.token_hex(16)
        return f"k{drawn[1:]}" if kiosk else drawn

    def in_kiosk(self, session: str) -> bool:
        """Whether the session is a turn at a kiosk, where the next person must find nothing of it."""
        return session.startswith("k")

    def keep(self, response: Response, session: str) -> None:
        """Have the browser keep the session; that of a kiosk until it is closed, and only for pages of ours."""
        if self.in_kiosk(session):
            response.set_cookie(
                self._cookie("ki-ot"), session, secure=self.https, httponly=True, samesite="strict", path="/"
            )
        else:
            response.set_cookie(
                self._cookie("phien"),
                session,
                max_age=KEPT_SECONDS,
                secure=self.https,
                httponly=True,
                samesite="lax",
                path="/",
            )

    def leave_kiosk(self, response: Response) -> None:
        """Have the browser be a person's own again."""
        response.delete_cookie(self._cookie("ki-ot"), secure=self.https, httponly=True, samesite="strict", path="/")

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
