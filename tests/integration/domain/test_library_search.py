"""Finding in the library: by words, whatever is typed, and by switches."""

from datetime import timedelta

import pytest

from domain.library import finding, upkeep, writing
from storage import Database, EntryKind, Session, library
from tests.factories import NOW
from tests.library import COMPANY, MATE, OTHER, OWN, begin, prepare, put_out

DAY = timedelta(days=1)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


def fill(session: Session) -> None:
    put_out(
        session, "Packaging for Shanghai", kind=EntryKind.PRACTICE, text="Buyers in København.", topic_ids=("china",)
    )
    put_out(session, "Nos événements à Lyon", kind=EntryKind.AGENDA, text="Une journée", language="fr")
    put_out(session, "Verpackungen prüfen", kind=EntryKind.LESSON, text="Zu spät.", language="de", who=OTHER)
    put_out(session, "中国市场的包装", kind=EntryKind.PRACTICE, text="标签", language="zh")
    put_out(session, "Survey", text="Three questions", topic_ids=("food",), readers="everybody")
    begin(session, "Packaging, a draft")


async def found(house: Database, words: str, person_id: int = MATE) -> list[str]:
    listing = await house.write(finding.look_for, person_id, words, french)
    return sorted(entry.title for entry in listing.entries)


def french(name: str) -> tuple[str, ...]:
    return ({"China": "Chine", "Food": "Alimentation"}[name],)


WORDS = {
    "packaging": ["Packaging for Shanghai"],
    "PACKAGED shanghai": ["Packaging for Shanghai"],
    "packag": ["Packaging for Shanghai"],
    "shang": ["Packaging for Shanghai"],
    "shang packaging": [],
    "evenement": ["Nos événements à Lyon"],
    "verpackung": ["Verpackungen prüfen"],
    "verp": ["Verpackungen prüfen"],
    "市场": ["中国市场的包装"],
    "标": ["中国市场的包装"],
    "包装 中国": ["中国市场的包装"],
    "china": ["Packaging for Shanghai"],
    "chine": ["Packaging for Shanghai"],
    "chine buyer": ["Packaging for Shanghai"],
    "beta": ["Verpackungen prüfen"],
    "question": ["Survey"],
    "kobenhavn packaging": ["Packaging for Shanghai"],
    "packaging kobenh": ["Packaging for Shanghai"],
    "nothing of the kind": [],
}


async def test_words_find_what_has_them_all(house: Database) -> None:
    await house.write(fill)

    assert {words: await found(house, words) for words in WORDS} == WORDS


HOSTILE = (
    *('"', "'", '"" OR 1', "a* OR b", "NOT packaging", "stems:packaging", "NEAR(a b)", "^packaging", "(", ")", "\\"),
    *("packaging'); DROP TABLE library_entry; --", "a & b | !c", "'a':*", "<->", "\x00", "%", "_", "*", "-", "{a b}"),
    *("😀" * 60, "\u202epackaging", "\ud800", "AND", "OR", "a" * 500, "+packaging", "packaging\\", "'' || 1"),
)


async def test_whatever_is_typed_is_words_and_nothing_else(house: Database) -> None:
    await house.write(fill)
    before = await house.read(library.versions, 1)

    for words in HOSTILE:
        for person_id in (MATE, COMPANY):
            assert len(await found(house, words, person_id)) <= 5, words

    assert await house.read(library.versions, 1) == before
    assert await found(house, "+packaging") == ["Packaging for Shanghai"]
    assert await found(house, "*") == []


async def test_companies_find_only_what_is_for_everybody(house: Database) -> None:
    await house.write(fill)

    assert await found(house, "", COMPANY) == ["Survey"]
    assert await found(house, "packaging", COMPANY) == []
    assert len(await found(house, "")) == 5


async def test_newest_and_most_used_come_first(house: Database) -> None:
    """Three uses make an entry three weeks younger; a company's and another organiser's count, one's own do not."""
    old = await house.write(put_out, "Old", readers="everybody")
    await house.write(put_out, "Middle", now=NOW + 10 * DAY)
    new = await house.write(put_out, "New", now=NOW + 20 * DAY)
    assert await order(house) == ["New", "Middle", "Old"]

    for person_id in (OTHER, COMPANY, OTHER):
        await house.write(upkeep.opened, old, person_id)
    await house.write(upkeep.opened, new, OWN)

    assert await order(house) == ["Old", "New", "Middle"]
    for _ in range(60):
        await house.write(upkeep.used, old)
    await house.write(put_out, "Next year", now=NOW + 210 * DAY)
    assert (await order(house))[0] == "Next year"


async def order(house: Database) -> list[str]:
    return [entry.title for entry in (await house.write(finding.look_for, MATE, "")).entries]


async def test_switches_narrow_and_words_stay(house: Database) -> None:
    await house.write(fill)
    await house.write(finding.look_for, MATE, "packaging verpackung", french)
    assert (await house.read(finding.switches, MATE, french)).fitting == 0

    await house.write(finding.clear, MATE)
    seen = await house.write(finding.toggle, MATE, "kind", "practice")
    assert (seen.fitting, [each.id for each in seen.kinds if each.chosen]) == (2, ["practice"])
    assert (await house.write(finding.toggle, MATE, "market", "china")).fitting == 1
    assert (await house.write(finding.toggle, MATE, "market", "china")).fitting == 2
    assert (await house.write(finding.toggle, MATE, "language", "zh")).fitting == 1
    assert (await house.write(finding.toggle, MATE, "partnership", "beta")).fitting == 0
    listing = await house.write(finding.fitting, MATE, 1)
    assert (listing.entries, listing.total, listing.everything) == ((), 0, 5)
    assert (await house.write(finding.clear, MATE)).fitting == 5


async def test_forged_switches_change_nothing_or_fit_nothing(house: Database) -> None:
    await house.write(fill)

    assert (await house.write(finding.toggle, MATE, "words", "x")).fitting == 5
    assert (await house.write(finding.toggle, MATE, "kind", "poem")).fitting == 0
    assert (await house.write(finding.toggle, COMPANY, "kind", "contact")).fitting == 0
    assert "contact" not in {each.id for each in (await house.read(finding.switches, COMPANY)).kinds}


async def test_lists_can_be_turned_after_looking_for_something_else(house: Database) -> None:
    for number in range(7):
        await house.write(put_out, f"Number {number}", now=NOW + number * DAY)
    first = await house.write(finding.look_for, MATE, "number")
    await house.write(finding.look_for, MATE, "else")

    second = await house.read(finding.turned, MATE, first.chosen.key, 2)

    assert second is not None
    assert [entry.title for entry in second.entries] == ["Number 1", "Number 0"]
    assert (second.number, second.pages, second.total) == (2, 2, 7)
    assert await house.read(finding.turned, MATE, "0a1b2c3d4e5f", 2) is None


async def test_a_new_version_is_found_by_its_words_and_the_old_one_no_more(house: Database) -> None:
    code = await house.write(put_out, "Cold chain")
    await house.write(writing.revise, code, OWN, now=NOW)
    await house.write(writing.ask, code, OWN, writing.Part.TITLE, now=NOW)
    await house.write(writing.fill, OWN, "Warm welcome", now=NOW)
    assert await found(house, "cold") == ["Cold chain"]

    await house.write(writing.share, code, OWN, now=NOW)

    assert await found(house, "warm") == ["Warm welcome"]
    assert await found(house, "cold") == []


async def test_what_was_retired_is_found_no_more_until_it_is_brought_back(house: Database) -> None:
    code = await house.write(put_out, "Cold chain")
    await house.write(upkeep.retire, code, OWN, now=NOW)
    assert await found(house, "cold") == []

    await house.write(upkeep.restore, code, OWN, now=NOW)

    assert await found(house, "cold") == ["Cold chain"]


async def test_most_alike_is_what_has_most_of_the_topics(house: Database) -> None:
    both = await house.write(put_out, "Both", kind=EntryKind.LESSON, topic_ids=("china", "food"))
    newer = await house.write(put_out, "Newer", kind=EntryKind.LESSON, topic_ids=("china",), now=NOW + DAY)
    await house.write(put_out, "Older", kind=EntryKind.LESSON, topic_ids=("food",))
    await house.write(put_out, "A template", topic_ids=("china", "food"))
    await house.write(begin, "A draft", kind=EntryKind.LESSON, topic_ids=("china", "food"))

    alike = await house.read(finding.alike, [EntryKind.LESSON], ["china", "food"], limit=2)

    assert [entry.code for entry in alike] == [both, newer]
    assert await house.read(finding.alike, [EntryKind.LESSON], [], limit=3) == []
