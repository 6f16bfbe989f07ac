"""Every state of the library and of what is being shared."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.screen import Screen
from bot.screens import library, writing
from domain.choices import Choice
from domain.draft_fields import LANGUAGES
from domain.library.entries import Entry
from domain.library.filing import Heading, Offer
from domain.library.finding import Filter, Listing, Switches
from domain.library.upkeep import Edition, History, Pile
from domain.library.values import TEXT_LENGTH
from domain.library.writing import Part, Writing
from domain.reading.draft_values import FieldFault
from storage import EntryKind, EntryReaders, EntryState
from tests.chat import NASTY, NOW
from texts.chat import ChatTexts

DRAFT, SHARED, RETIRED = EntryState.DRAFT, EntryState.SHARED, EntryState.RETIRED
LINK = "https://files.example.org/feedback"
LONG = "😀" * (TEXT_LENGTH // 2)


def entry(**changes: Any) -> Entry:
    whole: dict[str, Any] = {
        "code": "feed1234",
        "kind": EntryKind.TEMPLATE,
        "state": SHARED,
        "readers": EntryReaders.ORGANISERS,
        "partnership_id": "nf4",
        "partnership": "NF4",
        "language": "en",
        "number": 1,
        "newest": 1,
        "title": "Feedback in five minutes",
        "text": "Ask three questions while people are still there:\nthey answer at once.",
        "keywords": "survey, quiz",
        "url": None,
        "topics": ("China", "Food"),
        "topic_ids": ("china", "food"),
        "content": {},
        "made_at": NOW,
        "mine": False,
        "organiser": True,
    }
    return Entry(**whole | changes)


def entry_of(text: str, **changes: Any) -> Entry:
    """The same text wherever somebody may type one."""
    typed = {"title": text, "text": text, "keywords": text, "topics": (text,) * 2, "partnership": text, "webinar": text}
    return entry(**typed | changes)


def longest() -> Entry:
    names = ("Töpic 😀 with a long name",) * 90
    long = {"text": LONG, "keywords": "😀" * 100, "topics": names, "partnership": "Pärtnership 😀" * 3}
    return replace(entry_of("😀" * 120), **long)  # type: ignore[arg-type]


MINE = entry(mine=True, url=LINK, newest=3, number=3)
OTHERS = entry(title=NASTY, kind=EntryKind.PRACTICE, readers=EntryReaders.EVERYBODY, language="fr", topics=())


def listing(*entries: Entry, organiser: bool = True, everything: int = 12, words: str = "", pages: int = 1) -> Listing:
    return Listing(
        entries=entries,
        number=1,
        pages=pages,
        total=len(entries),
        everything=everything,
        chosen=Filter(words=words),
        organiser=organiser,
    )


def written(found: Entry, *missing: Part, asking: Part | None = None) -> Writing:
    partnerships = (Choice("ec2i", "EC2i", chosen=False), Choice("nf4", "NF4", chosen=True))
    topics = (Choice("china", "China", chosen=True), Choice("usa", "USA", chosen=False))
    return Writing(entry=found, partnerships=partnerships, topics=topics, missing=missing, asking=asking)


HALF = entry(state=DRAFT, mine=True, title="", text="", keywords="", topics=())
FULL = entry(state=DRAFT, mine=True, url=LINK)
NEXT = entry(mine=True, number=2)
OFFERS = {
    Heading.KIND: tuple(Choice(kind, kind, kind is EntryKind.TEMPLATE) for kind in list(EntryKind)[1:]),
    Heading.TOPICS: (Choice("china", "China", chosen=True), Choice("usa", "USA", chosen=False)),
    Heading.LANGUAGE: tuple(Choice(each, each, each == "en") for each in LANGUAGES),
    Heading.PARTNERSHIP: (Choice("ec2i", "EC2i", chosen=False), Choice("nf4", "NF4", chosen=True)),
    Heading.READERS: tuple(Choice(each, each, each is EntryReaders.ORGANISERS) for each in EntryReaders),
}
SWITCHES = Switches(
    kinds=tuple(Choice(kind, kind, kind is EntryKind.LESSON) for kind in EntryKind),
    partnerships=OFFERS[Heading.PARTNERSHIP],
    markets=OFFERS[Heading.TOPICS],
    sectors=(Choice("food", "Food", chosen=False),),
    languages=(Choice("en", "en", chosen=False), Choice("fr", "fr", chosen=False)),
    words="cold chain",
    fitting=3,
)

OF_ENTRY: dict[str, Callable[[Entry, ChatTexts], Screen]] = {
    "library_entry_mine": lambda found, words: library.entry(replace(found, mine=True, url=LINK, newest=3), words),
    "library_entry_others": library.entry,
    "library_entry_company": lambda found, words: library.entry(replace(found, organiser=False), words),
    "library_entry_contact": lambda found, words: library.entry(replace(found, kind=EntryKind.CONTACT), words),
    "library_entry_retired": lambda found, words: library.entry(replace(found, state=RETIRED, mine=True), words),
    "library_entry_shared": lambda found, words: library.entry(found, words, words.entry_shared()),
    "library_edition": lambda found, words: library.edition(replace(found, number=1, newest=3), words),
    "library_listing": lambda found, words: library.listing(listing(*(found,) * 5, pages=2), words),
    "library_retire": library.retire_sure,
    "library_retired": lambda found, words: library.retired(Pile((found,) * 8, 1, 2, 9), words),
    "library_versions": lambda found, words: library.history(
        History(found, tuple(Edition(number, NOW - timedelta(days=10 - number)) for number in (3, 2, 1))), words
    ),
    "share_card_ready": lambda found, words: writing.card(written(replace(found, state=DRAFT, url=LINK)), words),
    "share_card_revised": lambda found, words: writing.card(written(replace(found, mine=True, number=2)), words),
    "share_filing": writing.filing,
    **{
        f"share_asking_{part}": lambda found, words, part=part: writing.card(  # type: ignore[misc]
            written(replace(found, state=DRAFT, url=LINK), asking=part), words
        )
        for part in sorted(Part)
    },
    **{
        f"share_fault_{fault}": lambda found, words, fault=fault: writing.card(  # type: ignore[misc]
            written(replace(found, state=DRAFT), asking=Part.TEXT), words, words.field_fault(fault, TEXT_LENGTH)
        )
        for fault in (FieldFault.EMPTY, FieldFault.TOO_LONG)
    },
}

SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    **{name: lambda words, screen=screen: screen(entry(), words) for name, screen in OF_ENTRY.items()},  # type: ignore[misc]
    "library_listing_words": lambda words: library.listing(listing(MINE, OTHERS, words="<cold> chain"), words),
    "library_listing_company": lambda words: library.listing(listing(OTHERS, organiser=False), words),
    "library_listing_nothing": lambda words: library.listing(listing(words="<cold> chain"), words),
    "library_listing_fits_nothing": lambda words: library.listing(listing(), words),
    "library_listing_empty": lambda words: library.listing(listing(everything=0), words),
    "library_listing_empty_company": lambda words: library.listing(listing(organiser=False, everything=0), words),
    "library_switches": lambda words: library.switches(SWITCHES, words),
    "library_retired_nothing": lambda words: library.retired(Pile((), 1, 1, 0), words),
    "library_no_such_entry": lambda words: Screen(words.no_such_entry()),
    "said_not_yours_entry": lambda words: Screen(words.others_entry(["NF4"])),
    "share_what": lambda words: writing.kinds(words, drafts=2),
    "share_this": lambda words: writing.kinds(words, this=True),
    "share_gone": writing.gone,
    "share_card_empty": lambda words: writing.card(written(HALF, Part.TITLE, Part.TEXT, asking=Part.TITLE), words),
    "share_drop": lambda words: writing.drop_sure(FULL, words),
    "share_drop_revised": lambda words: writing.drop_sure(NEXT, words),
    "share_dropped": lambda words: Screen(words.dropped()),
    "share_nothing_open": lambda words: Screen(words.nothing_open()),
    "share_drafts": lambda words: writing.drafts(Pile((FULL, HALF), 1, 1, 2), words),
    "share_drafts_nothing": lambda words: writing.drafts(Pile((), 1, 1, 0), words),
    **{
        f"share_choose_{heading}": lambda words, heading=heading: writing.choices(  # type: ignore[misc]
            Offer(FULL, heading, OFFERS[heading]), words
        )
        for heading in Heading
    },
}
