"""The quick reader of plain YAML says what the full reader says, or nothing."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importing.yaml_out import write
from knowledge.yaml_bytes import decode
from knowledge.yaml_lines import GUIDE_LIMIT, _read_all, read
from knowledge.yaml_plain import read_plain

MOST = 10_000


def agree(text: str) -> Any:
    """What the quick reader says, after the full one has been asked too."""
    clean, problems = decode(text, "t.yaml", GUIDE_LIMIT)
    if clean is None or problems:
        return None
    quick = read_plain(clean, MOST)
    if quick is not None:
        whole = _read_all(clean, "t.yaml", (), MOST, decimals=False)
        assert whole.problems == ()
        assert whole.value == quick
        assert repr(whole.value) == repr(quick), "of the same types too"
    return quick


NAMES = st.sampled_from(["id", "code", "name", "steps", "text", "source", "a-b", "true", "when"])
SCALARS = (
    st.text(max_size=30)
    | st.integers(0, 10**17)
    | st.booleans()
    | st.dates(date(1000, 1, 1))
    | st.sampled_from(
        ["s1", "yes", "null", "2026-02-30", "a: b", "# c", '"', "\\", "\\n", "\u2028", "- x", "[a]", "\x85b"]
    )
)
ROWS = st.dictionaries(NAMES, SCALARS, min_size=1, max_size=3)


@given(
    st.dictionaries(
        NAMES, SCALARS | st.lists(ROWS, max_size=3) | st.lists(st.text(max_size=9), max_size=3) | ROWS, max_size=5
    )
)
def test_what_is_written_is_read_back_by_both(content: dict[str, Any]) -> None:
    agree(write(content, ["đầu tệp: có dấu hai chấm"]))


LINES = st.sampled_from(
    [
        "id: a", "id: 1", 'name: "x"', "steps:", "  - text: a", "    source: s1", "  text: b", "- a: b", "# c", "", " ", "  # d",
        "list: [a, b]", 'list: ["a, b", c]', "list: []", "day: 2026-11-22", "no: 007", 'q: "a\\nb"', 'q: "a\\tb"', "q: 'a'", "x: ",
        "x:  y", "x: y # z", "x: |", "  a", "a: &b c", "a: *b", "a: !c d", "---", "...", "? a", "a: {b: c}", "<<: a", "\ta: b",
        "a: b: c", "a: -1", "a: 1.5", "a: true", "a: ~", "    - text: deep", "      more: z", 'x: "a" b', 'x: "a', "Key: a", "a b: c",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=8), st.sampled_from(["", "\n"]))
def test_any_lines_mean_the_same_to_both_or_are_left_to_the_full_reader(lines: list[str], end: str) -> None:
    agree("\n".join(lines) + end)


@given(st.text("ab:-# \n\"'[]{}|>&*!%@,.0123456789\\tn\r", max_size=60))
def test_any_text_means_the_same_to_both(text: str) -> None:
    agree(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: b\na: c\n", "a:\n", "a:\n    b: c\n", "- a: b\n", "", "# nothing\n", "a: &b c\n", "a: 007\n", "a: 7:30\n", 'a: "b\\x41"\n',
        "a: b\r\nc: d\n", "a:\n- b: c\n", "a:\n  - b: c\n - d: e\n", 'a: "b\u2028c"\n',
    ],
)  # fmt: skip
def test_what_is_not_of_the_plainest_kind_is_left_alone(text: str) -> None:
    assert read_plain(text, MOST) is None


def test_lists_numbers_days_and_words_keep_their_kinds() -> None:
    text = 'id: a\nlevel: [commune, "a, b"]\nrows:\n  - n: 3\n    day: 2026-11-22\n    if_any: true\n    t: "x\\ny \\"z\\""\nlast: s1\n'
    assert agree(text) == {
        "id": "a",
        "level": ("commune", "a, b"),
        "rows": ({"n": 3, "day": date(2026, 11, 22), "if_any": True, "t": 'x\ny "z"'},),
        "last": "s1",
    }


def test_too_much_is_left_to_the_reader_that_says_so() -> None:
    text = "rows:\n" + "".join(f"  - n: {n}\n" for n in range(6_000))
    assert read_plain(text, MOST) is None
    assert not read(text, "t.yaml").ok
    wide = f"list: [{', '.join(['a'] * 12_000)}]\n"
    assert read_plain(wide, MOST) is None


def test_a_mistake_further_on_has_its_line() -> None:
    document = read('id: a\nname: "b"\nrows:\n  - n: 3\n', "t.yaml")
    assert document.place(("rows", 0, "n")) == (4, 8)
    assert document.place(("rows", 0, "n"), key=True) == (4, 5)
    assert json.dumps(document.value) == '{"id": "a", "name": "b", "rows": [{"n": 3}]}'
