"""What SQLite's errors mean to the operator: which of ours each is, what happened and the cure, in Vietnamese."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.store import StoreBroken, StoreBusy, StoreError, StoreFull, StoreTooNew

_CANNOT_WRITE = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMMAP,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
}
"""A disk out of room shows itself as one of these too: when a quota or size limit stops us, or in the -shm file."""


def of(error: sqlite3.Error, path: Path) -> StoreError:
    """Our error for one of SQLite's, with the file and the cure."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code in _CANNOT_WRITE:
        return _full(path)
    match None if code is None else code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return _full(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusy(
                f"{path}: một tiến trình khác đang giữ cơ sở dữ liệu quá lâu nên lượt này chưa được ghi. "
                "Cách chữa: tắt bản chạy thừa hoặc công cụ đang mở tệp này, rồi thử lại."
            )
        case sqlite3.SQLITE_NOTADB:
            return no_database(path)
        case sqlite3.SQLITE_CORRUPT:
            return StoreBroken(
                f"{path}: cơ sở dữ liệu bị hỏng. Cách chữa: dừng chương trình, giữ lại tệp hỏng, "
                "khôi phục bản sao lưu gần nhất."
            )
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return unreachable(path, str(error))
        case _:
            return StoreBroken(
                f"{path}: không đọc hoặc ghi được cơ sở dữ liệu ({error}). "
                "Cách chữa: kiểm tra ổ đĩa và quyền của thư mục, rồi khởi động lại."
            )


def _full(path: Path) -> StoreFull:
    return StoreFull(
        f"{path}: không ghi thêm được vì đĩa đầy hoặc hết hạn mức; lượt này chưa được ghi. "
        f"Cách chữa: giải phóng chỗ trong {path.parent} hoặc nới hạn mức, không cần khởi động lại; "
        "nếu vẫn còn chỗ, hãy kiểm tra ổ đĩa."
    )


def no_database(path: Path) -> StoreBroken:
    """The file holds something else."""
    return StoreBroken(
        f"{path}: tệp này không phải cơ sở dữ liệu SQLite. Không có gì bị thay đổi. "
        "Cách chữa: chuyển tệp đi nơi khác, hoặc đặt biến DATA sang thư mục khác."
    )


def unreachable(path: Path, why: str) -> StoreBroken:
    """The file cannot be opened for reading and writing."""
    if path.is_dir():
        return StoreBroken(
            f"{path}: đây là một thư mục, không phải tệp cơ sở dữ liệu. "
            "Cách chữa: đổi tên thư mục này, hoặc đặt biến DATA sang thư mục khác."
        )
    return StoreBroken(
        f"{path}: không mở được cơ sở dữ liệu để đọc và ghi ({why}). Cách chữa: cho người chạy chương trình "
        f"quyền đọc và ghi {path.parent}, hoặc đặt biến DATA sang thư mục khác."
    )


def too_new(path: Path, found: int, newest: int) -> StoreTooNew:
    """A newer release wrote the file."""
    return StoreTooNew(
        f"{path}: dữ liệu này do một bản chương trình mới hơn ghi (cấu trúc số {found}; "
        f"bản đang chạy chỉ biết đến số {newest}). Không có gì bị thay đổi. "
        "Cách chữa: chạy lại bản mới, hoặc khôi phục bản sao lưu có từ trước khi nâng cấp."
    )


def foreign(path: Path) -> StoreBroken:
    """A sound SQLite file, but some other program's."""
    return StoreBroken(
        f"{path}: đây là cơ sở dữ liệu của một chương trình khác. Không có gì bị thay đổi. "
        "Cách chữa: chuyển tệp đi nơi khác, hoặc đặt biến DATA sang thư mục khác."
    )


def no_wal(path: Path) -> StoreBroken:
    """The file system cannot share memory between processes, as on a network drive."""
    return StoreBroken(
        f"{path}: ổ đĩa này không cho SQLite ghi nhật ký WAL (thường là ổ mạng). "
        "Cách chữa: đặt biến DATA sang một thư mục trên đĩa của chính máy này."
    )


def closed(path: Path) -> StoreError:
    """The program is stopping."""
    return StoreError(f"{path}: cơ sở dữ liệu đã đóng vì chương trình đang dừng. Cách chữa: thử lại sau khi chạy lại.")
