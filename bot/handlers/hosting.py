"""Hosting together: another partnership is asked, answers, or leaves."""

from telegram import Update

from bot.callbacks import (
    HostAccept,
    HostAdd,
    HostAsked,
    HostDecline,
    HostLeave,
    HostsShow,
    HostWish,
    HostWithdraw,
)
from bot.context import Context, pressed
from bot.handlers.desk import show_desk
from bot.replies import show
from bot.screens import hosting as screens
from domain import answers, hosting, hosting_answers
from domain.errors import NotAllowedError, WebinarNotFoundError
from domain.hosting import LastHostError
from domain.hosting_answers import Question
from domain.reading.draft_values import FieldError


async def hosts(update: Update, context: Context) -> None:
    await _hosts(update, context, pressed(update, HostsShow).code)


async def add(update: Update, context: Context) -> None:
    press = pressed(update, HostAdd)
    there = await context.database.write(
        hosting.add,
        press.code,
        context.person_id,
        press.partnership,
        settle=context.kit.settle,
        now=context.now(),
    )
    await show(update, context, screens.hosts(there, context.texts))


async def withdraw(update: Update, context: Context) -> None:
    press = pressed(update, HostWithdraw)
    there = await context.database.write(
        hosting.withdraw, press.code, context.person_id, press.partnership, now=context.now()
    )
    await show(update, context, screens.hosts(there, context.texts))


async def leave(update: Update, context: Context) -> None:
    press, now = pressed(update, HostLeave), context.now()
    if press.sure:
        try:
            await context.database.write(hosting.leave, press.code, context.person_id, press.partnership, now=now)
        except LastHostError:
            await _hosts(update, context, press.code, context.texts.last_host())
            return
        await show_desk(update, context)
        return
    there = await context.database.write(hosting.show, press.code, context.person_id, now=now)
    host = there.host(press.partnership)
    screen = screens.leave_sure(there, host, context.texts) if host else screens.hosts(there, context.texts)
    await show(update, context, screen)


async def asked(update: Update, context: Context) -> None:
    press = pressed(update, HostAsked)
    question = await context.database.write(
        hosting_answers.look, press.code, context.person_id, press.partnership, now=context.now()
    )
    await _question(update, context, question)


async def accept(update: Update, context: Context) -> None:
    press = pressed(update, HostAccept)
    question = await context.database.write(
        hosting_answers.accept,
        press.code,
        context.person_id,
        press.partnership,
        settle=context.kit.settle,
        now=context.now(),
    )
    await _question(update, context, question)


async def decline(update: Update, context: Context) -> None:
    press = pressed(update, HostDecline)
    question = await context.database.write(
        hosting_answers.decline, press.code, context.person_id, press.partnership, now=context.now()
    )
    await _question(update, context, question)


async def ask_wish(update: Update, context: Context) -> None:
    press = pressed(update, HostWish)
    question = await context.database.write(
        hosting_answers.ask_for_line, press.code, context.person_id, press.partnership, now=context.now()
    )
    if question.open:
        await show(update, context, screens.ask_wish(question, context.texts))
    else:
        await _question(update, context, question)


async def wished(update: Update, context: Context, text: str) -> None:
    """The line that was asked for, typed. One that can't be used is asked for again."""
    about = context.arrival.person.asking_about
    try:
        question = await context.database.write(
            hosting_answers.request, context.person_id, about, text, now=context.now()
        )
    except FieldError as error:
        await show(update, context, screens.wish_fault(error, context.texts))
    except (NotAllowedError, WebinarNotFoundError):  # nothing that is typed would do any more
        await context.database.write(answers.drop, context.person_id)
        raise
    else:
        await _question(update, context, question)


async def _hosts(update: Update, context: Context, code: str, alert: str | None = None) -> None:
    there = await context.database.write(hosting.show, code, context.person_id, now=context.now())
    await show(update, context, screens.hosts(there, context.texts), alert)


async def _question(update: Update, context: Context, question: Question) -> None:
    await show(update, context, screens.question(question, context.texts, context.timezone))
