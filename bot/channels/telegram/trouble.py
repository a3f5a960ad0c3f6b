"""What it means when Telegram cannot be reached or refuses us: a line in the log with the cure, and a pause."""

from __future__ import annotations

import logging
from typing import Final

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

log = logging.getLogger(__name__)

REST: Final = 60.0
"""Seconds until a refused token is tried again: it may have been put right, or be refused for good."""

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0

WEBHOOK_ACTIVE: Final = "webhook is active"
"""What Telegram's 409 says when it is not another program that polls, but a webhook."""


class Trouble:
    """Remembers what was said last: a night without a network must not fill the log."""

    def __init__(self, api_url: str | None) -> None:
        self._look = "mạng của máy này" + (f" và TELEGRAM_API_URL={api_url}" if api_url is not None else "")
        self._lost = ""
        self._pause = FIRST_PAUSE

    def over(self) -> None:
        """It works, again or still."""
        self._pause = FIRST_PAUSE
        if self._lost:
            self._lost = ""
            log.warning("Đã nối lại được với Telegram.")

    def longer(self) -> float:
        """Seconds to wait now; twice as many the next time, until `over`."""
        pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        return pause

    def told(self, error: TelegramError) -> float:
        """Say in the log what is wrong and what to do; the seconds to wait before the next try."""
        match error:
            case RetryAfter(retry_after=wait):
                return wait if isinstance(wait, int) else wait.total_seconds()
            case InvalidToken():
                log.error(
                    "Telegram không nhận TELEGRAM_TOKEN này; hãy chép lại mã từ BotFather rồi chạy lại. "
                    "Trang hỏi đáp vẫn chạy."
                )
                return REST
            case Conflict() if WEBHOOK_ACTIVE in error.message:
                log.error(
                    "Có nơi khác vừa đặt webhook cho bot này nên máy này không nhận được tin; đang gỡ webhook ấy. "
                    "Nếu còn lặp lại, hãy tắt chương trình đã đặt nó, hoặc đổi mã ở BotFather (/revoke)."
                )
                return self.longer()
            case Conflict():
                pause = self.longer()
                log.error(
                    "Một chương trình khác đang dùng cùng TELEGRAM_TOKEN; hãy tắt bớt một bên. Thử lại sau %d giây.",
                    pause,
                )
                return pause
            case _:
                if error.message != self._lost:
                    self._lost = error.message
                    log.warning(
                        "Mất liên lạc với Telegram (%s); hãy xem %s. Trang hỏi đáp vẫn chạy; vẫn thử lại Telegram.",
                        error.message,
                        self._look,
                    )
                return self.longer()
