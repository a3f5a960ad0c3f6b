"""What a test can make go wrong: refusals, slowness, cut connections, updates doubled or out of order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from .state import Json, RefusedError

Cut = Literal["before", "after"]
WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


@dataclass
class Fault:
    """What happens to the next `left` requests of one method (`*`: of any)."""

    method: str
    chat: int | None
    left: int | None
    status: int | None
    description: str | None
    retry_after: int | None
    page: str | None
    slow: float
    cut: Cut | None

    @property
    def kind(self) -> str:
        words = [str(self.status)] if self.status else []
        words += [f"cut {self.cut}"] if self.cut else []
        words += ["slow"] if self.slow else []
        return " ".join(words)

    def refuse(self) -> None:
        """Raise the planned refusal, if this fault has one."""
        if self.status is None:
            return
        words = self.description or WORDS.get(self.status, "Error")
        if self.retry_after is None:
            raise RefusedError(self.status, words)
        raise RefusedError(self.status, f"{words}: retry after {self.retry_after}", retry_after=self.retry_after)


@dataclass
class Faults:
    """The faults to come. `injected` counts those that happened, by "method kind"."""

    latency: float = 0.0
    planned: list[Fault] = field(default_factory=list)
    injected: Counter[str] = field(default_factory=Counter)
    doubled: int = 0
    late: int = 0

    def next(
        self,
        method: str = "*",
        *,
        status: int | None = None,
        description: str | None = None,
        retry_after: int | None = None,
        page: str | None = None,
        slow: float = 0.0,
        cut: Cut | None = None,
        chat: int | None = None,
        times: int | None = 1,
    ) -> None:
        """Plan a fault for the next `times` requests (None: for all) of `method`, of one chat if `chat` is given.

        "file" is no method: it is the fetching of a file, which can be refused or slow.
        status: refused with it, nothing is done; `page` sends this text instead of JSON (a proxy's error page).
        slow: seconds before the answer, after the request was done. cut: the connection dies in the middle of
        the reply, "before" the request is done or "after"; the bot cannot tell which, as in life.
        """
        if method != "*" and not method.isalpha():
            raise ValueError(f"not a method: {method}")
        known = Fault(method.lower(), chat, times, status, description, retry_after, page, slow, cut)
        if not known.kind:
            raise ValueError("a fault needs one of status, slow, cut")
        self.planned.append(known)

    def duplicate(self, times: int = 1) -> None:
        """The next `times` updates arrive twice: again after the bot had confirmed them."""
        self.doubled += times

    def out_of_order(self, times: int = 1) -> None:
        """The next `times` updates are kept back until a later one has been confirmed."""
        self.late += times

    def clear(self) -> None:
        self.planned.clear()
        self.latency, self.doubled, self.late = 0.0, 0, 0

    def take(self, method: str, values: Json) -> Fault | None:
        """The fault for this request, used up once."""
        for fault in self.planned:
            if fault.method not in ("*", method) or (fault.method == "*" and method in ("getupdates", "file")):
                continue
            if fault.chat is not None and str(values.get("chat_id")) != str(fault.chat):
                continue
            if fault.left is not None:
                fault.left -= 1
                if fault.left == 0:
                    self.planned.remove(fault)
            self.injected[f"{method} {fault.kind}"] += 1
            return fault
        return None
