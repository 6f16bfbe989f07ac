"""The drafts that an organiser may open, a page at a time."""

from markupsafe import Markup

from bot.callbacks import DraftNew, DraftOpen, DraftsShow, ManageList
from bot.screen import Press, Screen, cut, lines
from domain.shelf import Item, Shelf
from texts.chat import ChatTexts

_LABEL_LENGTH = 40


def drafts(shelf: Shelf, texts: ChatTexts) -> Screen:
    title = texts.with_page(texts.drafts_title(), shelf.number, shelf.pages) if shelf.items else texts.no_drafts()
    items = [item for draft in shelf.items for item in ("", _item(draft, texts))]
    earlier = (Press(texts.button_earlier(), DraftsShow(shelf.number - 1)),) if shelf.number > 1 else ()
    later = (Press(texts.button_later(), DraftsShow(shelf.number + 1)),) if shelf.number < shelf.pages else ()
    return Screen(
        lines(title, *items),
        (
            *(
                (Press(cut(draft.title or texts.untitled(), _LABEL_LENGTH - 2), DraftOpen(draft.id)),)
                for draft in shelf.items
            ),
            (*earlier, *later),
            (Press(texts.button_new(), DraftNew()), Press(texts.button_back(), ManageList(1))),
        ),
    )


def _item(draft: Item, texts: ChatTexts) -> Markup:
    """Its title, when it would be, and what is missing still."""
    when = texts.short(draft.starts_at, draft.timezone) if draft.starts_at else None
    missing = [texts.label(field) for field in draft.missing]
    facts = [when, texts.lacking(missing) if missing else None, texts.draft_open() if draft.open else None]
    return Markup("<b>{title}</b>\n{facts}").format(
        title=draft.title or texts.untitled(), facts=" · ".join(fact for fact in facts if fact) or texts.complete()
    )
