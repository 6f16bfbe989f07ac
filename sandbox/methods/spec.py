"""Parameters that several methods share."""

from sandbox.params import Kind, Spec

STRING, INTEGER, BOOLEAN, JSON, FILE = Kind.STRING, Kind.INTEGER, Kind.BOOLEAN, Kind.JSON, Kind.FILE

DELIVERY: Spec = {
    "disable_notification": BOOLEAN,
    "protect_content": BOOLEAN,
    "reply_parameters": JSON,
    "reply_markup": JSON,
}
TEXT: Spec = {"text": STRING, "parse_mode": STRING, "entities": JSON, "link_preview_options": JSON}
CAPTION: Spec = {"caption": STRING, "parse_mode": STRING, "caption_entities": JSON}
TARGET: Spec = {"chat_id": STRING, "message_id": INTEGER, "inline_message_id": STRING}
LANGUAGE: Spec = {"language_code": STRING}
