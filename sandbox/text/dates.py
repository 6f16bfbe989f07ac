"""The format of a date that each reader sees in their own time: `r`, or any of w, d or D, t or T."""


def check_format(written: str) -> str | None:
    """The format as Telegram hands it back (weekday, date, time); None if it is none."""
    if written in {"r", "R"}:
        return "r"
    if not set(written) <= set("tTdDwW"):
        return None
    weekday = "w" if {"w", "W"} & set(written) else ""
    return weekday + _first(written, "dD") + _first(written, "tT")


def _first(written: str, pair: str) -> str:
    """Both precisions given: the short one counts."""
    return next((letter for letter in pair if letter in written), "")
