"""Teams: members, invitations, and the link that somebody opens."""

from telegram import Update

from bot import menu
from bot.callbacks import TeamInvite, TeamJoin, TeamLeave, TeamRemove, TeamRevoke, TeamShow, partnership_of
from bot.context import Context, pressed, texts_for
from bot.replies import show
from bot.screens import team as screens
from domain import access, invitations, team
from domain.invitations import LinkState, NoInvitationError, TooManyInvitationsError
from domain.team import LastAdminError, NotInTeamError
from storage import Person

LINK = "t_"
"""What the payload of an invitation's link begins with."""


async def teams(update: Update, context: Context) -> None:
    groups = await context.database.read(team.groups, context.person_id)
    await show(update, context, screens.teams(groups, context.texts))


async def members(update: Update, context: Context) -> None:
    press = pressed(update, TeamShow)
    await _team(update, context, partnership_of(press.team), press.page)


async def invite(update: Update, context: Context) -> None:
    partnership_id = partnership_of(pressed(update, TeamInvite).team)
    try:
        link = await context.database.write(invitations.invite, context.person_id, partnership_id, now=context.now())
    except TooManyInvitationsError:
        alert = context.texts.too_many_invitations(invitations.MOST_OPEN)
        await _team(update, context, partnership_id, alert=alert)
        return
    url = f"https://t.me/{context.bot.username}?start={LINK}{link.secret}"
    await show(update, context, screens.invitation(link, url, context.texts, context.timezone))


async def revoke(update: Update, context: Context) -> None:
    invitation_id = pressed(update, TeamRevoke).invitation
    try:
        partnership_id = await context.database.write(
            invitations.revoke, context.person_id, invitation_id, now=context.now()
        )
    except NoInvitationError:
        await teams(update, context)
        return
    await _team(update, context, partnership_id)


async def leave(update: Update, context: Context) -> None:
    partnership_id = partnership_of(pressed(update, TeamLeave).team)
    parting = await context.database.read(team.parting_oneself, context.person_id, partnership_id)
    await show(update, context, screens.parting_sure(parting, context.texts))


async def remove(update: Update, context: Context) -> None:
    """Somebody else, or oneself."""
    press = pressed(update, TeamRemove)
    try:
        parting = await context.database.read(team.parting, context.person_id, press.role)
        if not press.sure:
            await show(update, context, screens.parting_sure(parting, context.texts))
            return
        member = await context.database.write(team.remove, context.person_id, press.role, now=context.now())
    except NotInTeamError:
        await teams(update, context)
    except LastAdminError:
        await _team(update, context, None, alert=context.texts.last_admin())
    else:
        if parting.member.me:
            await show(update, context, screens.left(context.texts))
        else:
            await _team(update, context, parting.partnership_id)
        await _fit_menu(context, member)


async def opened(update: Update, context: Context, secret: str) -> None:
    offer = await context.database.write(invitations.opened, context.person_id, secret, now=context.now())
    await show(update, context, screens.offer(offer, secret, context.texts, context.timezone))


async def join(update: Update, context: Context) -> None:
    secret = pressed(update, TeamJoin).secret
    offer = await context.database.write(invitations.join, context.person_id, secret, now=context.now())
    await show(update, context, screens.offer(offer, secret, context.texts, context.timezone))
    if offer.state is LinkState.JOINED:
        await _fit_menu(context, context.arrival.person)


async def _fit_menu(context: Context, person: Person) -> None:
    """Give the menu of somebody who has come to a team or gone the commands that they can use now."""
    organiser = await context.database.read(access.may_post, person.id)
    if person.telegram_id is not None:
        await menu.fit(context.bot, person.telegram_id, texts_for(person.language), organiser=organiser)


async def _team(
    update: Update, context: Context, partnership_id: str | None, number: int = 1, alert: str | None = None
) -> None:
    found = await context.database.read(team.show, context.person_id, partnership_id, number, now=context.now())
    await show(update, context, screens.team(found, context.texts, context.timezone), alert)
