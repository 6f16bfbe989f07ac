"""sendMessage, sendDocument, sendPhoto, copyMessage."""

from dataclasses import dataclass

from sandbox import keyboards
from sandbox.chats import CHANNEL, Chat, Dialog, Group
from sandbox.errors import Refusal, bad_request
from sandbox.files import PHOTO_LIMIT, UPLOAD_LIMIT, StoredFile
from sandbox.jsons import Json, JsonObject
from sandbox.messages import Message
from sandbox.methods.access import Access, chat_of
from sandbox.methods.call import Call, Method
from sandbox.methods.spec import BOOLEAN, CAPTION, DELIVERY, FILE, INTEGER, STRING, TEXT
from sandbox.text.formatted import EMPTY, Formatted, caption_of, text_of

_PREVIEW_FIELDS = frozenset({"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"})
_REPLY_FIELDS = frozenset({"message_id", "chat_id", "allow_sending_without_reply"})
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    content: Formatted = EMPTY
    document: StoredFile | None = None
    photo: StoredFile | None = None
    link_preview: JsonObject | None = None


def read_text(call: Call) -> Formatted:
    arguments = call.arguments
    content = text_of(arguments.text("text"), arguments.text("parse_mode"), arguments.json("entities"), call.world.user)
    return _seen(call, content)


def read_caption(call: Call) -> Formatted:
    arguments = call.arguments
    content = caption_of(
        arguments.text("caption"), arguments.text("parse_mode"), arguments.json("caption_entities"), call.world.user
    )
    return _seen(call, content)


def _seen(call: Call, content: Formatted) -> Formatted:
    call.seen |= {"text": content.text, "entities": list(content.entities)}
    return content


def read_preview(call: Call) -> JsonObject | None:
    options = call.arguments.json("link_preview_options")
    if options is None:
        return None
    if not isinstance(options, dict):
        raise bad_request("Object expected as link preview options")
    if unknown := sorted(options.keys() - _PREVIEW_FIELDS):
        raise bad_request(f'Field "{unknown[0]}" of link_preview_options is not modelled by the sandbox')
    return options or None


def send_message(call: Call) -> Json:
    return _send(call, _Draft(content=read_text(call), link_preview=read_preview(call)))


def send_document(call: Call) -> Json:
    document = _file(call, "document", "documents")
    return _send(call, _Draft(content=read_caption(call), document=document))


def send_photo(call: Call) -> Json:
    upload = call.arguments.uploads.get("photo")
    if upload is not None and not upload.content.startswith(_IMAGES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    if upload is not None and len(upload.content) > PHOTO_LIMIT:
        raise bad_request(f"File is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes")
    photo = _file(call, "photo", "photos")
    return _send(call, _Draft(content=read_caption(call), photo=photo))


def copy_message(call: Call) -> Json:
    source = chat_of(call, Access.READ, "from_chat_id")
    original = source.history.get(call.arguments.integer("message_id"))
    if original is None:
        raise bad_request("message to copy not found")
    if original.service is not None:
        raise bad_request("message can't be copied")
    replaced = original.has_media and call.arguments.has("caption")
    content = read_caption(call) if replaced else original.content
    sent = _send(call, _Draft(content=content, document=original.document, photo=original.photo))
    assert isinstance(sent, dict)
    return {"message_id": sent["message_id"]}


def _file(call: Call, name: str, folder: str) -> StoredFile:
    upload = call.arguments.uploads.get(name)
    if upload is None:
        return _known_file(call, name)
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > UPLOAD_LIMIT:
        raise Refusal(413, "Request Entity Too Large")
    call.seen["files"] = [{"file_name": upload.file_name, "size": len(upload.content)}]
    return call.world.files.keep(call.bot.id, upload.file_name, upload.mime_type, upload.content, folder)


def _known_file(call: Call, name: str) -> StoredFile:
    file_id = call.arguments.text(name)
    if not file_id:
        raise bad_request(f"There is no {name} in the request")
    file = call.world.files.get(file_id)
    if file is None:
        # A link would make the sandbox fetch something from outside; it never does.
        raise bad_request("Wrong file identifier/HTTP URL specified")
    return file


def _send(call: Call, draft: _Draft) -> Json:
    markup_given = call.arguments.json("reply_markup")
    markup = keyboards.checked(markup_given)
    chat = chat_of(call, Access.WRITE)
    if isinstance(chat, Group) and chat.type == CHANNEL:
        markup = keyboards.inline(markup_given, in_channel=True)
    reply_to = _reply_to(call, chat)
    call.seen["markup"] = markup
    call.world.rates.check(call.bot.id, chat.id)
    message = Message(
        id=chat.ids.take(),
        chat=call.world.chat_json(chat),
        date=call.world.clock.date(),
        sender=None if isinstance(chat, Group) and chat.type == CHANNEL else call.bot.user,
        content=draft.content,
        document=draft.document,
        photo=draft.photo,
        markup=markup,
        reply_to=reply_to,
        link_preview=draft.link_preview,
        protected=call.arguments.flag("protect_content"),
        calls=(call.sequence,),
    )
    call.seen["message_id"] = message.id
    call.world.post(chat, message)
    return call.world.with_reply(chat, message)


def _reply_to(call: Call, chat: Chat) -> int | None:
    reply = call.arguments.json("reply_parameters")
    if reply is None or reply == {}:
        return None
    if not isinstance(reply, dict):
        raise bad_request("Object expected as reply parameters")
    if unknown := sorted(reply.keys() - _REPLY_FIELDS):
        raise bad_request(f'Field "{unknown[0]}" of reply_parameters is not modelled by the sandbox')
    message_id = reply.get("message_id")
    if isinstance(message_id, bool) or not isinstance(message_id, int):
        raise bad_request('Can\'t parse reply parameters: Field "message_id" must be of type Number')
    if str(reply.get("chat_id", chat.id)) != str(chat.id):
        raise bad_request("A reply to a message of another chat is not modelled by the sandbox")
    if chat.history.get(message_id) is not None:
        return message_id
    if reply.get("allow_sending_without_reply") is True:
        return None
    raise bad_request("message to be replied not found")


def is_own(call: Call, chat: Chat, message: Message) -> bool:
    """Whether the bot wrote the message itself."""
    return message.sender_id == call.bot.id or (not isinstance(chat, Dialog) and message.sender is None)


_CHAT = {"chat_id": STRING}
METHODS = (
    Method("sendMessage", send_message, _CHAT | dict(TEXT) | dict(DELIVERY)),
    Method(
        "sendDocument",
        send_document,
        _CHAT | {"document": FILE, "disable_content_type_detection": BOOLEAN} | dict(CAPTION) | dict(DELIVERY),
    ),
    Method(
        "sendPhoto",
        send_photo,
        _CHAT | {"photo": FILE} | dict(CAPTION) | dict(DELIVERY),
    ),
    Method(
        "copyMessage",
        copy_message,
        _CHAT | {"from_chat_id": STRING, "message_id": INTEGER} | dict(CAPTION) | dict(DELIVERY),
    ),
)
