"""Someone in danger is heard in whatever words, and nobody who asks about papers is taken for one."""

import json
from pathlib import Path

import pytest

from knowledge.loading import everyday_words
from knowledge.question import understand
from knowledge.vietnamese import unmarked
from tests import own

WORDS = everyday_words()
QUESTIONS = Path(__file__).resolve().parents[2] / "../shared/data/questions.jsonl"

IN_DANGER = (
    "con em bị bạn bắt nạt ở trường",
    "cháy",
    "cứu",
    "cứu với ạ",
    "help me",
    "chồng em đánh em",
    "ck đánh e wài",
    "ck e hay đánh e",
    "bị bạo hành",
    "em bị chồng bạo hành",
    "bố đánh con bé chảy máu",
    "ba nó đánh nó chảy máu",
    "muốn tự tử",
    "ko muốn sống nữa",
    "k muon song nua",
    "em không thiết sống nữa",
    "con em bị xâm hại",
    "con e bi xam hai",
    "chong danh em",
    "chong em danh em hoai",
    "chồng đánh vợ",
    "vợ bị chồng đánh",
    "em bị chồng đánh",
    "bị chồng cũ đe dọa giết",
    "nó dọa giết em",
    "có người dọa giết",
    "con trai đánh mẹ",
    "con tôi đánh tôi",
    "bạn trai đánh em",
    "người yêu đánh em",
    "em chán sống rồi",
    "tôi muốn chết",
    "muốn chết quá",
    "em muốn chết cho xong",
    "muốn kết thúc cuộc đời",
    "tu tu",
    "e muon tu tu",
    "tự vẫn",
    "cắt tay tự tử",
    "em vừa uống thuốc ngủ",
    "bé bị đánh đập",
    "hàng xóm đánh con họ dã man",
    "thầy giáo sàm sỡ con em",
    "cháu bị người ta sờ soạng",
    "bị hiếp",
    "em bị cưỡng hiếp",
    "con gái bị dụ dỗ quan hệ",
    "bị đánh bầm tím",
    "chồng say xỉn đánh đập vợ con",
    "ông xã đánh em",
    "ox đánh e",
    "chồng bóp cổ em",
    "chồng tát em",
    "chồng cầm dao đòi chém em",
    "nó cầm dao",
    "mẹ kế đánh cháu",
    "bị bạo lực gia đình",
    "bị bạo hành gia đình cần giúp",
    "bạo hành trẻ em báo ai",
    "có trẻ bị bạo hành",
    "con bị bắt cóc",
    "bé nhà em mất tích rồi",
    "mẹ em ngất xỉu",
    "ba em đột quỵ",
    "em bị tai nạn",
    "xe tông người",
    "cháy rồi",
    "nhà hàng xóm cháy",
    "cứu em với",
    "my husband beats me",
    "my husband hits me",
    "i want to die",
    "i want to kill myself",
    "suicide",
    "my child is being abused",
    "fire in my house",
    "bi danh",
    "chồng em nó đánh em đau lắm",
    "em bị ck đánh hoài",
    "chồng em hay đánh đập em",
    "ba đánh em",
    "bị cha ruột xâm hại",
    "bị ép quan hệ",
    "đang bị nhốt",
    "bị hành hung",
    "bị đe dọa tính mạng",
    "bị người ta chặn đánh",
    "bị bạo lực",
    "bạo lực học đường con em bị đánh",
    "con em bị bạn đánh ở trường",
    "không muốn sống",
    "sống không nổi nữa",
    "em tuyệt vọng quá muốn chết",
    "muon chet",
    "chong bao hanh",
    "bị chồng hành hạ",
    "ông xã nhậu về là đánh em với con",
    "chong toi say ruou danh toi gay tay",
    "em bi ban trai danh bam tim mat",
    "ba dượng sờ người con gái em",
    "con gái em bị ông hàng xóm hiếp dâm",
    "mẹ em bị bố đánh chảy máu đầu",
    "tôi không muốn sống trên đời này nữa",
    "e k muốn sống nữa",
    "chán đời quá muốn chết đi",
    "con em đòi tự tử",
    "bạn em vừa uống thuốc trừ sâu",
    "chồng nhốt em trong nhà",
    "có người đang bị chém ở đầu hẻm",
    "nhà đang cháy",
    "cứu em với chồng em cầm dao",
    "thằng con trai nó đánh mẹ nó",
    "bố bạo hành mẹ con em",
    "thầy giáo dạy thêm sàm sỡ con bé nhà em",
    "em bị người yêu cũ dọa giết",
    "cháu bị bắt nạt đánh ở trường",
    "em bị chồng đánh giờ phải làm sao",
    "vk bị ck đánh",
    "cha ruột đánh con gãy tay",
    "mẹ ruột hành hạ con",
    "trẻ con nhà bên bị đánh khóc suốt đêm",
    "con dâu đánh mẹ chồng",
    "ông nội ngất xỉu rồi",
    "bé bị hóc xương không thở được",
    "chong e bop co e",
    "em trầm cảm muốn chết",
)

ABOUT_PAPERS = (
    "help me register a birth",
    "cựu chiến binh",
    "cuu chien binh",
    "thủ tục xử lý bạo lực gia đình ở xã",
    "thẩm duyệt phòng cháy",
    "nổi bật",
    "chồng mất em làm khai tử",
    "đánh máy",
    "đánh mất cccd",
    "em đánh mất cccd",
    "chồng em đánh mất cccd",
    "chồng đánh rơi ví",
    "ck e đánh mất bằng lái",
    "con em đánh mất thẻ bhyt",
    "bố đánh mất sổ đỏ",
    "giấy khai sinh bị đánh máy sai",
    "cán bộ đánh máy nhầm tên",
    "thủ tục cấm tiếp xúc bạo lực gia đình",
    "đăng ký tham gia phòng chống bạo lực gia đình",
    "hỗ trợ nạn nhân bạo lực gia đình",
    "cấp thẻ nhân viên chăm sóc nạn nhân bạo lực gia đình",
    "chồng chết rồi làm giấy gì",
    "chồng em chết",
    "ba em bị tai nạn mất tuần trước làm khai tử",
    "mẹ em mất do đột quỵ cần làm giấy tờ gì",
    "người chết do tự tử khai tử thế nào",
    "chồng em tự tử mất tuần trước làm khai tử ở đâu",
    "trợ cấp cho trẻ em bị xâm hại",
    "đăng ký sống chung",
    "muốn sống chung",
    "không muốn sống với chồng nữa",
    "em ko muốn sống chung với chồng nữa muốn tách khẩu",
    "không muốn sống ở quê nữa",
    "muốn chết già ở quê",
    "đánh giá hồ sơ",
    "đánh số nhà",
    "bị đánh giá ở mức không hoàn thành",
    "đánh thuế",
    "đánh bắt thủy sản",
    "đánh dấu",
    "con bị đánh sai tên",
    "tên con bị đánh sai",
    "bị đánh nhầm năm sinh",
    "cháy nhà mất giấy tờ",
    "em bị tai nạn lao động",
    "bảo hiểm tai nạn",
    "tai nạn giao thông mất giấy tờ xe",
    "tuyên bố chết",
    "tuyên bố mất tích",
    "cứu hộ",
    "cứu trợ",
    "trợ cấp cứu đói",
    "mất tích lâu rồi khai tử",
    "chồng mất tích 3 năm",
    "em bị mất tích cmnd",
    "giấy phép xe cấp cứu",
    "hỗ trợ người bị tai nạn",
    "xác nhận khuyết tật sau đột quỵ",
    "mẹ em bị tai biến muốn làm trợ cấp khuyết tật",
    "con em tự kỷ",
    "tự túc",
    "từ từ",
    "tu tu lam",
    "uống thuốc bhyt",
    "bệnh nhân ngất xỉu chi phí bảo hiểm",
    "ba bị tai biến nằm viện nhờ con rút lương hưu",
    "trẻ mồ côi do cha mẹ chết",
    "bị bỏ rơi",
    "trẻ bị bỏ rơi",
    "nhốt chó",
    "cháy hàng",
    "đăng ký thường trú cho con không muốn sống với bố",
    "đánh mất giấy khai sinh của con",
    "bố mẹ đánh mất sổ đỏ giờ làm lại",
    "vợ chồng đánh giá thấp",
    "chồng em bị tai nạn lao động hưởng chế độ gì",
    "cần đăng ký cho con học võ đánh boxing",
    "danh sach ho ngheo",
    "me danh roi the bhyt",
    "con danh mat cccd",
    "chong danh mat bang lai xe may",
    "nguoi ta danh may sai ten con",
    "bi danh sai ngay sinh",
    "xin giấy xác nhận bị cháy nhà",
    "ba mất vì đột quỵ tuần trước",
    "em bị thất nghiệp muốn lãnh tiền",
    "thuê nhà ở không muốn sống chung hộ khẩu",
    "con không muốn sống với cha muốn chuyển hộ khẩu",
    "phòng cháy chữa cháy quán ăn",
    "giấy phép kinh doanh gas",
    "giấy chứng nhận đủ điều kiện pccc",
    "trẻ em bị bỏ rơi làm khai sinh",
    "thủ tục nhận nuôi trẻ bị bạo hành",
    "tư vấn đăng ký kết hôn",
    "muon tu van thu tuc ly hon",
    "tuyển dụng nhân viên cứu hộ",
    "đăng ký xe máy điện bị cháy",
    "chồng chết vợ hưởng gì",
    "giết mổ gia súc",
    "đánh thuế nhà đất",
    "con em đánh vần sai tên",
    "thủ tục cai nghiện",
    "vay vốn cho người chấp hành xong án phạt tù",
    "báo mất hộ chiếu bị cướp",
    "bị móc túi mất cccd",
    "bị giật túi mất hết giấy tờ",
    "bị cướp giật mất hết giấy tờ tùy thân",
    "đền bù giải tỏa bị ép",
)


@pytest.mark.parametrize("text", IN_DANGER)
def test_danger_is_heard_in_any_words(text: str) -> None:
    assert understand(text, WORDS).alarm == "emergency"


@pytest.mark.parametrize("text", ABOUT_PAPERS)
def test_papers_are_no_danger(text: str) -> None:
    assert understand(text, WORDS).alarm == "none"


def test_no_guide_is_called_by_an_alarm() -> None:
    """The names and phrases of the guides, as typed with marks and without."""
    library = own.library()
    called = [text for guide in library.guides.values() for text in (guide.name, guide.title, *guide.phrases)]
    assert len(called) > 500
    typed = (typed for text in called for typed in (text, unmarked(text)))
    assert [text for text in typed if understand(text, WORDS).alarm != "none"] == []


def test_no_real_question_is_taken_for_danger() -> None:
    """None of the 1,589 questions that people asked offices is a cry for help; half of them are typed without marks."""
    asked = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    assert len(asked) > 1000
    assert [text for text in asked if understand(text, WORDS).alarm != "none"] == []


@pytest.mark.parametrize(
    "text",
    [
        "em lỡ chuyển 20 triệu cho nó rồi, nó xưng công an",
        "em lo chuyen 20 trieu cho no roi",
        "chuyển khoản nhầm cho lừa đảo",
        "lỡ chuyển tiền rồi làm sao lấy lại",
        "someone called me said police asked me to transfer money",
    ],
)
def test_who_was_cheated_is_heard(text: str) -> None:
    assert understand(text, WORDS).alarm == "scam"


@pytest.mark.parametrize(
    "text",
    [
        "mua cccd giả",
        "ship giấy tờ giả",
        "làm giả giấy tờ giá bao nhiêu",
        "lam gia giay to",
        "mua bang lai xe gia",
        "mua cccd gia",
    ],
)
def test_forged_papers_are_heard(text: str) -> None:
    assert understand(text, WORDS).alarm == "forgery"


@pytest.mark.parametrize(
    "text",
    [
        "làm giấy tờ giá bao nhiêu",
        "lam giay to gia bao nhieu",
        "giay to gia dinh",
        "làm căn cước cho người già",
        "xin giay phep gia han",
        "giấy khai sinh giá bao nhiêu một bản",
        "chuyển hộ khẩu cho con",
        "em lỡ chuyển nhà rồi mới hỏi",
    ],
)
def test_what_sounds_like_fraud_or_forgery_is_neither(text: str) -> None:
    assert understand(text, WORDS).alarm == "none"
