"""What it means when Zalo cannot be reached or refuses us: a line in the log with the cure, and a pause."""

from __future__ import annotations

import logging
from typing import Final

from bot.channels.zalo.client import ZaloError

log = logging.getLogger(__name__)

REST: Final = 60.0
"""Seconds until a refused token is tried again: it may have been put right, or be refused for good."""

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0


class Trouble:
    """Remembers what was said last: a night without a network must not fill the log."""

    def __init__(self) -> None:
        self._said = ""
        self._pause = FIRST_PAUSE

    def over(self) -> None:
        """It works, again or still."""
        self._pause = FIRST_PAUSE
        if self._said:
            self._said = ""
            log.warning("Đã nối lại được với Zalo.")

    def longer(self) -> float:
        """Seconds to wait now; twice as many the next time, until `over`."""
        pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        return pause

    def told(self, error: ZaloError) -> float:
        """Say in the log what is wrong and what to do, once; the seconds to wait before the next try."""
        refused = error.code in {401, 403, 404}
        if str(error) != self._said:
            self._said = str(error)
            if refused:
                log.error(
                    "Zalo không nhận ZALO_TOKEN này (%s); hãy chép lại mã ở Zalo Bot Creator rồi chạy lại. "
                    "Trang hỏi đáp vẫn chạy.",
                    error,
                )
            else:
                log.warning(
                    "Mất liên lạc với Zalo (%s); hãy xem mạng của máy này. Trang hỏi đáp vẫn chạy; vẫn thử lại Zalo.",
                    error,
                )
        if refused:
            return REST
        return error.pause if error.pause is not None else self.longer()
