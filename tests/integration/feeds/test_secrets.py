"""The join link is for those who registered. No address that anybody can open gives it away."""

import logging
from html import unescape
from urllib.parse import unquote

import pytest
from starlette.routing import Route

from storage import Database, RegistrationStatus, WebinarStatus
from tests.web import OPTIONS, Web, join_url

PUBLIC = {
    "/": "/",
    "/calendar": "/calendar",
    "/programme.png": "/programme.png?partnership=adpack2",
    "/calendar.png": "/calendar.png?topic=china",
    "/webinars/{id}": "/webinars/pack",
    "/webinars/{id}.ics": "/webinars/pack.ics",
    "/webinars/{id}.png": "/webinars/pack.png",
    "/feeds/all.ics": "/feeds/all.ics",
    "/feeds/custom.ics": "/feeds/custom.ics?topic=china&partnership=adpack2",
    "/feeds/{id}.ics": "/feeds/adpack2.ics",
    "/feeds/topics/{id}.ics": "/feeds/topics/china.ics",
    "/robots.txt": "/robots.txt",
    "/static/{name}": "/static/page.js",
}
PERSONAL = {"/join/{token}"} | {
    f"/feeds/{whose}/{{token}}{form}" for whose in ("personal", "organisers") for form in ("", ".ics")
}


@pytest.fixture
async def told(web: Web) -> Web:
    """An organiser who writes the join link into everything they can write."""
    link = join_url("pack")
    await web.add("pack", title=f"Come: {link}", description=f"Here: {link}\nor {link.upper()}", agenda=[f"At {link}"])
    return web


def plain(body: str) -> str:
    """Without folds, escapes and entities: a link in any of these disguises is still a link."""
    return unquote(unescape(body.replace("\r\n ", "").replace("\\", ""))).lower()


def test_every_route_is_looked_at(web: Web) -> None:
    routes = {route.path for route in web.app.routes if isinstance(route, Route)}

    assert routes == {*PUBLIC, *PERSONAL}


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("status", [WebinarStatus.PUBLISHED, WebinarStatus.CANCELLED])
async def test_no_public_byte_is_a_join_link(told: Web, status: WebinarStatus, encoding: str) -> None:
    await told.register("pack")
    await told.change("pack", status=status)
    await told.get(told.personal())
    secret = join_url("pack").partition("://")[2]

    for path in PUBLIC.values():
        response = await told.get(path, accept_encoding=encoding)

        assert response.status_code == 200
        assert secret not in plain(response.text)
        assert secret not in str(response.headers)


@pytest.mark.parametrize(
    ("participation", "status", "shown"),
    [
        (RegistrationStatus.REGISTERED, WebinarStatus.PUBLISHED, True),
        (RegistrationStatus.WAITLISTED, WebinarStatus.PUBLISHED, False),
        (RegistrationStatus.CANCELLED, WebinarStatus.PUBLISHED, False),
        (RegistrationStatus.REGISTERED, WebinarStatus.CANCELLED, False),
    ],
)
async def test_personal_calendar_has_the_join_link_of_a_seat(
    told: Web, participation: RegistrationStatus, status: WebinarStatus, *, shown: bool
) -> None:
    await told.register("pack", participation)
    await told.change("pack", status=status)

    response = await told.get(told.personal())

    assert response.status_code == 200
    assert (join_url("pack").partition("://")[2] in plain(response.text)) is shown


async def test_personal_address_is_written_nowhere(told: Web) -> None:
    await told.register("pack")
    token = told.personal().removeprefix("/feeds/personal/").removesuffix(".ics")

    for path in (*PUBLIC.values(), told.personal()):
        response = await told.get(path)
        assert token not in plain(response.text) + str(response.headers)


async def test_personal_address_is_in_no_log(told: Web, caplog: pytest.LogCaptureFixture) -> None:
    token = told.personal().removeprefix("/feeds/personal/").removesuffix(".ics")
    with caplog.at_level(logging.DEBUG):
        for path in (told.personal(), f"{told.personal()}?cancelled=no", told.personal(2)):
            await told.get(path)
        for _ in range(61):
            await told.get(told.personal())
        await told.replace_link(2)
        await told.get(told.personal())
        await told.get(told.personal(2))
        nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
        await Web(nowhere, told.clock).get(told.personal(2))
        await nowhere.close()

    own = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert "the database does not answer" in "".join(own)
    assert [line for line in own if token in line or told.personal(2) in line] == []


def test_secret_is_not_printed() -> None:
    assert "a secret" not in repr(OPTIONS)
