"""The library: what there is, what fits, one entry."""

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from bot.callbacks import (
    AgendaUse,
    ContactCard,
    ContactErase,
    EntryFile,
    EntryRestore,
    EntryRetire,
    EntryRevise,
    EntryShow,
    EntryVersion,
    EntryVersions,
    FilingShow,
    LibraryClear,
    LibraryFind,
    LibraryShow,
    LibraryToggle,
    LibraryTurn,
    RetiredShow,
    ShareAsk,
    ShowUpcoming,
    WritingShow,
)
from bot.screen import Button, Link, Press, Rows, Screen, Share, cut, grid, lines
from bot.screens import contacts
from bot.screens.card import short
from domain.library import media_types
from domain.library.entries import Entry
from domain.library.files import File
from domain.library.finding import Listing, Switches
from domain.library.upkeep import History, Pile
from storage import EntryKind, EntryReaders, EntryState
from texts.chat import ChatTexts

INLINE = "library"
"""What an inline query begins with that looks here and not among webinars."""

_LABEL_LENGTH = 40
_TITLE_LENGTH = 100
_THREE = 3
_MOST_VERSIONS = 30


def listing(found: Listing, texts: ChatTexts) -> Screen:
    """A page of what fits; if nothing does, or there is nothing, what can be done."""
    words = found.chosen.words
    tools = _tools(found, texts)
    if not found.everything:
        return Screen(texts.library_empty(organiser=found.organiser), tools)
    if not found.entries:
        return Screen(texts.library_fits_nothing(words), tools)
    turn = partial(LibraryTurn, found.chosen.key)
    earlier = (Press(texts.button_earlier(), turn(found.number - 1)),) if found.number > 1 else ()
    later = (Press(texts.button_later(), turn(found.number + 1)),) if found.number < found.pages else ()
    return Screen(
        lines(
            texts.with_page(texts.library_title(words), found.number, found.pages),
            *_items(found.entries, texts),
            *(() if words else ("", texts.library_hint())),
        ),
        (*_each(found.entries, texts), (*earlier, *later), *tools),
    )


def switches(found: Switches, texts: ChatTexts) -> Screen:
    """Every kind of choice, those of a kind side by side. A kind with one choice is none."""
    kinds = (
        ("kind", [(each, texts.entry_kind(each.id)) for each in found.kinds], 2),
        ("partnership", [(each, each.name) for each in found.partnerships], 2),
        ("market", [(each, texts.name(each.name)) for each in found.markets], 2),
        ("sector", [(each, texts.name(each.name)) for each in found.sectors], 2),
        ("language", [(each, texts.language_name(each.id)) for each in found.languages], _THREE),
    )
    rows: list[tuple[Button, ...]] = []
    for kind, named, width in kinds:
        buttons = [
            Press(texts.button_chosen(name) if each.chosen else name, LibraryToggle(kind, each.id))
            for each, name in named
        ]
        rows += grid(buttons, width) if len(buttons) > 1 else ()
    last = (
        Press(texts.button_show_entries(found.fitting), LibraryShow(1)),
        Press(texts.button_clear(), LibraryClear()),
    )
    return Screen(texts.library_find_title(found.fitting, found.words), (*rows, last))


def entry(found: Entry, texts: ChatTexts, said: Markup | None = None) -> Screen:
    """One entry, with what this person may do about it."""
    back = (Press(texts.button_library(), LibraryShow(1)),)
    return Screen(
        lines(*((said, "") if said else ()), body(found, texts)),
        (_sources(found, texts), *_organisers(found, texts), *_owners(found, texts), back),
    )


def put(found: Entry, bot_username: str, texts: ChatTexts) -> Screen:
    """In a chat that may be anybody's: the words only of what everybody may read."""
    opened = Link(texts.button_open_entry(), f"https://t.me/{bot_username}?start=e_{found.code}")
    if found.readers is EntryReaders.EVERYBODY:
        return Screen(body(found, texts), ((opened,),))
    title = Markup("<b>{title}</b>").format(title=found.title)
    return Screen(lines(title, Markup("{facts}").format(facts=facts(found, texts))), ((opened,),))


def edition(found: Entry, texts: ChatTexts) -> Screen:
    """A version that may be an old one: it is only read."""
    back = (Press(texts.button_back(), EntryVersions(found.code)),)
    old = texts.entry_old_version(found.number, found.newest)
    return Screen(lines(old, "", body(found, texts)), (_sources(found, texts), back))


def body(found: Entry, texts: ChatTexts) -> Markup:
    retired = (texts.entry_retired(), "") if found.state is EntryState.RETIRED else ()
    return lines(
        *retired,
        Markup("<b>{title}</b>").format(title=found.title),
        Markup("{facts}").format(facts=facts(found, texts)),
        *(("", *contacts.details(found.contact, texts)) if found.contact else ()),
        *(("", Markup("{text}").format(text=found.text)) if found.text else ()),
        *(("", file(found.file, texts)) if found.file else ()),
        *(("", texts.topics(short(" · ".join(texts.names(found.topics))))) if found.topics else ()),
        texts.entry_of_webinar(found.webinar) if found.webinar else None,
    )


def facts(found: Entry, texts: ChatTexts) -> str:
    limited = texts.entry_readers(found.readers) if found.readers is EntryReaders.ORGANISERS else ""
    kind, language = texts.entry_kind(found.kind), texts.in_language(found.language)
    return texts.entry_facts([fact for fact in (kind, found.partnership, language, limited) if fact])


def file(found: File, texts: ChatTexts) -> Markup:
    if found.size is None:
        return texts.file_gone(found.name)
    return texts.file_named(found.name, texts.file_facts(media_types.word(found.media_type), found.size))


def history(found: History, texts: ChatTexts) -> Screen:
    each = [
        Press(texts.button_version(one.number, texts.day(one.made_at)), EntryVersion(found.entry.code, one.number))
        for one in found.editions[:_MOST_VERSIONS]
    ]
    back = (Press(texts.button_back(), EntryShow(found.entry.code)),)
    return Screen(texts.versions_title(found.entry.title), (*grid(each), back))


def retire_sure(found: Entry, texts: ChatTexts) -> Screen:
    return Screen(
        texts.retire_sure(found.title),
        (
            (Press(texts.button_retire(), EntryRetire(found.code, 1)),),
            (Press(texts.button_back(), EntryShow(found.code)),),
        ),
    )


def retired(pile: Pile, texts: ChatTexts) -> Screen:
    title = texts.with_page(texts.retired_title(), pile.number, pile.pages)
    earlier = (Press(texts.button_earlier(), RetiredShow(pile.number - 1)),) if pile.number > 1 else ()
    later = (Press(texts.button_later(), RetiredShow(pile.number + 1)),) if pile.number < pile.pages else ()
    return Screen(
        lines(title, *(_items(pile.entries, texts) or (texts.nothing_retired(),))),
        (*_each(pile.entries, texts), (*earlier, *later), (Press(texts.button_library(), LibraryShow(1)),)),
    )


def label(found: Entry, texts: ChatTexts) -> str:
    title = found.title or texts.untitled()
    return title if len(title) <= _LABEL_LENGTH else title[: _LABEL_LENGTH - 1].rstrip() + "…"


def _items(entries: Sequence[Entry], texts: ChatTexts) -> tuple[Markup | str, ...]:
    return tuple(part for each in entries for part in ("", _item(each, texts)))


def _item(found: Entry, texts: ChatTexts) -> Markup:
    return Markup("<b>{title}</b>\n{facts}").format(
        title=cut(found.title or texts.untitled(), _TITLE_LENGTH), facts=facts(found, texts)
    )


def _each(entries: Sequence[Entry], texts: ChatTexts) -> Rows:
    return tuple((Press(label(each, texts), EntryShow(each.code)),) for each in entries)


def _tools(found: Listing, texts: ChatTexts) -> Rows:
    find = (Press(texts.button_filter(), LibraryFind()),) if found.everything else ()
    if not found.organiser:
        return (find, (Press(texts.button_all(), ShowUpcoming(1)),))
    share = Press(texts.button_share_something(), ShareAsk())
    return ((*find, share), (Press(texts.button_retired(), RetiredShow(1)),))


def _sources(found: Entry, texts: ChatTexts) -> tuple[Button, ...]:
    if found.contact:
        return (Press(texts.button_contact_card(), ContactCard(found.code)),)
    if found.file and found.file.size is not None:
        return (Press(texts.button_get_file(), EntryFile(found.code, found.number)),)
    return (Link(texts.button_open_link(), found.url),) if found.url else ()


def _organisers(found: Entry, texts: ChatTexts) -> Rows:
    """What every organiser may do. A contact is put into no chat."""
    if not found.organiser:
        return ()
    into = (Share(texts.button_put_into_chat(), f"{INLINE} {found.code}"),)
    shareable = found.state is EntryState.SHARED and found.kind is not EntryKind.CONTACT
    versions = (Press(texts.button_versions(found.newest), EntryVersions(found.code)),) if found.newest > 1 else ()
    is_agenda = found.kind is EntryKind.AGENDA and found.state is EntryState.SHARED
    use = (Press(texts.button_use_agenda(), AgendaUse(found.code), below=True),) if is_agenda else ()
    return (use, into if shareable else (), versions)


def _owners(found: Entry, texts: ChatTexts) -> Rows:
    if not found.mine:
        return ()
    if found.state is EntryState.DRAFT:
        return ((Press(texts.button_go_on(), WritingShow(found.code)),),)
    if found.state is EntryState.RETIRED:
        erase = (Press(texts.button_erase_contact(), ContactErase(found.code, 0)),) if found.contact else ()
        return ((Press(texts.button_restore_entry(), EntryRestore(found.code)), *erase),)
    change = texts.button_change_contact() if found.contact else texts.button_new_version()
    erase = (Press(texts.button_erase_contact(), ContactErase(found.code, 0)),) if found.contact else ()
    return (
        (
            Press(change, EntryRevise(found.code)),
            Press(texts.button_file_under(), FilingShow(found.code, "all")),
        ),
        (Press(texts.button_retire(), EntryRetire(found.code, 0)), *erase),
    )
