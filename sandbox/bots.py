from dataclasses import dataclass, field

from sandbox.chats import Dialog
from sandbox.clock import Sequence
from sandbox.jsons import JsonObject
from sandbox.updates import UpdateQueue
from sandbox.webhook import Webhook


@dataclass(slots=True)
class Profile:
    """What a bot says about itself, by language; commands by (scope, language); menu buttons by chat, 0 for all."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict)
    menus: dict[int, JsonObject] = field(default_factory=dict)


@dataclass(slots=True)
class Bot:
    id: int
    token: str
    username: str
    first_name: str
    updates: UpdateQueue
    supports_inline: bool = True
    reads_groups: bool = False
    logged_out: bool = False
    message_ids: Sequence = field(default_factory=Sequence)
    dialogs: dict[int, Dialog] = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)
    webhook: Webhook | None = None
    _user: tuple[tuple[str, str], JsonObject] | None = None

    @property
    def user(self) -> JsonObject:
        """One and the same object as long as the names stay: every message of the bot holds it."""
        named = (self.first_name, self.username)
        if self._user is None or self._user[0] != named:
            shown: JsonObject = {"id": self.id, "is_bot": True, "first_name": named[0], "username": named[1]}
            self._user = (named, shown)
        return self._user[1]

    @property
    def full_user(self) -> JsonObject:
        return self.user | {
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_groups,
            "supports_inline_queries": self.supports_inline,
            "supports_guest_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
        }
