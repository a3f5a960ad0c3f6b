"""How sure a guide is and when it was checked, in a sentence at the foot of every answer."""

from __future__ import annotations

from datetime import date

from flows.telling.plain import day, worst
from flows.texts import Say
from knowledge.guide import Guide
from knowledge.tailor import Answers, holding


def trust_line(guide: Guide, answers: Answers, today: date, say: Say) -> str:
    """The least sure fact among those that hold decides the sentence; the oldest check gives the date."""
    shown = [
        fact
        for facts in (guide.documents, guide.fees, guide.times, guide.channels)
        for fact, _ in holding(facts, answers, today)
    ]
    sure = worst(guide.certainty_of(fact) for fact in shown)
    sentence = say(f"trust.{sure}")
    return f"{sentence} {say('trust.checked', date=day(guide.checked_on))}"


def review_due(guide: Guide, today: date) -> bool:
    """Whether the day by which the guide had to be read again has passed."""
    return guide.review_by is not None and guide.review_by < today
