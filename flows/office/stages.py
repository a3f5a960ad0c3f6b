"""Where a talk can stand inside the office: at the desk, with its people, its roster, its reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class AtOffice:
    """The first page for whoever works here: what there is to do."""

    kind: Literal["at_office"] = "at_office"


OfficeStage = AtOffice

OFFICE: Final = (AtOffice,)
"""The same, to ask whether a stage is one of them."""
