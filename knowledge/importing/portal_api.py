"""The portal's own API: one JSON object a procedure, as `get-formality-by-citizen` answers."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from knowledge.guide import Level
from knowledge.importing.normalised import mappings, number, text
from knowledge.importing.record import Law, Paper, Record, Way, how_of

_LEVELS: Final[tuple[tuple[str, Level], ...]] = (
    ("isWard", "commune"),
    ("isProvince", "province"),
    ("isMinistry", "ministry"),
    ("isOtherAgency", "other"),
)
_UNITS: Final = {"WORKING_DAY": "Ngày làm việc", "DAY": "Ngày", "HOUR": "Giờ", "MONTH": "Tháng", "YEAR": "Năm"}
_MONEY: Final = {"": "Đồng", "VND": "Đồng", "USD": "USD"}


def is_one(row: Mapping[str, Any]) -> bool:
    """Whether an object is a procedure of this format."""
    return "executionMethods" in row and "code" in row


def record(row: Mapping[str, Any], where: str) -> Record:
    """The record of one object."""
    categories = list(mappings(row.get("categoriesDetails")))
    return Record(
        where=where,
        code=text(row.get("codeNotation")) or text(row.get("code")),
        name=text(row.get("name")),
        levels=tuple(level for key, level in _LEVELS if row.get(key) is True),
        field=text(categories[0].get("name")) if categories else "",
        agency=_agencies(row),
        decision=text(row.get("decisionNo")) or _decision(row),
        steps="\n".join(
            f"{text(step.get('name'))}\n{text(step.get('description'))}" for step in mappings(row.get("executionSteps"))
        ),
        ways=tuple(_way(way) for way in mappings(row.get("executionMethods"))),
        papers=tuple(_papers(row)),
        laws=tuple(
            Law(text(law.get("code")), text(law.get("name"))) for law in mappings(row.get("legalBasisesDetails"))
        ),
        requirements=text(row.get("requirementsAndConditions")),
        result="\n".join(text(result.get("name")) for result in mappings(row.get("resultsDetails"))),
        url=f"https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{row['id']}" if text(row.get("id")) else "",
        on=_day(row.get("updatedAt")),
    )


def _agencies(row: Mapping[str, Any]) -> str:
    if said := text(row.get("executingAgencies")).strip():
        return said
    named = [
        text(one.get("name"))
        for key in ("departmentsExecuting", "unitGroupsExecuting")
        for one in mappings(row.get(key))
    ]
    return ", ".join(dict.fromkeys(name for name in named if name))


def _decision(row: Mapping[str, Any]) -> str:
    proposal = row.get("procedureProposal")
    return text(proposal.get("decisionNumber")) if isinstance(proposal, Mapping) else ""


def _way(row: Mapping[str, Any]) -> Way:
    time = row.get("processingTime")
    unit = _UNITS.get(text(row.get("processingTimeUnit")), "")
    # A time of 0 is a box that nobody filled in.
    said = f"{time} {unit}".strip() if isinstance(time, int | float) and time else ""
    fees = [_fee(fee) for fee in mappings(row.get("fees"))]
    return Way(how_of(text(row.get("submissionMethod"))), said, "\n".join(fees), text(row.get("description")))


def _fee(row: Mapping[str, Any]) -> str:
    what = "Lệ phí" if text(row.get("type")) == "CHARGE" else "Phí"
    value = row.get("value")
    note = f" ({text(row.get('description'))})" if text(row.get("description")).strip() else ""
    if not isinstance(value, int | float) or not value:
        return f"{what} : Miễn phí{note}"
    currency = text(row.get("currencyId"))
    return f"{what} : {int(value)} {_MONEY.get(currency, currency)}{note}"


def _papers(row: Mapping[str, Any]) -> Iterator[Paper]:
    for case in mappings(row.get("executionCases")):
        for paper in mappings(case.get("profileComponents")):
            files = (text(file.get("fileName")) for file in mappings(paper.get("attachments")))
            yield Paper(
                name=text(paper.get("name")),
                case=text(case.get("name")),
                original=number(paper.get("originalQty")),
                copies=number(paper.get("copyQty")),
                forms=tuple(file for file in files if file),
            )


def _day(value: object) -> date | None:
    """Milliseconds since 1970 as the day then in UTC."""
    if not isinstance(value, int) or not 0 < value < 4_102_444_800_000:
        return None
    return datetime.fromtimestamp(value / 1000, UTC).date()
