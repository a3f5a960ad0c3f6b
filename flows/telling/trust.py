"""How sure a guide is and when it was checked, in a sentence at the foot of every answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flows.telling.plain import day, worst
from flows.texts import Say
from knowledge.guide import Certainty, Fact, Guide
from knowledge.tailor import Answers, holding

SAID: tuple[Certainty, ...] = ("conflicting", "copied", "unverified", "unknown")
"""What is said of parts that are not verified, in this order."""


def trust_line(guide: Guide, answers: Answers, today: date, say: Say, *, brief: bool = False) -> str:
    """Which parts are less than sure, each once, by the least sure fact that holds; then when it was checked.

    Unless brief, also who decides in the end.
    """
    sure = {
        name: worst(guide.certainty_of(fact) for fact, _ in holding(facts, answers, today))
        for name, facts in _parts(guide)
    }
    unsure = [
        say(f"trust.{why}", what=_listed([say(f"trust.{name}") for name in sure if sure[name] == why], say))
        for why in SAID
        if why in sure.values()
    ]
    if not unsure:
        sentence = say("trust.verified")
    elif "verified" in sure.values():
        sentence = say("trust.except", what="; ".join(unsure))
    else:
        sentence = say("trust.unsure", what="; ".join(unsure))
    checked = f"{sentence} {say('trust.checked', date=day(guide.checked_on))}"
    return checked if brief else f"{checked} {say('trust.decides')}"


def _parts(guide: Guide) -> tuple[tuple[str, Sequence[Fact]], ...]:
    online = [channel for channel in guide.channels if channel.how == "online"]
    place = [channel for channel in guide.channels if channel.how != "online"]
    parts = (
        ("papers", guide.documents),
        ("fee", guide.fees),
        ("time", guide.times),
        ("place", place),
        ("online", online),
    )
    return tuple((name, facts) for name, facts in parts if facts or name not in {"place", "online"})


def _listed(names: Sequence[str], say: Say) -> str:
    return f" {say('fact.and')} ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def review_due(guide: Guide, today: date) -> bool:
    """Whether the day by which the guide had to be read again has passed."""
    return guide.review_by is not None and guide.review_by < today
