"""Any field of a published webinar can be changed: seen before, told once or not at all, to nobody's loss."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain import answers, changes, edit_questions, editing, planning, registration
from domain.change_news import Changed
from domain.content import Content
from domain.details import Detail
from domain.edit_questions import Part
from domain.editing import ProposalGoneError, Prospect, UnchangedError
from domain.errors import ConvokeError, NotAllowedError
from domain.reading.draft_values import FieldError, FieldFault
from domain.reading.places import PlaceError
from domain.reading.when import WhenError, WhenFault
from domain.takes_place import Cancelled
from storage import (
    Audit,
    Database,
    Notice,
    Proposal,
    Registration,
    RegistrationStatus,
    Revision,
    Role,
    Session,
    Webinar,
    WebinarStatus,
)
from tests.factories import (
    NOW,
    SETTLE,
    START,
    add_consortium,
    add_people,
    add_registration,
    add_role,
    add_webinar,
    row,
    rows,
    set_reachable,
    wall,
)
from tests.outbox import USUAL, send_all

ADMIN, ORGANISER, ANA, BEN, CEM, DIA = range(1, 7)
"""An administrator, an organiser of alpha; Ana and Ben have a seat, Cem and Dia wait."""

REGISTERED, WAITLISTED = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LINK, NEW_LINK = "https://meet.example.org/secret", "https://meet.example.org/new"
AGENDA = [{"title": "Welcome", "speaker": "", "minutes": 10}]


def prepare(session: Session) -> None:
    add_consortium(session)
    add_people(session, DIA)
    add_role(session, ADMIN)
    add_role(session, ORGANISER, "alpha")
    webinar_id = add_webinar(session, hosts=["alpha"], topics=["china"], capacity=2, description="All of it.")
    for person_id, status in ((ANA, REGISTERED), (BEN, REGISTERED), (CEM, WAITLISTED), (DIA, WAITLISTED)):
        add_registration(session, webinar_id, person_id, status, changed_at=NOW - HOUR)


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def propose(house: Database, values: Mapping[str, Any], who: int = ORGANISER, *, now: datetime = NOW) -> Prospect:
    return await house.write(editing.propose, "w", who, values, USUAL, now=now)


async def save(
    house: Database, prospect: Prospect, who: int = ORGANISER, *, tell: bool = True, now: datetime = NOW
) -> Prospect | None:
    return await house.write(editing.save, "w", who, prospect.id, USUAL, tell=tell, settle=SETTLE, now=now)


async def change(
    house: Database, values: Mapping[str, Any], *, tell: bool = True, now: datetime = NOW
) -> Prospect | None:
    return await save(house, await propose(house, values, now=now), tell=tell, now=now)


async def told(house: Database, now: datetime = NOW + SETTLE) -> list[tuple[int, Content]]:
    """Who is told what by then, but for seats won."""
    while await house.write(planning.expand_notice, now=now):
        continue
    sent = [(outgoing.chat_id, outgoing.content) for outgoing in await send_all(house, now)]
    return sorted(
        ((chat_id, content) for chat_id, content in sent if isinstance(content, Changed | Cancelled)),
        key=lambda message: message[0],
    )


async def old_values(house: Database, now: datetime = NOW + SETTLE) -> dict[int, tuple[dict[Detail, Any], str | None]]:
    """What those who are told by then knew, and the new link if they get one. Each is told once."""
    found = await told(house, now)
    assert len({chat_id for chat_id, _ in found}) == len(found)
    return {chat_id: (content.old, content.join_url) for chat_id, content in found if isinstance(content, Changed)}


async def statuses(house: Database) -> list[RegistrationStatus]:
    return [each.status for each in await house.read(rows, Registration)]


CHANGES: list[tuple[Detail, Any, Any]] = [
    (Detail.TITLE, "Smart packaging", "Smarter packaging"),
    (Detail.DESCRIPTION, "All of it.", "Most of it."),
    (Detail.LANGUAGE, "en", "fr"),
    (Detail.CAPACITY, 2, 1),
    (Detail.JOIN_URL, LINK, NEW_LINK),
    (Detail.DURATION, 60, 90),
    (Detail.TIMEZONE, "Europe/Brussels", "Asia/Shanghai"),
    (Detail.TOPICS, ["china"], ["china", "food"]),
    (Detail.AGENDA, [], AGENDA),
]


@pytest.mark.parametrize(("detail", "before", "after"), CHANGES, ids=[detail for detail, _, _ in CHANGES])
async def test_every_field_is_written_down_with_what_was_before(
    house: Database, detail: Detail, before: Any, after: Any
) -> None:
    assert await change(house, {detail: after}) is None

    sheet = await house.write(editing.sheet, "w", ORGANISER, now=NOW)
    [revision] = await house.read(rows, Revision)
    [line] = await house.read(rows, Audit)
    webinar = await house.read(row, Webinar, 1)
    assert sheet.values[detail] == (["China", "Food"] if detail is Detail.TOPICS else after)
    assert (revision.changes, revision.changed_by, revision.silent) == ({detail: [before, after]}, ORGANISER, False)
    assert (webinar.sequence, webinar.last_modified, webinar.starts_at) == (1, NOW, START)
    assert (line.action, line.person_id, line.webinar_id) == ("edited", ORGANISER, 1)
    assert (line.before, line.after) == ({detail: before}, {detail: after})
    assert await house.read(rows, Proposal) == []


async def test_end_and_wall_time_follow(house: Database) -> None:
    await change(house, {Detail.DURATION: 90, Detail.TIMEZONE: "Asia/Shanghai"})

    webinar = await house.read(row, Webinar, 1)
    assert (webinar.starts_at, webinar.ends_at) == (START, START + 90 * MINUTE)
    assert webinar.local_start == datetime(2027, 1, 20, 17)  # noqa: DTZ001 -- a wall time


ALL, SEATED, NONE = {ANA, BEN, CEM, DIA}, {ANA, BEN}, set[int]()


@pytest.mark.parametrize(
    ("detail", "after", "loudly", "silently"),
    [
        (Detail.TITLE, "Smarter packaging", ALL, NONE),
        (Detail.DESCRIPTION, "Most of it.", ALL, NONE),
        (Detail.LANGUAGE, "fr", ALL, NONE),
        (Detail.TOPICS, ["food"], ALL, NONE),
        (Detail.AGENDA, AGENDA, ALL, NONE),
        (Detail.JOIN_URL, NEW_LINK, SEATED, SEATED),
        (Detail.DURATION, 90, ALL, ALL),
        (Detail.CAPACITY, 1, NONE, NONE),
        (Detail.TIMEZONE, "Asia/Shanghai", NONE, NONE),
    ],
    ids=lambda value: value if isinstance(value, Detail) else "",
)
@pytest.mark.parametrize("tell", [True, False], ids=["told", "silent"])
async def test_those_are_told_whom_it_concerns_once(
    house: Database, detail: Detail, after: Any, loudly: set[int], silently: set[int], *, tell: bool
) -> None:
    prospect = await propose(house, {detail: after})
    expected = loudly if tell else silently

    await save(house, prospect, tell=tell)

    assert await told(house, NOW + SETTLE - MINUTE) == []
    assert {chat_id for chat_id, _ in await told(house)} == expected
    assert await told(house, NOW + DAY) == []
    assert prospect.may_be_silent == (loudly != silently)
    if tell:
        assert prospect.impact.registered + prospect.impact.waiting == len(expected)


async def test_message_says_what_was_known_and_the_link_only_to_those_with_a_seat(house: Database) -> None:
    await change(house, {Detail.TITLE: "Smarter", Detail.JOIN_URL: NEW_LINK})

    known = {Detail.TITLE: "Smart packaging"}
    assert await old_values(house) == {
        ANA: (known | {Detail.JOIN_URL: LINK}, NEW_LINK),
        BEN: (known | {Detail.JOIN_URL: LINK}, NEW_LINK),
        CEM: (known, None),
        DIA: (known, None),
    }


async def test_link_in_an_old_title_is_read_by_nobody_who_waits(house: Database) -> None:
    await change(house, {Detail.TITLE: f"Join at {LINK}"}, tell=False)
    await change(house, {Detail.TITLE: "Join us", Detail.JOIN_URL: NEW_LINK})

    found = await old_values(house)

    assert [found[who][0][Detail.TITLE] for who in (ANA, CEM)] == [f"Join at {LINK}", "Join at …"]


async def test_changes_one_after_the_other_are_one_message(house: Database) -> None:
    await change(house, {Detail.TITLE: "Smarter"})
    await change(house, {Detail.LANGUAGE: "fr"}, now=NOW + MINUTE)
    await change(house, {Detail.TITLE: "Smartest"}, now=NOW + MINUTE)

    assert await told(house) == []
    [known] = {str(values) for values in (await old_values(house, NOW + MINUTE + SETTLE)).values()}
    assert known == str(({Detail.TITLE: "Smart packaging", Detail.LANGUAGE: "en"}, None))


async def test_what_is_saved_silently_in_between_stays_silent(house: Database) -> None:
    await change(house, {Detail.TITLE: "Smarter"})
    await change(house, {Detail.DESCRIPTION: "A typo less."}, tell=False)
    await change(house, {Detail.LANGUAGE: "fr"})

    assert {tuple(old) for old, _ in (await old_values(house)).values()} == {(Detail.TITLE, Detail.LANGUAGE)}


async def test_taken_back_in_time_it_tells_nobody(house: Database) -> None:
    await change(house, {Detail.TITLE: "Smarter", Detail.DURATION: 90})
    await change(house, {Detail.TITLE: "Smart packaging", Detail.DURATION: 60}, tell=False, now=NOW + MINUTE)

    assert await told(house, NOW + HOUR) == []


async def test_whoever_comes_in_between_hears_only_of_what_came_after(house: Database) -> None:
    await change(house, {Detail.TITLE: "Smarter"})
    await change(house, {Detail.CAPACITY: None})
    await house.write(registration.register, "w", ADMIN, now=NOW + MINUTE)
    await change(house, {Detail.LANGUAGE: "fr"}, now=NOW + MINUTE)

    found = await old_values(house, NOW + MINUTE + SETTLE)

    assert (tuple(found[ADMIN][0]), tuple(found[ANA][0])) == (
        (Detail.LANGUAGE,),
        (Detail.TITLE, Detail.LANGUAGE),
    )


async def test_shortly_before_the_start_they_are_told_at_once(house: Database) -> None:
    await change(house, {Detail.JOIN_URL: NEW_LINK}, now=START - HOUR)

    assert {chat_id for chat_id, _ in await told(house, START - HOUR)} == SEATED


async def test_of_what_is_cancelled_nobody_is_told(house: Database) -> None:
    await house.write(changes.cancel, "w", ORGANISER, settle=timedelta(), now=NOW)
    await told(house, NOW)
    prospect = await propose(house, {Detail.TITLE: "Smarter", Detail.JOIN_URL: NEW_LINK})

    await save(house, prospect)

    assert (prospect.impact.registered, prospect.impact.waiting) == (0, 0)
    assert await told(house) == []


async def test_fewer_seats_throw_nobody_out_and_more_seat_those_in_line_at_once(house: Database) -> None:
    fewer = await propose(house, {Detail.CAPACITY: 1})
    await save(house, fewer)
    assert (fewer.impact.over, fewer.impact.promoted) == (1, 0)
    assert await statuses(house) == [REGISTERED, REGISTERED, WAITLISTED, WAITLISTED]

    more = await propose(house, {Detail.CAPACITY: 3})
    await save(house, more)
    assert (more.impact.over, more.impact.promoted) == (0, 1)
    assert await statuses(house) == [REGISTERED, REGISTERED, REGISTERED, WAITLISTED]

    unlimited = await propose(house, {Detail.CAPACITY: None})
    await save(house, unlimited)
    assert unlimited.impact.promoted == 1
    assert await statuses(house) == [REGISTERED] * 4


async def test_whoever_blocked_the_bot_is_neither_told_nor_promoted_nor_counted(house: Database) -> None:
    await house.write(set_reachable, ANA, reachable=False)
    await house.write(set_reachable, CEM, reachable=False)
    prospect = await propose(house, {Detail.TITLE: "Smarter", Detail.CAPACITY: 4})

    await save(house, prospect)

    assert (prospect.impact.registered, prospect.impact.waiting, prospect.impact.promoted) == (1, 1, 1)
    assert [chat_id for chat_id, _ in await told(house)] == [BEN, DIA]
    assert await statuses(house) == [REGISTERED, REGISTERED, WAITLISTED, REGISTERED]


async def test_what_changed_meanwhile_is_shown_again_before_anything_is_made(house: Database) -> None:
    first, second = [await propose(house, {Detail.TITLE: title}) for title in ("Smarter", "Smartest")]
    await save(house, first)

    again = await save(house, second)
    assert again is not None
    assert (again.id, again.old, again.new) == (second.id, {Detail.TITLE: "Smarter"}, {Detail.TITLE: "Smartest"})
    assert (await house.read(row, Webinar, 1)).title == "Smarter"

    assert await save(house, again) is None
    assert (await house.read(row, Webinar, 1)).title == "Smartest"


async def test_what_somebody_else_did_meanwhile_is_not_done_twice(house: Database) -> None:
    mine, theirs = (
        await propose(house, {Detail.TITLE: "Smarter"}),
        await propose(house, {Detail.TITLE: "Smarter"}, ADMIN),
    )
    await save(house, theirs, ADMIN)

    assert await save(house, mine) is None
    assert len(await house.read(rows, Revision)) == 1


async def test_pressed_twice_it_is_made_once(house: Database) -> None:
    prospect = await propose(house, {Detail.TITLE: "Smarter"})
    await save(house, prospect)

    with pytest.raises(ProposalGoneError):
        await save(house, prospect)

    assert len(await house.read(rows, Revision)) == 1


@pytest.mark.parametrize("verb", ["save", "review", "toggle_topic"])
async def test_what_somebody_else_has_in_mind_is_theirs(house: Database, verb: str) -> None:
    await house.write(add_webinar, code="other", hosts=["alpha"])
    prospect = await propose(house, {Detail.TITLE: "Smarter"})
    more: dict[str, tuple[tuple[object, ...], dict[str, object]]] = {
        "save": ((USUAL,), {"tell": False, "settle": SETTLE}),
        "review": ((USUAL,), {}),
        "toggle_topic": (("food",), {}),
    }
    arguments, options = more[verb]

    for code, who, number in (("w", ADMIN, prospect.id), ("other", ORGANISER, prospect.id), ("w", ORGANISER, 999)):
        with pytest.raises(ProposalGoneError):
            await house.write(getattr(editing, verb), code, who, number, *arguments, **options, now=NOW)
    with pytest.raises(NotAllowedError):
        await house.write(getattr(editing, verb), "w", ANA, prospect.id, *arguments, **options, now=NOW)

    assert await house.read(rows, Revision) == await house.read(rows, Notice) == []


async def test_what_is_so_already_is_no_change(house: Database) -> None:
    for values in ({Detail.TITLE: "Smart packaging"}, {Detail.TOPICS: ["china"]}, {"status": "published"}):
        with pytest.raises(UnchangedError):
            await propose(house, values)

    assert await house.read(rows, Proposal) == []


async def test_what_was_in_mind_a_week_ago_is_forgotten_with_the_next(house: Database) -> None:
    await propose(house, {Detail.TITLE: "Smarter"})
    await propose(house, {Detail.TITLE: "Smartest"}, ADMIN)
    await propose(house, {Detail.LANGUAGE: "fr"}, now=NOW + 7 * DAY + MINUTE)

    assert [each.values for each in await house.read(rows, Proposal)] == [
        {Detail.TITLE: "Smartest"},
        {Detail.LANGUAGE: "fr"},
    ]


async def test_topics_are_switched_before_anything_is_changed(house: Database) -> None:
    choice = await house.write(editing.choose_topics, "w", ORGANISER, now=NOW)
    assert [topic.id for topic in choice.topics if topic.chosen] == ["china"]

    for topic in ("food", "china", "made-up"):
        choice = await house.write(editing.toggle_topic, "w", ORGANISER, choice.id, topic, now=NOW)
    assert [topic.id for topic in choice.topics if topic.chosen] == ["food"]

    prospect = await house.write(editing.review, "w", ORGANISER, choice.id, USUAL, now=NOW)
    assert (prospect.old, prospect.new) == ({Detail.TOPICS: ["China"]}, {Detail.TOPICS: ["Food"]})
    assert await house.read(rows, Revision) == []


async def ask(house: Database, part: Part) -> None:
    await house.write(edit_questions.ask_for_part, "w", ORGANISER, part, now=NOW)


@pytest.mark.parametrize(
    ("part", "text", "new"),
    [
        (Part.TITLE, "  Smart\u202eer  packaging ", {Detail.TITLE: "Smarter packaging"}),
        (Part.DESCRIPTION, "One.\nTwo.", {Detail.DESCRIPTION: "One.\nTwo."}),
        (Part.LINK, NEW_LINK, {Detail.JOIN_URL: NEW_LINK}),
        (Part.DURATION, "1h30", {Detail.DURATION: 90}),
        (Part.SEATS, "unlimited", {Detail.CAPACITY: None}),
        (Part.ZONE, "Lisbon", {Detail.TIMEZONE: "Europe/Lisbon"}),
        (Part.AGENDA, "10 min Welcome", {Detail.AGENDA: AGENDA}),
    ],
)
async def test_what_is_typed_is_read_as_in_a_draft(
    house: Database, part: Part, text: str, new: dict[Detail, Any]
) -> None:
    await ask(house, part)

    prospect = await house.write(answers.take, ORGANISER, text, USUAL, now=NOW)

    assert isinstance(prospect, Prospect)
    assert prospect.new == new
    assert await house.write(answers.take, ORGANISER, text, USUAL, now=NOW) is None


@pytest.mark.parametrize(
    ("part", "text", "refusal"),
    [
        (Part.TITLE, "\u200b", FieldError),
        (Part.TITLE, "x" * 121, FieldError),
        (Part.LINK, "javascript:alert(1)", FieldError),
        (Part.DURATION, "0", FieldError),
        (Part.SEATS, "-3", FieldError),
        (Part.ZONE, "Atlantis", PlaceError),
        (Part.AGENDA, "x\n" * 50, FieldError),
        (Part.TITLE, "Smart packaging", UnchangedError),
    ],
)
async def test_what_cannot_be_used_keeps_the_question_open(
    house: Database, part: Part, text: str, refusal: type[ConvokeError]
) -> None:
    await ask(house, part)

    with pytest.raises(refusal):
        await house.write(answers.take, ORGANISER, text, USUAL, now=NOW)

    assert await house.read(rows, Proposal) == []
    assert await house.write(answers.take, ORGANISER, _GOOD[part], USUAL, now=NOW) is not None


_GOOD = {
    Part.TITLE: "Smarter",
    Part.LINK: NEW_LINK,
    Part.DURATION: "90",
    Part.SEATS: "7",
    Part.ZONE: "Lisbon",
    Part.AGENDA: "Welcome, 5 min",
}


@pytest.mark.parametrize(
    ("text", "reason"), [("The speaker\n is <b>ill</b>\u0000.", "The speaker is <b>ill</b>."), ("x" * 300, "x" * 300)]
)
async def test_reason_for_cancelling_is_told_shown_and_gone_with_restoring(
    house: Database, text: str, reason: str
) -> None:
    prospect = await house.write(editing.propose_cancel, "w", ORGANISER, edit_questions.reason(text), USUAL, now=NOW)
    await save(house, prospect)

    cards = [content.card for _, content in await told(house) if isinstance(content, Cancelled)]
    assert [card.cancel_reason for card in cards] == [reason] * 4
    assert (await house.write(changes.managed, "w", ORGANISER, now=NOW)).cancel_reason == reason
    [revision] = await house.read(rows, Revision)
    assert revision.changes == {"status": ["published", "cancelled"], "cancel_reason": ["", reason]}

    restore = await house.write(editing.propose_restore, "w", ORGANISER, USUAL, now=NOW)
    await save(house, restore)
    webinar = await house.read(row, Webinar, 1)
    assert (webinar.status, webinar.cancel_reason) == (WebinarStatus.PUBLISHED, "")
    assert [line.action for line in await house.read(rows, Audit)] == ["cancelled", "restored"]


@pytest.mark.parametrize(("text", "fault"), [("", FieldFault.EMPTY), ("x" * 301, FieldFault.TOO_LONG)])
def test_reason_is_a_line_of_text(text: str, fault: FieldFault) -> None:
    with pytest.raises(FieldError) as refused:
        edit_questions.reason(text)

    assert refused.value.fault is fault


async def test_who_loses_the_right_meanwhile_changes_nothing(house: Database) -> None:
    prospect = await propose(house, {Detail.TITLE: "Smarter"}, ADMIN)

    def lose(session: Session) -> None:
        for role in rows(session, Role):
            session.delete(role)

    await house.write(lose)

    with pytest.raises(NotAllowedError):
        await save(house, prospect, ADMIN)
    assert (await house.read(row, Webinar, 1)).title == "Smart packaging"


@pytest.mark.parametrize("detail", ["title", "join_url", "nonsense", "agenda"])
async def test_only_what_is_there_and_may_be_left_out_is_taken_away(house: Database, detail: str) -> None:
    with pytest.raises(UnchangedError):
        await house.write(editing.propose_clear, "w", ORGANISER, detail, USUAL, now=NOW)

    gone = await house.write(editing.propose_clear, "w", ORGANISER, "description", USUAL, now=NOW)
    assert gone.new == {Detail.DESCRIPTION: ""}


async def test_zone_whose_clock_shows_that_time_twice_is_refused_with_the_reason(house: Database) -> None:
    await house.write(changes.move, "w", ORGANISER, wall(2027, 10, 31, 1, 30), "UTC", settle=SETTLE, now=NOW)
    await ask(house, Part.ZONE)

    with pytest.raises(WhenError) as refused:
        await house.write(answers.take, ORGANISER, "Brussels", USUAL, now=NOW)

    assert (refused.value.fault, refused.value.part) == (WhenFault.SECOND_OF_TWO, "02:30")
    later = await house.write(answers.take, ORGANISER, "Shanghai", USUAL, now=NOW)
    assert isinstance(later, Prospect)
