"""Folders of YAML files, `<field>/<id>.yaml`: what lies there, and every file that should not."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.problems import Problem
from knowledge.yaml_lines import Document, read

PROVINCES: Final = "provinces"
"""The folder beside the fields that holds what provinces decide; it is no field."""

ENGLISH: Final = "english"
"""The folder beside the fields that holds what guides say in English; it is no field."""

DESKS: Final = "desks"
"""The folder beside the fields that holds an office's desks; it is no field."""

BESIDE: Final = frozenset({PROVINCES, ENGLISH, DESKS})
"""A folder may hold one of these and no guide."""


@dataclass(frozen=True)
class File:
    """A file of a guides folder (or of their mirrors); the folder it lies in names the field."""

    path: Path
    field: str

    @property
    def stem(self) -> str:
        """The file's name without .yaml: the id of its guide."""
        return self.path.stem


def files(root: Path) -> Iterator[File | Problem]:
    """The YAML files of a folder in order of name, and a problem for each thing that cannot be read as one."""
    try:
        if not root.is_dir():
            why = "đây là tệp, không phải thư mục" if root.exists() else "không có thư mục này"
            yield _problem(root, "không đọc được thư mục", why, "xem lại đường dẫn (GUIDES hoặc tham số của lệnh)")
            return
        for entry in _entries(root):
            if refused := _refused(entry):
                yield refused
            elif entry.is_dir():
                if entry.name not in BESIDE:
                    yield from in_one_folder(entry)
            elif entry.suffix.lower() in {".yaml", ".yml"}:
                yield _problem(
                    entry, "tệp nằm ngoài thư mục lĩnh vực", "tên thư mục là lĩnh vực", "chuyển vào, ví dụ ho-tich/"
                )
    except OSError as error:
        yield _unreadable(root, error)


def in_one_folder(folder: Path) -> Iterator[File | Problem]:
    """The YAML files of one field, or of the provinces, in order of name."""
    try:
        entries = _entries(folder)
    except OSError as error:
        yield _unreadable(folder, error)
        return
    for entry in entries:
        if refused := _refused(entry):
            yield refused
        elif entry.is_dir():
            yield _problem(entry, "thư mục lồng trong lĩnh vực", "chỉ có một cấp thư mục", "chuyển các tệp ra ngoài")
        elif entry.suffix == ".yaml":
            yield File(entry, folder.name)
        elif entry.suffix.lower() in {".yaml", ".yml"}:
            yield _problem(entry, f"đuôi tệp “{entry.suffix}”", "chỉ đọc tệp .yaml", f"đổi tên thành {entry.stem}.yaml")
        else:
            yield _problem(entry, "không phải tệp .yaml", "thư mục này chỉ để tệp .yaml", "chuyển tệp này đi nơi khác")


def _entries(folder: Path) -> list[Path]:
    """Hidden files are an editor's or the system's own business."""
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))


def _refused(entry: Path) -> Problem | None:
    try:
        mode = entry.lstat().st_mode
    except OSError as error:  # gone since it was listed, as when an editor saves
        return _unreadable(entry, error)
    if stat.S_ISLNK(mode):
        return _problem(entry, "đường dẫn tắt (symlink)", "có thể trỏ ra ngoài thư mục", "chép hẳn tệp vào đây")
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        return _problem(entry, "không phải tệp thường", "không đọc được như một tệp", "xóa hoặc chuyển đi nơi khác")
    return None


def read_file(path: Path) -> Document:
    """A file's YAML. Never raises: what the disk refuses is a problem too."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(64 * 1024 + 1)
            return read(data if size <= len(data) else data.ljust(min(size, 1 << 24), b" "), path.as_posix())
    except OSError as error:
        return Document(path.as_posix(), None, (_unreadable(path, error),))


def _unreadable(path: Path, error: OSError) -> Problem:
    why = f"máy báo: {error.strerror or error}"
    return _problem(path, "không mở được", why, "xem lại quyền đọc của tệp và thư mục")


def _problem(path: Path, what: str, why: str, cure: str) -> Problem:
    return Problem(path.as_posix(), 1, 1, what, why, cure)
