"""The reading that is kept between starts: used when nothing changed, noticed when anything did, never trusted blindly."""

import os
import pickle
import shutil
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.cache import Cache, Kept
from bot.shelf import NoGuides, Shelf
from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.loading import GUIDES, load

TODAY = date(2026, 11, 22)
GOOD = Path(__file__).parents[1] / "content" / "bad" / "khai-sinh-mau.yaml"


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    folder = tmp_path / "guides"
    (folder / "ho-tich").mkdir(parents=True)
    shutil.copy(GOOD, folder / "ho-tich" / "khai-sinh-mau.yaml")
    return folder


@pytest.fixture
def start(tmp_path: Path, guides: Path) -> Callable[[], Library]:
    """One start of the product: its library, when what was read is on disk."""

    def start() -> Library:
        library = Shelf((guides,), lambda: TODAY, tmp_path / "cache").library
        settle()
        return library

    return start


def settle() -> None:
    for thread in threading.enumerate():
        if thread.name == "cache":
            thread.join()


def cache_file(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "cache").glob("guides-*.cache")
    return path


def spoil(guides: Path) -> None:
    """Another content under the same looks: whoever reads it has not used the cache."""
    path = guides / "ho-tich" / "khai-sinh-mau.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Đăng ký khai sinh", "Việc khác hẳn"), encoding="utf-8")


def name(library: Library) -> str:
    guide = library.get("khai-sinh-mau")
    assert guide is not None
    return guide.name


def marked(tmp_path: Path, guides: Path) -> Path:
    """The cache with a mark in it: a library that has it came from the cache."""
    cache = Cache(tmp_path / "cache", (guides,))
    kept = cache.read()
    assert kept is not None
    assert kept.library is not None
    kept.library.__dict__["first"] = ("9.999999",)
    cache.write(kept)
    return cache_file(tmp_path)


def from_cache(library: Library) -> bool:
    return library.first == ("9.999999",)


def test_the_second_start_uses_what_the_first_has_read(
    tmp_path: Path, guides: Path, start: Callable[[], Library]
) -> None:
    first = start()
    marked(tmp_path, guides)
    second = start()
    assert from_cache(second)
    assert second.edition == first.edition
    assert second.find("khai sinh", TODAY) == first.find("khai sinh", TODAY)
    assert second.get("khai-sinh-mau") == first.get("khai-sinh-mau")


def test_every_guide_of_ours_is_the_same_from_the_cache(tmp_path: Path) -> None:
    read = load([GUIDES], TODAY, tolerate=True).library
    assert read is not None
    Shelf((GUIDES,), lambda: TODAY, tmp_path / "cache")
    settle()
    kept = Shelf((GUIDES,), lambda: TODAY, tmp_path / "cache").library
    assert dict(kept.guides) == dict(read.guides)
    for id, guide in read.guides.items():
        assert isinstance(guide, Guide)
        assert kept.guides[id].edition == guide.edition
    for words in ("lam giay khai sinh", "mất căn cước", "doi bang lai xe"):
        assert kept.find(words, TODAY) == read.find(words, TODAY)


@pytest.mark.parametrize("change", ["edit", "add", "remove", "same size and time"])
def test_a_stale_cache_is_noticed(tmp_path: Path, guides: Path, start: Callable[[], Library], change: str) -> None:
    other = guides / "ho-tich" / "khac.yaml"
    text = GOOD.read_text(encoding="utf-8").replace("khai-sinh-mau", "khac").replace('code: "', 'code: "9')
    if change == "remove":
        other.write_text(_another(text), encoding="utf-8")
    start()
    marked(tmp_path, guides)
    path = guides / "ho-tich" / "khai-sinh-mau.yaml"
    match change:
        case "edit":
            spoil(guides)
        case "add":
            other.write_text(_another(text), encoding="utf-8")
        case "remove":
            other.unlink()
        case _:
            before = path.stat()
            path.write_text(path.read_text(encoding="utf-8").replace("Đăng ký khai", "Đăng kí khai"), encoding="utf-8")
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    library = start()
    assert not from_cache(library)
    assert ("khac" in library.guides) == (change == "add")
    assert name(library) == {"edit": "Việc khác hẳn", "same size and time": "Đăng kí khai sinh"}.get(
        change, "Đăng ký khai sinh"
    )


def _another(text: str) -> str:
    """The good guide under another id, code and phrases."""
    lines = [line for line in text.splitlines() if not line.startswith("replaces:")]
    out, skipping = [], False
    for line in lines:
        if line.startswith("code:"):
            line = 'code: "1.777777"'  # noqa: PLW2901 - the line, changed
        skipping = line.startswith("phrases:") or (skipping and line.startswith((" ", "-")))
        if not skipping:
            out.append(line)
    return "\n".join([*out, "phrases: [việc khác một, việc khác hai]", ""])


def test_only_files_that_changed_are_read_again(guides: Path) -> None:
    first = load([guides], TODAY)
    assert list(first.known) == [str(guides / "ho-tich" / "khai-sinh-mau.yaml")]
    again = load([guides], TODAY, known=first.known)
    (one,), (other,) = first.known.values(), again.known.values()
    assert one[1] is other[1]
    spoil(guides)
    third = load([guides], TODAY, known=again.known)
    assert third.library is not None
    assert name(third.library) == "Việc khác hẳn"


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:0],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data[:-100] + bytes([data[-100] ^ 1]) + data[-99:],
        lambda data: b"x" * len(data),
        lambda data: data[:9] + bytes(32) + data[41:],
    ],
    ids=["empty", "half", "a byte short", "a byte long", "one bit", "noise", "another version"],
)
def test_a_broken_or_foreign_cache_is_made_anew(
    tmp_path: Path, guides: Path, start: Callable[[], Library], harm: Callable[[bytes], bytes]
) -> None:
    start()
    path = marked(tmp_path, guides)
    whole = path.read_bytes()
    path.write_bytes(harm(whole))
    assert not from_cache(start())
    marked(tmp_path, guides)
    assert from_cache(start()), "the start after that has a good one again"


def test_a_cache_that_others_may_have_written_is_not_opened(
    tmp_path: Path, guides: Path, start: Callable[[], Library]
) -> None:
    start()
    path = marked(tmp_path, guides)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    for mode in (0o620, 0o602, 0o666):
        path.chmod(mode)
        assert Cache(path.parent, (guides,)).read() is None
    path.chmod(0o600)
    assert Cache(path.parent, (guides,)).read() is not None
    if os.geteuid() == 0:
        os.chown(path, 12345, 12345)
        assert Cache(path.parent, (guides,)).read() is None
        os.chown(path, 0, 0)
    real = path.with_name("real")
    path.rename(real)
    path.symlink_to(real)
    assert Cache(path.parent, (guides,)).read() is None
    path.unlink()
    os.mkfifo(path, 0o600)
    assert Cache(path.parent, (guides,)).read() is None, "and nobody waits for the other end of a pipe"


class Harm:
    """What a forged pickle would run."""

    def __init__(self, made: Path) -> None:
        self.made = made

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return os.mkdir, (self.made,)


def test_a_whole_cache_of_ours_opens_only_our_own_classes(tmp_path: Path, guides: Path) -> None:
    cache = Cache(tmp_path / "cache", (guides,))
    cache.write(Kept(b"", {"x": Harm(tmp_path / "harmed")}, None))  # type: ignore[dict-item]  # that is the point
    assert b"mkdir" in cache_file(tmp_path).read_bytes()
    assert cache.read() is None
    assert not (tmp_path / "harmed").exists()
    cache_file(tmp_path).unlink()
    cache.write(pickle)  # type: ignore[arg-type]  # nor does it fall over what cannot be kept
    assert cache.read() is None


def test_without_a_place_to_keep_it_everything_works_still(tmp_path: Path, guides: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "cache", Path("/proc/cache")):
        library = Shelf((guides,), lambda: TODAY, place).library
        settle()
        assert name(library) == "Đăng ký khai sinh"


def test_errors_are_told_at_every_start_and_an_empty_shelf_is_refused(
    tmp_path: Path, guides: Path, start: Callable[[], Library], caplog: pytest.LogCaptureFixture
) -> None:
    (guides / "ho-tich" / "hong.yaml").write_text("id: [", encoding="utf-8")
    for _ in range(2):
        caplog.clear()
        assert name(start()) == "Đăng ký khai sinh"
        assert "hong.yaml" in caplog.text
    shutil.rmtree(guides)
    with pytest.raises(NoGuides):
        start()


def test_folders_keep_caches_of_their_own_and_old_ones_go(tmp_path: Path, guides: Path) -> None:
    for n in range(7):
        folder = tmp_path / f"guides{n}"
        shutil.copytree(guides, folder)
        Cache(tmp_path / "cache", (folder,)).write(Kept(b"", {}, None))
    assert len(list((tmp_path / "cache").iterdir())) == 4
    assert Cache(tmp_path / "cache", (tmp_path / "guides6",)).read() == Kept(b"", {}, None)
    assert Cache(tmp_path / "cache", (tmp_path / "guides0",)).read() is None


def test_two_readings_kept_at_once_leave_a_whole_one(tmp_path: Path, guides: Path) -> None:
    cache = Cache(tmp_path / "cache", (guides,))
    readings = [Kept(bytes([number]) * 300_000, {}, None) for number in range(8)]
    for _ in range(20):
        for writing in [cache.write_aside(kept) for kept in readings]:
            writing.join()
        assert cache.read() in readings


def test_a_file_that_is_edited_while_the_bot_runs_is_seen_and_kept(tmp_path: Path, guides: Path) -> None:
    shelf = Shelf((guides,), lambda: TODAY, tmp_path / "cache")
    assert shelf.look() is False
    spoil(guides)
    assert shelf.look() is True
    assert name(shelf.library) == "Việc khác hẳn"
    settle()
    marked(tmp_path, guides)
    again = Shelf((guides,), lambda: TODAY, tmp_path / "cache").library
    assert from_cache(again)
    assert name(again) == "Việc khác hẳn"
