"""Every state of the library and of what is being shared."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.screen import Screen
from bot.screens import contacts, library, writing
from bot.screens.pushed import pushed
from domain.choices import Choice
from domain.draft_fields import LANGUAGES
from domain.library.contacts import ContactFacts
from domain.library.entries import Entry
from domain.library.files import File, FileFault
from domain.library.filing import Heading, Offer
from domain.library.finding import Filter, Listing, Switches
from domain.library.news import ContactAsked
from domain.library.parts import OF_CONTACT, OF_OTHERS, Part
from domain.library.upkeep import Edition, History, Pile
from domain.library.values import TEXT_LENGTH
from domain.library.writing import Writing
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
        "file": None,
        "contact": None,
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
    parts = OF_CONTACT if found.contact else OF_OTHERS
    return Writing(entry=found, partnerships=partnerships, parts=parts, missing=missing, asking=asking)


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

FACTS = ContactFacts(
    organisation="Guangdong Cold Chain <Co>",
    role="Head of sourcing",
    country="CN",
    email="li.wei@example.org",
    phone="+86 20 1234 5678",
    agreed_how="by e-mail, 12 Jan 2027",
    agreed_on=date(2027, 1, 12),
    confirmed_at=NOW,
)
PERSON = entry(kind=EntryKind.CONTACT, title="Li Wei", text="", topics=("China",), contact=FACTS)
NOBODY = replace(
    PERSON,
    title="",
    state=DRAFT,
    mine=True,
    contact=replace(FACTS, organisation="", role="", country="", email="", phone="", agreed_how="", agreed_on=None),
)
LONG_FACTS = replace(FACTS, organisation="😀" * 120, role="😀" * 120, email="x" * 250, agreed_how="😀" * 200)
FILE = File("Feedback <form>.pdf", "application/pdf", 1_234_567)

OF_ENTRY: dict[str, Callable[[Entry, ChatTexts], Screen]] = {
    "library_entry_mine": lambda found, words: library.entry(replace(found, mine=True, url=LINK, newest=3), words),
    "library_entry_others": library.entry,
    "library_entry_company": lambda found, words: library.entry(replace(found, organiser=False), words),
    "library_entry_file": lambda found, words: library.entry(replace(found, file=FILE), words),
    "library_entry_file_gone": lambda found, words: library.entry(replace(found, file=replace(FILE, size=None)), words),
    "contact_entry": lambda found, words: library.entry(replace(found, kind=EntryKind.CONTACT, contact=FACTS), words),
    "contact_entry_mine": lambda found, words: library.entry(
        replace(found, kind=EntryKind.CONTACT, contact=LONG_FACTS, mine=True), words
    ),
    "contact_erase": contacts.erase_sure,
    "pushed_contact": lambda found, words: pushed(ContactAsked("li", found.title, found.title, NOW), words, now=NOW),
    "library_entry_retired": lambda found, words: library.entry(replace(found, state=RETIRED, mine=True), words),
    "library_entry_shared": lambda found, words: library.entry(found, words, words.entry_shared()),
    "library_put": lambda found, words: library.put(found, "convoke_bot", words),
    "library_put_everybody": lambda found, words: library.put(
        replace(found, readers=EntryReaders.EVERYBODY), "convoke_bot", words
    ),
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
            written(replace(found, state=DRAFT, file=FILE), asking=part), words
        )
        for part in OF_OTHERS
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
    "contact_entry_whole": lambda words: library.entry(PERSON, words),
    "contact_entry_retired": lambda words: library.entry(replace(PERSON, state=RETIRED, mine=True), words),
    "contact_confirmed": lambda words: contacts.confirmed(PERSON, words),
    "contact_erased": lambda words: Screen(words.contact_erased()),
    "contact_card_empty": lambda words: writing.card(
        written(NOBODY, Part.TITLE, Part.EMAIL, Part.AGREED, asking=Part.TITLE), words
    ),
    "contact_card_ready": lambda words: writing.card(written(replace(PERSON, state=DRAFT, mine=True)), words),
    "contact_card_live": lambda words: writing.card(written(replace(PERSON, mine=True)), words),
    **{
        f"contact_asking_{part}": lambda words, part=part: writing.card(  # type: ignore[misc]
            written(replace(PERSON, state=DRAFT, mine=True), asking=part), words
        )
        for part in OF_CONTACT
    },
    **{
        f"contact_fault_{fault}": lambda words, fault=fault: writing.card(  # type: ignore[misc]
            written(NOBODY, Part.TITLE, asking=Part.EMAIL), words, words.field_fault(fault, 0)
        )
        for fault in (FieldFault.NO_DAY, FieldFault.NO_EMAIL, FieldFault.NO_PHONE)
    },
    **{
        f"share_file_{fault}": lambda words, fault=fault: writing.card(  # type: ignore[misc]
            written(HALF, Part.TITLE, asking=Part.SOURCE), words, words.file_fault(fault)
        )
        for fault in FileFault
    },
    "share_no_card": lambda words: Screen(words.warn(words.no_card()), writing.gone(words).rows),
    "share_this_card": lambda words: writing.kinds(words, this=True, card=True),
    "library_entry_draft": lambda words: library.entry(FULL, words),
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
