"""Desks of an office, `desks/<id>.yaml` in its folder of guides: where people come, when, and whom they can call."""

import os
import re
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints, ValidationError

from knowledge.folders import DESKS, File, in_one_folder, read_file
from knowledge.guide import Id, Part, Text, Url
from knowledge.misfits import misfits, problem_at
from knowledge.problems import Problem

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: Final[tuple[Weekday, ...]] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
"""As date.weekday() counts."""

HOURS: Final = (
    r"^\s*(?:[01]?\d|2[0-3])[:h][0-5]\d\s*[-–]\s*(?:[01]?\d|2[0-3])[:h][0-5]\d"
    r"(?:\s*[,;]\s*(?:[01]?\d|2[0-3])[:h][0-5]\d\s*[-–]\s*(?:[01]?\d|2[0-3])[:h][0-5]\d)*\s*$"
)
"""One or more spans of a day: 7:30 - 11:30, 13:30 - 17:00."""

Hours = Annotated[str, StringConstraints(pattern=HOURS)]

_CLOCK: Final = re.compile(r"(\d{1,2})[:h](\d\d)")

Phone = Annotated[str, StringConstraints(pattern=r"^[0-9][0-9 .]{2,18}[0-9]$")]


class Opening(Part):
    """On which days of the week a desk is open, from when to when."""

    days: tuple[Weekday, ...] = Field(min_length=1, description="Các thứ trong tuần, ví dụ [monday, tuesday].")
    hours: Hours = Field(description="Giờ làm việc, đặt trong ngoặc kép, ví dụ “7:30 - 11:30, 13:30 - 17:00”.")


class Letterhead(Part):
    """Under whose name letters go out from a desk: of thanks, congratulation, condolence or apology."""

    place: Text = Field(description="Địa danh ghi trên thư, trước ngày tháng, ví dụ Nha Trang.")
    signed_by: Text = Field(description="Họ tên người ký thư, in dưới chỗ ký.")
    title: Text = Field(description="Chức vụ người ký, ví dụ Chủ tịch Ủy ban nhân dân phường.")
    go: Literal["approved", "free"] = Field(
        "approved",
        description="approved: trưởng nhóm duyệt từng thư rồi mới gửi; free: gửi ngay, không cần duyệt.",
    )


class Desk(Part):
    """One desk, as a file of desks/ says it."""

    id: Id = Field(description="Tên ngắn, trùng với tên tệp.")
    name: Text = Field(description="Tên bộ phận một cửa, như ghi trên biển.")
    address: Text = Field(description="Địa chỉ.")
    map: Url | None = Field(None, description="Đường dẫn bản đồ, bắt đầu bằng https://.")
    opening: tuple[Opening, ...] = Field(min_length=1, description="Ngày giờ làm việc.")
    hotline: Phone | None = Field(None, description="Số điện thoại để hỏi, đặt trong ngoặc kép.")
    friendly_day: Weekday | None = Field(None, description="Ngày thân thiện: hôm có tình nguyện viên giúp.")
    letters: Letterhead | None = Field(
        None,
        description="Thư cảm ơn, chúc mừng, chia buồn, xin lỗi: gồm place, signed_by, title. Bỏ trống: không gửi thư.",
    )
    trial: bool = Field(False, description="Bàn để tập hoặc thử: không có gì ở đó được tính vào báo cáo.")
    names: bool = Field(False, description="true: nói cho người dân tên gọi của người trực; false: chỉ nói số người.")
    checked_on: date = Field(description="Ngày kiểm tra lần cuối các dòng trên (năm-tháng-ngày).")


def spans(hours: str) -> tuple[tuple[time, time], ...]:
    """The spans that hours in the form of HOURS name, from and to."""
    clocks = [time(int(hour), int(minute)) for hour, minute in _CLOCK.findall(hours)]
    return tuple(zip(clocks[::2], clocks[1::2], strict=True))


def hours_on(desk: Desk, weekday: int) -> tuple[tuple[time, time], ...]:
    """When a desk is open on a day of the week (as date.weekday() counts), in order."""
    return tuple(sorted(span for one in desk.opening if WEEKDAYS[weekday] in one.days for span in spans(one.hours)))


def closing(desk: Desk, day: date) -> time | None:
    """When a desk closes on a day, by its week; None where it is closed."""
    return max((ends for _, ends in hours_on(desk, day.weekday())), default=None)


@dataclass(frozen=True)
class Desks:
    """The good desks of some folders by id, the later folders over the earlier, and what is wrong with the others."""

    desks: dict[str, Desk]
    problems: tuple[Problem, ...]


def read_desks(folders: tuple[Path, ...]) -> Desks:
    """The desks of these folders of guides; a folder without desks/ has none."""
    desks: dict[str, Desk] = {}
    problems: list[Problem] = []
    for folder in (folder / DESKS for folder in folders):
        for item in in_one_folder(folder) if os.path.isdir(folder) else ():  # noqa: PTH112  # Path.is_dir raises on EACCES
            if isinstance(item, Problem):
                problems.append(item)
                continue
            desk, found = _read(item)
            problems.extend(found)
            if desk is not None:
                desks[desk.id] = desk
    return Desks(desks, tuple(problems))


def _read(file: File) -> tuple[Desk | None, tuple[Problem, ...]]:
    yaml = read_file(file.path)
    if not yaml.ok:
        return None, yaml.problems
    try:
        desk = Desk.model_validate(yaml.value, strict=True)
    except ValidationError as error:
        return None, (*yaml.problems, *misfits(error, yaml, Desk))
    if desk.id != file.stem:
        what, why = f"id “{desk.id}” khác tên tệp", f"tệp tên là “{file.stem}”"
        cure = f"đổi tên tệp thành {desk.id}.yaml hoặc sửa id"
        return None, (*yaml.problems, problem_at(yaml, ("id",), what, why, cure))
    wrong = tuple(
        problem_at(
            yaml,
            ("opening", nth, "hours"),
            f"giờ “{one.hours}” không hợp lý",
            "giờ đóng phải sau giờ mở",
            "ghi từ sớm đến muộn, ví dụ “7:30 - 11:30, 13:30 - 17:00”",
        )
        for nth, one in enumerate(desk.opening)
        if any(ends <= begins for begins, ends in spans(one.hours))
    )
    closed = desk.friendly_day is not None and all(desk.friendly_day not in one.days for one in desk.opening)
    warned = (
        problem_at(
            yaml,
            ("friendly_day",),
            f"ngày thân thiện “{desk.friendly_day}” không có trong opening",
            "không biết hôm ấy mở cửa mấy giờ",
            "thêm ngày ấy vào opening, hoặc chọn ngày khác",
            severity="warning",
        ),
    )
    return (None if wrong else desk), (*yaml.problems, *wrong, *(warned if closed else ()))
