"""Chats: the private one of a person with a bot, and groups and channels."""

from dataclasses import dataclass, field
from typing import TypeAlias

from sandbox.clock import Sequence
from sandbox.jsons import JsonObject
from sandbox.messages import History

GROUP, SUPERGROUP, CHANNEL = "group", "supergroup", "channel"
CREATOR, ADMINISTRATOR, MEMBER, LEFT, KICKED = "creator", "administrator", "member", "left", "kicked"
PRESENT = frozenset({CREATOR, ADMINISTRATOR, MEMBER})
ADMINISTRATORS = frozenset({CREATOR, ADMINISTRATOR})


@dataclass(slots=True)
class Dialog:
    """A person's private chat with one bot. Its id is the person's."""

    id: int
    bot_id: int
    ids: Sequence
    started: bool = False
    blocked: bool = False
    history: History = field(default_factory=History)


@dataclass(slots=True)
class Group:
    """A group, supergroup or channel; `members` holds people and bots by id with their status."""

    id: int
    type: str
    title: str
    username: str | None = None
    members: dict[int, str] = field(default_factory=dict)
    migrated_to: int | None = None
    ids: Sequence = field(default_factory=Sequence)
    history: History = field(default_factory=History)

    @property
    def chat(self) -> JsonObject:
        shown: JsonObject = {"id": self.id, "title": self.title, "type": self.type}
        return shown | {"username": self.username} if self.username else shown

    def status(self, user_id: int) -> str:
        return self.members.get(user_id, LEFT)

    def has(self, user_id: int) -> bool:
        return self.status(user_id) in PRESENT

    def is_administrator(self, user_id: int) -> bool:
        return self.status(user_id) in ADMINISTRATORS


Chat: TypeAlias = Dialog | Group


def member(user: JsonObject, status: str) -> JsonObject:
    """A ChatMember with all the fields its status requires."""
    shown: JsonObject = {"user": user, "status": status}
    if status == CREATOR:
        return shown | {"is_anonymous": False}
    if status == KICKED:
        return shown | {"until_date": 0}
    if status == ADMINISTRATOR:
        return shown | {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(_RIGHTS, True)
    return shown


_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
)
