from sandbox.files import FileStore
from sandbox.jsons import JsonObject
from sandbox.messages import History, Message
from sandbox.text.formatted import Formatted

CHAT: JsonObject = {"id": 1, "type": "private", "first_name": "Ana"}
BOT: JsonObject = {"id": 9, "is_bot": True, "first_name": "Bot"}
BUTTONS: JsonObject = {"inline_keyboard": [[{"text": "x", "callback_data": "1"}]]}


def test_history_keeps_the_newest() -> None:
    history = History(limit=3)
    for number in range(1, 6):
        history.add(Message(id=number, chat=CHAT, date=0, sender=BOT if number == 3 else None))
    assert [message.id for message in history] == [3, 4, 5]
    assert (history.last_of(9), history.last_of(1)) == (history.get(3), history.get(5))
    assert (history.get(2), history.remove(4), history.remove(4), len(history)) == (None, True, False, 2)
    assert history.last_of(7) is None


def test_message_of_text() -> None:
    bold: JsonObject = {"type": "bold", "offset": 0, "length": 1}
    message = Message(id=1, chat=CHAT, date=5, sender=BOT, content=Formatted("x", (bold,)), markup=BUTTONS, edit_date=6)
    assert message.json() == {
        "message_id": 1,
        "from": BOT,
        "chat": CHAT,
        "date": 5,
        "edit_date": 6,
        "reply_markup": BUTTONS,
        "text": "x",
        "entities": [bold],
    }


def test_message_of_a_document() -> None:
    file = FileStore().keep(9, "a.ics", "", b"abc")
    message = Message(id=1, chat=CHAT, date=5, sender=BOT, content=Formatted("x"), document=file)
    assert message.json() == {
        "message_id": 1,
        "from": BOT,
        "chat": CHAT,
        "date": 5,
        "document": {
            "file_name": "a.ics",
            "mime_type": "text/calendar",
            "file_id": file.id,
            "file_unique_id": file.unique_id,
            "file_size": 3,
        },
        "caption": "x",
    }


def test_only_inline_keyboards_come_back_to_the_bot() -> None:
    message = Message(id=1, chat=CHAT, date=5, sender=BOT, content=Formatted("x"), markup={"force_reply": True})
    assert "reply_markup" not in message.json()


def test_a_channel_writes_as_itself() -> None:
    shown = Message(id=1, chat={"id": -1, "type": "channel", "title": "News"}, date=5, content=Formatted("x")).json()
    assert ("from" in shown, shown["sender_chat"]) == (False, shown["chat"])


def test_the_same_file_is_stored_once() -> None:
    store = FileStore()
    files = [store.keep(9, "a.txt", "", b"abc"), store.keep(9, "a.txt", "", b"abc"), store.keep(9, "b.txt", "", b"abc")]
    assert (files[0] is files[1] or files[0] == files[1], files[0] == files[2], len(store.all())) == (True, False, 2)
