"""Who may post for whom, and the log of what they did."""

from dataclasses import dataclass

from bot.callbacks.form import Callback

_ADMINS = "admin_"  # no partnership's id has an underscore


def team_slug(partnership_id: str | None) -> str:
    """Which team a button means: a partnership's, or without one the administrators'."""
    return _ADMINS if partnership_id is None else partnership_id


def partnership_of(team: str) -> str | None:
    return None if team == _ADMINS else team


@dataclass(frozen=True, slots=True)
class TeamsShow(Callback):
    prefix = "t"


@dataclass(frozen=True, slots=True)
class TeamShow(Callback):
    """`team` is as `team_slug` says it."""

    team: str
    page: int
    prefix = "to"
    shapes = ("slug", "number")


@dataclass(frozen=True, slots=True)
class TeamInvite(Callback):
    team: str
    prefix = "ti"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class TeamRevoke(Callback):
    invitation: int
    prefix = "tv"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class TeamRemove(Callback):
    """The first press asks, the second, with `sure`, does it."""

    role: int
    sure: int
    prefix = "tx"
    shapes = ("number", "number")


@dataclass(frozen=True, slots=True)
class TeamLeave(Callback):
    team: str
    prefix = "tl"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class TeamJoin(Callback):
    """Only whoever has the link knows the secret, and it works once."""

    secret: str
    prefix = "tj"
    shapes = ("secret",)


@dataclass(frozen=True, slots=True)
class LogShow(Callback):
    page: int
    prefix = "lg"
    shapes = ("number",)
