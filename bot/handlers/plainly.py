"""Commands written as plain words: `help`, `My webinars`. Who is on a phone does not look for the slash."""

from bot.handlers import browsing, calendars, finding, following, library, privacy, settings
from bot.refusals import Handler
from texts.chat import ChatTexts

_MEANT: dict[str, Handler] = {
    "start": browsing.start,
    "webinars": finding.webinars,
    "mine": browsing.mine,
    "follow": following.follow,
    "calendar": calendars.my_link,
    "library": library.library,
    "settings": settings.settings,
    "stop": settings.settings,  # there news, reminders and everything else can be switched off
    "privacy": privacy.told,
    "help": browsing.help_,
}


def meant(text: str, texts: ChatTexts) -> Handler | None:
    """The command that has this name, or is called so in the menu that the person sees."""
    word = text.strip(" .!?").casefold()
    in_menu = {description.casefold(): name for name, description in texts.commands(organiser=False)}
    return _MEANT.get(in_menu.get(word, word))
