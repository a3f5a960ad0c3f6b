"""A province: what people call it, and what it decides for a procedure, laid over the national guide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, TypeVar

from pydantic import Field, StringConstraints

from knowledge.guide import (
    Channel,
    Code,
    Document,
    Duration,
    Fact,
    Fee,
    Form,
    Guide,
    Id,
    Notice,
    Part,
    Source,
    Text,
)

BETWEEN = "/"
"""Stands between a province's id and its source's id in a guide that the province was laid over."""


CodeStart = Annotated[str, StringConstraints(pattern=r"^\d\.\d{1,6}$")]
"""A national code, or the digits that the codes of a group begin with."""


class LocalCode(Fact):
    """The province's own code for a procedure, or how the codes of its group begin when only that is known."""

    code: CodeStart = Field(description="Mã của tỉnh; chỉ biết nhóm thì ghi phần đầu, ví dụ 1.1165.")

    @property
    def whole(self) -> bool:
        """Whether it is a code and not just the beginning of one."""
        return len(self.code) == len("1.000000")


class LocalForm(Fact):
    """The province's own form for one paper of the guide."""

    document: Id = Field(description="Tên ngắn của giấy tờ trong hướng dẫn.")
    form: Form = Field(description="Mẫu tờ khai của tỉnh.")


class Local(Part):
    """What a province decides for one procedure; an empty list leaves what the national guide says."""

    code: LocalCode | None = Field(None, description="Mã riêng của tỉnh cho thủ tục này, nếu có.")
    forms: tuple[LocalForm, ...] = Field((), description="Mẫu tờ khai riêng của tỉnh, thay cho mẫu chung.")
    fees: tuple[Fee, ...] = Field(
        (), description="Mức thu của tỉnh; thay cho mục set_by: province có cùng what, với những cách nộp ghi ở at."
    )
    times: tuple[Duration, ...] = Field((), description="Thời hạn của tỉnh; thay cho thời hạn chung.")
    channels: tuple[Channel, ...] = Field((), description="Nơi và giờ nhận của tỉnh; thay cho mục cùng cách nộp.")
    notes: tuple[Notice, ...] = Field((), description="Điều riêng của tỉnh mà người dân cần biết trước khi đi.")

    def facts(self) -> Iterable[tuple[tuple[str | int, ...], Fact]]:
        """Everything that is decided, each with its place in the file."""
        if self.code is not None:
            yield ("code",), self.code
        for name, facts in (
            ("forms", self.forms),
            ("fees", self.fees),
            ("times", self.times),
            ("channels", self.channels),
            ("notes", self.notes),
        ):
            for at, fact in enumerate(facts):
                yield (name, at), fact


class Province(Part):
    """One province or city under the central government, as of 1 July 2025: a row of provinces.yaml."""

    id: Id = Field(description="Tên ngắn, trùng với tên tệp trong provinces/, ví dụ hai-phong.")
    name: Text = Field(description="Tên tỉnh, thành phố.")
    en: str = Field("", description="Tên bằng tiếng Anh.")
    also: tuple[Text, ...] = Field((), description="Cách gọi khác và tên các tỉnh cũ đã nhập vào.")


class Decided(Part):
    """What a province decides: a file of provinces/."""

    sources: tuple[Source, ...] = Field(min_length=1, description="Nguồn đã đọc.")
    guides: Mapping[Code, Local] = Field(description="Theo mã quốc gia của thủ tục: tỉnh này quy định gì.")

    def over(self, other: Decided) -> Decided:
        """These values laid over those of an earlier folder: a procedure named in both is as it is here."""
        ours = {source.id for source in self.sources}
        kept = tuple(source for source in other.sources if source.id not in ours)
        return Decided(sources=(*self.sources, *kept), guides={**other.guides, **self.guides})


F = TypeVar("F", bound=Fact)


def laid_over(guide: Guide, province: str, decided: Decided) -> Guide:
    """The guide as it holds in the province of that id; the guide itself when nothing is decided for it there.

    It keeps the edition of the national guide, so that choosing a province is not an edit.
    """
    local = decided.guides.get(guide.code)
    if local is None:
        return guide
    national = tuple(left for fee in guide.fees if (left := _left(fee, guide, local.fees)) is not None)
    hows = {channel.how for channel in local.channels}
    channels = tuple(channel for channel in guide.channels if channel.how not in hows)
    read = {fact.source for _, fact in local.facts()}
    changes = {
        "sources": (
            *guide.sources,
            *(_renamed_source(source, province) for source in decided.sources if source.id in read),
        ),
        "documents": tuple(_with_form(document, local.forms, province) for document in guide.documents),
        "fees": (*_sourced(local.fees, province), *national),
        "times": _sourced(local.times, province) or guide.times,
        "channels": (*_sourced(local.channels, province), *channels),
        "conditions": (*_sourced(local.notes, province), *guide.conditions),
    }
    merged = guide.model_copy(update=changes)
    merged.__dict__["edition"] = guide.edition
    return merged


def _with_form(document: Document, forms: tuple[LocalForm, ...], province: str) -> Document:
    """The paper with the province's form, known as far as the form is known."""
    own = next((own for own in forms if own.document == document.id), None)
    if own is None:
        return document
    source = f"{province}{BETWEEN}{own.source}"
    return document.model_copy(update={"form": own.form, "source": source, "certainty": own.certainty})


def _left(fee: Fee, guide: Guide, local: tuple[Fee, ...]) -> Fee | None:
    """What a province's fees leave of a national entry: ways of filing for which the province's amount is not known."""
    told = [own for own in local if own.what == fee.what]
    if fee.set_by == "nation" or not told:
        return fee
    ways = fee.at or tuple(dict.fromkeys(channel.how for channel in guide.channels))
    left = tuple(way for way in ways if not any(not own.at or way in own.at for own in told))
    return fee.model_copy(update={"at": left}) if left else None


def _renamed_source(source: Source, province: str) -> Source:
    return source.model_copy(update={"id": f"{province}{BETWEEN}{source.id}"})


def _sourced(facts: tuple[F, ...], province: str) -> tuple[F, ...]:
    return tuple(fact.model_copy(update={"source": f"{province}{BETWEEN}{fact.source}"}) for fact in facts)
