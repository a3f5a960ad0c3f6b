"""Records of the portal as the tests of importing write them, and the guides made of them."""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from bot.importing import bring_in
from knowledge.guide import Guide
from knowledge.importing.guide_of import Made, guide_of
from knowledge.importing.normalised import record as record_of
from knowledge.loading import load

TODAY = date(2026, 11, 22)


def row(**other: Any) -> dict[str, Any]:
    return {
        "code": "1.234567",
        "name": "Thủ tục cấp giấy phép thử",
        "level": ["xã"],
        "field": "Hộ tịch",
        "agency": "Ủy ban nhân dân cấp xã",
        "steps": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
        "channels": [{"channel": "Trực tiếp", "time": "5 Ngày làm việc", "fee": "Phí : 20.000 Đồng", "note": ""}],
        "documents": [{"case": "", "name": "Tờ khai", "original": 1, "copies": 0, "forms": ["TK01.docx"]}],
        "legal_basis": [{"number": "1/2024/NĐ-CP", "title": "Nghị định thử"}],
        "requirements": "Không",
        "result": "Giấy phép",
        "crawled_at": "2026-06-10",
        "era": "post-2025-07",
        "format": "csdl-word-export",
        **other,
    }


def made(**other: Any) -> Made:
    one = guide_of(record_of(row(**other), "thu:1"), TODAY, {})
    assert isinstance(one, Made), one
    return one


def guide(tmp_path: Path, **other: Any) -> Guide:
    """The record as the bot would read it from its file."""
    source = tmp_path / "nguon.jsonl"
    source.write_text(json.dumps(row(**other), ensure_ascii=False), encoding="utf-8")
    assert bring_in(source, tmp_path / "ra", TODAY).status == 0
    loaded = load([tmp_path / "ra"], TODAY)
    assert loaded.library is not None, loaded.problems
    assert loaded.problems == ()
    return next(iter(loaded.library.guides.values()))


# --- the command ---------------------------------------------------------------------------------------------------


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in rows), encoding="utf-8")
    return path


def workbook(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["DANH SÁCH THỦ TỤC HÀNH CHÍNH"])
    sheet.append(["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"])
    for one in rows:
        sheet.append([*one, "Bộ Tư pháp", "Sở Tư pháp", "Hộ tịch"][:5])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
