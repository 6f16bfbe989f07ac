"""Teams: who is in them, a link that lets one more in, and what that link says to whoever opens it."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.callbacks import (
    ManageList,
    ShowUpcoming,
    TeamInvite,
    TeamJoin,
    TeamLeave,
    TeamRemove,
    TeamRevoke,
    TeamShow,
    TeamsShow,
    team_slug,
)
from bot.screen import Button, Copy, Press, Rows, Screen, cut, grid, lines
from domain.invitations import Link, LinkState, Offer
from domain.team import Group, Member, Open, Parting, Team
from texts.chat import ChatTexts

_LABEL_LENGTH = 40


def teams(groups: tuple[Group, ...], texts: ChatTexts) -> Screen:
    buttons = [
        Press(
            cut(texts.button_group(group.partnership, group.members), _LABEL_LENGTH),
            TeamShow(team_slug(group.partnership_id), 1),
        )
        for group in groups
    ]
    return Screen(texts.teams_title(), (*grid(buttons), (Press(texts.button_back(), ManageList(1)),)))


def team(found: Team, texts: ChatTexts, timezone: str) -> Screen:
    """Invitations stand on the first page only."""
    open_ = found.invitations if found.number == 1 else ()
    title = texts.with_page(texts.team_title(found.partnership), found.number, found.pages)
    text = lines(
        title,
        "",
        *(_member(member, texts, timezone) for member in found.members),
        None if found.members else texts.nobody_in_team(),
        *(texts.open_invitation(cut(each.by, _LABEL_LENGTH), texts.short(each.expires_at, timezone)) for each in open_),
    )
    return Screen(text, _rows(found, open_, texts, timezone))


def invitation(link: Link, url: str, texts: ChatTexts, timezone: str) -> Screen:
    """The only time that the link is seen."""
    return Screen(
        lines(
            texts.team_invitation(link.partnership, texts.short(link.expires_at, timezone)),
            "",
            Markup("<code>{url}</code>").format(url=url),
        ),
        (
            (Copy(texts.button_copy_invitation(), url),),
            (Press(texts.button_back(), TeamShow(team_slug(link.partnership_id), 1)),),
        ),
    )


def parting_sure(parting: Parting, texts: ChatTexts) -> Screen:
    member = parting.member
    sure = texts.button_leave_sure() if member.me else texts.button_remove_sure()
    text = lines(
        texts.leave_team_sure(parting.partnership)
        if member.me
        else texts.remove_sure(member.name, parting.partnership),
        texts.comes_back() if member.configured else None,
        texts.nobody_left() if parting.last and parting.partnership else None,
    )
    back = Press(texts.button_back(), TeamShow(team_slug(parting.partnership_id), 1))
    return Screen(text, ((Press(sure, TeamRemove(member.role_id, 1)),), (back,)))


def left(texts: ChatTexts) -> Screen:
    return Screen(texts.left_team(), ((Press(texts.button_all(), ShowUpcoming(1)),),))


def offer(found: Offer, secret: str, texts: ChatTexts, timezone: str) -> Screen:
    """What a link says to whoever opened it, or has just used it."""
    if found.state is LinkState.OPEN and found.expires_at:
        until = texts.short(found.expires_at, timezone)
        return Screen(
            texts.join_offer(found.by, found.partnership, until),
            ((Press(texts.button_join_team(), TeamJoin(secret)),), _look_around(texts)),
        )
    if found.state in {LinkState.JOINED, LinkState.MEMBER}:
        said = texts.joined if found.state is LinkState.JOINED else texts.already_member
        return Screen(said(found.partnership), ((Press(texts.button_team(), TeamsShow()),),))
    return Screen(_refusal(found.state, texts)(found.by), (_look_around(texts),))


def _refusal(state: LinkState, texts: ChatTexts) -> Callable[[str], Markup]:
    match state:
        case LinkState.USED:
            return texts.link_used
        case LinkState.EXPIRED:
            return texts.link_expired
        case _:
            return texts.link_gone


def _member(member: Member, texts: ChatTexts, timezone: str) -> Markup:
    since = texts.day(member.since.astimezone(ZoneInfo(timezone)))
    name = cut(member.name, _LABEL_LENGTH)
    return texts.member(name, since, me=member.me, configured=member.configured)


def _rows(found: Team, open_: tuple[Open, ...], texts: ChatTexts, timezone: str) -> Rows:
    others = [
        Press(cut(texts.button_remove_member(member.name), _LABEL_LENGTH), TeamRemove(member.role_id, 0))
        for member in found.members
        if not member.me
    ]
    revoke = [
        Press(texts.button_revoke(texts.day(each.expires_at.astimezone(ZoneInfo(timezone)))), TeamRevoke(each.id))
        for each in open_
    ]
    leave = (Press(texts.button_leave_team(), TeamLeave(team_slug(found.partnership_id))),) if found.mine else ()
    return (
        (Press(texts.button_invite(), TeamInvite(team_slug(found.partnership_id))), *leave),
        *grid(others),
        *grid(revoke, 1),
        _turns(found, texts),
        (Press(texts.button_back(), TeamsShow()),),
    )


def _turns(found: Team, texts: ChatTexts) -> tuple[Button, ...]:
    slug = team_slug(found.partnership_id)
    earlier = (Press(texts.button_earlier(), TeamShow(slug, found.number - 1)),) if found.number > 1 else ()
    later = (Press(texts.button_later(), TeamShow(slug, found.number + 1)),) if found.number < found.pages else ()
    return (*earlier, *later)


def _look_around(texts: ChatTexts) -> tuple[Button, ...]:
    return (Press(texts.button_all(), ShowUpcoming(1)),)
