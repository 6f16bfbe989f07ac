"""The page that one shares: what it says in every state, to people, messengers and search engines."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from storage import MaterialKind, RegistrationStatus, WebinarStatus
from tests.page import Page, read
from tests.web import OPTIONS, Clock, Web, add_material, join_url

BOT = "https://t.me/example_bot?start=w_pack"
ADDRESS = "https://webinars.example.org/webinars/pack"
BEGUN = "This webinar has begun. Registration is closed."
DASH = "\N{EN DASH}"


def meta(page: Page) -> dict[str, str]:
    found = [each for tag, each in page.elements if tag == "meta" and "content" in each]
    return {each.get("property") or each.get("name") or "": each["content"] or "" for each in found}


def event(page: Page) -> dict[str, Any]:
    (data,) = page.data
    found: dict[str, Any] = json.loads(data)
    return found


async def test_webinar_says_when_in_the_hosts_zone_and_elsewhere(web: Web) -> None:
    await web.add("pack", timezone="Asia/Shanghai", start="2027-01-19T22:30", language="zh")

    page = await read(web, "/webinars/pack")

    assert page.between("Webinar pack", "0 6 12") == (
        f"Tue 19 January 2027 22:30{DASH}23:30 Shanghai time Shanghai 22:30{DASH}23:30 "
        f"Brussels 15:30{DASH}16:30 New York 09:30{DASH}10:30"
    )
    assert page.values("time", "data-zone") == ["Asia/Shanghai"]


async def test_webinar_says_that_it_is_another_day_elsewhere(web: Web) -> None:
    await web.add("pack", start="2027-01-19T20:00")

    assert f"Shanghai the day after 03:00{DASH}04:00" in (await read(web, "/webinars/pack")).text


async def test_webinar_has_its_programme(web: Web) -> None:
    await web.add(
        "pack", agenda=["Welcome"], hosts=["nf4", "adpack2"], topics=["food", "china"], description="What for"
    )

    page = await read(web, "/webinars/pack")

    assert page.between("follows changes.", "Every time names") == (
        "What for Agenda Welcome At a glance Hosts Advanced Smart Packaging (AdPack²) New Frontiers in Food (NF4) "
        "Language English Length 60 min Topics China food"
    )
    hrefs = page.values("a", "href")
    assert [href for href in hrefs if href.startswith("/?")][:4] == [
        "/?partnership=adpack2",
        "/?partnership=nf4",
        "/?market=china",
        "/?sector=food",
    ]


async def test_a_former_host_and_topic_lead_nowhere(web: Web) -> None:
    await web.add("pack", hosts=["gone"], topics=["past"])
    page = await read(web, "/webinars/pack")

    assert "Host A former member Language English Length 60 min Topics steam" in page.text
    assert [href for href in page.values("a", "href") if "gone" in href or "past" in href] == []


@pytest.mark.parametrize("moves", [["2027-01-21T14:00"], ["2027-01-25T09:00", "2027-01-21T14:00"]])
async def test_webinar_that_was_moved_says_so(web: Web, moves: list[str]) -> None:
    await web.add("pack", start="2027-01-20T10:00")
    for start in moves:
        await web.move("pack", start)

    page = await read(web, "/webinars/pack")
    told = event(page)

    starts = [f"{start}:00+01:00" for start in ["2027-01-20T10:00", *moves]]
    old = {1: "Wed 20 January 2027, 10:00", 2: "Mon 25 January 2027, 09:00"}[len(moves)]
    assert f"This webinar was moved. Old time: {old} CET (Brussels)." in page.text
    assert (told["startDate"], told["previousStartDate"]) == (starts[-1], starts[-2::-1])
    assert told["eventStatus"] == "https://schema.org/EventRescheduled"
    assert "Moved to this time" in (await read(web, "/")).text


async def test_a_move_taken_back_was_none(web: Web) -> None:
    await web.add("pack", start="2027-01-20T10:00")
    await web.move("pack", "2027-01-21T14:00")
    await web.move("pack", "2027-01-20T10:00")

    page = await read(web, "/webinars/pack")

    assert "moved" not in page.text
    assert (event(page)["eventStatus"], "previousStartDate" in event(page)) == (
        "https://schema.org/EventScheduled",
        False,
    )


@pytest.mark.parametrize(
    ("title", "language", "read_in", "marked"),
    [
        ("Vendre en Chine", "fr", "en", ["fr"]),
        ("Vendre en Chine", "fr", "fr", []),
        ("Verpackung: Ω und µ", "de", "en", ["de"]),
        ("欧洲清洁技术走进中国", "zh", "en", ["zh"]),
        ("Cleantech in China", "zh", "en", []),
        ("2027", "zh", "en", []),
    ],
)
async def test_what_is_in_another_language_says_so(
    web: Web, title: str, language: str, read_in: str, marked: list[str]
) -> None:
    await web.add("pack", title=title, language=language)

    for path, tag in (("/webinars/pack", "h1"), ("/", "a")):
        page = await read(web, f"{path}?lang={read_in}")
        texts = [found for name, found in page.elements if name == tag and "dir" in found]
        assert [found.get("lang") for found in texts if "lang" in found] == marked
        assert [found["dir"] for found in texts] == ["auto"]


@pytest.mark.parametrize(
    ("values", "sentence", "registration"),
    [
        ({}, "Register in Telegram", True),
        ({"capacity": 5}, "4 of 5 seats left", True),
        ({"capacity": 1}, "Join the waitlist in Telegram", True),
        ({"status": WebinarStatus.CANCELLED}, "This webinar is cancelled.", False),
        (
            {"status": WebinarStatus.CANCELLED, "cancel_reason": "<b>Ill</b> & away."},
            "This webinar is cancelled. <b>Ill</b> & away.",
            False,
        ),
        ({"start": "2027-01-10T09:30"}, BEGUN, False),
        ({"start": "2027-01-10T09:00"}, "This webinar is over.", False),
    ],
)
async def test_webinar_says_whether_one_can_register(
    web: Web, values: dict[str, Any], sentence: str, *, registration: bool
) -> None:
    await web.add("pack", **values)
    await web.register("pack", RegistrationStatus.REGISTERED)

    page = await read(web, "/webinars/pack")

    assert sentence in page.text
    hrefs = page.values("a", "href")
    assert ("Open the bot" in page.text) is (sentence == BEGUN)
    assert (BOT in hrefs, "/webinars/pack.ics" in hrefs) == (registration or sentence == BEGUN, registration)
    assert ("See what is coming" in page.text) is (not registration and sentence != BEGUN)


@pytest.mark.parametrize(("username", "linked"), [("late_bot", True), (None, False)])
async def test_bot_may_become_known_late(web: Web, clock: Clock, username: str | None, *, linked: bool) -> None:
    await web.add("pack")
    page = await read(Web(web.database, clock, replace(OPTIONS, bot_username=lambda: username)), "/webinars/pack")

    assert ("https://t.me/late_bot?start=w_pack" in page.values("a", "href")) is linked
    assert ("/start w_pack" in page.text) is not linked
    assert ("Scan this" in page.text) is linked


async def test_links_to_the_bot_begin_as_they_are_told_to(web: Web, clock: Clock) -> None:
    await web.add("pack")
    page = await read(Web(web.database, clock, replace(OPTIONS, link_url="https://telegram.me")), "/webinars/pack")

    hrefs = page.values("a", "href")
    assert [href for href in hrefs if "example_bot" in href] == [
        "https://telegram.me/example_bot",
        "https://telegram.me/example_bot?start=w_pack",
    ]


async def test_one_webinar_can_be_added_to_google_calendar(web: Web) -> None:
    await web.add("pack", title="Labels & law", start="2027-01-19T10:00", minutes=90)
    hrefs = (await read(web, "/webinars/pack?lang=fr")).values("a", "href")
    (asked,) = [parse_qs(urlsplit(href).query) for href in hrefs if "google" in href]

    assert asked == {
        "action": ["TEMPLATE"],
        "text": ["Labels & law"],
        "dates": ["20270119T090000Z/20270119T103000Z"],
        "details": [ADDRESS],
        "location": [ADDRESS],
    }


async def test_addresses_in_a_description_can_be_followed(web: Web) -> None:
    await web.add("pack", description="Slides: https://example.org/slides?a=1&b=2")

    assert "https://example.org/slides?a=1&b=2" in (await read(web, "/webinars/pack")).values("a", "href")


async def test_what_was_handed_out_is_there_when_it_is_over(web: Web) -> None:
    await web.add("pack", start="2027-01-09T10:00")
    await web.database.write(add_material, "pack", "https://example.org/slides.pdf")
    await web.database.write(add_material, "pack", None, MaterialKind.RECORDING)

    page = await read(web, "/webinars/pack")

    assert "This webinar is over. Slides Recording in Telegram" in page.text
    assert [href for href in page.values("a", "href") if href in {BOT, "https://example.org/slides.pdf"}] == [
        "https://example.org/slides.pdf",
        BOT,
    ]


async def test_a_recording_at_the_address_to_join_is_not_public(web: Web) -> None:
    await web.add("pack", start="2027-01-09T10:00")
    await web.database.write(add_material, "pack", f"{join_url('pack')}&recording=1", MaterialKind.RECORDING)

    for path in ("/webinars/pack", "/"):
        assert "Recording" not in (await read(web, path)).text


async def test_messengers_are_told_what_it_is(web: Web) -> None:
    await web.add("pack", title="Labels & <law>", hosts=["adpack2"])

    told = meta(await read(web, "/webinars/pack?lang=en"))
    picture = await web.get(told["og:image"])

    assert {name: told[name] for name in ("og:title", "og:description", "og:url", "og:type", "twitter:card")} == {
        "og:title": "Labels & <law>",
        "og:description": "Tue 19 January 2027, 10:00 CET (Brussels) · AdPack²",
        "og:url": f"{ADDRESS}?lang=en",
        "og:type": "website",
        "twitter:card": "summary_large_image",
    }
    assert told["og:image"].startswith(f"{ADDRESS}.png?")
    assert (picture.headers["content-type"], picture.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert (await web.get(told["og:image"], if_none_match=picture.headers["etag"])).status_code == 304


async def test_picture_has_a_new_address_when_it_shows_something_else(web: Web) -> None:
    await web.add("pack")
    before = meta(await read(web, "/webinars/pack"))["og:image"]
    again = meta(await read(web, "/webinars/pack"))["og:image"]
    first = (await web.get(before)).content
    await web.change("pack", title="Another")
    after = meta(await read(web, "/webinars/pack"))["og:image"]

    assert (before == again, before == after, first == (await web.get(after)).content) == (True, False, False)


@pytest.mark.parametrize(
    ("status", "schema"), [(WebinarStatus.PUBLISHED, "EventScheduled"), (WebinarStatus.CANCELLED, "EventCancelled")]
)
async def test_search_engines_read_the_event(web: Web, status: WebinarStatus, schema: str) -> None:
    markup = "</script><!-- \u2028 & 'x'"
    await web.add(
        "pack", title=markup, status=status, hosts=["nf4"], capacity=20, description=f"Come: {join_url('pack')}"
    )

    page = await read(web, "/webinars/pack")
    told = event(page)

    assert ("offers" in told, "remainingAttendeeCapacity" in told) == (status is WebinarStatus.PUBLISHED,) * 2
    assert {name: value for name, value in told.items() if name not in {"offers", "remainingAttendeeCapacity"}} == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": markup,
        "url": ADDRESS,
        "image": meta(page)["og:image"],
        "startDate": "2027-01-19T10:00:00+01:00",
        "endDate": "2027-01-19T11:00:00+01:00",
        "eventStatus": f"https://schema.org/{schema}",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": ADDRESS},
        "inLanguage": "en",
        "organizer": [
            {
                "@type": "Organization",
                "name": "New Frontiers in Food (NF4)",
                "url": "https://webinars.example.org/?partnership=nf4",
            }
        ],
        "description": "Come: …",
        "keywords": ["China"],
        "maximumVirtualAttendeeCapacity": 20,
    }


@pytest.mark.parametrize(
    ("values", "seats", "availability"),
    [({}, None, "InStock"), ({"capacity": 5}, 4, "InStock"), ({"capacity": 1}, 0, "SoldOut")],
)
async def test_search_engines_are_told_of_seats_while_there_are_any(
    web: Web, values: dict[str, Any], seats: int | None, availability: str
) -> None:
    await web.add("pack", agenda=["Welcome"], hosts=["nf4"], **values)
    await web.register("pack")

    told = event(await read(web, "/webinars/pack"))

    assert told["description"] == "Tue 19 January 2027, 10:00 CET (Brussels) · NF4"
    assert told.get("remainingAttendeeCapacity") == seats
    assert told["offers"] == {
        "@type": "Offer",
        "url": ADDRESS,
        "price": 0,
        "priceCurrency": "EUR",
        "availability": f"https://schema.org/{availability}",
        "validFrom": "2026-12-11T10:00:00+01:00",
    }
