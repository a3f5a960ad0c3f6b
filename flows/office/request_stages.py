"""Where a talk can stand while somebody asks for a person: on the side of who asked, and of who helps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Whether the talk so far may be shown to whoever helps; `about` is the id of the guide it is about, or empty."""

    about: str = ""
    kind: Literal["agreeing"] = "agreeing"


@dataclass(frozen=True, slots=True)
class InQueue:
    """Waiting for a person, under the code of the request, at that desk or, where it is empty, at any."""

    request: str
    desk: str = ""
    kind: Literal["in_queue"] = "in_queue"


@dataclass(frozen=True, slots=True)
class WithPerson:
    """A person is there: words go to them, and nothing is answered.

    `news` is how many lines of theirs this page is for, on a channel that keeps the others above; None shows all.
    """

    news: int | None = None
    kind: Literal["with_person"] = "with_person"


@dataclass(frozen=True, slots=True)
class RatingHelp:
    """What the citizen thinks of it, once it is over."""

    code: str
    desk: str
    kind: Literal["rating_help"] = "rating_help"


@dataclass(frozen=True, slots=True)
class Queue:
    """Those who wait, for a volunteer to take one."""

    kind: Literal["queue"] = "queue"


@dataclass(frozen=True, slots=True)
class Serving:
    """A volunteer helps somebody by messages; `news` as on the other side."""

    request: str
    news: int | None = None
    kind: Literal["serving"] = "serving"


@dataclass(frozen=True, slots=True)
class HandingOn:
    """To which colleague."""

    request: str
    kind: Literal["handing_on"] = "handing_on"


RequestStage = Agreeing | InQueue | WithPerson | RatingHelp | Queue | Serving | HandingOn

ASKED: Final = (Agreeing, InQueue, WithPerson, RatingHelp)
"""Those of somebody who asked for a person: anybody."""

REQUESTS: Final = (*ASKED, Queue, Serving, HandingOn)
"""All of them."""

RELAYED: Final = (WithPerson, Serving)
"""Those at which words go to the other side."""
