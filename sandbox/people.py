from dataclasses import dataclass, field

from sandbox.jsons import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with an account; `about` is a line for the page, Telegram knows nothing of it."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    about: str = ""
    deactivated: bool = False
    user: JsonObject = field(init=False, compare=False, repr=False)
    chat: JsonObject = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        given = {name: value for name, value in optional.items() if value}
        object.__setattr__(self, "user", {"id": self.id, "is_bot": False, "first_name": self.first_name} | given)
        shown = {name: value for name, value in self.user.items() if name not in {"is_bot", "language_code"}}
        object.__setattr__(self, "chat", shown | {"type": "private"})
