"""What messengers are told of a page that somebody shares: title, line, picture."""

import pytest

from tests.page import Page, read
from tests.web import Web

ADDRESS = "https://webinars.example.org"
JOINT = "Joint webinars of AdPack² and NF4. Register in Telegram, or subscribe in your calendar."
SUBSCRIBING = (
    "Give your calendar app the address once. New webinars appear, moved ones move, cancelled ones are marked."
)


def meta(page: Page) -> dict[str, str]:
    found = [each for tag, each in page.elements if tag == "meta" and "content" in each]
    return {each.get("property") or each.get("name") or "": each["content"] or "" for each in found}


@pytest.mark.parametrize(
    ("path", "title", "description", "picture"),
    [
        ("/", "Coming webinars", JOINT, "/programme.png?"),
        (
            "/?partnership=nf4&market=china&sector=food&language=zh&month=2027-01",
            "Coming webinars: NF4, China, food, Chinese",
            JOINT,
            "/programme.png?partnership=nf4&market=china&sector=food&language=zh&",
        ),
        ("/?market=food&language=tlh&partnership=gone", "Coming webinars", JOINT, "/programme.png?v="),
        ("/?q=rubbish", "Coming webinars", JOINT, "/programme.png?v="),
        ("/calendar", "Subscribe to a calendar", SUBSCRIBING, "/calendar.png?v="),
        ("/calendar?partnership=nf4", "NF4 webinars", SUBSCRIBING, "/calendar.png?partnership=nf4&v="),
        (
            "/calendar?topic=china&language=fr",
            "Going International: China, French",
            SUBSCRIBING,
            "/calendar.png?topic=china&language=fr&v=",
        ),
    ],
)
async def test_messengers_are_told_of_every_page(
    web: Web, path: str, title: str, description: str, picture: str
) -> None:
    page = await read(web, path)
    told = meta(page)
    drawn = await web.get(told["og:image"])

    assert (told["og:title"], told["og:description"]) == (title, description)
    assert told["description"] == description
    assert told["og:image"].startswith(f"{ADDRESS}{picture}")
    assert (told["og:image:alt"], told["twitter:card"]) == (title, "summary_large_image")
    assert (drawn.headers["content-type"], drawn.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert (await web.get(told["og:image"], if_none_match=drawn.headers["etag"])).status_code == 304


@pytest.mark.parametrize(("path", "other"), [("/", "/?partnership=nf4"), ("/calendar", "/calendar?topic=food")])
async def test_each_choice_has_a_picture_of_its_own(web: Web, path: str, other: str) -> None:
    addresses = [meta(await read(web, each))["og:image"] for each in (path, f"{path}?lang=fr", other)]
    drawn = [(await web.get(address)).content for address in addresses]

    assert len(set(addresses)) == len(set(drawn)) == 3


async def test_picture_of_the_list_has_a_new_address_when_a_partnership_is_renamed(web: Web) -> None:
    before = meta(await read(web, "/"))["og:image"]
    await web.rename_partnership("nf4", "NF5")

    assert meta(await read(web, "/"))["og:image"] != before


@pytest.mark.parametrize(("language", "locale"), [("en", "en_GB"), ("fr", "fr_FR")])
async def test_messengers_are_told_the_language(web: Web, language: str, locale: str) -> None:
    assert meta(await read(web, f"/?lang={language}"))["og:locale"] == locale


@pytest.mark.parametrize(("path", "indexed"), [("/", True), ("/?market=china", True), ("/?q=tea", False)])
async def test_search_engines_leave_what_people_searched_for(web: Web, path: str, *, indexed: bool) -> None:
    assert ("robots" not in meta(await read(web, path))) is indexed


async def test_nothing_is_told_of_somebodys_own_calendar(web: Web) -> None:
    told = meta(await read(web, web.personal().removesuffix(".ics")))

    assert [name for name in told if name.startswith(("og:", "twitter:", "description"))] == []
