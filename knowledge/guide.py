"""What a guide is: one administrative procedure, written for the people who have to go through it.

Every class here is a part of the YAML file that officials edit. The descriptions are Vietnamese because
`guide.schema.json`, generated from this module, shows them in the editor while an official types.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Certainty = Literal["verified", "copied", "conflicting", "unverified", "unknown"]
Status = Literal["draft", "imported", "published", "withdrawn"]
Level = Literal["commune", "province", "ministry", "other"]
How = Literal["counter", "online", "post"]
Event = Literal["none", "birth", "marriage", "business", "death"]
Unit = Literal["working_days", "half_days", "days", "hours", "same_day"]

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CODE = r"^\d\.\d{6}(\.[A-Z]\d{2})?$"

Id = Annotated[str, StringConstraints(pattern=ID, max_length=48)]
Code = Annotated[str, StringConstraints(pattern=CODE)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$", max_length=500)]


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _as_choice(value: Any) -> Any:
    return {"label": value} if isinstance(value, str) else value


OneOrMore = Annotated[tuple[Id, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
When = Mapping[Id, OneOrMore]

_WHEN = "Chỉ áp dụng khi câu trả lời khớp, ví dụ {noi-sinh: [tai-nha]}. Nhiều câu hỏi: phải khớp hết."


class Part(BaseModel):
    """A part of a guide file: frozen, and no key that is not named here."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


class Source(Part):
    """Where a fact was read, and how far it may be trusted."""

    id: Id = Field(description="Tên ngắn của nguồn để các mục khác trỏ tới, ví dụ s1.")
    title: Text = Field(description="Tên văn bản hoặc trang đã đọc.")
    url: Url | None = Field(None, description="Địa chỉ trang, bắt đầu bằng https://.")
    in_force: date | None = Field(None, description="Ngày văn bản có hiệu lực (năm-tháng-ngày).")
    out_of_force: date | None = Field(
        None, description="Ngày văn bản hết hiệu lực, nếu đã biết: ./run guide due sẽ nhắc (năm-tháng-ngày)."
    )
    data_date: date | None = Field(None, description="Ngày của bản dữ liệu hoặc bản chép đã đọc.")
    checked_on: date = Field(description="Ngày người biên soạn kiểm tra nguồn lần cuối (năm-tháng-ngày).")
    certainty: Certainty = Field(
        description="Độ chắc chắn: verified (đã đối chiếu), copied (đọc từ bản chép), conflicting (các nguồn "
        "mâu thuẫn), unverified (chưa kiểm chứng, không nêu con số), unknown (không biết)."
    )


class Fact(Part):
    """Something that may hold only for some answers or some time, and always says where it was read."""

    source: Id = Field(description="Nguồn của mục này: id của một mục trong sources.")
    certainty: Certainty | None = Field(None, description="Chỉ ghi khi khác độ chắc chắn của nguồn.")
    when: When = Field(default_factory=dict, description=_WHEN)
    since: date | None = Field(None, description="Áp dụng từ ngày này (năm-tháng-ngày), tính cả ngày đó.")
    until: date | None = Field(None, description="Áp dụng đến hết ngày này (năm-tháng-ngày).")
    note: str = Field("", max_length=600, description="Lưu ý ngắn, người dân sẽ đọc.")


class Pointer(Part):
    """Another procedure, by its national code, and why it is mentioned."""

    code: Code = Field(description="Mã quốc gia của thủ tục được nhắc tới.")
    name: Text = Field(description="Tên thủ tục đó, như người dân đọc.")
    why: Text = Field(description="Vì sao nhắc tới: khi nào cần, hoặc khác thủ tục này ở điểm nào.")


class Choice(Part):
    """One possible answer to an ask."""

    label: Annotated[Text, StringConstraints(max_length=60)] = Field(description="Chữ trên nút, tối đa 60 ký tự.")
    en: str = Field("", max_length=60, description="Chữ trên nút bằng tiếng Anh (nếu có).")
    words: tuple[Text, ...] = Field((), description="Những cách người dân trả lời bằng lời, ví dụ 'bà đỡ'.")
    instead: Pointer | None = Field(None, description="Trả lời thế này thì phải làm thủ tục khác: thủ tục nào.")


class Ask(Part):
    """A question that changes the answer: papers, fee, time or place."""

    id: Id = Field(description="Tên ngắn của câu hỏi, không dấu, ví dụ noi-sinh.")
    text: Text = Field(description="Câu hỏi, một câu ngắn.")
    en: str = Field("", description="Câu hỏi bằng tiếng Anh (nếu có).")
    hint: str = Field("", max_length=300, description="Giải thích thêm khi người dân chưa rõ câu hỏi.")
    when: When = Field(default_factory=dict, description=_WHEN)
    choices: Mapping[Id, Annotated[Choice, BeforeValidator(_as_choice)]] = Field(
        description="Các câu trả lời: mã ngắn rồi chữ trên nút.", min_length=2, max_length=8
    )


class Form(Part):
    """A form to fill in."""

    name: Text = Field(description="Tên hoặc số của mẫu tờ khai.")
    url: Url | None = Field(None, description="Nơi tải mẫu, bắt đầu bằng https://.")


class Document(Fact):
    """One paper to hand in or to show."""

    id: Id = Field(description="Tên ngắn của giấy tờ, không dấu, ví dụ giay-chung-sinh.")
    name: Text = Field(description="Tên giấy tờ như ghi trên giấy.")
    en: str = Field("", description="Tên bằng tiếng Anh (nếu có).")
    case: str = Field("", description="Trường hợp cần giấy này, viết bằng lời (thường chỉ có ở bản nhập tự động).")
    kind: Literal["submit", "show"] = Field("submit", description="submit: phải nộp; show: chỉ xuất trình.")
    if_any: bool = Field(default=False, description="true: chỉ cần nếu có.")
    original: Annotated[int, Field(ge=0, le=20)] = Field(0, description="Số bản chính.")
    copies: Annotated[int, Field(ge=0, le=20)] = Field(0, description="Số bản sao hoặc bản chụp.")
    issued_by: str = Field("", alias="from", description="Nơi cấp giấy này, hoặc lấy ở đâu.")
    instead: str = Field("", alias="else", description="Không có thì thay bằng giấy gì.")
    proven_by: str = Field("", description="Cơ sở dữ liệu nào đã chứng minh, để khỏi phải nộp.")
    looks_like: str = Field("", description="Giấy này trông thế nào, nhận ra bằng cách nào.")
    mistake: str = Field("", description="Lỗi hay gặp với giấy này khiến phải về làm lại.")
    form: Form | None = Field(None, description="Mẫu tờ khai, nếu là tờ khai.")
    get: Code | None = Field(None, description="Mã thủ tục để xin giấy này, nếu có.")
    attach: bool = Field(
        default=False,
        description="true: người dân được gửi ảnh giấy này để tình nguyện viên xem trước khi đi. Không bao giờ ghi cho "
        "giấy tùy thân, hộ tịch, y tế, tiền bạc, tờ khai đã điền: xem attaching.yaml.",
    )

    model_config = ConfigDict(populate_by_name=True)


class Fee(Fact):
    """A fee; an amount left out means that it is not known here or that the province sets it, never that it is free."""

    amount: Annotated[int, Field(ge=0)] | None = Field(
        None, description="Số tiền, tính bằng đồng; 0 chỉ khi nguồn ghi rõ là miễn. Bỏ trống nghĩa là chưa biết."
    )
    per: str = Field("", max_length=60, description="Tính theo gì: bản, trang, lần ...")
    what: str = Field("", max_length=120, description="Khoản thu nào, nếu thủ tục có nhiều khoản.")
    at: tuple[How, ...] = Field((), description="Cách nộp được áp dụng: counter, online, post; bỏ trống là mọi cách.")
    set_by: Literal["nation", "province"] = Field(
        "nation", description="Ai quy định mức này: nation (cả nước) hay province (Hội đồng nhân dân tỉnh)."
    )
    condition: str = Field("", max_length=400, description="Ai được hưởng mức này, viết thành lời.")
    exempt: tuple[Text, ...] = Field((), description="Những ai được miễn.")


class Duration(Fact):
    """How long the office may take."""

    amount: Annotated[int, Field(ge=0, le=400)] | None = Field(
        None, description="Số ngày hoặc giờ; bỏ trống: chưa biết."
    )
    unit: Unit = Field(
        "working_days",
        description="working_days (ngày làm việc), half_days (nửa ngày làm việc: 2,5 ngày thì amount: 5), days, hours, "
        "same_day (trong ngày).",
    )
    what: str = Field("", max_length=120, description="Phần việc nào, nếu thủ tục gồm nhiều phần.")
    at: tuple[How, ...] = Field((), description="Cách nộp được áp dụng; bỏ trống là mọi cách.")
    verify: Annotated[int, Field(ge=1, le=400)] | None = Field(
        None, description="Nếu phải xác minh thì lâu nhất bao nhiêu."
    )
    verify_unit: Unit = Field("working_days", description="Đơn vị của verify.")


class Channel(Fact):
    """A way to hand the file in: where, when, and how far it works online."""

    how: How = Field(description="counter (trực tiếp), online (trực tuyến), post (bưu chính).")
    where: Text = Field(description="Nơi nộp: tên cơ quan hoặc trang.")
    hours: str = Field("", max_length=200, description="Giờ nhận hồ sơ.")
    online: Literal["full", "partial"] | None = Field(
        None, description="Mức trực tuyến: full (toàn trình) hoặc partial (một phần); chỉ ghi khi how là online."
    )
    url: Url | None = Field(None, description="Địa chỉ nộp trực tuyến, bắt đầu bằng https://.")


class Step(Fact):
    """One step, in the order in which a person does it."""

    text: Text = Field(description="Việc phải làm, một hai câu ngắn.")


class Notice(Fact):
    """A deadline, a condition or a mistake, told in one or two sentences."""

    text: Text = Field(description="Nội dung, một hai câu ngắn.")
    asked: tuple[Text, ...] = Field(
        (),
        description="Chữ người dân hỏi mà chính câu này trả lời, mỗi cách hỏi một mục, ngắn như họ gõ, ví dụ "
        "[bị phạt, quên mật khẩu]: ai hỏi thế thì được nghe câu này trước tiên, kèm độ chắc chắn.",
    )


class Result(Fact):
    """What a person receives in the end."""

    name: Text = Field(description="Giấy tờ hoặc kết quả nhận được.")


class Guide(Part):
    """One procedure. `field` is the folder the file lies in; the loader sets it."""

    id: Id = Field(description="Tên ngắn, trùng với tên tệp, ví dụ dang-ky-khai-sinh.")
    field: Id = Field(description="Lĩnh vực: tên thư mục chứa tệp (không phải ghi trong tệp).")
    code: Code = Field(description='Mã quốc gia của thủ tục, trong ngoặc kép, ví dụ "1.001193".')
    same: tuple[Code, ...] = Field((), description="Mã của chính thủ tục này ở cấp khác (tỉnh, bộ).")
    replaces: tuple[Code, ...] = Field((), description="Các mã cũ mà thủ tục này thay thế.")
    replaced_by: tuple[Pointer, ...] = Field(
        (), description="Các thủ tục thay cho thủ tục này sau ngày expires, hoặc từ khi nó được rút."
    )
    name: Text = Field(description="Tên chính thức của thủ tục.")
    short: str = Field("", max_length=60, description="Tên gọi ngắn, dễ hiểu, dùng trên nút bấm.")
    en: str = Field("", description="Tên bằng tiếng Anh (nếu có).")
    status: Status = Field(
        description="draft (nháp), imported (nhập tự động), published (đang dùng), withdrawn (đã rút)."
    )
    level: tuple[Level, ...] = Field((), description="Cấp giải quyết: commune (xã), province (tỉnh), ministry (bộ).")
    event: Event = Field(
        "none",
        description="Sự kiện: birth, marriage, business (mở việc kinh doanh), death hoặc none; để chọn lời lẽ "
        "và thư cho phù hợp.",
    )
    agency: str = Field("", description="Cơ quan giải quyết.")
    summary: str = Field("", max_length=400, description="Một hai câu: thủ tục này để làm gì, dành cho ai.")
    summary_en: str = Field("", max_length=400, description="Tóm tắt bằng tiếng Anh (nếu có).")
    phrases: tuple[Text, ...] = Field((), description="Người dân gọi thủ tục này là gì: mỗi cách gọi một dòng.")
    asks: tuple[Ask, ...] = Field(
        (), max_length=5, description="Câu hỏi làm thay đổi giấy tờ, phí, thời gian, nơi nộp."
    )
    documents: tuple[Document, ...] = Field((), description="Giấy tờ cần có.")
    fees: tuple[Fee, ...] = Field((), description="Phí, lệ phí. Bỏ trống nghĩa là chưa biết, không phải là miễn.")
    times: tuple[Duration, ...] = Field((), description="Thời gian giải quyết.")
    channels: tuple[Channel, ...] = Field((), description="Các cách nộp hồ sơ.")
    deadlines: tuple[Notice, ...] = Field((), description="Hạn mà người dân phải làm.")
    conditions: tuple[Notice, ...] = Field((), description="Điều kiện được làm thủ tục.")
    steps: tuple[Step, ...] = Field((), description="Các bước, theo thứ tự.")
    results: tuple[Result, ...] = Field((), description="Kết quả nhận được.")
    mistakes: tuple[Notice, ...] = Field((), description="Hay sai: điều khiến người dân phải về làm lại.")
    legal_basis: tuple[Notice, ...] = Field((), description="Căn cứ pháp lý, mỗi văn bản một mục.")
    next: tuple[Pointer, ...] = Field((), description="Thủ tục liên thông hoặc nên làm tiếp theo.")
    not_this: tuple[Pointer, ...] = Field((), description="Thủ tục hay bị nhầm với thủ tục này, khác ở điểm nào.")
    sources: tuple[Source, ...] = Field(min_length=1, description="Nguồn đã đọc.")
    review_by: date | None = Field(None, description="Ngày phải xem lại (năm-tháng-ngày): quá ngày thì có cảnh báo.")
    expires: date | None = Field(None, description="Ngày hết dùng (năm-tháng-ngày): sau ngày này không hiện nữa.")

    model_config = ConfigDict(title="Thủ tục hành chính")

    @property
    def title(self) -> str:
        """What a button or heading calls it."""
        return self.short or self.name

    @property
    def checked_on(self) -> date:
        """The oldest day on which one of its sources was checked: no part of the guide is fresher than that."""
        return min(source.checked_on for source in self.sources)

    @cached_property
    def edition(self) -> str:
        """Eight hexadecimal digits that change when anything in the guide changes."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:8]

    def source(self, id: str) -> Source:
        """The source of that id; KeyError if the guide has none (the rules refuse such a guide)."""
        for source in self.sources:
            if source.id == id:
                return source
        raise KeyError(id)

    def certainty_of(self, fact: Fact) -> Certainty:
        """How sure a fact is: its own word, else its source's."""
        return fact.certainty or self.source(fact.source).certainty

    def ask(self, id: str) -> Ask | None:
        """The ask of that id, if the guide has it."""
        return next((ask for ask in self.asks if ask.id == id), None)

    def document(self, id: str) -> Document | None:
        """The paper of that id, if the guide has it."""
        return next((document for document in self.documents if document.id == id), None)

    def visible(self, today: date) -> bool:
        """Whether citizens may see it on that day."""
        return self.status in {"published", "imported"} and (self.expires is None or today <= self.expires)

    def leads_on(self, today: date) -> bool:
        """Whether it may be opened on that day: to be seen, or to lead to what took its place."""
        return self.visible(today) or (self.status != "draft" and bool(self.replaced_by))


def is_code(text: str) -> bool:
    """Whether a text is a national procedure code, with or without a province suffix."""
    return re.fullmatch(CODE, text) is not None
