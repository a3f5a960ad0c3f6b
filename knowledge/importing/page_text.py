"""The portal's page as a program copied it: every cell of every table run together, as JSON or as one text."""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

from knowledge.importing.normalised import text
from knowledge.importing.record import Law, Paper, Record, Unreadable, Way, how_of, levels_of
from knowledge.importing.text import clean_line, split_file

_MENU: Final = re.compile(r"Từ khóa(?=[A-ZĐK]|Không)|Chọn cơ quan thực hiện")
_WAY: Final = re.compile(r"(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)(?=\d|Miễn phí|Không |Chưa |$)")
_TIME: Final = re.compile(r"\d+(?:[.,]\d+)?(?: (?:Ngày làm việc|Ngày|Giờ|Tháng|Tuần|Năm)|(?!\d|[.,]\d))")
_FEE: Final = re.compile(r"(?:Miễn phí|\d[\d.,]* ?(?:Việt Nam Đồng|VNĐ|Đồng|USD))")
_TABLE: Final = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_COUNT: Final = re.compile(r"(\d{1,2}) bản (chính|sao)(?:\s*[,;–-]?\s*(\d{1,2}) bản sao)?")
_NUMBER: Final = re.compile(
    r"(?<!\d)\d{1,3}/\d{4}/(?:QH\d{1,2}|(?:NĐ|NQ|TT|QĐ|TTLT|PL)-[A-ZĐ]{2,}?(?:-[A-ZĐ]{2,}?)*)"
    r"(?=[A-ZĐ][a-zà-ỹ]|[^A-ZĐ\w]|$|\d)"
)
_FLAT_COUNT: Final = re.compile(r"Bản chính:\s*(\d+)\s*-\s*Bản sao:\s*(\d+)")
_FLAT_FORM: Final = re.compile(r"\s*([^.;]{0,120}?\.(?:docx?|pdf|xlsx?))\s*$")
_CODE_IN_NAME: Final = re.compile(r"\d\.\d{6}(?:\.[A-Z]\d{2})?")
_FLAT: Final = re.compile(r"Chi tiết thủ tục hành chính\s+(?P<name>.+?)\s+Xem chi tiết\s+(?P<rest>.+)", re.DOTALL)


def is_one(row: Mapping[str, Any]) -> bool:
    """Whether an object is a page of this format."""
    return "ma_thu_tuc" in row and "ten_thu_tuc" in row


def record(row: Mapping[str, Any], where: str) -> Record:
    """The record of one page by sections."""
    agency = text(row.get("co_quan_thuc_hien"))
    return Record(
        where=where,
        code=text(row.get("ma_thu_tuc")),
        name=text(row.get("ten_thu_tuc")),
        levels=levels_of(text(row.get("cap_thuc_hien"))),
        field=text(row.get("linh_vuc")),
        agency="" if agency == "Không có thông tin" else agency,
        decision=text(row.get("so_quyet_dinh")),
        steps=text(row.get("trinh_tu_thuc_hien")),
        ways=tuple(_ways(text(row.get("cach_thuc_thuc_hien")))),
        papers=tuple(_papers(text(row.get("thanh_phan_ho_so")))),
        laws=tuple(Law(number) for number in dict.fromkeys(_NUMBER.findall(text(row.get("can_cu_phap_ly"))))),
        requirements=_before_menu(text(row.get("yeu_cau_dieu_kien"))),
        result="\n".join(
            part
            for part in re.split(r"Mã: [\w.]*?KQ[\w.]*?\d{3,}", _before_menu(text(row.get("ket_qua_xu_ly"))))
            if part
        ),
        url=text(row.get("detail_url")),
    )


def _before_menu(said: str) -> str:
    return _MENU.split(said)[0]


def _ways(said: str) -> Iterator[Way]:
    found = list(_WAY.finditer(said))
    for one, after in zip_longest(found, found[1:]):
        rest = said[one.end() : after.start() if after else len(said)]
        time = _TIME.match(rest)
        if time is not None:
            rest = rest[time.end() :]
        fees: list[str] = []
        while fee := _FEE.match(rest):
            end = fee.end() + _bracketed(rest[fee.end() :])
            fees.append(f"Phí : {rest[:end]}")
            rest = rest[end:]
        yield Way(how_of(one[1]), time[0] if time else "", "\n".join(fees), rest)


def _bracketed(said: str) -> int:
    """How many characters the brackets at the beginning of a text take, 0 if there are none."""
    depth = 0
    for at, sign in enumerate(said):
        depth += (sign == "(") - (sign == ")")
        if depth <= 0:
            return at + 1 if sign == ")" else 0
    return 0


def _papers(said: str) -> Iterator[Paper]:
    """The rows end where their count stands; what stands before a table's head is the case of its rows."""
    before, *tables = said.split(_TABLE)
    case = before
    for table in tables:
        at = 0
        for count in _COUNT.finditer(table):
            words = table[at : count.start()]
            at = count.end()
            original = int(count[1]) if count[2] == "chính" else 0
            copies = int(count[1]) if count[2] == "sao" else int(count[3] or 0)
            name, form = split_file(words)
            yield Paper(name, clean_line(case), original, copies, (clean_line(form),) if form else ())
        case = table[at:]


def flat_records(said: str, where: str) -> Iterator[Record | Unreadable]:
    """The procedure of a page that was copied as one text; its code stands in the file's name alone."""
    code = _CODE_IN_NAME.search(where.rpartition("/")[2])
    page = _FLAT.search(said)
    if page is None or code is None:
        yield Unreadable(where, "tệp chữ không phải trang “Chi tiết thủ tục hành chính” có mã trong tên tệp")
        return
    rest = page["rest"]
    rest, _, after = rest.partition(" Yêu cầu, điều kiện thực hiện ")
    steps, _, fees = rest.partition(" Phí:")
    start = rest.find(" Phí:")
    last_fee = max(rest.rfind("Xem chi tiết"), start)
    rows = rest[last_fee:] if start >= 0 else ""
    yield Record(
        where=where,
        code=code[0],
        name=page["name"],
        steps=_lines(steps),
        ways=(
            Way(None, "", "\n".join(f"Phí : {fee}" for fee in dict.fromkeys(re.findall(r"(\d[\d.,]* Đồng)", fees)))),
        ),
        papers=tuple(_flat_papers(rows)),
        requirements=_before_menu(after),
    )


def _lines(said: str) -> str:
    return re.sub(r"\s(?=Bước \d|[*+-] [A-ZĐÂÁÀÔÍ])", "\n", said)


def _flat_papers(said: str) -> Iterator[Paper]:
    at = 0
    for count in _FLAT_COUNT.finditer(said):
        words = said[at : count.start()]
        at = count.end()
        form = _FLAT_FORM.search(words)
        name = words[: form.start()] if form and form.start() else words
        if "Xem chi tiết" in name:
            name = name.rpartition(". ")[2]
        yield Paper(
            name=name,
            original=int(count[1]),
            copies=int(count[2]),
            forms=(clean_line(form[1]),) if form and form.start() else (),
        )
