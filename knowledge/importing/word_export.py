"""The Word export of the national database ("Chi tiết thủ tục hành chính"), .docx or the .doc that is one too."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from knowledge.importing.office import Block, WrongFile, word_blocks
from knowledge.importing.record import Law, Paper, Record, Unreadable, Way, how_of, levels_of
from knowledge.importing.text import clean, clean_line

_LABELS: Final = (
    "Mã thủ tục", "Số quyết định", "Tên thủ tục", "Cấp thực hiện", "Loại thủ tục", "Lĩnh vực", "Trình tự thực hiện",
    "Cách thức thực hiện", "Thành phần hồ sơ", "Đối tượng thực hiện", "Cơ quan thực hiện", "Cơ quan có thẩm quyền",
    "Địa chỉ tiếp nhận HS", "Cơ quan được ủy quyền", "Cơ quan phối hợp", "Kết quả thực hiện", "Căn cứ pháp lý",
    "Yêu cầu, điều kiện thực hiện", "Từ khóa", "Mô tả",
)  # fmt: skip
_LABEL: Final = re.compile(rf"\s*({'|'.join(_LABELS)})\s*:\s*(.*)", re.DOTALL)
_LINK: Final = re.compile(r"https://\S+")
_COUNT: Final = re.compile(r"Bản (chính|sao)\s*:\s*(\d+)", re.IGNORECASE)


def records(data: bytes, where: str) -> Iterator[Record | Unreadable]:
    """The procedure of one file."""
    try:
        parts, link = _parts(word_blocks(data))
    except WrongFile as error:
        yield Unreadable(where, str(error))
        return
    said = {label: "\n".join(block for block in blocks if isinstance(block, str)) for label, blocks in parts.items()}
    if "Mã thủ tục" not in said:
        yield Unreadable(where, "tệp Word không phải bản “Chi tiết thủ tục hành chính”")
        return
    yield Record(
        where=where,
        code=clean_line(said["Mã thủ tục"]),
        name=said.get("Tên thủ tục", ""),
        levels=levels_of(said.get("Cấp thực hiện", "")),
        field=said.get("Lĩnh vực", ""),
        agency=said.get("Cơ quan thực hiện", ""),
        decision=said.get("Số quyết định", ""),
        steps=said.get("Trình tự thực hiện", ""),
        ways=tuple(_ways(parts.get("Cách thức thực hiện", ()))),
        papers=tuple(_papers(parts.get("Thành phần hồ sơ", ()))),
        laws=tuple(
            Law(row["Số ký hiệu"], row.get("Trích yếu", ""))
            for row in _rows(parts.get("Căn cứ pháp lý", ()))
            if "Số ký hiệu" in row
        ),
        requirements=said.get("Yêu cầu, điều kiện thực hiện", ""),
        result=said.get("Kết quả thực hiện", ""),
        url=link,
    )


def _parts(blocks: Iterator[Block]) -> tuple[dict[str, list[Block]], str]:
    """The blocks under each label, and the link at the foot."""
    parts: dict[str, list[Block]] = {}
    label = link = ""
    for block in blocks:
        if isinstance(block, str):
            if found := _LABEL.fullmatch(block):
                label = found[1]
                parts.setdefault(label, []).append(found[2])
                continue
            if "vui lòng truy cập" in block and (address := _LINK.search(block)):
                link = address[0]
                continue
        if label:
            parts[label].append(block)
    return parts, link


def _rows(blocks: Sequence[Block]) -> Iterator[Mapping[str, str]]:
    """The rows of the tables, each cell under the words at the head of its column."""
    for block in blocks:
        if not isinstance(block, str) and block:
            head = [clean_line(cell) for cell in block[0]]
            yield from (dict(zip(head, row, strict=False)) for row in block[1:])


def _ways(blocks: Sequence[Block]) -> Iterator[Way]:
    for row in _rows(blocks):
        how = clean_line(row.get("Hình thức nộp", ""))
        if how:
            yield Way(how_of(how), row.get("Thời hạn giải quyết", ""), row.get("Phí, lệ phí", ""), row.get("Mô tả", ""))


def _papers(blocks: Sequence[Block]) -> Iterator[Paper]:
    case = ""
    for block in blocks:
        if isinstance(block, str):
            case = clean_line(block) or case
            continue
        for row in _rows([block]):
            counts = {kind.lower(): int(number) for kind, number in _COUNT.findall(row.get("Số lượng", ""))}
            yield Paper(
                name=row.get("Tên giấy tờ", ""),
                case="" if case.lower().rstrip(":") in {"bao gồm", "gồm"} else case,
                original=counts.get("chính"),
                copies=counts.get("sao"),
                forms=tuple(line for line in clean(row.get("Mẫu đơn, tờ khai", "")).split("\n") if line),
            )
