"""What a form may bring: how many bytes, how many fields, from which page, and the event that it means."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from flows.events import Event, Pressed, Said, Started

FORM_BYTES = 64 * 1024
WORDS = 200_000
"""Characters of one message. The engine says kindly that less would do; beyond this the page does."""
SAY_BYTES = WORDS * 12 + FORM_BYTES
"""A character is at most four bytes, and each byte three in a form."""
DRAINED_BYTES = 32 * 1024 * 1024
"""A browser shows our answer to a form that is too long only when we let it finish sending; here we stop."""
FIELDS = 16
BODY_SECONDS = 60.0
"""A form of one line takes a blink even on a weak phone; the longest that is read, a minute."""

Refusal = Literal["bad", "too_long", "foreign", "slow"]
"""bad: not a form of ours; too_long: more bytes, fields or words than our pages send; foreign: another site's page;
slow: the form was not whole after a minute."""

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
_TURN = re.compile(r"[0-9]{1,9}")


class FormRefused(Exception):
    """A form that we do not take, and the trouble that the person is told of."""

    def __init__(self, trouble: Refusal) -> None:
        super().__init__(trouble)
        self.trouble: Refusal = trouble


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it came: where to, its token, and the other fields."""

    action: str
    token: str
    fields: Mapping[str, str]

    @property
    def arrival(self) -> str:
        """The same for the same form sent twice; another for other words from the same page (back, and asked anew)."""
        content = hashlib.sha256(repr((self.action, sorted(self.fields.items()))).encode()).hexdigest()
        return f"{self.token[:32]}-{content[:16]}"

    def event(self) -> Event:
        """What the person did; FormRefused when the fields are not those of a page of ours."""
        match self.action:
            case "/say":
                return Said(self.fields.get("words", ""))
            case "/press" if _TURN.fullmatch(self.fields.get("turn", "")) and self.fields.get("choice"):
                return Pressed(self.fields["choice"], int(self.fields["turn"]))
            case "/start" if _PAYLOAD.fullmatch(self.fields.get("payload", "")):
                return Started(self.fields.get("payload", ""))
            case _:
                raise FormRefused("bad")


async def read(request: Request, public_url: str | None, within: float = BODY_SECONDS) -> Form:
    """The form that was sent; FormRefused when it is too long, foreign, not one, or not whole `within` seconds."""
    if foreign(request, public_url):
        raise FormRefused("foreign")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise FormRefused("bad")
    try:
        async with asyncio.timeout(within):
            body = await _body(request, SAY_BYTES if request.url.path == "/say" else FORM_BYTES)
    except TimeoutError:
        raise FormRefused("slow") from None
    # Two hundred thousand letters take a third of a second: not on the loop that also answers everybody else.
    fields = _fields(body) if len(body) <= FORM_BYTES else await asyncio.to_thread(_fields, body)
    if len(fields.get("words", "")) > WORDS:
        raise FormRefused("too_long")
    return Form(request.url.path, fields.pop("token", ""), fields)


def _fields(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=FIELDS))
    except ValueError as error:
        raise FormRefused("too_long") from error


async def _body(request: Request, limit: int) -> bytes:
    body = bytearray()
    came = 0
    async for chunk in request.stream():
        came += len(chunk)
        if came <= limit:
            body += chunk
        if came > DRAINED_BYTES:
            break
    if came > limit:
        raise FormRefused("too_long")
    return bytes(body)


def surely_ours(request: Request, public_url: str | None) -> bool:
    """Whether the browser says by itself that the form was on a page of ours; one that says nothing may be any."""
    says = request.headers.get("sec-fetch-site") == "same-origin" or "origin" in request.headers
    return says and not foreign(request, public_url)


def foreign(request: Request, public_url: str | None) -> bool:
    """Whether a page of another site asks, as far as the browser says; an address that was typed is not foreign."""
    # Sec-Fetch-Site comes over https and to localhost only; plain http in an office has Origin, old browsers none.
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("origin")
    if origin is None:
        return False
    ours = {request.headers.get("host", "")} | ({urlsplit(public_url).netloc} if public_url else set())
    return urlsplit(origin).netloc not in ours
