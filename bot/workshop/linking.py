"""The https links of the guides, asked one by one over the network; a command, because a test must not need one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from bot.workshop.opening import seen_from_here
from knowledge.folders import File, files, in_one_folder, read_file
from knowledge.loading import provinces_of

AT_ONCE: Final = 8
PATIENCE: Final = 15.0
"""Seconds that a site may take to answer."""

_NO_HEAD: Final = frozenset((403, 405, 501))
"""Answers of sites that do not like HEAD: they are asked again with GET."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one link: empty when it works; `reached` is False when no server answered at all."""

    wrong: str
    reached: bool


def links_in(folders: Sequence[Path]) -> dict[str, list[str]]:
    """Every link with the places where it stands, of guides and of what provinces decide."""
    found: dict[str, list[str]] = {}
    for folder in folders:
        provinces = provinces_of(folder)
        for item in (*files(folder), *(in_one_folder(provinces) if provinces.is_dir() else ())):
            if not isinstance(item, File):
                continue
            yaml = read_file(item.path)
            for place, url in _urls((), yaml.value):
                line, column = yaml.place(place)
                found.setdefault(url, []).append(f"{seen_from_here(item.path)}:{line}:{column}")
    return found


def _urls(place: tuple[str | int, ...], value: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key == "url" and isinstance(part, str):
                yield (*place, key), part
            else:
                yield from _urls((*place, key), part)
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from _urls((*place, at), part)


async def ask(urls: Iterable[str]) -> dict[str, Asked]:
    """Ask every link, some at once; never raises for what a site does."""
    gate = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(timeout=PATIENCE, follow_redirects=True) as client:

        async def one(url: str) -> tuple[str, Asked]:
            async with gate:
                return url, await _asked(client, url)

        return dict(await asyncio.gather(*(one(url) for url in urls)))


async def _asked(client: httpx.AsyncClient, url: str) -> Asked:
    try:
        answer = await client.head(url)
        if answer.status_code in _NO_HEAD:
            answer = await client.get(url)
    except httpx.TimeoutException:
        return Asked(f"không trả lời sau {PATIENCE:.0f} giây", reached=False)
    except httpx.HTTPError as error:
        return Asked(f"không nối được ({type(error).__name__})", reached=False)
    except httpx.InvalidURL:
        return Asked("địa chỉ viết sai", reached=True)
    if answer.status_code in {404, 410}:
        return Asked(f"trang không còn ({answer.status_code})", reached=True)
    return Asked(f"trang báo lỗi {answer.status_code}" if answer.is_error else "", reached=True)


def told(links: Mapping[str, Sequence[str]], asked: Mapping[str, Asked]) -> tuple[str, ...]:
    """One line for each place of each link that does not work; one line for all of them when there is no network."""
    if asked and not any(one.reached for one in asked.values()):
        return (
            f"không nối được tới trang nào trong {len(asked)} liên kết: máy này không có mạng, xem lại mạng rồi gõ lại",
        )
    return tuple(
        f"{place}: {url} {asked[url].wrong}, mở thử bằng trình duyệt rồi sửa địa chỉ"
        for url, places in links.items()
        if asked[url].wrong
        for place in places
    )
