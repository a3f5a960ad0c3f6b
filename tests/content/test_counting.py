"""The counts of `./run guide count`: what there is, how sure it is, and which cases the talks walk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.workshop.counting import Count, count, talks_of
from bot.workshop.opening import MIRRORS, mirrors_of, shelf
from knowledge.loading import GUIDES
from tests import own

TODAY = date(2026, 11, 22)
GUIDE = """\
id: muon-ghe
code: "9.000001"
name: Mượn ghế của khu phố
status: published
summary: Mượn ghế để làm cỗ.
phrases: [mượn ghế khu phố]
asks:
  - id: buoi
    text: Buổi nào?
    choices: {ngay: Ban ngày, toi: Buổi tối}
  - id: den
    text: Có cần đèn không?
    when: {buoi: [toi]}
    choices: {co: Có, khong: Không}
documents:
  - {id: don, name: Đơn mượn, original: 1, source: s1}
  - {id: den, name: Giấy mượn đèn, original: 1, when: {buoi: [toi], den: [co]}, source: s1}
  - {id: cam-ket, name: Cam kết giữ yên lặng, original: 1, when: {buoi: [toi]}, source: s2}
fees:
  - {note: Chưa rõ. Hỏi trưởng khu phố., certainty: unknown, source: s1}
times: [{unit: same_day, source: s1}]
channels: [{how: counter, where: Nhà văn hóa, source: s2}]
sources:
  - {id: s1, title: Nội quy, checked_on: 2026-11-22, certainty: verified}
  - {id: s2, title: Bản chép, checked_on: 2026-11-22, certainty: copied}
"""
MIRROR = """\
finds: [a, b, c, d, e, f, g, h]
not_finds: [i, j, k]
talks:
  - name: buổi tối, cần đèn
    on: 2026-11-22
    talk:
      - say: mượn ghế khu phố
      - press: Chuẩn bị giấy tờ
      - press: Buổi tối
      - press: Có
      - press: Xem tóm tắt
      - press: Kết thúc
      - press: Rồi
  - name: không đi hết
    on: 2026-11-22
    talk:
      - say: mượn ghế khu phố
      - press: Chuẩn bị giấy tờ
      - press: Không có nút này
"""


def counted(folder: Path) -> Count:
    (folder / "khac").mkdir(parents=True)
    (folder / "khac" / "muon-ghe.yaml").write_text(GUIDE, encoding="utf-8")
    (folder / "khac" / "nhap.yaml").write_text(
        GUIDE.replace("muon-ghe", "nhap").replace("9.000001", "9.000002").replace("published", "draft"),
        encoding="utf-8",
    )
    mirror = mirrors_of(folder) / "khac" / "muon-ghe.yaml"
    mirror.parent.mkdir(parents=True)
    mirror.write_text(MIRROR, encoding="utf-8")
    return count(shelf([folder], TODAY), [folder], own.sentences(), TODAY)


def test_only_published_guides_are_counted_and_a_case_counts_once_walked_to_its_end(tmp_path: Path) -> None:
    found = counted(tmp_path / "g")
    assert (found.guides, found.asks, found.papers, found.sources, found.talks) == (1, 2, 3, 2, 2)
    assert found.certainty == {"verified": 3, "copied": 2, "unknown": 1}
    assert (found.cases, found.listed, found.cases_walked) == (3, 3, 1)
    assert (found.choices, found.choices_walked) == (4, 2)
    assert found.lines()[1] == (
        "6 điều có ghi độ chắc chắn: 3 đã đối chiếu, 2 theo bản chép, 0 các nguồn mâu thuẫn, 0 chưa kiểm chứng, 1 chưa biết"
    )
    assert found.lines()[3] == (
        "3 trường hợp trả lời khác nhau: 3 (100,0%) có danh sách giấy tờ hoặc dẫn sang thủ tục khác"
    )
    assert found.lines()[4] == "Các cuộc trò chuyện mẫu đi qua 1 (33,3%) trường hợp, 2 (50,0%) câu trả lời"


def test_our_own_talks_are_those_of_the_mirrors_and_those_about_no_one_guide() -> None:
    files = {talk.file for talk in talks_of([GUIDES])}
    assert (MIRRORS / "ho-tich" / "dang-ky-khai-sinh.yaml").as_posix() in files
    assert (MIRRORS.parent / "talks" / "ways.yaml").as_posix() in files
