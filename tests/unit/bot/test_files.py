"""Which of what people send is a file that can be handed out."""

from typing import Any

import pytest
from telegram import Audio, Chat, Document, Message, Video

from bot.handlers.materials import file_in
from domain.materials import SentFile
from tests.chat import NOW


def message(**content: Any) -> Message:
    return Message(1, NOW, Chat(11, Chat.PRIVATE), **content)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({"document": Document("BQAC", "u", "slides.pdf")}, SentFile("BQAC", "slides.pdf")),
        ({"document": Document("BQAC", "u")}, SentFile("BQAC", "")),
        ({"video": Video("BAAC", "u", 640, 480, 60, file_name="day.mp4")}, SentFile("BAAC", "day.mp4")),
        ({"video": Video("BAAC", "u", 640, 480, 60)}, SentFile("BAAC", "")),
        ({"audio": Audio("CQAC", "u", 60)}, None),
        ({"text": "slides.pdf"}, None),
    ],
)
def test_file_in_a_message(content: dict[str, Any], found: SentFile | None) -> None:
    assert file_in(message(**content)) == found
