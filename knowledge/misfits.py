"""What does not fit a model, told to an official: pydantic's errors become problems with place, why and cure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge.guide import CODE, ID
from knowledge.problems import Problem, Severity, nearest, perhaps
from knowledge.vietnamese import fold
from knowledge.yaml_lines import Document, Path

_SMART: Final = "“”‘’«»"
_Words = tuple[str, str, str]

MEANS: Final[Mapping[str, str]] = {
    "monday": "thứ Hai", "tuesday": "thứ Ba", "wednesday": "thứ Tư", "thursday": "thứ Năm", "friday": "thứ Sáu",
    "saturday": "thứ Bảy", "sunday": "Chủ nhật",
    "working_days": "ngày làm việc", "half_days": "nửa ngày làm việc", "days": "ngày", "hours": "giờ",
    "same_day": "trong ngày",
    "counter": "tại quầy", "online": "trực tuyến", "post": "bưu điện",
    "verified": "đã đối chiếu", "copied": "chép lại", "conflicting": "các nguồn nói khác nhau",
    "unverified": "chưa đối chiếu", "unknown": "chưa biết",
    "draft": "bản nháp", "imported": "mới nhập", "published": "đang dùng", "withdrawn": "đã bỏ",
    "commune": "xã", "province": "tỉnh", "ministry": "bộ", "nation": "cả nước", "other": "nơi khác",
    "none": "không", "birth": "sinh", "marriage": "cưới", "business": "kinh doanh", "death": "mất",
    "submit": "phải nộp", "show": "chỉ xuất trình", "full": "toàn trình", "partial": "một phần",
    "approved": "duyệt rồi mới gửi", "free": "gửi ngay",
}  # fmt: skip
"""The words that only certain keys take, in the language of those who write the files."""
_ASKED: Final = "chuyển asked vào một mục của deadlines, conditions, mistakes hoặc legal_basis"
_PLAIN_KEY = re.compile(r"[a-z0-9_-]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def misfits(error: ValidationError, document: Document, model: type[BaseModel]) -> tuple[Problem, ...]:
    """Every error of a validation as a problem at its place in the document.

    A list that is too short only because items of it do not fit is not told of beside them.
    """
    found = error.errors(include_url=False)
    within = {detail["loc"][:end] for detail in found for end in range(1, len(detail["loc"]))}
    told = [detail for detail in found if detail["type"] != "too_short" or detail["loc"] not in within]
    return tuple(_misfit(detail, document, model) for detail in told)


def problem_at(
    document: Document, path: Path, what: str, why: str, cure: str, *, key: bool = False, severity: Severity = "error"
) -> Problem:
    """A problem at the place of a path."""
    return Problem(document.name, *document.place(path, key=key), what, why, cure, severity)


def _misfit(detail: ErrorDetails, document: Document, model: type[BaseModel]) -> Problem:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    on_key = "[key]" in detail["loc"] or detail["type"] == "extra_forbidden"
    what, why, cure = _of_shape(detail, path, model) or _of_value(detail, _name(path))
    given = detail["input"]
    if isinstance(given, str) and given and given[0] in _SMART:
        why, cure = f"đang ghi {_short(given)} với ngoặc kép cong", 'thay bằng ngoặc kép thẳng: "..."'
    return problem_at(document, path, what, why, cure, key=on_key)


def _of_shape(detail: ErrorDetails, path: Path, model: type[BaseModel]) -> _Words | None:
    """What is wrong with keys, lists and groups; None when the shape is right and the value is not."""
    name = _name(path)
    now = f"đang ghi {_short(detail['input'])}"
    ctx = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            about = str(_part(model, path).get("description", "mục này bắt buộc phải có"))
            return f"thiếu {name}", about.rstrip("."), f"thêm dòng “{path[-1]}: …”"
        case "extra_forbidden":
            if detail["input"] is None and not _PLAIN_KEY.fullmatch(str(path[-1])):
                why = "dấu phẩy giữa { } đã cắt câu làm hai"
                return f"khóa lạ {name}", why, 'đặt cả câu trong ngoặc kép, ví dụ {label: "Có, ở xã"}'
            if path[-1] == "asked":
                return f"khóa lạ {name}", "ở đây không có câu nào để trả lời người hỏi", _ASKED
            known = tuple(_part(model, path[:-1]).get("properties", {}))
            return f"khóa lạ {name}", "không có khóa này ở đây", perhaps(str(path[-1]), known, "các khóa được dùng")
        case "too_short":
            return f"{name} quá ít mục", f"cần ít nhất {ctx['min_length']}", "thêm cho đủ"
        case "too_long":
            return f"{name} quá nhiều mục", f"tối đa {ctx['max_length']}", "bỏ bớt"
        case "tuple_type" | "list_type":
            return (
                f"{name} phải là một danh sách",
                now,
                "đặt trong ngoặc vuông [ ], hoặc mỗi mục một dòng bắt đầu bằng “- ”",
            )
        case "model_type" | "model_attributes_type" | "mapping_type" | "dict_type":
            keys = ", ".join(_part(model, path).get("properties", {}))
            return f"{name} phải gồm các dòng “khóa: nội dung”", now, f"các khóa: {keys}" if keys else "thêm tên khóa"
        case _:
            return None


def _of_value(detail: ErrorDetails, name: str) -> _Words:
    given = detail["input"]
    now = f"đang ghi {_short(given)}"
    ctx = detail.get("ctx", {})
    match detail["type"]:
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", str(ctx.get("expected", "")))
            near = nearest(str(given), allowed) or _meant(str(given), allowed)
            cure = f"có phải là “{near}”?" if near else "chọn một trong các từ trên"
            listed = ", ".join(f"{word} ({MEANS[word]})" if word in MEANS else word for word in allowed)
            return f"{name} không nhận {_short(given)}", f"chỉ nhận: {listed}", cure
        case "string_pattern_mismatch":
            return _of_pattern(name, str(ctx.get("pattern", "")), now)
        case "int_type" | "int_parsing" | "int_from_float":
            digits = re.sub(r"[.,_ ]|đ(ồng)?$", "", str(given))
            write = f"ghi {digits}" if digits.isdigit() else "ghi chữ số"
            return f"{name} phải là một số", now, f"{write} (không dấu chấm, không đơn vị, không ngoặc kép)"
        case "bool_type" | "bool_parsing":
            return f"{name} phải là true hoặc false", now, "ghi true (có) hoặc false (không)"
        case "greater_than_equal" | "less_than_equal":
            limit = f"nhỏ nhất là {ctx['ge']}" if "ge" in ctx else f"lớn nhất là {ctx['le']}"
            return f"{name} không hợp lý", f"{now}, {limit}", "xem lại con số; nếu chưa biết thì bỏ khóa này đi"
        case "date_type" | "date_parsing":
            return f"{name} phải là một ngày có thật", now, f"ghi năm-tháng-ngày, ví dụ {_as_date(given)}"
        case "string_type" if given is not None:
            cure = f'đặt trong ngoặc kép: "{given}"' if isinstance(given, int | date) else "viết thành câu"
            return f"{name} phải là chữ", now, cure
        case "string_type" | "string_too_short":
            return f"{name} đang bỏ trống", "phải có nội dung", "viết nội dung, hoặc xóa cả dòng nếu không cần"
        case "string_too_long":
            return f"{name} quá dài ({len(given)} ký tự)", f"tối đa {ctx['max_length']} ký tự", "viết ngắn lại"
        case other:
            return f"{name} chưa đúng", f"{now} ({other})", "xem lại mục này theo một tệp đã đúng"


def _meant(given: str, allowed: Sequence[str]) -> str | None:
    """The word whose Vietnamese meaning was written in its place: "thứ tư" for wednesday."""
    meanings = {fold(MEANS[word]): word for word in allowed if word in MEANS}
    near = nearest(fold(given), meanings)
    return meanings[near] if near is not None else None


def _of_pattern(name: str, pattern: str, now: str) -> _Words:
    if pattern == CODE:
        return f"{name} không phải mã thủ tục", now, 'mã có dạng "1.001193" hoặc "1.001193.H42"'
    if pattern == ID:
        return (
            f"{name} không phải tên ngắn hợp lệ",
            now,
            "chỉ dùng chữ thường không dấu, chữ số và gạch nối, ví dụ noi-sinh",
        )
    if "[:h]" in pattern:
        return f"{name} không phải giờ làm việc", now, 'ghi giờ:phút, ví dụ "7:30 - 11:30, 13:30 - 17:00"'
    if "https" in pattern:
        return f"{name} không phải địa chỉ an toàn", now, "địa chỉ phải bắt đầu bằng https:// và không có dấu cách"
    return f"{name} sai dạng", now, "xem mẫu ở tệp khác"


def _name(path: Path) -> str:
    if not path:
        return "nội dung tệp"
    *before, last = path
    if isinstance(last, int):
        return f"mục thứ {last + 1} của “{before[-1]}”" if before else f"mục thứ {last + 1}"
    return f"“{last}”"


def _short(value: object) -> str:
    match value:
        case None:
            return "trống"
        case bool():
            return str(value).lower()
        case Mapping():
            return "một nhóm khóa"
        case tuple() | list():
            return "một danh sách"
        case _:
            text = " ".join(str(value).split())
            return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def _as_date(value: object) -> str:
    if found := _DAY_FIRST.fullmatch(str(value).strip()):
        try:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        except ValueError:
            pass
    return "2026-11-22"


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def _part(model: type[BaseModel], path: Path) -> Mapping[str, Any]:
    """The part of the model's JSON Schema that a path leads to; empty when it leads nowhere."""
    schema = _schema(model)
    node: Mapping[str, Any] = schema
    for step in path:
        node = _resolved(node, schema)
        if isinstance(step, int):
            node = node.get("items", {})
        else:
            named: Mapping[str, Any] = node.get("patternProperties", {})
            node = node.get("properties", {}).get(step) or next(iter(named.values()), {})
    return {**_resolved(node, schema), **node}


def _resolved(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "anyOf" in node:
        node = next(option for option in node["anyOf"] if option.get("type") != "null")
    if "$ref" in node:
        found: Mapping[str, Any] = schema["$defs"][str(node["$ref"]).rpartition("/")[2]]
        return found
    return node
