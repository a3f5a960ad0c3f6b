"""The Telegram channel: python-telegram-bot carries, the desk converses."""

import os

# The client asks for this to speak of a wait as a timedelta; otherwise it warns at every 429.
os.environ.setdefault("PTB_TIMEDELTA", "true")
