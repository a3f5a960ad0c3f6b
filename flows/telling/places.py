"""Where a person hands the file in, and how far it works online."""

from __future__ import annotations

from datetime import date

from flows.telling.plain import lines, told
from flows.texts import Say
from knowledge.guide import Channel, Guide
from knowledge.tailor import Answers, holding


def place_lines(guide: Guide, answers: Answers, today: date, say: Say) -> tuple[str, ...]:
    """Every way but the online one, with its hours; no line only where the file is handed in online alone."""
    found = holding((channel for channel in guide.channels if channel.how != "online"), answers, today)
    facts = (told(guide, channel, fit, _where(channel, say), answers, say) for channel, fit in found)
    found_lines = lines(facts, say)
    if found_lines or any(channel.how == "online" for channel, _ in holding(guide.channels, answers, today)):
        return found_lines
    return (say("place.unknown"),)


def online_lines(guide: Guide, answers: Answers, today: date, say: Say) -> tuple[str, ...]:
    """How far it works online and where; no line when nothing is known of it."""
    facts = []
    for channel, fit in holding(guide.channels, answers, today):
        if channel.how == "online":
            level = say(f"place.{channel.online}") + ". " if channel.online else ""
            url = f" – {channel.url}" if channel.url else ""
            facts.append(told(guide, channel, fit, f"{level}{channel.where}{url}", answers, say))
    return lines(facts, say)


def _where(channel: Channel, say: Say) -> str:
    text = say(f"place.{channel.how}", where=channel.where)
    return f"{text}, {say('place.hours', hours=channel.hours)}" if channel.hours else text
