"""Organisers write to those who come: typed, looked at, sent. Whatever goes wrong, what was typed stays."""

from telegram import Update

from bot.callbacks import LetterSend, LettersShow, LetterTo, LetterWrite
from bot.context import Context, pressed
from bot.replies import answer, send, show
from bot.screen import Screen
from bot.screens import letters as screens
from domain import answers, letters
from domain.cards import Card
from domain.errors import NotAllowedError
from domain.letters import LetterLimitError, LettersClosedError, NoLetterError, NoReadersError
from domain.reading.draft_values import FieldError, FieldFault
from storage import Readers


async def desk(update: Update, context: Context) -> None:
    await _desk(update, context, pressed(update, LettersShow).code)


async def choose(update: Update, context: Context) -> None:
    press = pressed(update, LetterTo)
    if press.readers not in set(Readers):
        await _desk(update, context, press.code)
        return
    readers = Readers(press.readers)
    found = await context.database.write(letters.choose, press.code, context.person_id, readers, now=context.now())
    texts = context.texts
    await show(update, context, screens.ask(found, texts) if isinstance(found, Card) else screens.proof(found, texts))


async def write_again(update: Update, context: Context) -> None:
    code = pressed(update, LetterWrite).code
    card = await context.database.write(letters.write_again, code, context.person_id, now=context.now())
    await show(update, context, screens.ask(card, context.texts))


async def typed(update: Update, context: Context, text: str) -> None:
    """The text that was asked for. One that can't be used stays in the chat, and the question open."""
    texts = context.texts
    try:
        proof = await context.database.write(letters.take, context.person_id, text, now=context.now())
    except FieldError as error:
        too_long = error.fault is FieldFault.TOO_LONG
        fault = texts.letter_too_long(len(text), error.limit) if too_long else texts.field_fault(error.fault, 0)
        await send(update, context, Screen(texts.warn(fault), screens.back(context.arrival.person.asking_about, texts)))
    except (LettersClosedError, NotAllowedError):  # nothing that is typed would do any more
        await context.database.write(answers.drop, context.person_id)
        raise
    else:
        await send(update, context, screens.proof(proof, texts))


async def dispatch(update: Update, context: Context) -> None:
    press, texts = pressed(update, LetterSend), context.texts
    try:
        done = await context.database.write(
            letters.send, press.code, context.person_id, press.letter, now=context.now()
        )
    except LetterLimitError as error:
        await _refuse(update, texts.letter_limit(texts.short(error.next_at, error.timezone)))
    except NoReadersError:
        await _refuse(update, texts.letter_no_readers())
    except NoLetterError:
        await _refuse(update, texts.no_letter())
    else:
        await show(update, context, screens.sent(done, texts))


async def _desk(update: Update, context: Context, code: str) -> None:
    desk = await context.database.write(letters.desk, code, context.person_id, now=context.now())
    await show(update, context, screens.desk(desk, context.texts))


async def _refuse(update: Update, reason: str) -> None:
    """Say why not; the letter stays as it is, to be sent later."""
    assert update.callback_query
    await answer(update.callback_query, reason)
