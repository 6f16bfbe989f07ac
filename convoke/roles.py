from enum import StrEnum


class Role(StrEnum):
    """A share of the work that a process can do. Several processes may share one database."""

    BOT = "bot"
    JOBS = "jobs"
    FEEDS = "feeds"
