"""The JSON Schemas of guide files, their English and desks: an editor shows Vietnamese help and marks mistakes.

After a change of the models: `python -m knowledge.schema > knowledge/guide.schema.json` and
`python -m knowledge.schema english > knowledge/english.schema.json`, for desks `python -m knowledge.schema desk >
knowledge/desk.schema.json`.
"""

import json
import sys
from typing import Any

from knowledge.desks import Desk
from knowledge.english import English
from knowledge.guide import Guide

_NOISE = {"title", "default"}  # unless a key of a guide is called so: then a dict describes it


def schema_text() -> str:
    """The text of guide.schema.json (draft 2020-12): the model without `field`, which the folder says."""
    made = Guide.model_json_schema()
    made["properties"].pop("field")
    made["required"].remove("field")
    return _written(made, "Một tệp, một thủ tục. Tên tệp là id, tên thư mục là lĩnh vực.")


def english_schema_text() -> str:
    """The text of english.schema.json."""
    return _written(English.model_json_schema(), "Câu tiếng Anh của một thủ tục. Tên tệp và thư mục như của thủ tục.")


def desk_schema_text() -> str:
    """The text of desk.schema.json."""
    return _written(Desk.model_json_schema(), "Một bàn tiếp dân: tên, địa chỉ, giờ, ngày thân thiện. Tên tệp là id.")


def _written(made: dict[str, Any], about: str) -> str:
    definitions = {name: _plain({**part, "description": ""}) for name, part in made.pop("$defs").items()}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_plain({**made, "description": about}),
        "$defs": definitions,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _plain(node: Any) -> Any:
    """A part of the schema without what only programmers read, and with the short forms that the model accepts."""
    if isinstance(node, list):
        return [_plain(part) for part in node]
    if not isinstance(node, dict):
        return node
    out = {key: _plain(part) for key, part in node.items() if key not in _NOISE or isinstance(part, dict)}
    if not out.get("description", "-"):
        del out["description"]  # a class's English docstring
    if "patternProperties" in out:
        named = {pattern: _with_short_form(part) for pattern, part in out["patternProperties"].items()}
        out |= {"patternProperties": named, "additionalProperties": False}
    return out


def _with_short_form(part: dict[str, Any]) -> dict[str, Any]:
    """`when: {noi-sinh: tai-nha}` for a list of one, `tai-nha: Ở nhà` for a choice that is only its label."""
    if part.get("type") == "array":
        return {"anyOf": [part["items"], {"type": "array", "items": part["items"], "minItems": 1}]}
    return {"anyOf": [{"type": "string", "minLength": 1, "maxLength": 60}, part]}


if __name__ == "__main__":
    made = {"english": english_schema_text, "desk": desk_schema_text}
    sys.stdout.write(made.get("".join(sys.argv[1:]), schema_text)())
