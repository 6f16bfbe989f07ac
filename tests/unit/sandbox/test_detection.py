import pytest

from sandbox.text.detection import find


def found(text: str) -> list[tuple[str, str]]:
    return [(entity.type, text[entity.offset : entity.end]) for entity in find(text)]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start", [("bot_command", "/start")]),
        ("/start w_42", [("bot_command", "/start")]),
        ("go /help now", [("bot_command", "/help")]),
        ("/start@a_bot", [("bot_command", "/start@a_bot")]),
        ("a/b", []),
        ("//x", []),
        ("/x/y", []),
        ("/", []),
        ("/" + "x" * 64, [("bot_command", "/" + "x" * 64)]),
        ("/" + "x" * 65, []),
        ("/привет", []),
        ("@name_1!", [("mention", "@name_1")]),
        ("a@name", []),
        ("@x", []),
        ("#topic", [("hashtag", "#topic")]),
        ("#1", []),
        ("https://example.org/a?b=c#d.", [("url", "https://example.org/a?b=c#d")]),
        ("see example.org, please", [("url", "example.org")]),
        ("(example.org/x)", [("url", "example.org/x")]),
        ("https://en.example.org/a_(b)", [("url", "https://en.example.org/a_(b)")]),
        ("http://127.0.0.1:8080/x", [("url", "http://127.0.0.1:8080/x")]),
        ("1.2.3.999", []),
        ("at 10.30 h", []),
        ("feed.ics", []),
        ("http://host.internal/x", [("url", "http://host.internal/x")]),
        ("me@example.org", [("email", "me@example.org")]),
        ("end.Begin", []),
    ],
)
def test_find(text: str, entities: list[tuple[str, str]]) -> None:
    assert found(text) == entities
