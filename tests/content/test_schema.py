"""The JSON Schema for editors is the model, as it is now, in Vietnamese."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.guide import Guide
from knowledge.loading import HERE
from knowledge.schema import desk_schema_text, english_schema_text, schema_text

SCHEMA = json.loads(schema_text())


def test_the_committed_schema_is_fresh() -> None:
    committed = (HERE / "guide.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(), "python -m knowledge.schema > knowledge/guide.schema.json"
    english = (HERE / "english.schema.json").read_text(encoding="utf-8")
    assert english == english_schema_text(), "python -m knowledge.schema english > knowledge/english.schema.json"
    desk = (HERE / "desk.schema.json").read_text(encoding="utf-8")
    assert desk == desk_schema_text(), "python -m knowledge.schema desk > knowledge/desk.schema.json"


def test_it_names_its_draft_and_the_keys_that_a_file_has() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(SCHEMA["properties"]) == set(Guide.model_fields) - {"field"}
    assert SCHEMA["required"] == ["id", "code", "name", "status", "sources"]
    document = SCHEMA["$defs"]["Document"]["properties"]
    assert {"from", "else"} <= set(document)
    assert not {"issued_by", "instead"} & set(document)


def _parts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for part in node.values():
            yield from _parts(part)
    elif isinstance(node, list):
        for part in node:
            yield from _parts(part)


def test_every_key_is_described_in_vietnamese() -> None:
    for holder in (SCHEMA, *SCHEMA["$defs"].values()):
        assert holder["additionalProperties"] is False
        for key, part in holder["properties"].items():
            assert re.search("[à-ỹđĐ]", part["description"]), key
    told = [part["description"] for part in _parts(SCHEMA) if isinstance(part.get("description"), str)]
    assert not [words for words in told if not re.search("[à-ỹđĐ]", words)]


def test_short_forms_are_allowed_and_every_reference_leads_somewhere() -> None:
    ask = SCHEMA["$defs"]["Ask"]["properties"]
    (choice,) = ask["choices"]["patternProperties"].values()
    assert [option.get("type") for option in choice["anyOf"]] == ["string", None]
    (when,) = ask["when"]["patternProperties"].values()
    assert [option["type"] for option in when["anyOf"]] == ["string", "array"]
    references = {part["$ref"] for part in _parts(SCHEMA) if isinstance(part.get("$ref"), str)}
    assert references == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


@pytest.mark.parametrize(("folder", "schema"), [("guides", "guide.schema.json"), ("english", "english.schema.json")])
def test_files_point_at_their_schema_from_where_they_lie(folder: str, schema: str) -> None:
    for path in sorted((HERE / folder).glob("*/*.yaml")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        said = first.partition("$schema=")[2].strip()
        assert Path(path.parent, said).resolve() == (HERE / schema).resolve(), path.name
