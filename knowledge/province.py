"""A province: what people call it, and what it decides for a procedure, laid over the national guide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import Field

from knowledge.guide import Channel, Code, Duration, Fact, Fee, Guide, Id, Notice, Part, Source, Text

BETWEEN = "/"
"""Stands between a province's id and its source's id in a guide that the province was laid over."""


class Local(Part):
    """What a province decides for one procedure; an empty list leaves what the national guide says."""

    code: Code | None = Field(None, description="Mã của tỉnh cho thủ tục này, nếu tỉnh có mã riêng.")
    fees: tuple[Fee, ...] = Field(
        (), description="Mức thu của tỉnh; thay cho mục set_by: province có cùng what, với những cách nộp ghi ở at."
    )
    times: tuple[Duration, ...] = Field((), description="Thời hạn của tỉnh; thay cho thời hạn chung.")
    channels: tuple[Channel, ...] = Field((), description="Nơi và giờ nhận của tỉnh; thay cho mục cùng cách nộp.")
    notes: tuple[Notice, ...] = Field((), description="Điều riêng của tỉnh mà người dân cần biết trước khi đi.")


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
    changes = {
        "sources": (*guide.sources, *(_renamed_source(source, province) for source in decided.sources)),
        "fees": (*_sourced(local.fees, province), *national),
        "times": _sourced(local.times, province) or guide.times,
        "channels": (*_sourced(local.channels, province), *channels),
        "conditions": (*_sourced(local.notes, province), *guide.conditions),
    }
    merged = guide.model_copy(update=changes)
    merged.__dict__["edition"] = guide.edition
    return merged


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
