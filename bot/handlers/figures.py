"""What came of webinars: `/stats`, a picture of it, and a report to take away."""

import asyncio

from telegram import InputFile, Update

from bot import charts, reports
from bot.callbacks import StatsAnyOf, StatsAsk, StatsDraw, StatsDrawOf, StatsEach, StatsOf, StatsReport, StatsShow
from bot.callbacks.figures import EVERYBODY
from bot.context import Context, pressed
from bot.patience import patiently
from bot.replies import answer, show
from bot.screens import figures as screens
from domain.figures import numbers, pages
from domain.figures import reports as domain_reports
from domain.figures.numbers import Figures
from domain.figures.periods import Period


async def stats(update: Update, context: Context) -> None:
    """Of this year unless months are named: of all partnerships, as everybody shares these numbers."""
    press = StatsShow.unpack(update.callback_query.data) if update.callback_query else None
    if press is not None:
        await _show(update, context, press.scope, Period.of_code(press.period))
        return
    typed = " ".join(((update.effective_message and update.effective_message.text) or "").split()[1:])
    asked = typed if update.callback_query is None else ""
    await _show(update, context, EVERYBODY, Period.read(asked) if asked else Period.year(context.now().year))


async def ask_period(update: Update, context: Context) -> None:
    await show(update, context, screens.ask_period(pressed(update, StatsAsk).scope, context.texts))


async def picture(update: Update, context: Context) -> None:
    press = pressed(update, StatsDraw)
    period = Period.of_code(press.period)
    found = await _over(context, press.scope, period)
    title = f"{screens.subject(found, context.texts)}, {context.texts.period(period.first, period.last)}"
    await _draw(update, context, found, title)


async def each(update: Update, context: Context) -> None:
    press = pressed(update, StatsEach)
    period = Period.of_code(press.period)
    found = await context.database.read(
        pages.page,
        context.person_id,
        _partnership(press.scope),
        period,
        press.page,
        timezone=context.timezone,
        now=context.now(),
    )
    await show(update, context, screens.each(found, press.scope, period, context.texts))


async def of_any_webinar(update: Update, context: Context) -> None:
    code = pressed(update, StatsAnyOf).code
    found = await context.database.read(numbers.of_webinar, context.person_id, code, now=context.now())
    await show(update, context, screens.of_any_webinar(found, code, context.texts))


async def of_webinar(update: Update, context: Context) -> None:
    code = pressed(update, StatsOf).code
    found = await context.database.read(numbers.of_webinar, context.person_id, code, now=context.now())
    await show(update, context, screens.of_webinar(found, code, context.texts))


async def picture_of_webinar(update: Update, context: Context) -> None:
    code = pressed(update, StatsDrawOf).code
    found = await context.database.read(numbers.of_webinar, context.person_id, code, now=context.now())
    await _draw(update, context, found, found.subject)


async def report(update: Update, context: Context) -> None:
    query, chat, texts = update.callback_query, update.effective_chat, context.texts
    press = pressed(update, StatsReport)
    period = Period.of_code(press.period)
    assert query
    assert chat
    found = await context.database.write(
        domain_reports.report,
        context.person_id,
        _partnership(press.scope),
        period,
        timezone=context.timezone,
        now=context.now(),
    )
    await answer(query)
    content = await asyncio.to_thread(reports.workbook, found, texts)
    document = InputFile(content, filename=f"convoke-{press.scope}-{press.period}.xlsx")
    caption = texts.report_caption(screens.subject(found.figures, texts), texts.period(period.first, period.last))
    await patiently(lambda: context.bot.send_document(chat.id, document, caption=caption))


async def _show(update: Update, context: Context, scope: str, period: Period) -> None:
    found = await _over(context, scope, period)
    scopes = await context.database.read(numbers.scopes, _partnership(scope))
    await show(update, context, screens.stats(found, scopes, scope, period, context.texts, now=context.now()))


async def _over(context: Context, scope: str, period: Period) -> Figures:
    return await context.database.read(
        numbers.over,
        context.person_id,
        _partnership(scope),
        period,
        timezone=context.timezone,
        now=context.now(),
    )


async def _draw(update: Update, context: Context, found: Figures, title: str) -> None:
    query, chat = update.callback_query, update.effective_chat
    assert query
    assert chat
    await answer(query)
    png = await asyncio.to_thread(charts.draw, title, screens.charts(found, context.texts))
    await patiently(lambda: context.bot.send_photo(chat.id, png, caption=title, parse_mode=None))


def _partnership(scope: str) -> str | None:
    return None if scope == EVERYBODY else scope
