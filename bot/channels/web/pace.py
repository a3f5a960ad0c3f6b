"""How fast one session and one address may send forms: faster than any person, slower than a machine that floods."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a second for as long as it lasts."""

    at_once: int
    a_second: float


SESSION: Final = Rate(at_once=90, a_second=2)
"""One person: a list of thirty papers ticked in one go, three times over; then two forms a second."""

ADDRESS: Final = Rate(at_once=1200, a_second=40)
"""One address may be a whole office: forty desks and phones that all press something each second."""

KNOWN: Final = 20_000
"""Sessions or addresses remembered at most: two megabytes."""


class Pace:
    """When each key's allowance is whole again (generic cell rate algorithm); kept in memory only."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic, known: int = KNOWN) -> None:
        self._step = 1 / rate.a_second
        self._patience = rate.at_once / rate.a_second
        self._clock = clock
        self._known = known
        self._whole: OrderedDict[str, float] = OrderedDict()

    def wait(self, key: str) -> float:
        """Count one more of that key: 0, or the seconds until it would be taken. What is refused costs nothing."""
        now = self._clock()
        whole = max(self._whole.get(key, now), now) + self._step
        if whole - now > self._patience:
            return whole - now - self._patience
        self._whole[key] = whole
        self._whole.move_to_end(key)
        while len(self._whole) > self._known:
            self._whole.popitem(last=False)
        return 0.0


def of_address(request: Request) -> str:
    """Whose address a request comes from. A household has a whole /64 of IPv6, so that counts as one."""
    host = request.client.host if request.client is not None else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:  # a socket of this machine has none
        return host
    return host if address.version == 4 else str(ipaddress.ip_network((int(address), 64), strict=False))
