"""What a small company wants of the chat, each wish as a story over HTTP, against the real process."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from icalendar import Calendar

from sandbox.client import Shown, Telegram
from tests.acceptance.playing import Demo, playing
from tests.acceptance.talking import Talk

ORGANISER = 11
_PEOPLE = count(100)
GROUP = -1001
MINUTE = 60
SOON = "Coffee with buyers from Shanghai"
"""In the demo it starts about twelve minutes after the demo."""
LONG_TITLE = "Recyclable packaging: what Canada asks for"
PACKAGING = "Recyclable packaging: what Canada asks…"
"""As long as a button shows it."""
BATTERIES = "EV batteries in China: rules for 2027"
FAIRS = "Food fairs 2027: where it pays to go"
BRAND = "Protecting your brand in China"
FEW_SEATS = "First steps with a US distributor"


pytestmark = pytest.mark.asyncio(loop_scope="module")


@asynccontextmanager
async def _demo(folder: Path) -> AsyncIterator[tuple[Demo, Telegram]]:
    """It ends well only if Telegram refused nothing that the bot did."""
    demo = Demo(folder=folder)
    async with playing(demo), Telegram(demo.chat) as telegram:
        await telegram.ready()
        yield demo, telegram
    assert "Traceback" not in demo.warnings


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Demo, Telegram]]:
    """One demo for the stories in which no time passes: each has people and webinars of its own."""
    async with _demo(tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="module")
async def fresh(tmp_path: Path) -> AsyncIterator[Telegram]:
    """A demo of its own, for a story that pushes the clock."""
    async with _demo(tmp_path) as (_, telegram):
        yield telegram


async def _come(telegram: Telegram, *, language: str = "en") -> Talk:
    """Somebody who was never here."""
    person = next(_PEOPLE)
    await telegram.people(person, first_name=f"Person {person}", language_code=language)
    return Talk(telegram, person)


async def _register(person: Talk, words: str, title: str) -> Shown:
    """Find it and take the first seat of one's life. Returns the card."""
    await person.say(words)
    card = await person.press(title)
    await person.press(card.labels[0])
    await person.take()  # what is asked after that
    return await person.turn_to(card.message_id)


async def test_follow_what_is_new_and_take_a_seat_from_the_news(fresh: Telegram) -> None:
    ana = await _come(fresh)
    await ana.say("/settings")
    await ana.press("Quiet hours", "None")  # else the news would wait for the morning
    await ana.say("/follow")
    assert "✅ Mobility" in (await ana.press("Mobility")).labels

    await fresh.mark()
    await fresh.advance(10 * MINUTE)
    news = await ana.take()

    assert news.text.startswith("New for Mobility:\n\n")
    assert news.labels[-1] == "Follow less"
    first = news.labels[0]
    await ana.press_below(first)
    assert (await ana.press("Register")).text.startswith("✅ You are registered.")
    offer = await ana.take()  # follows already, so the only other question
    assert offer.labels == ("Add my company", "Skip")
    await ana.turn_to(news.message_id)
    assert (await ana.press_below("Follow less")).text.startswith("What I follow")
    assert len(await fresh.calls("sendMessage", chat=ana.person, since=0)) == 6


async def test_find_by_words_in_two_languages_and_by_switches(house: tuple[Demo, Telegram]) -> None:
    ana = await _come(house[1])
    in_english = await ana.say("canada packaging")
    assert in_english.labels[0] == PACKAGING
    in_french = await ana.say("/webinars mobilité")
    assert "Test tracks and pilots in Singapore" in in_french.labels

    nothing = await ana.say("blockchain")
    assert nothing.text.startswith("I found nothing for “blockchain”. 13 webinars are planned in all.\nTopics: ")
    switches = await ana.press("Find", "NF4", "USA", "French")
    assert switches.text.endswith("1 webinar fits.")
    assert (await ana.press("Show 1 webinar")).labels[0].startswith("Vendre aux États-Unis")


async def test_card_says_what_comes_next_and_the_line_moves_up(house: tuple[Demo, Telegram]) -> None:
    ana, jonas, chiara = [await _come(house[1]) for _ in range(3)]
    for each in (ana, jonas, chiara):
        await _register(each, "distributor", FEW_SEATS)
    seated, waiting = await ana.look(), await chiara.look()

    assert seated.text.startswith("✅ You are registered. The link to join comes with each reminder: the day before,")
    assert "CET (Brussels)" in seated.text or "CEST (Brussels)" in seated.text
    assert "🎟 All 2 seats are taken. 1 person waits." in waiting.text
    assert (waiting.text.startswith("⏳ You are number 1 in line."), waiting.labels[0]) == (True, "Leave waitlist")

    await jonas.press("Cancel registration")
    won = await chiara.take()
    assert won.text.startswith(f"🎟 A seat came free: you are registered for {FEW_SEATS}.")
    old = await chiara.turn_to(waiting.message_id)
    assert old.labels[0] == "Leave waitlist"
    assert (await chiara.press("Leave waitlist")).labels[0] == "Register"  # the old button tells, and does, the truth


async def test_card_is_shared_into_a_group_and_stays_true(house: tuple[Demo, Telegram]) -> None:
    telegram = house[1]
    ana, luc = await _come(telegram), await _come(telegram)
    await telegram.group(GROUP, members=dict.fromkeys((ana.person, luc.person), "member"))
    asked = await telegram.inline(ana.person, "guangdong")
    shared = await telegram.choose(ana.person, asked, asked.results[0]["id"], chat=GROUP)
    assert "🎟 30 of 30 seats left" in shared.text

    await telegram.mark()
    pressed = await telegram.press(luc.person, shared.message_id, "Register", chat=GROUP)
    assert re.fullmatch(r"https://t\.me/\w+\?start=w_\w+", pressed.url or "")
    await telegram.wait_for("editMessageText")
    assert "🎟 29 of 30 seats left" in (await telegram.last(GROUP)).text
    card = await luc.open((pressed.url or "").partition("start=")[2])

    assert card.text.startswith("✅ You are registered.")
    assert {message.sender for message in await telegram.chat(GROUP)} == {ana.person}  # nobody there was written to
    nothing = await telegram.inline(luc.person, "blockchain")
    assert nothing.results[0]["title"] == "Nothing found for “blockchain”"


async def test_calendar_as_a_file_and_as_a_link_that_can_be_replaced(house: tuple[Demo, Telegram]) -> None:
    demo, telegram = house
    ana = await _come(telegram)
    await _register(ana, "brand", BRAND)
    await ana._press("Add to calendar")  # noqa: SLF001 -- answered by a file
    file = await ana.take("sendDocument")
    assert file.document
    assert _titles(await telegram.file(file.document["file_id"])) == [BRAND]

    first = await ana.say("/calendar")
    async with httpx.AsyncClient() as http:
        assert _titles((await http.get(_link(first.text))).content) == [BRAND]
        assert (await http.get(first.button("How to subscribe").url or "")).is_success
        second = await ana.press("Replace my link", "Yes, make a new one")
        assert second.text.startswith("✅ This is your new link. The old one no longer works.")
        assert (await http.get(_link(first.text))).status_code in {404, 410}
        assert _titles((await http.get(_link(second.text))).content) == [BRAND]
    assert demo.web in _link(second.text)


async def test_reminders_come_as_each_wants_them(fresh: Telegram) -> None:
    ana, jonas = await _come(fresh), await _come(fresh)
    for each in (ana, jonas):
        await _register(each, "coffee", SOON)
    await ana.say("/settings")
    await ana.press("Reminders", "✅ The day before", "✅ 1 hour before", "✅ 10 minutes before")
    await ana.press("Another time")
    own = await ana.say("5 minutes")
    assert own.labels[3] == "✅ 5 minutes before"

    since = await fresh.mark()
    await fresh.advance(3 * MINUTE)
    usual = await jonas.take()
    assert usual.text.startswith("Starts in ")
    await fresh.advance(4 * MINUTE)
    [reminder] = await fresh.wait_for("sendMessage", chat=ana.person, since=since)

    await ana.turn_to(reminder.message_id)
    assert (await ana.press_below("Reminder settings")).text.startswith("Reminders\n")
    kept = await ana.turn_to(reminder.message_id)
    async with httpx.AsyncClient() as http:
        entered = await http.get(kept.button("Join now").url or "", headers={"User-Agent": "Mozilla/5.0 (Mobile)"})
    assert entered.headers["location"] == "https://meet.example.org/coffee"
    assert len(await fresh.calls("sendMessage", chat=jonas.person, since=since)) == 1


async def test_every_change_is_told_once_and_leads_on_where_it_stands(fresh: Telegram) -> None:
    marta, ana = Talk(fresh, ORGANISER), await _come(fresh)
    card = await _register(ana, "canada packaging", PACKAGING)
    await marta.say("/manage")
    await marta.press("Later ›", PACKAGING, "Move")  # noqa: RUF001 -- as on the button
    later = datetime.now(UTC).date() + timedelta(days=21)
    await marta.say(f"{later} 15:00")
    await marta.press("Move and tell")

    moved = await _told(ana)
    title, times, kept = moved.text.splitlines()
    assert (title, kept) == (f"{LONG_TITLE} has a new time:", "Your seat is kept.")
    assert re.fullmatch(r".+, 14:00 CES?T → .+, 15:00 CES?T", times)
    assert (await ana.press_below("Details")).text.startswith("✅ You are registered.")
    await marta.press("Cancel webinar", "No reason", "Cancel and tell")
    cancelled = await _told(ana)
    assert cancelled.text.startswith(f"❌ {LONG_TITLE} is cancelled.")
    await marta.press("Restore", "Restore and tell")
    assert (await _told(ana)).text.startswith(f"✅ {LONG_TITLE} is no longer cancelled.")

    assert (await ana.turn_to(moved.message_id)).text == moved.text
    assert (await ana.turn_to(card.message_id)).labels[0] == "Cancel registration"


async def _told(person: Talk) -> Shown:
    """What they are told when the organiser has had time for second thoughts: one message."""
    since = await person.telegram.mark()
    await person.telegram.advance(3 * MINUTE)
    told = await person.take()
    assert len(await person.telegram.calls("sendMessage", chat=person.person, since=since)) == 1
    return told


async def test_company_is_told_once_or_not_at_all_and_privacy_is_kept(house: tuple[Demo, Telegram]) -> None:
    telegram = house[1]
    ana = await _come(telegram)
    await ana.say("fairs")
    await ana.press(FAIRS, "Register")
    await ana.take()
    await ana.press_below("Yes, tell me")
    assert (await ana.say("food")).text.startswith("Webinars for “food”")  # nobody took it for a company
    await ana.say("/settings")
    await ana.press("Company")
    assert (await ana.say("Sousa & Filhos")).text.startswith("Company: Sousa & Filhos\n")
    await ana.press("Another country")
    assert "✅ Poland" in (await ana.say("polska")).labels
    assert (await ana.press("Done")).text.endswith("\nCompany: Sousa & Filhos, Poland")

    told = await ana.say("/privacy")
    assert len(told.text.splitlines()) <= 10
    await ana._press("Give me my data")  # noqa: SLF001 -- answered by a file
    file = await ana.take("sendDocument")
    assert file.document
    stored = json.loads(await telegram.file(file.document["file_id"]))
    assert (stored["person"]["company"], stored["person"]["country"]) == ("Sousa & Filhos", "PL")
    await ana.turn_to(told.message_id)
    erased = await ana.press("Delete my data", "Yes, delete everything")

    assert erased.text.startswith("Your data is deleted.")
    assert (await ana.say("/mine")).text == "You are not registered for a webinar yet."
    assert (await ana.say("/settings")).text.endswith("\nCompany: not given")


async def test_french_is_spoken_to_who_reads_it_and_english_to_who_wants_it(house: tuple[Demo, Telegram]) -> None:
    telegram = house[1]
    luc = await _come(telegram, language="fr-BE")
    assert (await luc.open()).text.startswith("Des webinaires pour les petites et moyennes entreprises")
    await luc.say("emballage")
    french = await luc.press(PACKAGING)
    assert "AdPack² · en anglais · 60" in french.text
    await luc.say("/settings")
    english = await luc.press("Langue", "English")

    assert english.text.startswith("My settings\n")
    menus = await telegram.calls("setMyCommands", since=0)
    assert [menu.params.get("language_code") or None for menu in menus][:3] == [None, "en", "fr"]


async def test_odd_things_and_forged_ones_do_no_harm(house: tuple[Demo, Telegram]) -> None:
    telegram = house[1]
    ana, jonas = await _come(telegram), await _come(telegram)
    await ana.say("batteries")
    card = await ana.press(BATTERIES)
    code = card.button("Share").value

    for odd in ("x" * 4096, "\u202eevil", "🤷" * 500, "سؤال", "/nonsense", "<b>&lt;", "{0} %s"):
        await ana.say(odd)
    for payload in ("w_", "w_zzzzzzzz", "x" * 64, f"w_{code}-group", "__proto__"):
        await ana.open(payload)
    for data in (f"gx:{code}:1", "px:1:1", "w:../etc", "r:" + "z" * 60, "qp:ffffffffffff:2", "ft:nothing", "cc:xx"):
        assert (await telegram.forge(ana.person, card.message_id, data)).answered, data
    since = await telegram.mark()
    assert (await telegram.forge(ana.person, card.message_id, f"w:{code}")).answered
    await telegram.wait_for("editMessageText", chat=ana.person, since=since)
    untouched = await ana.turn_to(card.message_id)
    assert (untouched.text, untouched.labels) == (card.text, card.labels)

    for _ in range(60):
        await telegram.say(ana.person, "/mine")
    assert (await jonas.say("/help")).text.startswith("/webinars")
    since = await telegram.mark()
    await telegram.say(ana.person, "/privacy")
    for count_ in range(1, 60):  # what is left of the flood comes before it
        *_, last = await telegram.wait_for("sendMessage", chat=ana.person, since=since, count=count_)
        if (last.text or "").startswith("What we store"):
            break
    assert (last.text or "").startswith("What we store")


def _link(text: str) -> str:
    found = re.search(r"http\S+\.ics", text)
    assert found, text
    return found[0]


def _titles(content: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")]
