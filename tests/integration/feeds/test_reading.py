"""Of a calendar that has changed, only what has changed is read."""

from datetime import timedelta

import pytest

from domain import calendar
from domain.calendar import Everything, Known, Participation
from domain.errors import WebinarNotFoundError
from storage import RegistrationStatus
from tests.web import NOW, PERSON, Web, join_url


async def test_unchanged_entries_are_not_read_again(web: Web) -> None:
    known: Known = {}
    for code in ("one", "two", "three"):
        await web.add(code)
    first = await web.database.read(calendar.refresh, Everything(), None, known, now=NOW)
    await web.change("two", title="New title")
    second = await web.database.read(calendar.refresh, Everything(), None, known, now=NOW)

    assert first is not None
    assert second is not None
    assert [entry.summary for entry in second.entries] == ["Webinar one", "New title", "Webinar three"]
    same = [after is before for after, before in zip(second.entries, first.entries, strict=True)]
    assert same == [True, False, True]


async def test_unchanged_calendar_is_not_read(web: Web) -> None:
    await web.add("one")
    first = await web.database.read(calendar.refresh, Everything(), None, {}, now=NOW)
    assert first is not None

    assert await web.database.read(calendar.refresh, Everything(), first.state, {}, now=NOW) is None
    assert await web.database.read(calendar.refresh, Everything(), first.state, {}, now=NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("status", "participation", "way_in"),
    [
        (None, Participation.PUBLIC, False),
        (RegistrationStatus.CANCELLED, Participation.PUBLIC, False),
        (RegistrationStatus.WAITLISTED, Participation.WAITLISTED, False),
        (RegistrationStatus.REGISTERED, Participation.REGISTERED, True),
    ],
)
async def test_single_webinar_as_one_person_sees_it(
    web: Web, status: RegistrationStatus | None, participation: Participation, *, way_in: bool
) -> None:
    await web.add("one")
    if status:
        await web.register("one", status)

    (entry,) = (await web.database.read(calendar.single, "one", PERSON, now=NOW)).entries

    assert (entry.participation, entry.join_url) == (participation, join_url("one") if way_in else None)


async def test_single_webinar_that_is_not_there(web: Web) -> None:
    with pytest.raises(WebinarNotFoundError):
        await web.database.read(calendar.single, "unknown", PERSON, now=NOW)
