from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOptions:
    """How this installation is reached and what it is called.

    `timezone` is the zone of the pages' lists, `display_zones` are named beside the hosts' own (all IANA names).
    `consortium_short_name` may be empty. `bot_username` may become known only after the start; it is never part of a
    calendar. Links to it begin with `link_url`.
    """

    public_url: str
    secret: bytes = field(repr=False)
    consortium_name: str
    consortium_short_name: str = ""
    timezone: str = "Europe/Brussels"
    display_zones: tuple[str, ...] = ("Europe/Brussels", "Asia/Shanghai", "America/New_York")
    language: str = "en"
    bot_username: Callable[[], str | None] | str | None = None
    link_url: str = "https://t.me"

    def url(self, path: str) -> str:
        return self.public_url.rstrip("/") + path

    def local(self, path: str) -> str:
        """The address on the same host: where the pages were read, even if not under the public name."""
        return urlsplit(self.public_url).path.rstrip("/") + path

    def bot_url(self, code: str | None = None) -> str | None:
        username = self.bot_username() if callable(self.bot_username) else self.bot_username
        if not username:
            return None
        return f"{self.link_url}/{username}" + (f"?start=w_{code}" if code else "")
