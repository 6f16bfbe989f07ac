"""Words for people stand in texts/ and in templates, where they are translated, and nowhere else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, modules

ROOMS = ("bot", "jobs", "domain", "feeds")

SHOWN = {
    "Screen",
    "Press",
    "Link",
    "Copy",
    "Share",
    "Markup",
    "lines",
    "own_time",
    "show",
    "say",
    "send",
    "answer",
    "send_message",
    "edit_message_text",
    "send_document",
    "InlineQueryResultArticle",
    "InputTextMessageContent",
    "BotCommand",
    "Response",
    "PlainTextResponse",
    "HTMLResponse",
    "refuse",
}
"""Calls whose words somebody reads, even if it is a single one."""

TYPED = {
    *("domain/reading/day_names.py", "domain/reading/draft_values.py", "domain/reading/invitation_words.py"),
    *("domain/reading/pasting.py", "domain/reading/places.py", "domain/reading/when.py", "feeds/importing_rows.py"),
}
"""Words that people write to us and that nobody is shown."""

ALLOWED = {
    # What Telegram says when it refuses; compared, never shown. What waits then is for the log.
    "bot/messenger.py": {"chat not found", "what is due waits"},
    "bot/refused.py": {"message is not modified", "message to edit not found", "message can't be edited"},
    "bot/replies.py": {"query is too old"},
    # For whoever runs the bot: reasons in the outbox, in the log and at /readyz, faults in consortium.toml.
    "bot/chat.py": {"Telegram has not answered yet", "it is asked again"},
    "bot/polling.py": {
        "it is not asked for updates",
        "no updates for ",
        "updates wait there, and it is asked again",
    },
    "bot/reach.py": {"does not answer", "refuses the bot's token", "answers another program that uses the bot's token"},
    "domain/inspection.py": {"write each one below a line of its own, [[", "there is no such key."},
    "domain/outbox.py": {"no longer true", "the chat has another id", "the sender died", "too late"},
    "domain/spelling.py": {' Did you mean "'},
    "domain/wall_time.py": {" does not exist in "},
    "feeds/health.py": {"no answer"},
    # Plain text for calendar apps, which say a status and hide the sentence.
    "feeds/app.py": {
        "There is nothing at this address.",
        "This address can only be read.",
        "This calendar was asked for too often. Please wait.",
        'There is no {kind} "{value}". Known: {known}.',
        "This calendar link was replaced. Ask the bot for the new one with /calendar.",
        "The calendar cannot be read at the moment. Please try again.",
        "Something went wrong on our side.",
    },
    "feeds/requests.py": {"This address is too long."},
    # The same for programs.
    "feeds/joining.py": {"This link was used too often.", "Not before somebody presses."},
    # Fields of protocols.
    "feeds/answers.py": {"private, max-age=300, must-revalidate", "public, max-age=300, must-revalidate"},
    "feeds/files.py": {"public, max-age=86400"},
    "feeds/pages.py": {"private, no-store", "public, max-age=3600", "public, max-age=86400", "public, no-cache"},
    "feeds/render.py": {"-//Convoke//Joint webinars//EN"},
}

_NO_WORD = re.compile(r"<[^>]*>|\{\w*\}|https?://\S*|\?\w+=\w*")  # tags, slots, addresses
_SENTENCE = re.compile(r"[^\W\d_]{2}[,:.]? +[^\W\d_]{2}")
_WORD = re.compile(r"[^\W\d_]{3}")


def sentences(source: str) -> set[str]:
    """Literals of two words or more. Docstrings, errors that are raised and the log are not for people."""
    tree = ast.parse(source)
    quiet = {id(node) for found in _not_shown(tree) for node in ast.walk(found)}
    return {
        text for node, text in _literals(tree) if id(node) not in quiet and _SENTENCE.search(_NO_WORD.sub("", text))
    }


def words_shown(source: str) -> set[str]:
    """Literals with a word in them that are shown just there. What another call is given is that call's business."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and _name(node.func) in SHOWN)
    given = (argument for call in calls for argument in (*call.args, *(keyword.value for keyword in call.keywords)))
    texts = (text for argument in given for _, text in _literals(argument, into_calls=False))
    return {text for text in texts if _WORD.search(_NO_WORD.sub("", text))}


def _not_shown(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        logs = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _name(node.func.value) == "_log"
        alone = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.Raise) or logs or alone:
            yield node


def _literals(node: ast.AST, *, into_calls: bool = True) -> Iterator[tuple[ast.Constant, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node, node.value
    children = list(ast.iter_child_nodes(node))
    if not into_calls and isinstance(node, ast.Call | ast.Compare | ast.Dict):  # a dict given along holds headers
        children = [node.func] if isinstance(node, ast.Call) else []
    for child in children:
        yield from _literals(child, into_calls=into_calls)


def _name(node: ast.expr) -> str | None:
    match node:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return None


def sources() -> dict[str, str]:
    found = [path for path in modules() if path.parts[0] in ROOMS and path.as_posix() not in TYPED]
    return {path.as_posix(): (ROOT / path).read_text(encoding="utf-8") for path in found}


def test_no_sentence_for_people_stands_elsewhere() -> None:
    assert {path: found for path, source in sources().items() if (found := sentences(source))} == ALLOWED


def test_no_word_for_people_stands_elsewhere() -> None:
    shown = {path: words_shown(source) - ALLOWED.get(path, set()) for path, source in sources().items()}

    assert {path: found for path, found in shown.items() if found} == {}


def test_files_of_what_people_type_are_there() -> None:
    assert {path for path in TYPED if not Path(ROOT, path).is_file()} == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('"""Says something."""\nx = 1', set()),
        ('raise OddError(f"no {x} for you")', set()),
        ('_log.warning("it went wrong: %s", x)', set()),
        ('x = "It went wrong"', {"It went wrong"}),
        ('x = {404: "Not found."}[status]', {"Not found."}),
        ('x = f"{n} more to come"', {" more to come"}),
        ('x = "<b>{title}</b> {when}"', set()),
        ('x = "text/html; charset=utf-8"', set()),
    ],
)
def test_sentences_are_found(source: str, found: set[str]) -> None:
    assert sentences(source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('Press("Register", Register(code))', {"Register"}),
        ("Screen(texts.help(organiser=False))", set()),
        ('Screen(texts.label("title"))', set()),
        ('show(update, context, Screen(Markup("Done") + x))', {"Done"}),
        ('await query.answer(f"{n} seats")', {" seats"}),
        ('lines("Seats: " + str(n), "", "·")', {"Seats: "}),
        ('lines("Seats {n}".format(n=n))', {"Seats {n}"}),
        ('Link(label="Join" if when == "now" else texts.later(), url=url)', {"Join"}),
        ('Markup("📅 <b>{when}</b>").format(when=when)', set()),
        ('refuse(404, "Gone", {"Retry-After": "60"})', {"Gone"}),
        ('Link(label, f"https://t.me/{username}?start=w_{code}")', set()),
        ('log("Register")', set()),
    ],
)
def test_words_that_are_shown_are_found(source: str, found: set[str]) -> None:
    assert words_shown(source) == found
