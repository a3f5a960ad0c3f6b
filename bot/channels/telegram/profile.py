"""What Telegram shows of the bot before anybody writes: its commands, descriptions and name, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from telegram import Bot, BotCommand

from flows.state import Language
from flows.texts import Say

COMMANDS: Final = ("start", "help", "back", "person", "vi", "en", "forget")

OTHERS: Final[Language] = "vi"
"""What everybody reads whose own language we do not speak."""


async def hang_up_commands(bot: Bot, texts: Mapping[Language, Say]) -> list[str]:
    """Set the menu of commands where it is not so already; what was set. Raises TelegramError."""
    changed = []
    for language, say in texts.items():
        code = _code(language)
        wanted = tuple(BotCommand(name, say(f"telegram.{name}")) for name in COMMANDS)
        if await bot.get_my_commands(language_code=code) != wanted:
            await bot.set_my_commands(wanted, language_code=code)
            changed.append(f"commands ({language})")
    return changed


async def introduce(bot: Bot, texts: Mapping[Language, Say], *, name: bool) -> list[str]:
    """Set the commands, both descriptions and, if asked, the name, each where it is not so already; what was set.

    Raises TelegramError. Called again it changes nothing: Telegram lets a name be set only a few times a day.
    """
    changed = await hang_up_commands(bot, texts)
    for language, say in texts.items():
        code = _code(language)
        description = say("telegram.description")
        if (await bot.get_my_description(code)).description != description:
            await bot.set_my_description(description, code)
            changed.append(f"description ({language})")
        short = say("telegram.short_description")
        if (await bot.get_my_short_description(code)).short_description != short:
            await bot.set_my_short_description(short, code)
            changed.append(f"short description ({language})")
        if name and (await bot.get_my_name(code)).name != say("telegram.name"):
            await bot.set_my_name(say("telegram.name"), code)
            changed.append(f"name ({language})")
    return changed


async def introduced(bot: Bot, texts: Mapping[Language, Say], *, name: bool) -> list[str]:
    """As `introduce`, with a client that is opened for it and closed after."""
    async with bot:
        return await introduce(bot, texts, name=name)


def _code(language: Language) -> str:
    return "" if language == OTHERS else language
