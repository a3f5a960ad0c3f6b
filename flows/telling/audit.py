"""How a line of the audit is told: when, who did what about whom, and why."""

from __future__ import annotations

from flows.office.people import Entry
from flows.telling.posts import post_name, when
from flows.texts import Say
from flows.turn import World


def line(entry: Entry, world: World, say: Say) -> str:
    """One sentence, the reason behind it."""
    told = say(
        f"audit.{entry.doing}",
        actor=entry.actor or say("audit.operator"),
        about=entry.about,
        post=post_name(entry.post, world, say),
    )
    why = say("audit.why", why=entry.why) if entry.why else ""
    return " ".join(part for part in (f"{when(entry.at)}:", told, why) if part)
