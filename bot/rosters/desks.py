"""`./run desk new ID`: the file of a desk, with what each line means, ready to be filled in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

import knowledge
from bot import assembly, starting
from bot.workshop.mistyped import Plain
from knowledge.folders import DESKS
from knowledge.guide import ID

app = typer.Typer(cls=Plain, add_completion=False, no_args_is_help=True, rich_markup_mode=None)

SCHEMA = Path(knowledge.__file__).with_name("desk.schema.json").as_posix()

FILE = """\
# yaml-language-server: $schema={schema}
# Một bàn tiếp dân. Sửa các dòng dưới rồi lưu; máy đang chạy tự đọc lại. Kiểm tra: ./run check {folder}
id: {id}
name: Bộ phận một cửa phường ...
address: Số nhà, đường, khu phố
# Đường dẫn bản đồ (bỏ dấu # khi có):
# map: https://maps.example.vn/...
# Tuần làm việc của cơ quan. Sáng thứ Bảy thì thêm một dòng nữa.
opening:
  - {{days: [monday, tuesday, wednesday, thursday, friday], hours: "7:30 - 11:30, 13:30 - 17:00"}}
# Số để người dân hỏi (bỏ dấu # khi có):
# hotline: "0258 000 0000"
# Ngày có tình nguyện viên:
friendly_day: wednesday
# Có nói tên gọi của người trực cho người dân không:
names: false
# Ngày kiểm tra các dòng trên:
checked_on: {today}
"""


@app.callback()
def desk() -> None:
    """The desks of an office, as files."""


@app.command()
def new(
    id: Annotated[str, typer.Argument(help="tên ngắn, chữ thường không dấu và gạch nối, ví dụ vinh-hai")],
    *,
    into: Annotated[Path | None, typer.Option(help="thư mục của cơ quan; bỏ trống: thư mục đầu của GUIDES")] = None,
) -> None:
    """Write the file of a desk to fill in; one that is there already is left alone."""
    if not re.fullmatch(ID, id):
        starting.stop(
            f"“{id}” không dùng làm tên ngắn được; chỉ chữ thường không dấu, chữ số, gạch nối, ví dụ vinh-hai."
        )
    folder = into or next(iter(starting.settings_or_stop().guides), None)
    if folder is None:
        starting.stop(f"Chưa biết ghi vào đâu; xin ghi thư mục, ví dụ: ./run desk new {id} --into ~/huong-dan")
    file = folder / DESKS / f"{id}.yaml"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as made:
            made.write(FILE.format(id=id, folder=folder, today=assembly.today(), schema=SCHEMA))
    except FileExistsError:
        starting.stop(f"{file} đã có; xin mở tệp đó mà sửa.")
    except OSError as error:
        starting.stop(f"Không ghi được {file} ({error.strerror}); chọn thư mục khác bằng --into.")
    print(f"Đã ghi {file}. Mở tệp, sửa tên và địa chỉ, rồi: ./run check {folder}")
