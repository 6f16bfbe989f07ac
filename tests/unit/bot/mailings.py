"""Letters, slides and recordings, and lists of those who come, as organisers and readers see them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.screen import Screen
from bot.screens import letters, managing, materials, registrants
from bot.screens.card import webinar_card
from bot.screens.pushed import pushed
from domain.cards import Card, Handout
from domain.letters import LENGTH, Desk, Dispatched, Proof
from domain.listing import Page
from domain.mailing import HandedOut, Written
from domain.missed import Missed
from domain.reading.draft_values import FieldFault
from domain.registrants import Registrant, Roster, Tallies, Tally
from storage import MaterialKind, Readers, RegistrationStatus, WebinarStatus
from tests.chat import LEADS, NASTY, NOW, START, card
from texts.chat import ChatTexts

SEATED, WAITING = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED
TEXT = "Please bring a sample of your packaging.\nWhere to put it: https://example.org/samples?a=1&b=2"
LINKS = (
    Handout(MaterialKind.SLIDES, "https://files.example.org/slides", None, ""),
    Handout(MaterialKind.RECORDING, "https://files.example.org/video", None, ""),
)
FILES = (
    Handout(MaterialKind.SLIDES, None, "BQACAgIAAx", "Labels & <b>laws</b>.pdf"),
    Handout(MaterialKind.RECORDING, None, "BAACAgIAAx", "day.mp4"),
)
COUNTS = {Readers.REGISTERED: 38, Readers.WAITLISTED: 4, Readers.BOTH: 42}
ONLY_WAITING = {Readers.REGISTERED: 0, Readers.WAITLISTED: 1, Readers.BOTH: 1}
NOBODY = dict.fromkeys(Readers, 0)


def person(number: int, status: RegistrationStatus = SEATED, place: int | None = None, **said: str) -> Registrant:
    values = {"company": "", "country": "", "cluster": "", "partnership": ""} | said
    return Registrant(name=f"Person {number}", status=status, place=place, **values)


PEOPLE = (
    person(1, company="Ana & Sons", country="BE", cluster="Tweed", partnership="Alpha"),
    replace(person(2, company=NASTY), name="=1+1 😀"),
    person(3, WAITING, 1, country="IT"),
    person(4, WAITING, 2),
)
TALLIES = Tallies(
    partnerships=(Tally("NF4", 20, 1), Tally("EC2i", 8, 0), Tally("", 10, 3)),
    clusters=tuple(Tally(f"Cluster {number}", 30 - number, number % 2) for number in range(1, 13)),
    countries=(Tally("BE", 20, 0), Tally("IT", 8, 4), Tally("", 10, 0)),
    markets=(Tally("China", 38, 4),),
)
LONG = "😀" * 80
MANY = Roster(
    card(),
    tuple(
        Registrant(name=LONG, status=WAITING, place=100_000, company=LONG, country="BE", cluster=LONG, partnership="A")
        for _ in range(10)
    ),
    100_000,
    Tallies(*((tuple(Tally(LONG, 100_000, 100_000) for _ in range(40)),) * 4)),
    number=2,
    pages=9_000,
)


def over(card: Card, **changes: object) -> Card:
    return replace(card, open=False, ended=True, my_status=SEATED, **changes)  # type: ignore[arg-type]


def proof(card: Card, readers: Readers, *, withheld: bool = False, text: str = TEXT) -> Proof:
    return Proof(7, readers, COUNTS[readers], Written(card, text), withheld, None)


def roster(card: Card, *people: Registrant, forgotten: int = 0, number: int = 1, pages: int = 1) -> Roster:
    return Roster(replace(card, registered=38, waiting=4), people, forgotten, TALLIES, number, pages)


def told(content: Written | HandedOut | Missed, words: ChatTexts) -> Screen:
    return pushed(content, words, now=NOW)


OF_CARD: dict[str, Callable[[Card, ChatTexts], Screen]] = {
    "letter_whom": lambda card, words: letters.desk(Desk(card, COUNTS, None, ""), words),
    "letter_whom_waiting": lambda card, words: letters.desk(Desk(card, ONLY_WAITING, None, ""), words),
    "letter_whom_kept": lambda card, words: letters.desk(Desk(card, COUNTS, NOW + timedelta(hours=3), TEXT * 5), words),
    "letter_nobody": lambda card, words: letters.desk(Desk(card, NOBODY, None, ""), words),
    "letter_ask": letters.ask,
    "letter_proof": lambda card, words: letters.proof(proof(card, Readers.REGISTERED), words),
    "letter_proof_withheld": lambda card, words: letters.proof(proof(card, Readers.BOTH, withheld=True), words),
    "letter_proof_longest": lambda card, words: letters.proof(
        proof(card, Readers.BOTH, withheld=True, text="😀" * LENGTH), words
    ),
    "pushed_letter": lambda card, words: told(Written(replace(card, my_status=SEATED), TEXT), words),
    "pushed_letter_waiting": lambda card, words: told(Written(replace(card, my_status=WAITING), TEXT), words),
    "pushed_letter_over": lambda card, words: told(Written(over(card), TEXT), words),
    "pushed_slides": lambda card, words: told(HandedOut(over(card), LINKS[:1]), words),
    "pushed_recording_attached": lambda card, words: told(HandedOut(over(card), FILES[1:]), words),
    "pushed_materials": lambda card, words: told(HandedOut(over(card), FILES), words),
    "pushed_materials_attached": lambda card, words: told(HandedOut(over(card), (FILES[0], LINKS[1])), words),
    "pushed_missed": lambda card, words: told(Missed(over(card), LINKS[1:]), words),
    "pushed_missed_attached": lambda card, words: told(Missed(over(card), FILES[1:]), words),
    "pushed_missed_both": lambda card, words: told(Missed(over(card), (FILES[0], LINKS[1])), words),
    "card_ended_materials": lambda card, words: webinar_card(
        over(card, materials=(LINKS[0], FILES[1])), words, leads=LEADS, now=START + timedelta(days=1)
    ),
    "materials": materials.materials,
    "materials_added": lambda card, words: materials.materials(
        over(card, materials=FILES[:1]), words, words.material_added(38)
    ),
    "materials_replaced": lambda card, words: materials.materials(
        over(card, materials=(FILES[0], LINKS[1])), words, words.material_replaced()
    ),
    "materials_nameless": lambda card, words: materials.materials(
        over(card, materials=(replace(FILES[1], file_name=""),)), words
    ),
    "materials_for_nobody": lambda card, words: materials.materials(
        over(card, materials=LINKS), words, words.material_added(0)
    ),
    "material_ask_slides": lambda card, words: materials.ask(card, MaterialKind.SLIDES, words),
    "material_ask_recording": lambda card, words: materials.ask(card, MaterialKind.RECORDING, words),
    "managed_begun": lambda card, words: managing.webinar(replace(card, open=False), words),
    "managed_over": lambda card, words: managing.webinar(over(card), words),
    "people": lambda card, words: registrants.people(roster(card, *PEOPLE, forgotten=1), words),
    "people_came": lambda card, words: registrants.people(
        replace(roster(card, replace(PEOPLE[0], came=True), PEOPLE[1]), came=1), words
    ),
    "people_paged": lambda card, words: registrants.people(roster(card, *PEOPLE[:1], number=2, pages=4), words),
    "people_nobody": lambda card, words: registrants.people(
        Roster(replace(card, registered=0), (), 0, Tallies((), (), (), ())), words
    ),
    "people_many": lambda card, words: registrants.people(replace(MANY, card=card), words),
    "people_counts": lambda card, words: registrants.counts(roster(card), words),
    "people_counts_many": lambda card, words: registrants.counts(replace(MANY, card=card), words),
    "past": lambda card, words: registrants.past(
        Page((over(card), over(card, status=WebinarStatus.CANCELLED)), 1, 2, 7), words
    ),
}

SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    "letter_sent": lambda words: letters.sent(Dispatched(card(), 42), words),
    "letter_too_long": lambda words: Screen(words.warn(words.letter_too_long(1_043, LENGTH)), letters.back("a", words)),
    "letter_empty": lambda words: Screen(words.warn(words.field_fault(FieldFault.EMPTY, 0)), letters.back("a", words)),
    "letter_closed": lambda words: Screen(words.letters_closed()),
    "material_not_begun": lambda words: Screen(words.not_begun()),
    "past_nothing": lambda words: registrants.past(Page((), 1, 1, 0), words),
}
