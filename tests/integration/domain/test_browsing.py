"""Looking for webinars: each switch, switches together, words, pages, and what nobody would press by hand."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from domain import browsing
from domain.browsing import Switches
from domain.choices import Choice
from domain.coming import Coming
from domain.listing import Page
from storage import (
    AgendaItem,
    Database,
    HostState,
    Person,
    RegistrationStatus,
    Session,
    Topic,
    TopicKind,
    Webinar,
    WebinarHost,
    WebinarStatus,
)
from tests.factories import NOW, START, add_consortium, add_people, add_registration, add_webinar, row, wall

ANA, BEN = 1, 2
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LINK = "https://meet.example.org/rooms/zebra?key=quokka42"


def prepare(session: Session) -> None:
    """Three webinars ahead, one over, one cancelled."""
    add_consortium(session)
    session.add(Topic(id="usa", name="United States", kind=TopicKind.MARKET, position=2))
    session.flush()
    add_people(session, 2)
    add_webinar(session, code="pack", title="Smart packaging", hosts=["alpha"], topics=["food", "china"])
    add_webinar(
        session,
        code="cold",
        title="La chaîne du froid",
        description="Customs in Málaga",
        hosts=["alpha", "beta"],
        topics=["food", "usa"],
        language="fr",
        starts_at=START + 20 * DAY,
    )
    speaker = add_webinar(session, code="ai", title="AI 中国市场", hosts=["beta"], starts_at=START + 40 * DAY)
    session.add(AgendaItem(webinar_id=speaker, position=0, title="Opening", speaker="Chloé Müller"))
    add_webinar(session, code="over", title="Packaging before", hosts=["alpha"], starts_at=NOW - HOUR)
    add_webinar(session, code="off", title="Packaging cancelled", hosts=["alpha"], status=WebinarStatus.CANCELLED)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def toggle(house: Database, *choices: tuple[str, str], now: datetime = NOW) -> Switches:
    shown = await house.write(browsing.switches, ANA, now=now)
    for kind, value in choices:
        shown = await house.write(browsing.toggle, ANA, kind, value, now=now)
    return shown


async def fitting(house: Database, number: int = 1, *, now: datetime = NOW) -> Page:
    return await house.write(browsing.fitting, Coming(), ANA, number, now=now)


async def turned(house: Database, key: str, number: int) -> Page | None:
    return await house.read(browsing.turned, Coming(), ANA, key, number, now=NOW)


async def look_for(house: Database, text: str) -> Page:
    return await house.write(browsing.look_for, Coming(), ANA, text, now=NOW)


def codes(page: Page) -> list[str]:
    return [card.code for card in page.cards]


def chosen(switches: Switches) -> list[str]:
    groups = (switches.partnerships, switches.markets, switches.sectors, switches.languages, switches.months)
    return [choice.id for group in groups for choice in group if choice.chosen]


async def test_everything_that_is_coming_is_there_soonest_first(house: Database) -> None:
    page = await house.read(browsing.upcoming, ANA, 1, now=NOW)

    assert (codes(page), page.total, page.words) == (["pack", "cold", "ai"], 3, "")


async def test_what_can_be_chosen_is_what_there_is(house: Database) -> None:
    assert await toggle(house) == Switches(
        partnerships=(Choice("alpha", "Alpha", chosen=False), Choice("beta", "Beta", chosen=False)),
        markets=(Choice("china", "China", chosen=False), Choice("usa", "United States", chosen=False)),
        sectors=(Choice("food", "Food", chosen=False),),
        languages=(Choice("en", "en", chosen=False), Choice("fr", "fr", chosen=False)),
        months=tuple(Choice(month, month, chosen=False) for month in ("2027-01", "2027-02", "2027-03")),
        fitting=3,
    )


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        pytest.param([("partnership", "alpha")], ["pack", "cold"], id="a partnership"),
        pytest.param([("partnership", "beta")], ["cold", "ai"], id="another, also where it is the second host"),
        pytest.param([("market", "china")], ["pack"], id="a market"),
        pytest.param([("market", "usa")], ["cold"], id="another market"),
        pytest.param([("sector", "food")], ["pack", "cold"], id="a sector"),
        pytest.param([("language", "en")], ["pack", "ai"], id="a language"),
        pytest.param([("language", "fr")], ["cold"], id="another language"),
        pytest.param([("month", "2027-01")], ["pack"], id="a month"),
        pytest.param([("month", "2027-02")], ["cold"], id="another month"),
        pytest.param([("partnership", "alpha"), ("language", "fr")], ["cold"], id="two kinds must both fit"),
        pytest.param([("market", "china"), ("sector", "food")], ["pack"], id="a market and a sector"),
        pytest.param([("market", "china"), ("month", "2027-02")], [], id="two that nothing fits"),
        pytest.param(
            [("partnership", "beta"), ("market", "usa"), ("sector", "food"), ("language", "fr"), ("month", "2027-02")],
            ["cold"],
            id="all five",
        ),
        pytest.param([("market", "china"), ("market", "usa")], ["cold"], id="of one kind the last"),
        pytest.param([("market", "china"), ("market", "china")], ["pack", "cold", "ai"], id="twice is not at all"),
    ],
)
async def test_switches(house: Database, choices: list[tuple[str, str]], found: list[str]) -> None:
    shown = await toggle(house, *choices)

    page = await fitting(house)
    assert (codes(page), shown.fitting) == (found, len(found))
    assert (page.total, page.words) == (3, "")
    last = dict(choices) if len({*choices}) == len(choices) else {}
    assert sorted(chosen(shown)) == sorted(last.values())


async def test_choices_are_remembered_until_they_are_cleared(house: Database) -> None:
    await toggle(house, ("market", "china"), ("language", "en"))

    again = await toggle(house)
    cleared = await house.write(browsing.clear, ANA, now=NOW)

    assert (chosen(again), chosen(cleared), cleared.fitting) == (["china", "en"], [], 3)
    assert (await house.read(row, Person, ANA)).browsing == {}


async def test_one_person_s_choices_are_nobody_else_s(house: Database) -> None:
    await toggle(house, ("market", "china"))

    assert chosen(await house.write(browsing.switches, BEN, now=NOW)) == []


@pytest.mark.parametrize(
    ("local_start", "timezone", "month"),
    [
        pytest.param(wall(2027, 12, 31, 23, 59), "Europe/Brussels", "2027-12", id="the last minute of the year"),
        pytest.param(wall(2028, 1, 1), "Europe/Brussels", "2028-01", id="the first minute of the year"),
        pytest.param(wall(2028, 2, 29, 23, 30), "Europe/Brussels", "2028-02", id="the day that comes every four years"),
        pytest.param(wall(2028, 3, 1), "Europe/Brussels", "2028-03", id="the day after it"),
        pytest.param(wall(2028, 5, 1, 2), "Asia/Shanghai", "2028-05", id="April in Europe, but May for its hosts"),
        pytest.param(wall(2028, 4, 30, 22), "America/New_York", "2028-04", id="May in Europe, but April for its hosts"),
    ],
)
async def test_a_webinar_is_in_the_month_of_its_hosts(
    house: Database, local_start: datetime, timezone: str, month: str
) -> None:
    await house.write(add_webinar, code="edge", local_start=local_start, timezone=timezone, starts_at=START + 400 * DAY)

    shown = await toggle(house)
    fits = {choice.id: codes(await _in_month(house, choice.id)) for choice in shown.months}

    assert [name for name, found in fits.items() if "edge" in found] == [month]


async def _in_month(house: Database, month: str) -> Page:
    await house.write(browsing.clear, ANA, now=NOW)
    await toggle(house, ("month", month))
    return await fitting(house)


async def test_only_hosts_that_accepted_count(house: Database) -> None:
    def invite(session: Session) -> None:
        session.add(WebinarHost(webinar_id=1, partnership_id="beta", state=HostState.INVITED, position=1))

    await house.write(invite)
    await toggle(house, ("partnership", "beta"))

    assert codes(await fitting(house)) == ["cold", "ai"]


NO_VALUES = ["made-up", "gone", "2027-13", "0000-01", "0001-01", "9999-12", "2027", "x" * 10_000, "🎉", "%", "'; --"]


@pytest.mark.parametrize("kind", ["partnership", "market", "sector", "language", "month"])
async def test_a_value_that_is_none_fits_nothing_and_can_be_undone(house: Database, kind: str) -> None:
    seen = {}
    for value in NO_VALUES:
        shown = await toggle(house, (kind, value))
        page = await fitting(house)
        undone = await house.write(browsing.toggle, ANA, kind, value, now=NOW)
        seen[value] = (chosen(shown), shown.fitting, codes(page), page.total, undone.fitting)

    assert seen == dict.fromkeys(NO_VALUES, ([], 0, [], 3, 3))


async def test_what_was_chosen_and_is_there_no_more_is_put_away_when_the_switches_are_opened(house: Database) -> None:
    """Nobody could see why nothing fits: the month has no switch any more."""
    await toggle(house, ("month", "2027-01"), ("partnership", "alpha"))
    in_february = START + 15 * DAY

    shown = await house.write(browsing.switches, ANA, now=in_february)

    assert (chosen(shown), shown.fitting) == (["alpha"], 1)
    assert codes(await fitting(house, now=in_february)) == ["cold"]


@pytest.mark.parametrize("kind", ["words", "made-up", "", "__class__", "model_config", "model_dump", "Market", "🎉"])
async def test_a_kind_that_is_none_changes_nothing(house: Database, kind: str) -> None:
    shown = await toggle(house, ("market", "china"), (kind, "food"))

    assert (chosen(shown), shown.fitting) == (["china"], 1)
    assert (await house.read(row, Person, ANA)).browsing == {"market": "china"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("packaging", ["pack"], id="title"),
        pytest.param("PACK", ["pack"], id="its beginning"),
        pytest.param("malaga", ["cold"], id="description"),
        pytest.param("muller", ["ai"], id="speaker"),
        pytest.param("opening", ["ai"], id="agenda"),
        pytest.param("beta", ["cold", "ai"], id="host by its short name"),
        pytest.param("partnership alpha", ["pack", "cold"], id="host by its whole name"),
        pytest.param("united", ["cold"], id="topic"),
        pytest.param("food china", ["pack"], id="two topics"),
        pytest.param("chaine", ["cold"], id="without accents"),
        pytest.param("市场", ["ai"], id="Chinese"),
        pytest.param("food  \n china", ["pack"], id="spread over lines"),
        pytest.param("chemistry", [], id="nothing has it"),
        pytest.param("food chemistry", [], id="nothing has both"),
        pytest.param("before", [], id="what is over"),
        pytest.param("cancelled", [], id="what was cancelled"),
        pytest.param("gone", [], id="a partnership that has left"),
        pytest.param("🎉", [], id="no words at all"),
        pytest.param("%", [], id="a sign that databases know"),
        pytest.param("x" * 10_000, [], id="ten thousand letters"),
    ],
)
async def test_words(house: Database, text: str, found: list[str]) -> None:
    page = await look_for(house, text)

    assert (codes(page), page.total) == (found, 3)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  food \n china ", "food china"),
        ("fo\0od\u202e", "food"),
        ("x" * 10_000, "x" * 60),
        ("食品 🎉", "食品 🎉"),
        ("\ud800food", "food"),
    ],
)
async def test_words_are_kept_short_and_clean_for_the_next_page(house: Database, text: str, kept: str) -> None:
    assert (await look_for(house, text)).words == kept
    assert (await fitting(house, 2)).words == kept


async def test_the_join_link_cannot_be_found_out_by_looking_for_it(house: Database) -> None:
    """Organisers sometimes write it into the text too; a letter at a time, the search would give it away."""
    await house.write(
        add_webinar, code="link", title=f"Join {LINK}", description=f"Or here: {LINK}", join_url=LINK, hosts=["alpha"]
    )

    assert [codes(await look_for(house, word)) for word in ("zebra", "quokka42", "q", "rooms")] == [[]] * 4
    assert codes(await look_for(house, "join here")) == ["link"]


async def twelve_on_food(house: Database) -> list[str]:
    def add(session: Session) -> None:
        for number in range(12):
            starts_at = START + 60 * DAY + number * HOUR
            add_webinar(session, code=f"n{number:02}", title="Noodles", starts_at=starts_at)

    await house.write(add)
    return [f"n{number:02}" for number in range(12)]


async def test_turning_pages_goes_on_with_the_same_words(house: Database) -> None:
    noodles = await twelve_on_food(house)

    first = await look_for(house, "noodles")
    pages = [first, await fitting(house, 2), await fitting(house, 3)]

    assert [(page.number, page.pages, page.words, page.total) for page in pages] == [
        (number, 3, "noodles", 15) for number in (1, 2, 3)
    ]
    assert [code for page in pages for code in codes(page)] == noodles


@pytest.mark.parametrize(("asked", "shown"), [(0, 1), (-1, 1), (4, 3), (999_999_999, 3)])
async def test_a_page_that_is_none_shows_the_nearest(house: Database, asked: int, shown: int) -> None:
    await twelve_on_food(house)
    await look_for(house, "noodles")

    assert (await fitting(house, asked)).number == shown


Act = Callable[[Database], object]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        pytest.param(lambda house: house.write(browsing.switches, ANA, now=NOW), "", id="the switches are opened"),
        pytest.param(lambda house: house.write(browsing.toggle, ANA, "market", "china", now=NOW), "", id="a switch"),
        pytest.param(lambda house: house.write(browsing.clear, ANA, now=NOW), "", id="everything is cleared"),
        pytest.param(lambda house: look_for(house, "froid"), "froid", id="other words"),
        pytest.param(lambda house: house.read(browsing.upcoming, ANA, 1, now=NOW), "food", id="the whole list"),
        pytest.param(lambda house: house.read(browsing.offered, Coming(), ANA, "froid", now=NOW), "food", id="sharing"),
    ],
)
async def test_words_last_until_something_else_is_looked_for(house: Database, act: Act, words: str) -> None:
    await look_for(house, "food")

    await act(house)  # type: ignore[misc]

    assert (await fitting(house)).words == words


async def test_a_list_is_turned_by_its_own_key_whatever_was_looked_for_since(house: Database) -> None:
    await twelve_on_food(house)
    noodles = await look_for(house, "noodles")
    await toggle(house, ("market", "china"))
    china = await fitting(house)
    for number in range(3):
        await look_for(house, f"other {number}")

    second = await turned(house, noodles.search, 2)
    assert second
    assert (second.number, second.pages, second.words, second.search) == (2, 3, "noodles", noodles.search)
    again = await turned(house, china.search, 1)
    assert again
    assert (codes(again), again.words) == (codes(china), "")
    await look_for(house, "once more")
    assert await turned(house, noodles.search, 2) is None  # the fifth since


@pytest.mark.parametrize("key", ["", "0", "ffffffffffff", "shown"])
async def test_a_key_that_was_made_up_turns_nothing(house: Database, key: str) -> None:
    await look_for(house, "noodles")

    assert await turned(house, key, 1) is None


async def test_the_same_search_is_kept_once(house: Database) -> None:
    first = await look_for(house, "noodles")
    for number in range(10):
        await look_for(house, "froid" if number % 2 else "noodles")

    assert await turned(house, first.search, 1) is not None
    assert len((await house.read(row, Person, ANA)).browsing["shown"]) == 2


async def test_topics_are_found_by_all_their_names(house: Database) -> None:
    def names(topic: str) -> tuple[str, ...]:
        return {"China": ("China", "Chine", "Kina")}.get(topic, (topic,))

    async def found(text: str) -> list[str]:
        return codes(await house.write(browsing.look_for, Coming(), ANA, text, names, now=NOW))

    china = await found("china")
    assert china
    assert [await found(text) for text in ("chine", "CHINE", "kina")] == [china] * 3
    assert [card.code for card in await house.read(browsing.offered, Coming(), None, "chine", names, now=NOW)] == china
    assert codes(await look_for(house, "chine")) == []


async def test_where_nothing_is_found_one_learns_what_there_is(house: Database) -> None:
    nothing, something = await look_for(house, "zebra"), await look_for(house, "froid")

    assert (nothing.total, nothing.topics) == (3, ("China", "Food", "United States"))
    assert something.topics == ()


async def test_words_are_looked_for_in_everything_not_in_what_was_chosen_before(house: Database) -> None:
    await toggle(house, ("market", "china"))

    assert codes(await look_for(house, "froid")) == ["cold"]
    assert chosen(await toggle(house)) == []


async def test_what_is_looked_for_is_looked_up_anew_on_every_page(house: Database) -> None:
    await look_for(house, "packaging")

    assert codes(await fitting(house, now=START + 2 * HOUR)) == []
    assert (await fitting(house, now=START + 2 * HOUR)).total == 2


async def test_a_card_says_what_is_mine(house: Database) -> None:
    await house.write(add_registration, 1, ANA)

    page = await look_for(house, "packaging")

    assert [card.my_status for card in page.cards] == [RegistrationStatus.REGISTERED]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", ["pack", "cold", "ai"], id="nothing: all"),
        pytest.param("  ", ["pack", "cold", "ai"], id="spaces: all"),
        pytest.param("food", ["pack", "cold"], id="words"),
        pytest.param("cold", ["cold"], id="a code"),
        pytest.param(" over ", ["over"], id="the code of one that is over"),
        pytest.param("off", ["off"], id="the code of one that was cancelled"),
        pytest.param("chemistry", [], id="nothing has it"),
        pytest.param("🎉", [], id="no words at all"),
        pytest.param("\0", ["pack", "cold", "ai"], id="nul is nothing"),
        pytest.param("\ud800", ["pack", "cold", "ai"], id="half a character is nothing"),
        pytest.param("x" * 10_000, [], id="ten thousand letters"),
    ],
)
async def test_what_is_offered_for_sharing(house: Database, text: str, found: list[str]) -> None:
    cards = await house.read(browsing.offered, Coming(), None, text, now=NOW)

    assert [card.code for card in cards] == found
    assert [card.join_url for card in cards] == [None] * len(found)


async def test_no_more_is_offered_than_fits(house: Database) -> None:
    def add(session: Session) -> None:
        for number in range(30):
            add_webinar(session, code=f"n{number}", starts_at=START + number * HOUR)

    await house.write(add)

    assert len(await house.read(browsing.offered, Coming(), None, "", now=NOW)) == 20


@pytest.mark.parametrize(
    ("act", "read"),
    [
        pytest.param(lambda house: house.read(browsing.upcoming, ANA, 1, now=NOW), 5, id="the whole list"),
        pytest.param(lambda house: look_for(house, "noodles"), 5, id="words"),
        pytest.param(lambda house: look_for(house, "chemistry"), 0, id="words that nothing has"),
        pytest.param(lambda house: toggle(house, ("sector", "food")), 0, id="a switch"),
        pytest.param(lambda house: house.read(browsing.offered, Coming(), None, "cold", now=NOW), 1, id="sharing"),
    ],
)
async def test_only_what_is_shown_is_read_whole(house: Database, act: Act, read: int) -> None:
    await twelve_on_food(house)
    loaded: list[Webinar] = []

    def load(webinar: Webinar, _context: object) -> None:
        loaded.append(webinar)

    event.listen(Webinar, "load", load)
    try:
        await act(house)  # type: ignore[misc]
    finally:
        event.remove(Webinar, "load", load)

    assert len(loaded) == read
