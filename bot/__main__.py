"""Which command was typed. The one that serves loads only what the page needs, so that it opens within a second."""

import gc
import sys
from io import TextIOWrapper


def main() -> None:
    """Run it."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # what is no UTF-8 must not come out again as it came in
    if sys.argv[1:] == ["serve"]:
        gc.disable()  # nothing that loading makes is thrown away
        from bot.starting import serve  # noqa: PLC0415

        gc.enable()
        gc.set_threshold(20_000, 20, 20)  # nearly all that an answer makes goes by itself; looking costs a tenth of it
        serve()
    else:
        from bot.commands import main as command  # noqa: PLC0415

        command()


if __name__ == "__main__":
    main()
