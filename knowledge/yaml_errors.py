"""What PyYAML complains about, told to someone who has never heard of YAML."""

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
_UNCLOSED: Final = ("found unexpected end of stream", "found unexpected document indicator")


def in_plain_words(error: yaml.MarkedYAMLError, name: str) -> Problem:
    """A syntax error as a problem; for what was opened and never closed, the place where it was opened."""
    said = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and (said in _UNCLOSED or "expected ',' or" in said):
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    for needle, what, why, cure in _CURES:
        if needle in said:
            return Problem(name, line, column, what, why, cure)
    return Problem(
        name, line, column, "sai cách viết YAML", f"máy báo: {said or error}", "xem lại dòng này và dòng ngay trên nó"
    )
