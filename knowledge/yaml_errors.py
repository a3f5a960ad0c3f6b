"""What PyYAML complains about, told to someone who has never heard of YAML."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import yaml

from knowledge.problems import Problem

_QUOTE: Final = 'đặt cả câu trong ngoặc kép thẳng: "..."'

_CURES: Final = (
    (
        "mapping values are not allowed",
        "dấu hai chấm thừa hoặc thụt dòng sai",
        "máy tưởng đây là một khóa mới",
        f"nếu dấu hai chấm là chữ trong câu thì {_QUOTE}; nếu là khóa mới thì cho thẳng hàng với khóa cùng cấp",
    ),
    (
        "block sequence entries are not allowed",
        "dấu gạch đầu dòng sai chỗ",
        "danh sách phải bắt đầu ở dòng mới",
        "xuống dòng rồi mới ghi “- ”",
    ),
    (
        "could not find expected ':'",
        "thiếu dấu hai chấm sau tên khóa, hoặc câu xuống dòng mà không thụt vào",
        "mỗi mục phải có dạng “tên: nội dung”",
        "thêm dấu hai chấm, hoặc thụt dòng này vào 2 dấu cách so với dòng trên",
    ),
    (
        "found unexpected end of stream",
        "mở ngoặc kép hoặc ngoặc đơn mà không đóng",
        "máy đọc đến hết tệp vẫn chưa thấy dấu đóng",
        "thêm dấu đóng ở cuối câu này",
    ),
    (
        "found unexpected document indicator",
        "mở ngoặc kép hoặc ngoặc đơn mà không đóng",
        "gặp dòng --- khi câu chưa hết",
        "thêm dấu đóng ở cuối câu này",
    ),
    (
        "did not find expected ',' or ']'",
        "danh sách trong [ ] chưa đóng hoặc thiếu dấu phẩy",
        "mở bằng [ thì phải đóng bằng ]",
        "thêm dấu phẩy giữa các mục và dấu ] ở cuối",
    ),
    (
        "did not find expected ',' or '}'",
        "nhóm trong { } chưa đóng hoặc thiếu dấu phẩy",
        "mở bằng { thì phải đóng bằng }",
        "thêm dấu phẩy giữa các mục và dấu } ở cuối",
    ),
    (
        "did not find expected '-' indicator",
        "dòng này không thẳng hàng với danh sách ở trên",
        "trong một danh sách, mục nào cũng bắt đầu bằng “- ”",
        "thêm “- ” hoặc sửa chỗ thụt dòng",
    ),
    (
        "did not find expected key",
        "dòng thụt vào sai hoặc thừa chữ sau ngoặc đóng",
        "các khóa cùng cấp phải thẳng hàng",
        "cho khóa này thẳng hàng với khóa cùng cấp; mỗi cấp thụt vào 2 dấu cách",
    ),
    (
        "found character that cannot start any token",
        "câu bắt đầu bằng ký tự đặc biệt (như @, %, `)",
        "YAML dành riêng ký tự này",
        _QUOTE,
    ),
    (
        "found a tab character",
        "dấu tab ở đầu dòng",
        "YAML chỉ nhận dấu cách thường để thụt đầu dòng",
        "thay bằng 2 dấu cách cho mỗi cấp",
    ),
    (
        "found unknown escape character",
        "dấu \\ trong ngoặc kép",
        "trong ngoặc kép, dấu \\ có nghĩa riêng",
        "bỏ dấu \\ hoặc đổi ngoặc kép thành ngoặc đơn '...'",
    ),
    (
        "found invalid Unicode character escape code",
        "mã ký tự \\u không có thật",
        "không có chữ nào mang mã này",
        "gõ thẳng chữ cần viết",
    ),
    (
        "did not find expected comment or line break",
        "có chữ ngay sau dấu | hoặc >",
        "sau dấu | hoặc > phải xuống dòng",
        f"xuống dòng rồi mới viết, hoặc {_QUOTE}",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "câu bắt đầu bằng dấu & hoặc *",
        "YAML dành riêng hai dấu này",
        _QUOTE,
    ),
    (
        "tag",
        "câu bắt đầu bằng dấu !",
        "YAML dành riêng dấu này",
        _QUOTE,
    ),
)
_COLON: Final = {
    ":": ("thiếu dấu cách sau dấu hai chấm", "máy không thấy đây là một khóa", "ghi “khóa: nội dung”, có dấu cách"),
    "：": (
        "dấu hai chấm rộng “：” của bàn phím khác",
        "máy không thấy đây là một khóa",
        "gõ lại dấu hai chấm thường “: ”",
    ),
}
_BEHIND_QUOTES: Final = (
    "có chữ sau ngoặc kép đóng",
    "câu mở đầu bằng ngoặc kép thì phải đóng ở cuối câu",
    "đưa ngoặc kép đóng về cuối câu; nếu trong câu cần ngoặc kép thì dùng “ và ”",
)
_NOT_CLOSED: Final = (
    "mở ngoặc kép hoặc ngoặc đơn mà không đóng",
    "máy đọc tiếp xuống các dòng dưới cho đến dấu ngoặc sau",
    "thêm dấu đóng ở cuối câu này",
)
_UNCLOSED: Final = ("found unexpected end of stream", "found unexpected document indicator")
_KEY: Final = re.compile(r"\s*(?:- )?[\w-]+([:：])(?=\S)")
"""A key whose colon is followed by no space, or is the wide one of another keyboard."""
_JOINED: Final = re.compile(r"\n[ \t]*- ")
_DASH: Final = re.compile(r"(?:^|\n)[ \t]*(?P<dash>-)[^\W\d_]")
"""An item whose dash is followed by no space, so that it is one sentence with what stands above."""
_CUT: Final = re.compile(r"[ \t]#\w")
"""A sign behind a sentence from which on YAML reads nothing, followed by a letter as in no comment of ours."""
_STUCK: Final = (
    "danh sách bị dính vào câu ở dòng trên",
    "dòng trên đã có chữ sau dấu hai chấm",
    "xóa chữ đó, hoặc đưa nó thành một mục của danh sách",
)
_NO_SPACE: Final = (
    "thiếu dấu cách sau dấu gạch đầu dòng",
    "máy đọc cả dòng là một câu",
    f"ghi “- ” rồi mới đến chữ; nếu dấu gạch là chữ trong câu thì {_QUOTE}",
)
_CUT_OFF: Final = (
    "câu bị dấu # cắt ngang",
    "từ dấu # trở đi máy không đọc",
    f"nếu dấu # là chữ trong câu thì {_QUOTE}",
)


def in_plain_words(error: yaml.MarkedYAMLError, name: str, text: str) -> Problem:
    """A syntax error of a text as a problem; for what was opened and never closed, the place where it was opened."""
    said = error.problem or ""
    mark = error.problem_mark or error.context_mark
    begun = said in _UNCLOSED or "expected ',' or" in said or "could not find expected ':'" in said
    if error.context_mark is not None and begun:
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    if said == "did not find expected key" and (opened := _opened_above(text, line, column)):
        return Problem(name, *opened, *_NOT_CLOSED)
    seen = _seen_in_the_lines(said, text.splitlines(), line, column)
    if seen is not None:
        return Problem(name, *seen)
    for needle, what, why, cure in _CURES:
        if needle in said:
            return Problem(name, line, column, what, why, cure)
    return Problem(
        name, line, column, "sai cách viết YAML", f"máy báo: {said or error}", "xem lại dòng này và dòng ngay trên nó"
    )


def _opened_above(text: str, line: int, column: int) -> tuple[int, int] | None:
    """Where the quote stands that was left open on an earlier line, when one here was taken for its end."""
    lines = text.splitlines(keepends=True)
    before = ("".join(lines[: line - 1]) + lines[line - 1][: column - 1]).rstrip() if line <= len(lines) else ""
    if not before.endswith(('"', "'")):
        return None
    at = before.rfind(before[-1], 0, -1)
    above = before.count("\n", 0, at) + 1
    return (above, at - before.rfind("\n", 0, at)) if at >= 0 and above < before.count("\n") + 1 else None


def _seen_in_the_lines(
    said: str, lines: Sequence[str], line: int, column: int
) -> tuple[int, int, str, str, str] | None:
    """A slip of one sign that the text itself shows more clearly than what PyYAML says of it."""
    here = lines[line - 1] if line <= len(lines) else ""
    if said == "did not find expected key" and here[: column - 1].rstrip().endswith(('"', "'")):
        return line, column, *_BEHIND_QUOTES
    if not said.startswith(("could not find expected ':'", "mapping values are not allowed")):
        return None
    if dash := _DASH.match(here):
        return line, dash.start("dash") + 1, *_NO_SPACE
    for at, words in ((line, here), (line - 1, lines[line - 2] if line > 1 else "")):
        if colon := _KEY.match(words):
            return at, colon.start(1) + 1, *_COLON[colon[1]]
    return None


def run_together(text: str, start: int, end: int, name: str, place: tuple[int, int]) -> Iterator[Problem]:
    """What is wrong with a sentence without quotes that holds items of a list, or ends where a sign cuts it off."""
    line = text.rfind("\n", 0, start)
    if dash := _DASH.search(text, max(line, 0) if not text[line + 1 : start].strip() else start, end):
        at = dash.start("dash")
        yield Problem(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), *_NO_SPACE)
    elif _JOINED.search(text, start, end):
        yield Problem(name, *place, *_STUCK)
    if _CUT.match(text, end):
        yield Problem(name, *place, *_CUT_OFF, severity="warning")
