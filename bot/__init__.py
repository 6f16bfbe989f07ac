"""The chat: what people see and press."""

import os

# python-telegram-bot gives spans of time as numbers unless it is asked for timedelta, which will be its default.
os.environ.setdefault("PTB_TIMEDELTA", "true")
