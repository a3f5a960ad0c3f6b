"""The library: guides by id, code, field and words; what is hidden is never found."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.guide import Guide
from knowledge.library import Library
from knowledge.loading import fields, library_of, load

TODAY = date(2026, 11, 22)
SOURCE = {"id": "s1", "title": "T", "checked_on": TODAY, "certainty": "verified"}


def guide(guide_id: str, code: str, name: str, **more: object) -> Guide:
    content = {"id": guide_id, "field": "ho-tich", "code": code, "name": name, "status": "published", **more}
    return Guide.model_validate({"sources": [SOURCE], **content})


LIBRARY = library_of(
    [
        guide("khai-sinh", "1.001193", "Đăng ký khai sinh", same=["2.001193"], replaces=["1.000111"]),
        guide("khai-sinh-cu", "1.000111", "Đăng ký khai sinh (cũ)", status="withdrawn", replaces=["1.000110"]),
        guide("o-hai-phong", "1.000222.H24", "Việc riêng của tỉnh", field="cu-tru"),
        guide("nhap", "1.000333", "Đăng ký nuôi ong", status="draft"),
        guide("het-han", "1.000444", "Cấp thẻ chợ đêm", expires="2026-12-31"),
        guide("ban-ghi", "1.000555", "Đăng ký nhận cha, mẹ, con", status="imported"),
        guide("ket-hon", "1.000894", "Đăng ký kết hôn"),
    ]
)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("1.001193", "khai-sinh"),
        ("2.001193", "khai-sinh"),  # at another level
        ("1.001193.H42", "khai-sinh"),  # with a province's suffix
        ("1.000111", "khai-sinh"),  # replaced
        ("1.000111.H42", "khai-sinh"),
        ("1.000110", "khai-sinh"),  # replaced by one that was replaced
        ("1.000222.H24", "o-hai-phong"),
        ("1.000222", None),  # a province's own code says nothing of the others
        ("1.999999", None),
        ("", None),
        ("khai sinh", None),
    ],
)
def test_a_code_leads_to_the_guide_in_use(code: str, found: str | None) -> None:
    guide = LIBRARY.by_code(code)
    assert (guide.id if guide else None) == found


def test_a_withdrawn_guide_without_successor_is_found_by_its_code() -> None:
    library = library_of([guide("a", "1.000001", "A", status="withdrawn")])
    found = library.by_code("1.000001")
    assert found is not None
    assert found.status == "withdrawn"


def test_codes_in_a_circle_end() -> None:
    """The rules refuse such guides; a library made past them still answers."""
    library = library_of(
        [
            guide("a", "1.000001", "A", status="withdrawn", replaces=["1.000002"]),
            guide("b", "1.000002", "B", status="withdrawn", replaces=["1.000001"]),
        ]
    )
    assert library.by_code("1.000001") is not None


def test_a_field_shows_what_citizens_may_see_our_own_first() -> None:
    assert [g.id for g in LIBRARY.in_field("ho-tich", TODAY)] == ["khai-sinh", "ket-hon", "het-han", "ban-ghi"]
    assert "het-han" not in [g.id for g in LIBRARY.in_field("ho-tich", date(2027, 1, 1))]
    assert LIBRARY.in_field("khong-co", TODAY) == ()


def test_the_most_asked_come_in_the_order_of_the_list() -> None:
    assert [g.id for g in LIBRARY.most_asked(TODAY)] == ["khai-sinh", "ket-hon"]


def test_hidden_guides_are_never_found() -> None:
    assert LIBRARY.find("đăng ký khai sinh", TODAY).found[0].id == "khai-sinh"
    for day, hidden in ((TODAY, {"nhap", "khai-sinh-cu"}), (date(2027, 1, 1), {"nhap", "khai-sinh-cu", "het-han"})):
        for words in ("đăng ký nuôi ong", "đăng ký khai sinh (cũ)", "cấp thẻ chợ đêm", "1.000444"):
            assert not hidden & {one.id for one in LIBRARY.find(words, day).found}
    assert LIBRARY.find("cấp thẻ chợ đêm", TODAY).found[0].id == "het-han"


def test_a_replaced_code_typed_in_a_question_finds_the_guide() -> None:
    assert [one.id for one in LIBRARY.find("thủ tục 1.000111 là gì", TODAY).found] == ["khai-sinh"]


def test_the_edition_changes_with_any_guide_and_with_nothing_else() -> None:
    one, other = guide("a", "1.000001", "A"), guide("b", "1.000002", "B")
    edition = library_of([one, other]).edition
    assert edition == library_of([other, one]).edition
    assert len(edition) == 8
    assert edition != library_of([one]).edition
    assert edition != library_of([one, guide("b", "1.000002", "Bê")]).edition


def test_an_empty_library_answers() -> None:
    library = Library({})
    assert library.get("a") is None
    assert library.find("khai sinh", TODAY).found == ()
    assert library.most_asked(TODAY) == ()


def test_every_field_has_its_names_and_one_plain_line() -> None:
    listed = fields()
    assert [field.order for field in listed] == list(range(len(listed)))
    assert len({field.id for field in listed}) == len(listed) == 26
    for field in listed:
        assert field.name
        assert field.en
        assert 0 < len(field.line) <= 80
        assert field.line_en
    assert listed[0].id == "ho-tich"


def test_a_library_is_the_same_however_often_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "ho-tich").mkdir()
    good = Path(__file__).parent / "bad" / "khai-sinh-mau.yaml"
    (tmp_path / "ho-tich" / "khai-sinh-mau.yaml").write_bytes(good.read_bytes())
    first, second = load([tmp_path]).library, load([tmp_path]).library
    assert first is not None
    assert second is not None
    assert first.edition == second.edition
