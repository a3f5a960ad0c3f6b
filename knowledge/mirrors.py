"""Mirrors: beside each guide, under the tests, the file with what must find it and the talks it must carry."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from knowledge.folders import File, files, read_file
from knowledge.guide import Part, Text
from knowledge.loading import read_guide
from knowledge.misfits import misfits, problem_at
from knowledge.problems import Problem
from knowledge.yaml_lines import Document


class Mirror(Part):
    """What a guide's mirror holds; the steps of a talk are read by those who play it."""

    finds: Annotated[tuple[Text, ...], Field(min_length=8)] = Field(
        description="Những câu người dân thật sự gõ, phải tìm ra thủ tục này trước tiên."
    )
    not_finds: Annotated[tuple[Text, ...], Field(min_length=3)] = Field(
        description="Những câu gần giống nhưng là thủ tục khác."
    )
    talks: Annotated[tuple[Mapping[str, Any], ...], Field(min_length=1)] = Field(
        description="Các cuộc trò chuyện mẫu, ít nhất một cuộc đi đến hết."
    )


def read_mirror(path: Path) -> tuple[Mirror | None, Document, tuple[Problem, ...]]:
    """A mirror, its YAML with places, and what is wrong with it."""
    yaml = read_file(path)
    if not yaml.ok:
        return None, yaml, yaml.problems
    try:
        return Mirror.model_validate(yaml.value, strict=True), yaml, yaml.problems
    except ValidationError as error:
        return None, yaml, (*yaml.problems, *misfits(error, yaml, Mirror))


def mirrors(guides: Path, tests: Path) -> tuple[Problem, ...]:
    """Every published guide has its mirror, and no mirror is left over or ill-formed. Bad guides are told elsewhere."""
    have = {(item.field, item.stem): item for item in files(tests) if isinstance(item, File)}
    listed = {(item.field, item.stem): item for item in files(guides) if isinstance(item, File)}
    problems: list[Problem] = [item for item in files(tests) if isinstance(item, Problem)]
    for key, file in listed.items():
        if key in have:
            continue
        guide, yaml, _ = read_guide(file)
        if guide is not None and guide.status == "published":
            where = (tests / file.field / file.path.name).as_posix()
            why = "thủ tục đang dùng phải có tệp kiểm thử soi gương"
            problems.append(problem_at(yaml, (), "thiếu tệp kiểm thử", why, f"viết {where}"))
    for key, file in have.items():
        _, yaml, found = read_mirror(file.path)
        problems.extend(found)
        if key not in listed:
            why = f"không có thủ tục {file.field}/{file.path.name}"
            problems.append(problem_at(yaml, (), "tệp kiểm thử thừa", why, "xóa, hoặc đổi tên theo tệp thủ tục"))
    return tuple(problems)
