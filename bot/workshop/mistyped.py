"""What is said of a command that was mistyped; apart from the commands, so that a start need not load them."""

from __future__ import annotations

import sys
from typing import Any, Final

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException


class Plain(TyperGroup):
    """Says what was typed wrong in Vietnamese, in one line, instead of a screen of usage in English."""

    def invoke(self, ctx: Any) -> Any:
        """Run the sub-command, or stop with the line."""
        try:
            return super().invoke(ctx)
        except TyperException as error:
            what = _MISTYPED.get(type(error).__name__, "không có lệnh này, hoặc thừa chữ")
            meant = getattr(error, "possibilities", None)
            cure = f"có phải là “{meant[0]}”?" if meant else "gõ ./run guide hoặc ./run help để xem cách ghi"
            typed = " ".join(sys.argv[1:])
            typer.echo(f"./run {typed}: {what}, {cure}", err=True)
            raise typer.Exit(2) from error


_MISTYPED: Final = {
    "MissingParameter": "còn thiếu phần sau lệnh",
    "NoSuchOption": "không có lựa chọn (--...) này",
    "BadParameter": "phần sau lệnh chưa đúng dạng",
    "BadOptionUsage": "lựa chọn (--...) thiếu phần sau",
}
