"""Something being shared: one card that shows what is there and what is missing."""

from markupsafe import Markup

from bot.callbacks import (
    EntryShow,
    FilingSet,
    FilingShow,
    LibraryShow,
    ShareDrafts,
    ShareKind,
    ShareThis,
    WritingAsk,
    WritingClear,
    WritingDrop,
    WritingShare,
    WritingShow,
)
from bot.screen import Button, Press, Rows, Screen, cut, grid, lines
from bot.screens.card import short
from bot.screens.library import file, label
from domain.choices import Choice
from domain.library.entries import Entry
from domain.library.filing import Heading, Offer
from domain.library.parts import CLEARABLE, Part
from domain.library.upkeep import Pile
from domain.library.writing import Writing
from storage import EntryKind, EntryState
from texts.chat import ChatTexts

_SHOWN = 300


def kinds(texts: ChatTexts, *, drafts: int = 0, this: bool = False, card: bool = False) -> Screen:
    """What is shared: `this`, which the message answers and may be a business card, or something to be written."""
    form = ShareThis if this else ShareKind
    offered = [Press(texts.entry_kind(kind), form(kind)) for kind in EntryKind if not this or _fits(kind, card=card)]
    waiting = (Press(texts.button_share_drafts(drafts), ShareDrafts(1)),) if drafts else ()
    library = (Press(texts.button_library(), LibraryShow(1)),)
    return Screen(texts.share_this() if this else texts.share_what(), (*grid(offered), waiting, library))


def _fits(kind: EntryKind, *, card: bool) -> bool:
    return (kind is EntryKind.CONTACT) == card


def gone(texts: ChatTexts) -> Screen:
    return Screen(texts.share_gone(), ((Press(texts.button_library(), LibraryShow(1)),),))


def card(view: Writing, texts: ChatTexts, fault: Markup | None = None) -> Screen:
    """`fault` says what was wrong with the last message and stands right above what to do."""
    new = view.entry.state is EntryState.DRAFT
    filed = [texts.draft_line(texts.writing_label(what), _filed(view.entry, what, texts)) for what in _headings(view)]
    title = texts.contact_title() if view.live else texts.writing_title(new=new)
    return Screen(
        lines(
            title,
            "",
            *(texts.draft_line(_label(view, part, texts), _value(view, part, texts)) for part in view.parts),
            *(filed if new else ()),
            "",
            texts.warn(fault) if fault else None,
            _prompt(view, texts),
        ),
        _rows(view, texts),
    )


def filing(found: Entry, texts: ChatTexts) -> Screen:
    """What it is filed under, of what is shared already."""
    buttons = [Press(texts.writing_label(what), FilingShow(found.code, what)) for what in Heading]
    return Screen(
        lines(
            texts.filing_title(found.title),
            "",
            *(texts.draft_line(texts.writing_label(what), _filed(found, what, texts)) for what in Heading),
        ),
        (*grid(buttons), (Press(texts.button_back(), EntryShow(found.code)),)),
    )


def choices(offer: Offer, texts: ChatTexts) -> Screen:
    """The choices under one heading. Of topics several may be on."""
    found = offer.entry
    buttons = []
    for each in offer.choices:
        name = _choice(each, offer.heading, texts)
        shown = texts.button_chosen(name) if each.chosen else name
        buttons.append(Press(shown, FilingSet(found.code, offer.heading, each.id)))
    done = WritingShow(found.code) if found.state is EntryState.DRAFT else FilingShow(found.code, "all")
    return Screen(texts.writing_choose(offer.heading), (*grid(buttons), (Press(texts.button_done(), done),)))


def drop_sure(found: Entry, texts: ChatTexts) -> Screen:
    return Screen(
        texts.drop_sure(new=found.state is EntryState.DRAFT),
        (
            (Press(texts.button_drop(), WritingDrop(found.code, 1)),),
            (Press(texts.button_back(), WritingShow(found.code)),),
        ),
    )


def drafts(pile: Pile, texts: ChatTexts) -> Screen:
    title = texts.with_page(texts.share_drafts_title(), pile.number, pile.pages)
    earlier = (Press(texts.button_earlier(), ShareDrafts(pile.number - 1)),) if pile.number > 1 else ()
    later = (Press(texts.button_later(), ShareDrafts(pile.number + 1)),) if pile.number < pile.pages else ()
    each = ((Press(label(one, texts), WritingShow(one.code)),) for one in pile.entries)
    return Screen(
        title if pile.entries else texts.no_share_drafts(),
        (*each, (*earlier, *later), (Press(texts.button_library(), LibraryShow(1)),)),
    )


def _headings(view: Writing) -> list[Heading]:
    """A contact stays one, and among organisers."""
    fixed = {Heading.KIND, Heading.READERS} if view.entry.contact else set()
    return [heading for heading in Heading if heading not in fixed]


def _label(view: Writing, part: Part, texts: ChatTexts) -> str:
    return texts.writing_label(_said(view, part))


def _said(view: Writing, part: Part) -> str:
    """What the words for a part are found by: a contact's title is a name."""
    return "name" if view.entry.contact and part is Part.TITLE else part.value


def _value(view: Writing, part: Part, texts: ChatTexts) -> Markup | str:
    found = view.entry
    if part in view.missing:
        return texts.missing()
    said: dict[Part, Markup | str] = {
        Part.TITLE: Markup("<b>{title}</b>").format(title=found.title),
        Part.TEXT: cut(found.text, _SHOWN),
        Part.SOURCE: file(found.file, texts) if found.file else found.url or "",
        Part.WORDS: found.keywords,
    }
    if contact := found.contact:
        said |= {
            Part.ORGANISATION: contact.organisation,
            Part.ROLE: contact.role,
            Part.COUNTRY: texts.country(contact.country) if contact.country else "",
            Part.EMAIL: contact.email,
            Part.PHONE: contact.phone,
            Part.AGREED: contact.agreed_how,
        }
    return said[part] or texts.nothing_yet()


def _filed(found: Entry, what: Heading, texts: ChatTexts) -> str:
    return {
        Heading.KIND: texts.entry_kind(found.kind),
        Heading.TOPICS: short(texts.listed(texts.names(found.topics))) or texts.no_topics(),
        Heading.LANGUAGE: texts.language_name(found.language),
        Heading.PARTNERSHIP: found.partnership,
        Heading.READERS: texts.entry_readers(found.readers),
    }[what]


def _choice(choice: Choice, heading: Heading, texts: ChatTexts) -> str:
    match heading:
        case Heading.KIND:
            return texts.entry_kind(choice.id)
        case Heading.TOPICS:
            return texts.name(choice.name)
        case Heading.LANGUAGE:
            return texts.language_name(choice.id)
        case Heading.READERS:
            return texts.entry_readers(choice.id)
        case _:
            return choice.name


def _prompt(view: Writing, texts: ChatTexts) -> Markup:
    if view.asking:
        return texts.writing_ask(_said(view, view.asking))
    if view.missing:
        return texts.still_missing([_label(view, part, texts) for part in view.missing])
    return texts.writing_live() if view.live else texts.writing_ready()


def _rows(view: Writing, texts: ChatTexts) -> Rows:
    code, new = view.entry.code, view.entry.state is EntryState.DRAFT
    typed = [Press(_label(view, part, texts), WritingAsk(code, part)) for part in view.parts]
    several = len(view.partnerships) > 1
    filed: list[Button] = [
        Press(texts.writing_label(what), FilingShow(code, what))
        for what in _headings(view)
        if several or what is not Heading.PARTNERSHIP
    ]
    return (_clear(view, texts), *grid(typed), *(grid(filed, 3) if new else ()), _end(view, texts))


def _clear(view: Writing, texts: ChatTexts) -> tuple[Button, ...]:
    """Takes away what is in the part that is asked for."""
    part = view.asking
    if part not in CLEARABLE or part in view.missing or _value(view, part, texts) == texts.nothing_yet():
        return ()
    return (Press(texts.button_remove_part(_label(view, part, texts)), WritingClear(view.entry.code, part)),)


def _end(view: Writing, texts: ChatTexts) -> tuple[Button, ...]:
    code = view.entry.code
    if view.live:
        return (Press(texts.button_done(), EntryShow(code)),)
    share = (Press(texts.button_share_now(), WritingShare(code)),) if not view.missing else ()
    return (*share, Press(texts.button_drop(), WritingDrop(code, 0)))
