"""Where a talk can stand inside the office: at the desk, with its people, its roster, its reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class AtOffice:
    """The first page for whoever works here: what there is to do."""

    kind: Literal["at_office"] = "at_office"


@dataclass(frozen=True, slots=True)
class CheckingIn:
    """At which desk somebody has come; with `desk`, whether they are really there and not where their shift is."""

    desk: str = ""
    kind: Literal["checking_in"] = "checking_in"


OfficeStage = AtOffice | CheckingIn

OFFICE: Final = (AtOffice, CheckingIn)
"""The same, to ask whether a stage is one of them."""
