"""Questions about chats and files, and the small gestures: getChat, getFile, sendChatAction, leaveChat."""

from sandbox.chats import ADMINISTRATORS, CHANNEL, KICKED, LEFT, MEMBER, PRESENT, Chat, Dialog, Group, member
from sandbox.errors import bad_request
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.jsons import Json, JsonObject
from sandbox.methods.access import Access, chat_of
from sandbox.methods.call import Call, Method
from sandbox.methods.spec import INTEGER, STRING

_ACTION_WORDS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note "
)
_ACTIONS = frozenset(_ACTION_WORDS.split())
_NO_GIFTS: JsonObject = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)
_MAX_REACTIONS = 11


def get_chat(call: Call) -> Json:
    chat = chat_of(call, Access.READ)
    shown = call.world.chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": _MAX_REACTIONS,
        "accepted_gift_types": _NO_GIFTS,
    }
    pinned = [message.json() for message in chat.history if message.pinned]
    return shown | {"pinned_message": pinned[-1]} if pinned else shown


def get_chat_member(call: Call) -> Json:
    chat = chat_of(call, Access.MEMBERS)
    user_id = call.arguments.integer("user_id")
    if user_id <= 0:
        raise bad_request("Invalid user_id specified")
    user = call.world.user(user_id)
    if user is None:
        raise bad_request("member not found")
    if isinstance(chat, Dialog):
        return member(user, MEMBER if user_id in {chat.id, call.bot.id} else LEFT)
    return member(user, chat.status(user_id))


def _group(call: Call) -> Chat:
    return chat_of(call, Access.MEMBERS)


def get_chat_member_count(call: Call) -> Json:
    chat = _group(call)
    return 2 if isinstance(chat, Dialog) else sum(status in PRESENT for status in chat.members.values())


def get_chat_administrators(call: Call) -> Json:
    chat = _group(call)
    if isinstance(chat, Dialog):
        raise bad_request("there are no administrators in the private chat")
    chosen = [(user_id, status) for user_id, status in chat.members.items() if status in ADMINISTRATORS]
    users = [(call.world.user(user_id), user_id, status) for user_id, status in chosen]
    # Other bots are left out, the asking one is not.
    return [
        member(user, status)
        for user, user_id, status in users
        if user is not None and (not user["is_bot"] or user_id == call.bot.id)
    ]


def leave_chat(call: Call) -> Json:
    chat = chat_of(call, Access.READ)
    if not isinstance(chat, Group):
        raise bad_request("chat member status can't be changed in private chats")
    if chat.status(call.bot.id) in {LEFT, KICKED}:
        raise bad_request(f"bot is not a member of the {'channel' if chat.type == CHANNEL else chat.type} chat")
    chat.members[call.bot.id] = LEFT
    call.world.events.tell("chat", chat=chat.id)
    call.world.changed()
    return True


def send_chat_action(call: Call) -> Json:
    action = call.arguments.text("action")
    if action not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat = chat_of(call, Access.WRITE)
    call.world.events.tell("typing", chat=chat.id, bot=call.bot.id, action=action)
    return True


def get_file(call: Call) -> Json:
    file_id = call.arguments.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = call.world.files.get(file_id)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    described = {"file_id": file.id, "file_unique_id": file.unique_id}
    return described | {"file_size": len(file.content), "file_path": file.path}


def close(call: Call) -> Json:
    return True


def log_out(call: Call) -> Json:
    call.bot.logged_out = True
    return True


_CHAT = {"chat_id": STRING}
METHODS = (
    Method("getChat", get_chat, _CHAT),
    Method("getChatMember", get_chat_member, _CHAT | {"user_id": INTEGER}),
    Method("getChatMemberCount", get_chat_member_count, _CHAT),
    Method("getChatAdministrators", get_chat_administrators, _CHAT),
    Method("leaveChat", leave_chat, _CHAT),
    Method("sendChatAction", send_chat_action, _CHAT | {"action": STRING}),
    Method("getFile", get_file, {"file_id": STRING}),
    Method("close", close, {}),
    Method("logOut", log_out, {}),
)
