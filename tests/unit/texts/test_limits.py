"""What Telegram and a phone have room for, in every language."""

import inspect
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product

import pytest

from domain.drafts import Field
from texts import LANGUAGES
from texts.chat import ChatTexts
from texts.names import OURS

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LONGEST_DESCRIPTION = 256
LONGEST_PROFILE, LONGEST_SHORT_PROFILE = 512, 120
LONGEST_ANSWER = 200  # of a callback query
LONGEST_CAPTION = 1024
LONGEST_MESSAGE = 4096
LONGEST_LABEL = 30  # what a phone shows of a button

NAMED = {"button_chosen", "button_host_question", "button_take_out", "button_take_time"}
"""Buttons that are a name or a time and a sign: it may be as long as it is."""

VALUES = {
    "on": (True, False),
    "number": (0, 1, 200),
    "lead": (timedelta(minutes=59), timedelta(days=1)),
    "name": ("MobiGoIn-Action",),
    "partnership": ("", "MobiGoIn-Action"),
    "members": (200,),
    "until": ("mer. 30 sept.",),
    "vote": ("yes", "if_need_be", "no"),
    "day": ("mer. 30 sept.",),
}
"""What buttons take, with values that make them long."""


@pytest.fixture(params=LANGUAGES)
def texts(request: pytest.FixtureRequest) -> ChatTexts:
    return ChatTexts(request.param)


def labels(texts: ChatTexts) -> Iterator[str]:
    """Every button of ours, and the other words that stand on buttons."""
    for name, method in inspect.getmembers(texts, inspect.ismethod):
        if name.startswith(("button_", "label_")) and name not in NAMED:
            yield from _said(method, [texts.label(field) for field in Field if field is not Field.INVITATION])
    yield from map(texts.label, Field)
    for lead in (timedelta(minutes=59), timedelta(hours=23), timedelta(days=1), timedelta(days=7)):
        yield texts.button_chosen(texts.before(lead))
    yield from map(texts.button_chosen, texts.names(OURS))


def _said(method: Callable[..., str], of_fields: list[str]) -> Iterator[str]:
    parameters = list(inspect.signature(method).parameters)
    for values in product(*({**VALUES, "label": of_fields}[parameter] for parameter in parameters)):
        yield method(**dict(zip(parameters, values, strict=True)))


def answers(texts: ChatTexts) -> list[str]:
    """What is said in the small window over a chat: more than it holds is refused, and nobody is told anything."""
    return [
        texts.registration_closed(),
        texts.old_button(),
        texts.old_list(),
        texts.shared_registered(),
        texts.shared_waiting(100_000),
        texts.start_passed(),
        texts.draft_incomplete([texts.label(field) for field in Field]),
    ]


def test_buttons_fit_a_phone(texts: ChatTexts) -> None:
    assert [label for label in labels(texts) if not 0 < len(label) <= LONGEST_LABEL] == []


def test_buttons_are_words_without_markup(texts: ChatTexts) -> None:
    assert [label for label in labels(texts) if label != label.strip() or set(label) & set("<>&\n")] == []


def test_answers_fit_their_window(texts: ChatTexts) -> None:
    assert [answer for answer in answers(texts) if not 0 < len(answer) <= LONGEST_ANSWER] == []


def test_captions_fit_under_a_file(texts: ChatTexts) -> None:
    captions = [texts.calendar_file(), texts.export_caption()]

    assert [caption for caption in captions if not 0 < len(caption) <= LONGEST_CAPTION] == []


def test_longest_messages_fit(texts: ChatTexts) -> None:
    messages = [
        texts.privacy(organiser=True),
        texts.help(organiser=True),
        texts.my_calendar("https://example.org/" + "x" * 500),
    ]

    assert [message for message in messages if len(message) > LONGEST_MESSAGE] == []


@pytest.mark.parametrize("organiser", [False, True])
def test_commands_are_as_telegram_takes_them(texts: ChatTexts, organiser: bool) -> None:  # noqa: FBT001 -- a case
    commands = texts.commands(organiser=organiser)

    assert [name for name, _ in commands if not COMMAND.fullmatch(name)] == []
    assert [said for _, said in commands if not 0 < len(said) <= LONGEST_DESCRIPTION or said != said.strip()] == []


@pytest.mark.parametrize("organiser", [False, True])
def test_commands_are_the_same_in_every_language(texts: ChatTexts, organiser: bool) -> None:  # noqa: FBT001 -- a case
    english = [name for name, _ in ChatTexts("en").commands(organiser=organiser)]

    assert [name for name, _ in texts.commands(organiser=organiser)] == english


@pytest.mark.parametrize("organiser", [False, True])
def test_help_names_every_command_but_itself(texts: ChatTexts, organiser: bool) -> None:  # noqa: FBT001 -- a case
    commands = {name for name, _ in texts.commands(organiser=organiser)}

    assert set(re.findall(r"^/(\w+)", texts.help(organiser=organiser), re.MULTILINE)) == commands - {"help"}


def test_what_the_bot_is_fits_its_profile(texts: ChatTexts) -> None:
    assert 0 < len(texts.description()) <= LONGEST_PROFILE
    assert 0 < len(texts.short_description()) <= LONGEST_SHORT_PROFILE
