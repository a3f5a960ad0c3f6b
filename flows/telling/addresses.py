"""The addresses that lead into a talk here: to a Telegram bot, and to the page where its address is known."""

from __future__ import annotations

from flows.codes import INVITATION
from flows.turn import World


def invitation_links(code: str, world: World) -> tuple[str, ...]:
    """The links that open an invitation; none where no address is known, and the code has to be typed."""
    telegram = (f"https://t.me/{world.telegram}?start={INVITATION}{code}",) if world.telegram else ()
    return (*telegram, f"{world.page}/i/{code}") if world.page else telegram
