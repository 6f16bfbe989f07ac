"""The context every handler gets: the kit, the person, their words."""

from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.callbacks import Callback
from bot.giving_way import Lane
from bot.kit import Kit
from domain.people import Arrival
from storage import Database
from texts import LANGUAGES
from texts.chat import ChatTexts

KIT = "kit"

C = TypeVar("C", bound=Callback)


class Context(CallbackContext[ExtBot[Lane], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """`arrival` is who speaks; it is set before any other handler runs."""

    arrival: Arrival

    @property
    def kit(self) -> Kit:
        kit = self.bot_data[KIT]
        assert isinstance(kit, Kit)
        return kit

    @property
    def database(self) -> Database:
        return self.kit.database

    @property
    def person_id(self) -> int:
        return self.arrival.person.id

    @property
    def texts(self) -> ChatTexts:
        return texts_for(self.arrival.person.language)

    @property
    def timezone(self) -> str:
        """In which zone (IANA) the person reads a time that is of no webinar."""
        return self.arrival.person.timezone or self.kit.usual.timezone

    def now(self) -> datetime:
        return self.kit.now()


App = Application[ExtBot[Lane], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], Any]


def pressed(update: Update, form: type[C]) -> C:
    """What the button carried. Only called by the handler that was chosen because the data has this form."""
    query = update.callback_query
    assert query
    callback = form.unpack(query.data)
    assert callback
    return callback


@cache
def names_of(topic: str) -> tuple[str, ...]:
    """What a topic is called in each language."""
    return tuple(texts_for(language).name(topic) for language in LANGUAGES)


@cache
def texts_for(language: str) -> ChatTexts:
    return ChatTexts(language)
