"""Which papers no picture is taken of: the list, the guides that allow some, and papers named in a person's words."""

import pytest

from knowledge.attaching import named_in, refused, sensitives
from knowledge.guide import Document, Form
from knowledge.library import Library
from tests import own

SENSITIVE = {
    "giay-tuy-than": ("Thẻ căn cước hoặc số định danh", "Căn cước hoặc hộ chiếu của cả hai người", "Bằng lái đang có"),
    "ho-tich": ("Giấy chứng sinh", "Trích lục khai tử hoặc giấy báo tử", "Giấy xác nhận tình trạng hôn nhân cũ"),
    "suc-khoe": ("Giấy ra viện", "Giấy tờ xác nhận nhiễm HIV", "Bản sao kết luận của Hội đồng Giám định y khoa"),
    "tien-bac": ("Số tài khoản ngân hàng của người nhận tiền", "Biên lai đóng tiền", "Giấy chứng nhận hộ nghèo"),
    "phap-luat": ("Bản án hoặc quyết định của Tòa án", "Phiếu lý lịch tư pháp do Việt Nam cấp"),
    "hinh-anh-nguoi": ("Ảnh 4x6 phông trắng, chụp trong 6 tháng", "Ảnh màu chụp thẳng, nền trắng"),
    "to-khai": ("Tờ khai đăng ký kết hôn", "Đơn đề nghị cấp giấy phép xây dựng", "Giấy đề nghị đăng ký doanh nghiệp"),
    "niem-tin": ("Giấy tờ chứng minh là nhà tu hành, chức sắc", "Giấy tờ của người có công"),
    "nha-dat": ("Sổ đỏ, sổ hồng của nhà đất", "Giấy đăng ký xe cần đổi, hoặc biển số cần đổi"),
    "hoc-ba": ("Học bạ (bản chính)",),
}


def _papers(library: Library, id: str) -> tuple[Document, ...]:
    guide = library.get(id)
    return () if guide is None else guide.documents


def paper(name: str, form: Form | None = None) -> Document:
    return Document(id="giay", name=name, form=form, source="s1")


@pytest.mark.parametrize("name", [name for names in SENSITIVE.values() for name in names])
def test_a_sensitive_paper_is_refused_and_why_is_told_in_both_languages(name: str) -> None:
    why = refused(paper(name))
    assert why is not None
    assert why.why.endswith(".")
    assert why.en.endswith(".")


def test_every_kind_has_an_example_here() -> None:
    assert {one.id for one in sensitives()} == set(SENSITIVE)
    for id, names in SENSITIVE.items():
        kind = next(one for one in sensitives() if one.id == id)
        assert all(kind.is_in(name) for name in names)


def test_a_paper_with_a_form_is_a_form_whatever_it_is_called() -> None:
    assert refused(paper("Giấy cho ở nhờ")) is None
    why = refused(paper("Giấy cho ở nhờ", Form(name="Mẫu CT09")))
    assert why is not None
    assert why.id == "to-khai"


def test_a_few_papers_that_people_write_themselves_may_be_sent() -> None:
    library = own.library()
    allowed = {(id, paper.id) for id in library.cards for paper in _papers(library, id) if paper.attach}
    assert 5 <= len(allowed) <= 20
    assert ("dang-ky-tam-tru", "hop-dong-thue") in allowed


@pytest.mark.parametrize(
    "typed", ["gửi ảnh cccd được không", "gui anh can cuoc dc ko", "cho em gửi hình sổ đỏ", "send my passport"]
)
def test_sensitive_papers_are_heard_in_what_people_type(typed: str) -> None:
    assert named_in(typed) is not None


@pytest.mark.parametrize(
    "typed", ["gửi ảnh hợp đồng thuê nhà", "gui anh hop dong thue", "xem thử biên bản họp", "don gian thoi"]
)
def test_others_are_not(typed: str) -> None:
    assert named_in(typed) is None
