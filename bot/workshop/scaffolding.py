"""A new guide and its mirror, set up from an official record or empty, with every gap marked for the one who writes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from bot.workshop.due import records_of
from bot.workshop.opening import CannotOpen, mirror_path, seen_from_here
from knowledge.guide import Guide, is_code
from knowledge.importing.naming import slug
from knowledge.importing.yaml_out import scalar
from knowledge.library import Library
from knowledge.loading import GUIDES, fields, load
from knowledge.problems import perhaps

GAP: Final = "# CÒN THIẾU:"
"""Begins the comment at every gap, so that an editor finds them all."""

_NOT_OURS: Final = ("# ", "id:", "code:", "name:", "status:", "level:", "same:", "replaces:")


@dataclass(frozen=True, slots=True)
class Made:
    """The two files that were written, and how many gaps are marked in them."""

    guide: Path
    mirror: Path
    gaps: int


def scaffold(code: str, library: Library, imported: Path | None, to: Path, field: str, today: date) -> Made:
    """Write guide and mirror under the folder `to`; CannotOpen, and nothing written, when that cannot be.

    Never overwrites: a guide of that code in that folder, or a file of that name, is named instead. An office may
    set up its own version of a guide of ours in its own folder.
    """
    if not is_code(code):
        raise CannotOpen(f"{code}: không phải mã thủ tục, mã có dạng 1.001193 hoặc 1.001193.H42")
    inside = load([to], today, tolerate=True).library if to.is_dir() else None
    existing = inside.by_code(code) if inside is not None else None
    if existing is not None and existing.status != "imported":
        where = seen_from_here(to / existing.field / f"{existing.id}.yaml")
        raise CannotOpen(f"{code}: đã có hướng dẫn {where}, mở tệp đó mà sửa")
    record, path = _record(code, imported)
    known_as = record or library.by_code(code)
    name = known_as.name if known_as is not None else library.name_only(code) or ""
    folder = field or (known_as.field if known_as is not None else "khac")
    known = [one.id for one in fields()]
    if folder not in known:
        raise CannotOpen(f"--field {folder}: không có lĩnh vực này, {perhaps(folder, known, 'các lĩnh vực')}")
    id = slug(name or f"thu-tuc-{code}")
    guide = to / folder / f"{id}.yaml"
    mirror = mirror_path(guide)
    for file in (guide, mirror):
        if file.exists():
            raise CannotOpen(f"{seen_from_here(file)}: đã có tệp này nên không ghi đè, đổi tên tệp cũ rồi gõ lại")
    head = tuple(_head(guide, code, name, record, today))
    body = tuple(_from_record(path)) if path is not None else tuple(_empty(code, today))
    texts = ("\n".join((*head, *body)) + "\n", _mirror(id, folder, name or "tên thủ tục", today))
    for file, text in zip((guide, mirror), texts, strict=True):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8") as out:
                out.write(text)
        except OSError as error:
            cure = "xem lại quyền ghi, hoặc chọn thư mục khác bằng --to"
            raise CannotOpen(f"{seen_from_here(file)}: không ghi được ({error.strerror}), {cure}") from error
    return Made(guide, mirror, sum(text.count(GAP) for text in texts))


def _record(code: str, imported: Path | None) -> tuple[Guide | None, Path | None]:
    if imported is None:
        return None, None
    records = records_of(imported, {code})
    if code not in records.by_code:
        why = f"không có bản ghi mã {code}" if records.any else "không có tệp nào ở đây"
        cure = "xem lại thư mục mà ./run import đã tạo, hoặc bỏ --from để có khung trống"
        raise CannotOpen(f"--from {seen_from_here(imported)}: {why}, {cure}")
    return records.by_code[code], records.paths[code]


def _head(file: Path, code: str, name: str, record: Guide | None, today: date) -> Iterator[str]:
    id = file.stem
    schema = Path(os.path.relpath(GUIDES.parent / "guide.schema.json", file.parent)).as_posix()
    yield f"# yaml-language-server: $schema={schema}"
    origin = f"từ {record.sources[0].title}" if record is not None else "khung trống"
    yield f"# Bản nháp ngày {today:%d/%m/%Y}, {origin}."
    yield f"# Tìm chữ “{GAP[2:]}” và viết từng chỗ. Chỗ không cần thì xóa cả dòng. Không biết thì ghi là chưa biết."
    yield f"# Viết xong: đổi status thành published, rồi gõ ./run check và ./run guide test {id}"
    yield f"id: {id}"
    yield f"code: {scalar(code)}"
    if not name:
        yield f"{GAP} tên chính thức của thủ tục."
    yield f"name: {scalar(name or f'Thủ tục {code}')}"
    yield f"{GAP} tên gọi ngắn, dễ hiểu, tối đa 60 ký tự, ví dụ short: Khai sinh cho con"
    yield "status: draft"
    if record is not None and record.level:
        yield f"level: [{', '.join(record.level)}]"
    else:
        yield f"{GAP} cấp giải quyết, ví dụ level: [commune] (xã), [province] (tỉnh)"
    yield f"{GAP} việc sinh, cưới, tang thì ghi event: birth, marriage hoặc death; việc khác thì xóa dòng này."
    yield f"{GAP} một hai câu ngắn: thủ tục này để làm gì, dành cho ai, ví dụ summary: Ghi việc sinh của bé vào sổ."
    yield f"{GAP} 10 đến 25 cách người dân gọi việc này, mỗi cách một dòng, không trùng thủ tục khác:"
    yield "# phrases:"
    yield "#   - làm giấy khai sinh"
    yield f"{GAP} câu hỏi, chỉ khi câu trả lời làm đổi giấy tờ, phí, nơi nộp hoặc thời gian (tối đa 5 câu):"
    yield "# asks:"
    yield "#   - id: noi-sinh"
    yield "#     text: Bé sinh ở đâu?"
    yield "#     choices:"
    yield "#       co-so-y-te: Ở bệnh viện hoặc trạm y tế"
    yield "#       tai-nha: Ở nhà hoặc nơi khác"


_BEFORE: Final = {
    "documents:": (
        "viết lại tên giấy cho ngắn, thêm lấy ở đâu (from), hay sai (mistake).",
        "giấy chỉ cần trong vài trường hợp thì thêm when, ví dụ when: {noi-sinh: [tai-nha]}.",
        "tờ khai thì thêm form: {name: ...}; giấy không phải ai cũng nộp thì thêm when hoặc if_any: true.",
    ),
    "fees:": ("mức phí đúng (amount, chỉ chữ số) và nguồn. Bỏ trống là chưa biết, không phải miễn phí.",),
    "times:": ("thời gian: amount và unit (working_days, half_days là nửa ngày, days, hours, same_day).",),
    "channels:": ("nơi nộp thật (where), giờ nhận (hours); trực tuyến thì online: full hoặc partial.",),
    "conditions:": ("giữ lại điều người dân cần biết, viết thành câu ngắn.",),
    "steps:": ("chỉ giữ việc của người dân, mỗi bước một câu ngắn.",),
    "legal_basis:": ("ghi tên văn bản cho đủ, gộp thành vài dòng, ví dụ Luật Hộ tịch 60/2014/QH13.",),
    "sources:": (
        "đối chiếu với bản gốc rồi ghi checked_on là ngày đối chiếu; đúng hết thì certainty: verified.",
    ),
}  # fmt: skip


def _from_record(path: Path) -> Iterator[str]:
    """The record's own lines from `documents` on, with a remark where something must be written anew."""
    seen: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(_NOT_OURS):
            continue
        if line.startswith("sources:"):
            for key in ("documents:", "fees:", "times:", "channels:"):
                if key not in seen:
                    yield f"{GAP} {key[:-1]}: bản ghi không có. {_BEFORE[key][0]}"
            yield from _mistakes()
        for gap in _BEFORE.get(line, ()):
            yield f"{GAP} {gap}"
        seen.add(line)
        yield line
    yield f"{GAP} ngày quy định có thể thay đổi lần tới, ví dụ review_by: 2027-03-01"


def _mistakes() -> Iterator[str]:
    yield f"{GAP} điều khiến người dân phải về làm lại; asked là chữ dân hỏi mà chính câu này trả lời:"
    yield "# mistakes:"
    yield "#   - {text: Quên mang bản chính., asked: [bản chính, quên giấy], source: s1}"


def _empty(code: str, today: date) -> Iterator[str]:
    yield f"{GAP} giấy tờ:"
    yield "# documents:"
    yield "#   - id: to-khai"
    yield "#     name: Tờ khai"
    yield "#     original: 1"
    yield "#     source: s1"
    yield f"{GAP} {_BEFORE['fees:'][0]}"
    yield "# fees:"
    yield "#   - {note: Chưa có thông tin. Xin hỏi nơi nộp., source: s1}"
    yield f"{GAP} {_BEFORE['times:'][0]}"
    yield "# times:"
    yield "#   - {amount: 5, unit: working_days, source: s1}"
    yield f"{GAP} {_BEFORE['channels:'][0]}"
    yield "# channels:"
    yield "#   - {how: counter, where: Trung tâm Phục vụ hành chính công xã, source: s1}"
    yield from _mistakes()
    yield f"{GAP} đọc bản gốc rồi ghi tên nguồn, địa chỉ https, ngày kiểm tra và độ chắc chắn."
    yield "sources:"
    yield "  - id: s1"
    yield f"    title: {scalar(f'Bản ghi thủ tục {code} trên Cổng Dịch vụ công quốc gia')}"
    yield "    url: https://dichvucong.gov.vn"
    yield f"    checked_on: {today.isoformat()}"
    yield "    certainty: unknown"
    yield f"{GAP} ngày quy định có thể thay đổi lần tới, ví dụ review_by: 2027-03-01"


def _mirror(id: str, folder: str, name: str, today: date) -> str:
    return f"""\
# Tệp kiểm thử của {folder}/{id}.yaml: gõ ./run guide test {id}
{GAP} ít nhất 8 câu người dân thật sự gõ (không dấu, viết tắt, kể chuyện), phải tìm ra thủ tục này trước tiên.
# Ví dụ: - lam giay to gi cho con moi sinh
finds: []
{GAP} ít nhất 3 câu gần giống nhưng là việc khác.
not_finds: []
{GAP} ít nhất một cuộc trò chuyện đi đến hết. Bỏ dấu # ở các dòng dưới rồi sửa; hoặc gõ ./run chat --record talk.yaml
talks: []
#  - name: nộp tại xã, đi đến hết
#    on: {today.isoformat()}
#    talk:
#      - say: {name}
#      - press: Chuẩn bị giấy tờ
#      - see: [tên một giấy tờ phải có]
#      - press: Xem tóm tắt
#      - press: Kết thúc
#      - press: Rồi
#      - press: Hài lòng
"""
