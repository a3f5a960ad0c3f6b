"""Folders of provincial values, `provinces/<province>.yaml` -> what each province decides, or what is wrong there."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from knowledge.folders import File, in_one_folder, read_file
from knowledge.guide import Duration, Fact, Fee, Guide
from knowledge.misfits import misfits, problem_at
from knowledge.problems import Problem, perhaps
from knowledge.province import Decided, LocalForm, Province
from knowledge.yaml_lines import DATA_LIMIT, Document, read

_LIST: Final = Path(__file__).parent / "provinces.yaml"


@cache
def provinces() -> tuple[Province, ...]:
    """The provinces, in the order of provinces.yaml."""
    document = read(_LIST.read_bytes(), _LIST.name, limit=DATA_LIMIT)
    return tuple(Province.model_validate(row) for row in document.value["provinces"])


@dataclass(frozen=True, eq=False)
class Decision:
    """What one province decides, beside the file it was read from."""

    province: str
    decided: Decided
    yaml: Document


def read_decisions(folder: Path) -> tuple[tuple[Decision, ...], tuple[Problem, ...]]:
    """The decisions of a folder and every problem; a folder that is not there decides nothing."""
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for item in in_one_folder(folder) if os.path.isdir(folder) else ():  # noqa: PTH112  # Path.is_dir raises on EACCES
        if isinstance(item, Problem):
            problems.append(item)
            continue
        decision, found = _read(item)
        problems.extend(found)
        if decision is not None:
            decisions.append(decision)
    return tuple(decisions), tuple(problems)


def _read(file: File) -> tuple[Decision | None, tuple[Problem, ...]]:
    yaml = read_file(file.path)
    if not yaml.ok:
        return None, yaml.problems
    try:
        decided = Decided.model_validate(yaml.value, strict=True)
    except ValidationError as error:
        return None, (*yaml.problems, *misfits(error, yaml, Decided))
    decision = Decision(file.stem, decided, yaml)
    found = (*yaml.problems, *_wrong(decision))
    return (None if any(problem.severity == "error" for problem in found) else decision), found


def _facts(decision: Decision) -> Iterator[tuple[tuple[str | int, ...], str, Fact]]:
    for code, local in decision.decided.guides.items():
        for place, fact in local.facts():
            yield ("guides", code, *place), code, fact


def _wrong(decision: Decision) -> Iterator[Problem]:
    yaml = decision.yaml
    known = [province.id for province in provinces()]
    if decision.province not in known:
        cure = perhaps(decision.province, known, "các tỉnh trong provinces.yaml")
        yield problem_at(yaml, (), f"không có tỉnh “{decision.province}”", "tên tệp là tên ngắn của tỉnh", cure)
    sources = {source.id: source for source in decision.decided.sources}
    for place, _, fact in _facts(decision):
        if fact.source not in sources:
            why, cure = "nguồn phải có trong sources của tệp này", f"dùng {', '.join(sources)}"
            yield problem_at(yaml, (*place, "source"), f"không có nguồn “{fact.source}”", why, cure)
            continue
        if isinstance(fact, Fee) and fact.amount == 0 and not (fact.note or fact.condition or fact.exempt):
            cure = "thêm note: văn bản nào, ai được miễn"
            yield problem_at(yaml, (*place, "amount"), "phí bằng 0 mà không nói vì sao", "dễ hiểu lầm", cure)
        unsure = (fact.certainty or sources[fact.source].certainty) in {"unverified", "unknown"}
        if unsure and isinstance(fact, Fee | Duration) and fact.amount is not None:
            why = "điều chưa kiểm chứng thì không nêu con số"
            yield problem_at(yaml, place, "có con số mà chưa kiểm chứng", why, "bỏ amount, hoặc ghi nguồn đã đối chiếu")


def misplaced(decisions: Iterable[Decision], guides: Mapping[str, Guide]) -> Iterator[Problem]:
    """Decisions on procedures that have no guide, and cases that the guide does not ask for. `guides` is by code."""
    for decision in decisions:
        for code in decision.decided.guides:
            if code not in guides:
                cure = perhaps(code, guides, "mã của các thủ tục đang có")
                why = "không có hướng dẫn nào mang mã này"
                yield problem_at(decision.yaml, ("guides", code), f"mã lạ “{code}”", why, cure, key=True)
        for place, code, fact in _facts(decision):
            guide = guides.get(code)
            if isinstance(fact, LocalForm) and guide is not None and guide.document(fact.document) is None:
                cure = perhaps(fact.document, [one.id for one in guide.documents], "giấy tờ của hướng dẫn")
                why = f"hướng dẫn {code} không có giấy này"
                yield problem_at(decision.yaml, (*place, "document"), f"giấy tờ “{fact.document}”", why, cure)
            for id, accepted in fact.when.items() if guide is not None else ():
                ask = guide.ask(id) if guide is not None else None
                if ask is None or any(choice not in ask.choices for choice in accepted):
                    why = "when phải theo câu hỏi và câu trả lời của hướng dẫn"
                    cure = f"xem asks của {code}"
                    yield problem_at(decision.yaml, (*place, "when"), f"when “{id}” không khớp", why, cure)
