"""Who may post for whom: let in by a link that works once, listed, removed."""

import hashlib
from datetime import datetime, timedelta

import pytest

from domain import access, invitations, people, privacy, team
from domain.errors import NotAllowedError
from domain.invitations import LIFETIME, MOST_OPEN, Link, LinkState, NoInvitationError, Offer, TooManyInvitationsError
from domain.team import Group, LastAdminError, NotInTeamError, Team
from storage import Audit, Database, Invitation, Partnership, Person, Role, Session
from tests.crossing import Pause, cross
from tests.factories import NOW, add_consortium, add_people, add_role, rows

ADMIN, SECOND, ALPHA, COLLEAGUE, BETA, NEW, OTHER = range(1, 8)
"""Two administrators, two organisers of alpha, one of beta, and two people who are nothing yet."""

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def prepare(session: Session) -> None:
    add_consortium(session)
    add_people(session, OTHER)
    for person_id, partnership in ((ADMIN, None), (SECOND, None), (ALPHA, "alpha"), (COLLEAGUE, "alpha")):
        add_role(session, person_id, partnership)
    add_role(session, BETA, "beta")


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def invite(house: Database, who: int = ALPHA, partnership: str | None = "alpha", *, now: datetime = NOW) -> Link:
    return await house.write(invitations.invite, who, partnership, now=now)


async def join(house: Database, secret: str, who: int = NEW, *, now: datetime = NOW) -> Offer:
    return await house.write(invitations.join, who, secret, now=now)


async def opened(house: Database, secret: str, who: int = NEW, *, now: datetime = NOW) -> LinkState:
    return (await house.write(invitations.opened, who, secret, now=now)).state


async def show(house: Database, who: int = ADMIN, partnership: str | None = "alpha", number: int = 1) -> Team:
    return await house.read(team.show, who, partnership, number, now=NOW)


async def roles(house: Database) -> set[tuple[int, str | None]]:
    return {(role.person_id, role.partnership_id) for role in await house.read(rows, Role)}


async def role_id(house: Database, who: int, partnership: str | None) -> int:
    found = [
        role.id for role in await house.read(rows, Role) if (role.person_id, role.partnership_id) == (who, partnership)
    ]
    return found[0]


async def log(house: Database) -> list[tuple[int | None, str, str | None, int | None]]:
    return [
        (line.person_id, line.action, line.partnership_id, line.about_person_id)
        for line in await house.read(rows, Audit)
    ]


async def test_a_link_lets_one_person_in(house: Database) -> None:
    link = await invite(house)
    assert await roles(house) == {(1, None), (2, None), (3, "alpha"), (4, "alpha"), (5, "beta")}

    offer = await join(house, link.secret, now=NOW + DAY)

    assert offer == Offer(LinkState.JOINED, "Alpha", "Person 3", NOW + LIFETIME)
    assert (NEW, "alpha") in await roles(house)
    assert await house.read(access.partnerships, NEW) == {"alpha"}
    assert await log(house) == [(ALPHA, "invited", "alpha", None), (NEW, "joined", "alpha", ALPHA)]
    assert await opened(house, link.secret, OTHER) is LinkState.USED
    assert (await join(house, link.secret, OTHER)).state is LinkState.USED
    assert (await join(house, link.secret, NEW)).state is LinkState.JOINED
    assert len(await roles(house)) == 6


async def test_an_administrator_s_link_makes_an_administrator(house: Database) -> None:
    link = await invite(house, ADMIN, None)

    offer = await join(house, link.secret)

    assert (offer.partnership, await house.read(access.is_admin, NEW)) == ("", True)


async def test_only_a_digest_of_the_secret_is_kept(house: Database) -> None:
    link = await invite(house)

    [row] = await house.read(rows, Invitation)
    assert row.digest == hashlib.sha256(link.secret.encode()).hexdigest()
    assert link.secret not in str(row.model_dump())
    assert len(link.secret) == 32


async def test_looking_does_not_use_it_up(house: Database) -> None:
    link = await invite(house)

    for who in (NEW, OTHER, NEW):
        assert await opened(house, link.secret, who) is LinkState.OPEN

    assert (await join(house, link.secret)).state is LinkState.JOINED


async def test_a_link_is_good_for_a_week(house: Database) -> None:
    link = await invite(house)

    assert await opened(house, link.secret, now=NOW + LIFETIME - MINUTE) is LinkState.OPEN
    assert (await join(house, link.secret, now=NOW + LIFETIME)).state is LinkState.EXPIRED
    assert (NEW, "alpha") not in await roles(house)


async def test_whoever_is_in_the_team_leaves_it_to_somebody_else(house: Database) -> None:
    link = await invite(house)

    assert (await join(house, link.secret, COLLEAGUE)).state is LinkState.MEMBER
    assert (await join(house, link.secret, NEW)).state is LinkState.JOINED


async def test_a_revoked_link_lets_nobody_in(house: Database) -> None:
    link = await invite(house)
    [row] = await house.read(rows, Invitation)

    assert await house.write(invitations.revoke, COLLEAGUE, row.id, now=NOW) == "alpha"
    await house.write(invitations.revoke, ADMIN, row.id, now=NOW)

    assert await join(house, link.secret) == Offer(LinkState.GONE, by="Person 3")
    assert (await show(house)).invitations == ()
    assert [action for _, action, _, _ in await log(house)] == ["invited", "revoked"]


async def test_a_used_link_cannot_be_revoked(house: Database) -> None:
    link = await invite(house)
    await join(house, link.secret)
    [row] = await house.read(rows, Invitation)

    await house.write(invitations.revoke, ALPHA, row.id, now=NOW)

    assert (NEW, "alpha") in await roles(house)
    assert [action for _, action, _, _ in await log(house)] == ["invited", "joined"]


@pytest.mark.parametrize("secret", ["", "x", "x" * 32, "x" * 10_000, "' OR 1=1 --", "🎉", "\ud800", "\0"])
async def test_made_up_secrets_open_nothing(house: Database, secret: str) -> None:
    await invite(house)

    assert await join(house, secret) == Offer(LinkState.GONE)


async def test_two_who_join_at_the_same_moment_are_one(house: Database) -> None:
    link = await invite(house)

    def join_slowly(session: Session, pause: Pause) -> None:
        invitations.join(session, NEW, link.secret, now=NOW)
        pause()

    late = await cross(house, join_slowly, lambda: join(house, link.secret, OTHER))

    assert late.state is LinkState.USED
    assert await roles(house) & {(NEW, "alpha"), (OTHER, "alpha")} == {(NEW, "alpha")}


@pytest.mark.parametrize(
    ("who", "partnership"),
    [(ALPHA, "beta"), (ALPHA, None), (BETA, "alpha"), (NEW, "alpha"), (NEW, None), (ADMIN, "gone"), (ADMIN, "made-up")],
)
async def test_only_those_who_look_after_a_team_see_it_and_invite(
    house: Database, who: int, partnership: str | None
) -> None:
    with pytest.raises(NotAllowedError):
        await invite(house, who, partnership)
    with pytest.raises(NotAllowedError):
        await show(house, who, partnership)
    assert await house.read(rows, Invitation) == []


async def test_forged_numbers_are_refused(house: Database) -> None:
    await invite(house)
    [row] = await house.read(rows, Invitation)

    for who in (BETA, NEW):
        with pytest.raises(NotAllowedError):
            await house.write(invitations.revoke, who, row.id, now=NOW)
        with pytest.raises(NotAllowedError):
            await house.write(team.remove, who, await role_id(house, ALPHA, "alpha"), now=NOW)
        with pytest.raises(NotAllowedError):
            await house.read(team.parting, who, await role_id(house, ADMIN, None))
    with pytest.raises(NotAllowedError):
        await house.write(team.remove, ALPHA, await role_id(house, ADMIN, None), now=NOW)
    with pytest.raises(NoInvitationError):
        await house.write(invitations.revoke, ALPHA, 999, now=NOW)
    with pytest.raises(NotInTeamError):
        await house.write(team.remove, ALPHA, 999, now=NOW)
    with pytest.raises(NotAllowedError):
        await house.write(team.remove, NEW, 999, now=NOW)
    assert [action for _, action, _, _ in await log(house)] == ["invited"]


async def test_ten_open_invitations_are_the_most(house: Database) -> None:
    for _ in range(MOST_OPEN):
        await invite(house)

    with pytest.raises(TooManyInvitationsError):
        await invite(house)

    await invite(house, ADMIN, "beta")
    await invite(house, now=NOW + LIFETIME)


async def test_each_sees_the_teams_they_look_after(house: Database) -> None:
    alpha, beta = Group("alpha", "Alpha", 2), Group("beta", "Beta", 1)

    assert await house.read(team.groups, ADMIN) == (Group(None, "", 2), alpha, beta)
    assert await house.read(team.groups, ALPHA) == (alpha,)
    with pytest.raises(NotAllowedError):
        await house.read(team.groups, NEW)


async def test_a_team_has_members_and_open_invitations(house: Database) -> None:
    await invite(house, now=NOW - LIFETIME)
    await invite(house, COLLEAGUE)

    found = await show(house, ALPHA)

    assert [(member.name, member.me) for member in found.members] == [("Person 3", True), ("Person 4", False)]
    assert [(each.by, each.expires_at) for each in found.invitations] == [("Person 4", NOW + LIFETIME)]
    assert (found.partnership, found.mine, found.number, found.pages) == ("Alpha", True, 1, 1)
    assert (await show(house, ADMIN)).mine is False


async def test_a_large_team_has_pages(house: Database) -> None:
    def appoint(session: Session) -> None:
        for person_id in range(8, 23):
            session.add(Person(id=person_id, telegram_id=1000 + person_id, created_at=NOW, seen_at=NOW))
            session.flush()
            add_role(session, person_id, "alpha")

    await house.write(appoint)

    assert [len((await show(house, number=number)).members) for number in (1, 2, 3, 99)] == [8, 8, 1, 1]


async def test_an_organiser_removes_a_colleague_who_may_do_nothing_more(house: Database) -> None:
    link = await invite(house, COLLEAGUE)

    await house.write(team.remove, ALPHA, await role_id(house, COLLEAGUE, "alpha"), now=NOW)

    assert (COLLEAGUE, "alpha") not in await roles(house)
    with pytest.raises(NotAllowedError):
        await show(house, COLLEAGUE)
    assert await opened(house, link.secret) is LinkState.GONE
    assert await log(house) == [
        (COLLEAGUE, "invited", "alpha", None),
        (ALPHA, "removed", "alpha", COLLEAGUE),
        (ALPHA, "revoked", "alpha", None),
    ]


async def test_who_keeps_another_right_to_invite_keeps_their_invitations(house: Database) -> None:
    await house.write(add_role, ADMIN, "alpha")
    for_alpha, for_beta = await invite(house, ADMIN, "alpha"), await invite(house, ADMIN, "beta")

    await house.write(team.remove, SECOND, await role_id(house, ADMIN, None), now=NOW)

    assert await opened(house, for_alpha.secret) is LinkState.OPEN
    assert await opened(house, for_beta.secret) is LinkState.GONE


async def test_leaving_is_removing_oneself(house: Database) -> None:
    parting = await house.read(team.parting_oneself, BETA, "beta")
    assert (parting.member.me, parting.last, parting.partnership) == (True, True, "Beta")

    await house.write(team.remove, BETA, parting.member.role_id, now=NOW)

    assert await house.read(access.may_post, BETA) is False
    assert await log(house) == [(BETA, "left", "beta", None)]
    with pytest.raises(NotAllowedError):
        await house.read(team.parting_oneself, BETA, "beta")


async def test_the_last_administrator_has_to_stay(house: Database) -> None:
    await house.write(team.remove, ADMIN, await role_id(house, SECOND, None), now=NOW)

    with pytest.raises(LastAdminError):
        await house.write(team.remove, ADMIN, await role_id(house, ADMIN, None), now=NOW)

    assert await house.read(access.is_admin, ADMIN) is True


async def test_two_administrators_cannot_remove_each_other(house: Database) -> None:
    first, second = await role_id(house, ADMIN, None), await role_id(house, SECOND, None)

    def remove_slowly(session: Session, pause: Pause) -> None:
        team.remove(session, ADMIN, second, now=NOW)
        pause()

    with pytest.raises((NotAllowedError, LastAdminError)):
        await cross(house, remove_slowly, lambda: house.write(team.remove, SECOND, first, now=NOW))

    assert {who for who, partnership in await roles(house) if partnership is None} == {ADMIN}


async def test_an_administrator_from_the_configuration_comes_back(house: Database) -> None:
    parting = await house.read(team.parting, SECOND, await role_id(house, ADMIN, None))
    assert parting.member.configured is True

    await house.write(team.remove, SECOND, parting.member.role_id, now=NOW)
    await house.write(people.appoint_admins, [1], now=NOW)

    assert await house.read(access.is_admin, ADMIN) is True


async def test_with_a_partnership_its_links_and_rights_are_gone(house: Database) -> None:
    link = await invite(house, ADMIN, "alpha")

    def retire(session: Session) -> None:
        session.get_one(Partnership, "alpha").active = False

    await house.write(retire)

    assert (await join(house, link.secret)).state is LinkState.GONE
    assert await house.read(team.groups, ALPHA) == ()


async def test_with_a_person_their_roles_and_open_invitations_are_gone_and_the_log_has_no_name(house: Database) -> None:
    link = await invite(house)
    used = await invite(house)
    await join(house, used.secret)

    await house.write(privacy.erase, ALPHA, now=NOW)

    assert {who for who, partnership in await roles(house) if partnership == "alpha"} == {COLLEAGUE, NEW}
    assert await opened(house, link.secret, OTHER) is LinkState.GONE
    assert await opened(house, used.secret, OTHER) is LinkState.USED
    assert (await log(house))[-1] == (ALPHA, "left", "alpha", None)
