"""Inline mode for organisers: `@bot library feedback` puts an entry of the library into any chat.

The chat may be anybody's, and we can't know whose: what only organisers may read leaves no word but its title, and the
button opens it for organisers alone. Contacts are never offered. Who is no organiser is answered as if they had looked
for webinars.
"""

from telegram import ChosenInlineResult, InlineQuery, InlineQueryResultArticle, InputTextMessageContent

from bot.context import Context, names_of
from bot.screens import library as screens
from domain.library import finding, upkeep
from domain.library.entries import Entry
from texts.chat import ChatTexts

_MOST = 20
_PREFIX = "entry-"


async def offered(query: InlineQuery, context: Context, texts: ChatTexts) -> list[InlineQueryResultArticle]:
    """What can be put somewhere by these words. Empty: it is no such query, or not for this person, or nothing fits."""
    word, _, words = query.query.strip().partition(" ")
    if word.casefold() != screens.INLINE:
        return []
    found = await context.database.read(finding.offered, query.from_user.id, words, names_of, limit=_MOST)
    return [_result(entry, context, texts) for entry in found]


async def chosen(result: ChosenInlineResult, context: Context) -> bool:
    """Count it as a use. False: it was none of these."""
    if not result.result_id.startswith(_PREFIX):
        return False
    await context.database.write(upkeep.used, result.result_id.removeprefix(_PREFIX))
    return True


def _result(entry: Entry, context: Context, texts: ChatTexts) -> InlineQueryResultArticle:
    screen = screens.put(entry, context.bot.username, texts)
    return InlineQueryResultArticle(
        id=f"{_PREFIX}{entry.code}",
        title=screens.label(entry, texts),
        description=screens.facts(entry, texts),
        input_message_content=InputTextMessageContent(screen.text),
        reply_markup=screen.markup(),
    )
