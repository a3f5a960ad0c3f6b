"""An official record -> the content of a guide file: official facts as they are, doubts as doubts, no asks of ours."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from knowledge.guide import How, is_code
from knowledge.importing.fees import Price, prices_of
from knowledge.importing.fields import field_of
from knowledge.importing.naming import id_of, name_of, slug, unlike
from knowledge.importing.record import Paper, Record, Unreadable
from knowledge.importing.text import clean, clean_line, cut, pieces, says_nothing, split_file
from knowledge.importing.times import Time, time_of
from knowledge.importing.yaml_out import write
from knowledge.yaml_lines import GUIDE_LIMIT

ABOLISHED: Final = date(2025, 7, 1)
"""The district level ended on this day; what was copied before it may name the wrong office."""

SOURCE: Final = "s1"
OPENING: Final = (
    "yaml-language-server: $schema=../../guide.schema.json",
    "Nhập tự động từ Cổng Dịch vụ công quốc gia; lệnh ./run import ghi đè tệp này khi bản gốc đổi.",
    "Muốn sửa tay: chép sang thư mục hướng dẫn của cơ quan và ghi status: published.",
)
_DISTRICT: Final = re.compile(
    r"cấp (?:quận|huyện)|(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|công an|phòng [\w -]{3,40}?) (?:cấp )?(?:quận|huyện)"
    r"|quận, huyện",
    re.IGNORECASE,
)
_DISTRICT_NOTE: Final = "Cấp huyện đã bỏ từ ngày 01/07/2025: nay hỏi Ủy ban nhân dân cấp xã nơi ở."
_DISTRICT_SUMMARY: Final = (
    "Bản ghi này còn nhắc cấp huyện, cấp đã bỏ từ ngày 01/07/2025. Nơi nộp và thời gian có thể đã đổi: "
    "hỏi Ủy ban nhân dân cấp xã trước khi đi."
)
_OLD_SUMMARY: Final = (
    "Bản ghi cũ, chép trước ngày 01/07/2025. Nơi nộp, phí và giấy tờ có thể đã đổi: hỏi nơi giải quyết trước khi đi."
)
_OLD_NOTE: Final = "Bản ghi cũ, chép trước ngày 01/07/2025: hỏi nơi nộp."
_SAID_FREE: Final = "Theo bản ghi, nên hỏi lại nơi nộp"
_SEVERAL: Final = "Cổng ghi nhiều mức, không nói mức nào cho trường hợp nào: hỏi nơi nộp."
_ONLINE: Final = "Cổng Dịch vụ công quốc gia"
_SHOWN: Final = re.compile(r"xuất trình", re.IGNORECASE)
_IF_ANY: Final = re.compile(r"\(nếu có\)", re.IGNORECASE)
_NOTE: Final = re.compile(r"\W*(?:lưu ý|ghi chú|chú ý)\b", re.IGNORECASE)
_LONG: Final = 2_000


@dataclass(frozen=True, slots=True)
class Made:
    """A guide file to be: its folder and name, its code, its content and text."""

    field: str
    id: str
    code: str
    content: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The file."""
        return write(self.content, OPENING)


def guide_of(record: Record, today: date, kept: Mapping[str, str]) -> Made | Unreadable:
    """The guide file of a record, or why there can be none.

    `kept` holds the ids (by code) of files that are there already: an id never changes. `today` dates a record when
    neither it nor its file carries a date.
    """
    code = clean_line(record.code)
    if not is_code(code):
        return Unreadable(record.where, f"mã thủ tục “{cut(code, 40)}” không đúng dạng 1.234567 hoặc 1.234567.H17")
    name = name_of(record.name)
    if not name:
        return Unreadable(record.where, f"thủ tục {code} không có tên")
    if len(name) > _LONG:
        return Unreadable(record.where, f"tên của thủ tục {code} dài {len(name)} ký tự")
    own = kept.get(code) or id_of(name, code)
    for share in (1.0, 0.6, 0.35, 0.2, 0.1):
        made = Made(field_of(record.field, name), own, code, _content(record, code, name, own, today, share))
        if len(made.text.encode()) <= GUIDE_LIMIT - 1024:
            return made
    return Unreadable(record.where, f"nội dung của thủ tục {code} quá dài cho một tệp")


def _content(record: Record, code: str, name: str, id: str, today: date, share: float) -> dict[str, Any]:
    """The keys of the file in order; with a share under 1 the long texts are shortened, and say so."""
    on = record.on or record.filed or today
    old = on < ABOLISHED
    agency = clean_line(record.agency)
    papers, notes = _papers(record, max(8, int(60 * share)))
    conditions = [*_long(record.requirements, share), *notes]
    district = not old and (record.district or _mentions_district(record))
    return {
        "id": id,
        "code": code,
        "replaces": [old_code for old_code in record.replaces if is_code(old_code) and old_code != code],
        "name": name,
        "status": "imported",
        "level": list(record.levels),
        "agency": cut(agency, 400),
        "summary": _OLD_SUMMARY if old else _DISTRICT_SUMMARY if district else "",
        "documents": papers,
        "fees": [_fee(price, at, old) for price, at in _fees(record)],
        "times": [_time(time, at, old) for time, at in _times(record)],
        "channels": list(_channels(record, agency)),
        "conditions": [_fact("text", text) for text in conditions],
        "steps": [_fact("text", text) for text in _long(record.steps, share)],
        "results": [_fact("name", text) for text in pieces(_said(record.result), _LONG)],
        "legal_basis": [_fact("text", text) for text in _laws(record)[: int(60 * share)]],
        "sources": [_source(record, code, on, "unverified" if old else "copied")],
    }


def _said(text: str) -> str:
    said = clean(text)
    return "" if says_nothing(said) else said


def _fact(key: str, text: str) -> dict[str, Any]:
    note = _DISTRICT_NOTE if _DISTRICT.search(text) else ""
    return {key: text, "note": note, "source": SOURCE}


def _mentions_district(record: Record) -> bool:
    said = (record.agency, record.steps, record.requirements, *(way.note + way.fee for way in record.ways))
    return any(_DISTRICT.search(text) for text in said)


def _source(record: Record, code: str, on: date, certainty: str) -> dict[str, Any]:
    decision = clean_line(record.decision)
    title = f"Cổng Dịch vụ công quốc gia, thủ tục {code}" + (
        f", công bố theo {decision if decision.lower().startswith('quyết') else 'Quyết định ' + decision}"
        if decision and not says_nothing(decision)
        else ""
    )
    url = record.url.strip()
    return {
        "id": SOURCE,
        "title": cut(title, 400),
        "url": url if re.fullmatch(r"https://\S{1,490}", url) else "",
        "data_date": on,
        "checked_on": on,
        "certainty": certainty,
    }


def _long(text: str, share: float) -> list[str]:
    """A long text in a few pieces: its own steps ("Bước 1", "a)", "- ") as far as they are few, else run together."""
    said = _said(text)
    most = int(16_000 * share)
    if len(said) > most:
        said = cut(said, most) + "\n(Phần sau xem tại Cổng Dịch vụ công quốc gia.)"
    lines = pieces(said, _LONG)
    parts: list[str] = []
    starts = _starts(lines)
    for at, line in enumerate(lines):
        if parts and at not in starts and len(parts[-1]) + len(line) < _LONG:
            parts[-1] += "\n" + line
        else:
            parts.append(line)
    return parts


_STEP: Final = re.compile(r"\W*(?:bước|bước thứ)\s+\w+", re.IGNORECASE)
_FEW: Final = 9


def _starts(lines: Sequence[str]) -> set[int]:
    """The lines that begin a part: the coarsest way of numbering that the text has and that makes few parts."""
    for way in (_STEP, re.compile(r"(?:[IVX]+|\d+)[.)]\s"), re.compile(r"[a-zđ]\)\s"), re.compile(r"[-–]\s")):
        found = {at for at, line in enumerate(lines) if way.match(line)}
        if 2 <= len(found) <= _FEW:
            return found
    return set(range(len(lines))) if len(lines) <= _FEW else set()


def _papers(record: Record, most: int) -> tuple[list[dict[str, Any]], list[str]]:
    """The papers, and the remarks that stand among them as rows with no original, no copy and no form."""
    rows = [row for row in map(_tidied, record.papers) if row.name]
    notes: list[str] = []
    papers: list[dict[str, Any]] = []
    taken: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for row in rows:
        case = clean_line(row.case).strip("*:- ")
        if _is_remark(row, case):
            if row.name not in notes and not row.name.endswith(":"):  # a heading with nothing under it says nothing
                notes.append(row.name)
            continue
        if (row.name, case) in seen:
            continue
        seen.add((row.name, case))
        if len(papers) < most:
            papers.append(_paper(row, case, taken))
    if len(seen) > most:
        notes.append(f"Còn {len(seen) - most} giấy tờ khác: xem tại Cổng Dịch vụ công quốc gia.")
    return papers, [cut(note, 1_000) for note in notes[:12]]


def _tidied(row: Paper) -> Paper:
    name = clean_line(row.name).lstrip("-+–* ").strip()
    bare, form = ("", "") if row.forms else split_file(name)
    return replace(row, name=bare.strip(), forms=(form,)) if form else replace(row, name=name)


def _is_remark(row: Paper, case: str) -> bool:
    if _NOTE.match(case) or _NOTE.match(row.name):
        return not row.forms
    return row.original == 0 and row.copies == 0 and not row.forms and not row.form_url


def _paper(row: Paper, case: str, taken: set[str]) -> dict[str, Any]:
    name = cut(row.name.rstrip(" ;,."), 400)
    rest = "…" + row.name[len(name) - 1 :].strip(" ;,") if name.endswith("…") else ""
    form = {"name": cut(clean_line(row.forms[0]), 300)} if row.forms and clean_line(row.forms[0]) else None
    return {
        "id": unlike(slug(row.name, 40), taken),
        "name": name,
        "case": cut(case, 400),
        "kind": "show" if _SHOWN.search(case) else "",
        "if_any": True if _IF_ANY.search(row.name) else None,
        "original": min(row.original or 0, 20) or None,
        "copies": min(row.copies or 0, 20) or None,
        "form": form,
        "note": cut(rest, 600),
        "source": SOURCE,
    }


def _ways_with(record: Record, hows: Sequence[How | None]) -> list[How]:
    """The ways a fact holds for, empty when it holds for all that the record has."""
    every = {way.how for way in record.ways}
    if None in hows or set(hows) >= every or len(every) == 1:
        return []
    return [how for how in dict.fromkeys(hows) if how is not None]


def _fees(record: Record) -> Iterator[tuple[Price, list[How]]]:
    by_price: dict[Price, list[How | None]] = {}
    for way in record.ways:
        for price in prices_of(way.fee, suspect=way.suspect):
            by_price.setdefault(price, []).append(way.how)
    bare = [price for price in by_price if price.amount and not price.note]
    for price, hows in list(by_price.items())[:16]:
        at = _ways_with(record, hows)
        yield (replace(price, note=_SEVERAL) if price in bare and len(bare) > 1 and not at else price), at


def _fee(price: Price, at: Sequence[How], old: bool) -> dict[str, Any]:
    if old:
        price = replace(price, amount=None, note=_OLD_NOTE)
    return {
        "what": price.what,
        "amount": price.amount,
        "at": list(at),
        "set_by": "province" if price.by_province and price.amount is None else "",
        "condition": _SAID_FREE if price.amount == 0 else "",
        "note": price.note,
        "source": SOURCE,
        "certainty": "unknown" if price.amount is None and not old and not price.by_province else "",
    }


def _times(record: Record) -> Iterator[tuple[Time, list[How]]]:
    by_time: dict[Time, list[How | None]] = {}
    for way in record.ways:
        if (time := time_of(way.time)) is not None:
            by_time.setdefault(time, []).append(way.how)
    for time, hows in by_time.items():
        yield time, _ways_with(record, hows)


def _time(time: Time, at: Sequence[How], old: bool) -> dict[str, Any]:
    if old:
        time = Time(None, "working_days", _OLD_NOTE)
    return {
        "amount": time.amount,
        "unit": time.unit if time.amount is not None else "",
        "at": list(at),
        "note": time.note,
        "source": SOURCE,
        "certainty": "unknown" if time.amount is None and not old else "",
    }


def _channels(record: Record, agency: str) -> Iterator[dict[str, Any]]:
    seen: set[How] = set()
    where = cut(agency, 300) or "Cơ quan giải quyết thủ tục"
    for way in record.ways:
        if way.how is None or way.how in seen:
            continue
        seen.add(way.how)
        note = cut(_said(way.note), 600)
        if _DISTRICT.search(f"{note} {agency}"):
            note = cut(note, 590 - len(_DISTRICT_NOTE)) + (" " if note else "") + _DISTRICT_NOTE
        yield {
            "how": way.how,
            "where": _ONLINE if way.how == "online" else where,
            "url": "https://dichvucong.gov.vn" if way.how == "online" else "",
            "note": note,
            "source": SOURCE,
        }


def _laws(record: Record) -> list[str]:
    named = (f"{clean_line(law.title)} {_bracketed(law.title, clean_line(law.number))}".strip() for law in record.laws)
    return [cut(text, 600) for text in dict.fromkeys(named) if text and not says_nothing(text)]


def _bracketed(title: str, number: str) -> str:
    if not number or number in title:
        return ""
    return f"({number})" if title.strip() else number
