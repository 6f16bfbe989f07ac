"""Looking before a time is settled, and finding a better one for the draft."""

from datetime import UTC, datetime
from functools import partial

from telegram import Update

from bot.callbacks import ClashesShow, DraftPreview, MoveClashesShow, MoveSure, SlotsShow, SlotTake
from bot.context import Context, pressed
from bot.replies import show
from bot.screens import draft as draft_screens
from bot.screens import outlook as screens
from domain import drafts, outlook, slot_search
from domain.outlook import Outlook
from domain.reading.when import WhenError


async def of_draft(context: Context) -> Outlook:
    return await context.database.read(
        outlook.of_draft, context.person_id, zones=context.kit.zones, language=context.texts.language
    )


async def of_move(context: Context, code: str, starts_at: datetime) -> Outlook:
    return await context.database.read(
        outlook.of_move, code, context.person_id, starts_at, zones=context.kit.zones, language=context.texts.language
    )


async def clashes(update: Update, context: Context) -> None:
    number = pressed(update, ClashesShow).page
    screen = screens.clashes(await of_draft(context), number, ClashesShow, DraftPreview(), context.texts)
    await show(update, context, screen)


async def clashes_of_move(update: Update, context: Context) -> None:
    press = pressed(update, MoveClashesShow)
    found = await of_move(context, press.code, datetime.fromtimestamp(press.minute * 60, UTC))
    turn = partial(MoveClashesShow, press.code, press.minute)
    await show(
        update, context, screens.clashes(found, press.page, turn, MoveSure(press.code, press.minute), context.texts)
    )


async def find(update: Update, context: Context) -> None:
    press = pressed(update, SlotsShow)
    found = await context.database.read(
        slot_search.find,
        context.person_id,
        weeks=press.weeks,
        weekends=bool(press.weekends),
        zones=context.kit.zones,
        language=context.texts.language,
        now=context.now(),
    )
    await show(update, context, screens.slots(found, context.texts))


async def take(update: Update, context: Context) -> None:
    starts_at = datetime.fromtimestamp(pressed(update, SlotTake).minute * 60, UTC)
    try:
        view = await context.database.write(slot_search.take, context.person_id, starts_at, now=context.now())
    except WhenError:
        view = await context.database.read(drafts.show, context.person_id)
        await show(update, context, draft_screens.draft_card(view, context.texts), context.texts.slot_passed())
        return
    await show(update, context, draft_screens.draft_card(view, context.texts))
