"""What changed between two versions of a guide, in words: "lệ phí đăng ký lại: 8.000đ → 10.000đ"."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from pydantic import BaseModel

from knowledge.guide import (
    Ask,
    Channel,
    Choice,
    Document,
    Duration,
    Fee,
    Form,
    Guide,
    Pointer,
    Result,
    Source,
)

LIKE_ENOUGH: Final = 0.6
"""How alike two texts must be to be one text that was rewritten rather than one gone and another come."""

NAMES: Final[Mapping[str, str]] = {
    "code": "mã", "same": "mã ở cấp khác", "replaces": "mã cũ", "name": "tên", "short": "tên gọi ngắn",
    "en": "tên tiếng Anh", "status": "trạng thái", "level": "cấp giải quyết", "event": "sự kiện",
    "agency": "cơ quan giải quyết", "summary": "tóm tắt", "summary_en": "tóm tắt tiếng Anh", "phrases": "cách gọi",
    "review_by": "ngày xem lại", "expires": "ngày hết dùng", "field": "lĩnh vực", "id": "tên ngắn",
    "source": "nguồn", "certainty": "độ chắc chắn", "when": "chỉ khi", "since": "áp dụng từ", "until": "áp dụng đến",
    "note": "lưu ý", "title": "tên nguồn", "url": "địa chỉ", "in_force": "hiệu lực từ", "out_of_force": "hết hiệu lực",
    "data_date": "ngày của bản chép", "checked_on": "kiểm tra ngày", "text": "nội dung", "hint": "giải thích",
    "label": "chữ trên nút", "words": "cách trả lời", "instead": "dẫn sang", "why": "lý do", "case": "trường hợp",
    "kind": "nộp hay xuất trình", "if_any": "chỉ cần nếu có", "original": "số bản chính", "copies": "số bản sao",
    "issued_by": "lấy ở", "proven_by": "khỏi nộp khi", "looks_like": "trông thế nào", "mistake": "hay sai",
    "form": "mẫu", "attach": "cho gửi ảnh", "asked": "dân hỏi",
    "get": "xin bằng thủ tục", "place": "tỉnh", "amount": "mức", "per": "tính theo", "what": "khoản",
    "at": "cách nộp", "set_by": "do ai quy định", "condition": "điều kiện", "exempt": "được miễn", "unit": "đơn vị",
    "verify": "khi phải xác minh", "verify_unit": "đơn vị khi xác minh", "how": "cách nộp", "where": "nơi nộp",
    "hours": "giờ nhận", "online": "mức trực tuyến",
}  # fmt: skip
"""What a key is called when it is told that it changed."""

WORDS: Final[Mapping[str, str]] = {
    "verified": "đã đối chiếu", "copied": "theo bản chép", "conflicting": "các nguồn ghi khác nhau",
    "unverified": "chưa kiểm chứng", "unknown": "không biết", "draft": "nháp", "imported": "nhập tự động",
    "published": "đang dùng", "withdrawn": "đã rút", "commune": "xã", "province": "tỉnh", "ministry": "bộ",
    "other": "khác", "counter": "trực tiếp", "online": "trực tuyến", "post": "bưu chính", "none": "không",
    "birth": "sinh con", "marriage": "kết hôn", "business": "mở việc kinh doanh", "death": "mất người thân",
    "nation": "cả nước", "full": "toàn trình",
    "partial": "một phần", "submit": "phải nộp", "show": "chỉ xuất trình", "working_days": "ngày làm việc",
    "half_days": "nửa ngày làm việc",
    "days": "ngày", "hours": "giờ", "same_day": "trong ngày",
}  # fmt: skip

LISTS: Final[Mapping[str, str]] = {
    "asks": "câu hỏi", "documents": "giấy tờ", "fees": "phí", "times": "thời gian", "channels": "cách nộp",
    "deadlines": "hạn", "conditions": "điều kiện", "steps": "bước", "results": "kết quả", "mistakes": "hay sai",
    "legal_basis": "căn cứ", "replaced_by": "thủ tục thay thế",
    "next": "làm tiếp", "not_this": "dễ nhầm", "sources": "nguồn",
}  # fmt: skip


def changes(old: Guide, new: Guide) -> tuple[str, ...]:
    """Every change, one line each, in the order of the file; none when both say the same."""
    lines: list[str] = []
    for key in Guide.model_fields:
        before, after = getattr(old, key), getattr(new, key)
        if before == after:
            continue
        if key in LISTS:
            lines += _list(LISTS[key], before, after)
        elif isinstance(before, tuple):
            lines += _set(NAMES[key], before, after)
        else:
            lines.append(f"{NAMES[key]}: {_told(key, before)} → {_told(key, after)}")
    return tuple(lines)


def _set(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    gone = [WORDS.get(one, one) for one in before if one not in after]
    come = [WORDS.get(one, one) for one in after if one not in before]
    if come:
        yield f"thêm {name}: {'; '.join(come)}"
    if gone:
        yield f"bỏ {name}: {'; '.join(gone)}"
    if not come and not gone:
        yield f"đổi thứ tự {name}"


def _list(name: str, before: Sequence[BaseModel], after: Sequence[BaseModel]) -> Iterator[str]:
    pairs = _paired(before, after)
    told = False
    for one, other in pairs:
        if one is None and other is not None:
            yield f"thêm {name} “{_title(other)}”{_figure(other)}"
        elif other is None and one is not None:
            yield f"bỏ {name} “{_title(one)}”{_figure(one)}"
        elif one is not None and other is not None:
            yield from _part(name, one, other)
        told = told or one != other
    if not told:
        yield f"đổi thứ tự {name}"


def _paired(before: Sequence[BaseModel], after: Sequence[BaseModel]) -> list[tuple[BaseModel | None, BaseModel | None]]:
    """What was and what is, matched: the same first, then the same by name, then what was rewritten."""
    left, matched = list(before), dict[int, BaseModel]()
    same: tuple[Callable[[BaseModel, BaseModel], bool], ...] = (
        lambda a, b: a == b,
        lambda a, b: _identity(a) == _identity(b),
        lambda a, b: not hasattr(a, "id") and _alike(_identity(a), _identity(b)),
    )
    for fits in same:
        for at, other in enumerate(after):
            if at in matched:
                continue
            one = next((one for one in left if fits(one, other)), None)
            if one is not None:
                matched[at] = one
                left.remove(one)
    return [*((matched.get(at), other) for at, other in enumerate(after)), *((one, None) for one in left)]


def _alike(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, one, other).ratio() >= LIKE_ENOUGH


def _identity(part: BaseModel) -> str:
    """What makes a part the same part after an edit."""
    match part:
        case Ask() | Document() | Source():
            return part.id
        case Pointer():
            return part.code
        case Fee() | Duration():
            return f"{part.what} {part.at} {dict(part.when)}"
        case Channel():
            return f"{part.how} {dict(part.when)}"
        case _:
            return _title(part)


def _title(part: BaseModel) -> str:
    match part:
        case Document() | Result() | Form():
            return part.name
        case Fee():
            return ", ".join((part.what or "phí", *(WORDS[how] for how in part.at)))
        case Duration():
            return ", ".join((part.what or "thời gian giải quyết", *(WORDS[how] for how in part.at)))
        case Choice():
            return part.label
        case Channel():
            return WORDS[part.how]
        case Source():
            return part.title
        case Pointer():
            return f"{part.name} ({part.code})"
        case _:
            return str(getattr(part, "text", ""))


def _figure(part: BaseModel) -> str:
    return f": {_amount(part)}" if isinstance(part, Fee | Duration) else ""


def length(time: Duration) -> str:
    """How long, as people read it: 5 ngày làm việc, 2,5 ngày làm việc, trong ngày, chưa biết."""
    if time.unit == "same_day":
        return WORDS["same_day"]
    if time.amount is None:
        return "chưa biết"
    if time.unit == "half_days" and time.amount > 1:
        halves = f"{time.amount / 2:g}".replace(".", ",")
        return f"{halves} {WORDS['working_days']}"
    return WORDS["half_days"] if time.unit == "half_days" else f"{time.amount} {WORDS[time.unit]}"


def _amount(part: Fee | Duration) -> str:
    """The figure as people read it: 8.000đ, 5 ngày làm việc."""
    if isinstance(part, Duration):
        return length(part)
    if part.set_by == "province" and part.amount is None:
        return "tỉnh quy định"
    return f"{part.amount:,}đ".replace(",", ".") if part.amount is not None else "chưa biết"


def _part(name: str, one: BaseModel, other: BaseModel) -> Iterator[str]:
    """What changed inside a part; a figure is told first and by the part's own name."""
    title = _title(one)
    match one:
        case Fee() | Duration():
            head = title[:1].lower() + title[1:]
        case _:
            head = f"{name} “{title}”"
    skip = {"id"}
    if isinstance(one, Fee | Duration) and isinstance(other, Fee | Duration):
        skip |= {"amount", "unit", "set_by"}
        if _amount(one) != _amount(other):
            yield f"{head}: {_amount(one)} → {_amount(other)}"
    for key in type(one).model_fields:
        before, after = getattr(one, key), getattr(other, key)
        if key in skip or before == after:
            continue
        if key == "choices":
            yield from _choices(head, before, after)
        elif isinstance(before, tuple) and isinstance(after, tuple):
            yield from (f"{head}: {line}" for line in _set(NAMES[key], before, after))
        else:
            yield f"{head}: {NAMES[key]}: {_told(key, before)} → {_told(key, after)}"


def _choices(head: str, before: Mapping[str, Choice], after: Mapping[str, Choice]) -> Iterator[str]:
    for id, choice in after.items():
        if id not in before:
            yield f"{head}: thêm câu trả lời “{choice.label}”"
        else:
            yield from _part(f"{head}, câu trả lời", before[id], choice)
    for id, choice in before.items():
        if id not in after:
            yield f"{head}: bỏ câu trả lời “{choice.label}”"


def _told(key: str, value: Any) -> str:
    match value:
        case None | "":
            return "chưa có"
        case bool():
            return "có" if value else "không"
        case date():
            return f"{value:%d/%m/%Y}"
        case Form() | Pointer():
            return _title(value)
        case Mapping():
            parts = (f"{ask}: {' hoặc '.join(choices)}" for ask, choices in value.items())
            return " và ".join(parts) or "mọi trường hợp"
        case _:
            text = str(value)
            return WORDS.get(text, text) if key not in {"name", "title", "text", "label", "note"} else f"“{text}”"
