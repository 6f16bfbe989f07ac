"""Writing to those who come: whom, what, and how it will read, before anything leaves."""

from bot.callbacks import LetterSend, LettersShow, LetterTo, LetterWrite, ManageShow
from bot.screen import Press, Rows, Screen, cut, grid, lines, own_time
from bot.screens.card import short
from bot.screens.mailing import letter
from domain.cards import Card
from domain.letters import LENGTH, Desk, Dispatched, Proof
from storage import Readers
from texts.chat import ChatTexts

_QUOTED = 200


def desk(value: Desk, texts: ChatTexts) -> Screen:
    labels = {
        Readers.REGISTERED: texts.button_to_registered,
        Readers.WAITLISTED: texts.button_to_waiting,
        Readers.BOTH: texts.button_to_both,
    }
    counts = {readers: value.counts[readers] for readers in labels if value.counts[readers]}
    if Readers.WAITLISTED not in counts or Readers.REGISTERED not in counts:
        counts.pop(Readers.BOTH, None)
    code, title = value.card.code, value.card.title
    later = None
    if value.next_at:
        later = texts.letter_later(own_time(value.next_at, texts.short(value.next_at, value.card.timezone)))
    return Screen(
        lines(
            texts.letter_whom(title) if counts else texts.letter_nobody(title),
            texts.letter_unsent(cut(value.unsent, _QUOTED)) if value.unsent else None,
            later,
        ),
        (
            *grid([Press(labels[readers](number), LetterTo(code, readers)) for readers, number in counts.items()]),
            (Press(texts.button_back(), ManageShow(code)),),
        ),
    )


def ask(card: Card, texts: ChatTexts) -> Screen:
    return Screen(texts.letter_ask(card.title, LENGTH), back(card.code, texts))


def back(code: str, texts: ChatTexts) -> Rows:
    return ((Press(texts.button_back(), LettersShow(code)),),)


def proof(value: Proof, texts: ChatTexts) -> Screen:
    card = value.letter.card
    intro = texts.letter_proof(texts.readers(value.readers), value.count, short(texts.hosts(card.hosts)))
    return Screen(
        lines(
            intro,
            texts.letter_withheld() if value.withheld else None,
            "",
            letter(value.letter, texts),
        ),
        (
            (
                Press(texts.button_send(), LetterSend(card.code, value.letter_id)),
                Press(texts.button_write_again(), LetterWrite(card.code)),
            ),
            *back(card.code, texts),
        ),
    )


def sent(value: Dispatched, texts: ChatTexts) -> Screen:
    return Screen(texts.letter_sent(value.count), ((Press(texts.button_back(), ManageShow(value.card.code)),),))
