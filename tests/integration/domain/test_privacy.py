"""What is stored about a person, handed over to them: all of it."""

import json
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain import privacy
from storage import Database
from storage.tables import Table
from tests.factories import NOW
from tests.whole_person import ADMIN, MARKS, TELEGRAM_ID, ZEB, prepare


@pytest.fixture
async def house(database: Database) -> Database:
    await database.write(prepare)
    return database


async def export(house: Database, person_id: int = ZEB) -> dict[str, Any]:
    return await house.read(privacy.export, person_id, now=NOW)


SHOWN = {
    "exported_at": "2027-01-18T09:00:00Z",
    "person": {
        "telegram_id": TELEGRAM_ID,
        "name": "Zebulon",
        "language": "eo",
        "language_chosen": True,
        "timezone": "Pacific/Chatham",
        "quiet_hours": ["23:15:00", "00:00:00"],
        "announcements": False,
        "slides_letters_and_small_news": False,
        "reminders_seconds_before": [7200, 600],
        "company": "Quuxcorp",
        "country": "BE",
        "cluster": "Packaging Cluster",
        "looked_for": {"words": "quokka"},
        "open_question": ["move", "ahead", "2027-01-18T09:00:00Z"],
        "calendar_link_number": 3,
        "calendar_shows_follows": True,
        "calendar_changed_at": "2027-01-16T09:00:00Z",
        "reachable": True,
        "unreachable_since": "2027-01-12T09:00:00Z",
        "first_seen": "2027-01-09T09:00:00Z",
        "last_seen": "2027-01-18T09:00:00Z",
        "asked_for_company": "2027-01-13T09:00:00Z",
        "asked_to_follow": "2027-01-14T09:00:00Z",
        "asked_to_stay": "2027-01-15T09:00:00Z",
    },
    "roles": [{"role": "organiser", "partnership": "alpha", "since": "2027-01-17T09:00:00Z"}],
    "invitations": [
        {
            "role": "organiser",
            "partnership": "alpha",
            "made_by_you": made,
            "made_at": "2027-01-18T09:00:00Z",
            "expires_at": "2027-01-19T09:00:00Z",
            "used_at": used_at,
            "revoked_at": None,
        }
        for made, used_at in ((True, None), (True, "2027-01-18T10:00:00Z"), (False, "2027-01-18T10:00:00Z"))
    ],
    "calendar_apps": [
        {
            "app": "thunderbird",
            "fetched_at": "2027-01-18T08:00:00Z",
            "seconds_since_the_time_before": 1800,
            "saw_changes_until": "2027-01-17T09:00:00Z",
        }
    ],
    "follows": {"partnerships": ["alpha"], "topics": ["food"]},
    "registrations": [
        {
            "webinar": title,
            "starts_at": starts_at,
            "status": status,
            "number_in_line": ZEB,
            "seats_won": 0,
            "took_the_link_in_a_calendar_file_at": None,
            "since": "2027-01-18T09:00:00Z",
            "changed_at": "2027-01-18T09:00:00Z",
        }
        for title, starts_at, status in (
            ("Past", "2027-01-17T09:00:00Z", "registered"),
            ("Ahead", "2027-01-20T09:00:00Z", "registered"),
            ("In line", "2027-01-20T09:00:00Z", "waitlisted"),
            ("Left", "2027-01-20T09:00:00Z", "cancelled"),
        )
    ],
    "messages": [
        {
            "kind": "restored",
            "webinar": title,
            "state": state,
            "due_at": "2027-01-18T09:00:00Z",
            "settled_at": settled_at,
            "error": error,
        }
        for title, state, settled_at, error in (
            ("Ahead", "sent", "2027-01-18T09:00:00Z", None),
            ("In line", "sent", None, None),
            ("Ahead", "failed", None, "Forbidden: Zebulon"),
            ("Ahead", "pending", None, None),
        )
    ],
    "drafts": [{"title": "Zebulon's quokka", "timezone": "Europe/Brussels"}],
    "events_imported": [
        {"uid": "of-a-file@example.org", "partnership": "alpha", "imported_at": "2027-01-18T09:00:00Z"}
    ],
    "webinars_posted": [{"webinar": "Ahead", "posted_at": "2027-01-18T09:00:00Z"}],
    "changes_made": [
        {"webinar": "Ahead", "changed_at": "2027-01-18T09:00:00Z", "changes": {"timezone": ["UTC", "CET"]}}
    ],
    "changes_in_mind": [
        {"webinar": "Ahead", "changes": {"title": "All about the quokka"}, "at": "2027-01-18T09:00:00Z"}
    ],
    "letters": [
        {"webinar": "Ahead", "readers": "both", "text": text, "written_at": "2027-01-18T09:00:00Z"}
        for text in ("See you there", "Do you know the quokka?")
    ],
    "slides_and_recordings": [
        {
            "webinar": "Past",
            "kind": "slides",
            "link": None,
            "file": "slides.pdf",
            "added_at": "2027-01-18T09:00:00Z",
        }
    ],
    "library": [
        {
            "kind": "lesson",
            "partnership": "alpha",
            "state": state,
            "readers": "organisers",
            "language": "en",
            "topics": topics,
            "begun_by_you": mine,
            "begun_at": "2027-01-18T09:00:00Z",
            "written_by_you": [
                {
                    "number": number,
                    "at": "2027-01-18T09:00:00Z",
                    "title": title,
                    "text": text,
                    "search_words": words,
                    "link": link,
                    "file": file,
                    "content": content,
                }
            ],
        }
        for state, topics, mine, number, title, text, words, link, file, content in (
            ("shared", ["food"], True, 1, "Rules", "", "", None, "", {}),
            ("draft", [], True, 1, "quokka", "", "", None, "", {}),
            ("shared", [], False, 2, "More rules", "Ask", "ask", "https://example.org", "ask.pdf", {"a": 1}),
        )
    ],
    "webinars_you_came_to": [
        {
            "webinar": "Past",
            "first_came": "2027-01-17T09:00:00Z",
            "last_came": "2027-01-17T10:00:00Z",
            "you_said_so": False,
        }
    ],
    "feedback": [
        {
            "webinar": "Past",
            "stars": 4,
            "hosts_see_your_name": True,
            "answered_at": "2027-01-18T09:00:00Z",
            "answers": [
                {"question": "next", "answer": "partners"},
                {"question": "better", "answer": "More on the quokka"},
            ],
        }
    ],
    "feedback_questions_chosen": [
        {"webinar": "Ahead", "template": "After a fair", "chosen_at": "2027-01-18T09:00:00Z"}
    ],
    "polls_made": [
        {
            "title": title,
            "text": "",
            "minutes": 60,
            "link": "",
            "timezone": "Europe/Brussels",
            "times": times,
            "asked": asked,
            "made_at": made_at,
            "opened_at": opened_at,
            "closed_at": None,
        }
        for title, times, asked, made_at, opened_at in (
            ("Next steps", ["2027-01-20T09:00:00Z"], ["alpha"], "2027-01-18T08:00:00Z", "2027-01-18T09:00:00Z"),
            ("Where is the quokka?", [], [], "2027-01-18T09:00:00Z", None),
        )
    ],
    "poll_answers": [
        {
            "poll": "Next steps",
            "time": "2027-01-20T09:00:00Z",
            "answer": "if_need_be",
            "at": "2027-01-18T09:00:00Z",
        }
    ],
    "log": [
        {
            "action": action,
            "done_by_you": not about_you,
            "about_you": about_you,
            "what": what,
            "partnership": partnership,
            "before": before,
            "after": after,
            "at": "2027-01-18T09:00:00Z",
        }
        for action, about_you, what, partnership, before, after in (
            ("moved", False, "Ahead", None, {"timezone": "UTC"}, {"timezone": "CET"}),
            ("joined", False, "", "alpha", {}, {}),
            ("removed", True, "", "beta", {}, {}),
        )
    ],
}


async def test_the_file_holds_everything(house: Database) -> None:
    found = await export(house)

    assert found == SHOWN
    assert json.loads(json.dumps(found)) == SHOWN


async def test_a_newcomer_s_file_can_be_written_too(house: Database) -> None:
    found = await export(house, ADMIN)

    assert json.loads(json.dumps(found)) == found
    assert (found["registrations"], found["messages"], found["drafts"], found["changes_made"]) == ([], [], [], [])
    assert found["person"]["reminders_seconds_before"] is None


EXPORTED = {
    "audit": "person_id action partnership_id about_person_id subject before after at",
    "person": "telegram_id name language language_chosen timezone quiet_from quiet_until announcements extras "
    "own_leads company country cluster_id company_asked_at follow_offered_at asking asking_about asked_at browsing "
    "reachable unreachable_since feed_generation feed_follows feed_changed_at created_at seen_at stay_asked_at",
    "person_lead": "seconds",
    "feed_fetch": "family fetched_at interval_s seen_until",
    "follow": "partnership_id topic_id",
    "role": "kind partnership_id granted_at",
    "invitation": "kind partnership_id created_by created_at expires_at used_by used_at revoked_at",
    "draft": "fields",
    "imported": "uid partnership_id imported_at imported_by",
    "delivery": "kind webinar_id due_at state settled_at error",
    "letter": "webinar_id readers text written_at written_by",
    "library_entry": "kind state readers partnership_id language created_by created_at",
    "library_version": "number title text keywords url file_name content made_by made_at",
    "material": "webinar_id kind url file_name added_at added_by",
    "poll": "title text timezone duration_minutes join_url created_at opened_at closed_at created_by",
    "poll_vote": "slot_id vote voted_at",
    "proposal": "webinar_id values proposed_at",
    "attendance": "webinar_id first_at last_at said",
    "feedback": "webinar_id rating named answered_at",
    "feedback_form": "webinar_id version entry_id chosen_by chosen_at",
    "registration": "webinar_id status queue_number promotions link_given_at created_at changed_at",
    "revision": "webinar_id changes changed_at changed_by",
    "webinar": "title created_at created_by",
}
"""By table, what `SHOWN` has in some form."""

POINTER = "says only that the row is about this person"
SENDING = "how a message was carried; what became of it is handed over"
SHARED = "about what was shared, which others go on using"
PUBLIC = "about the webinar, which everybody can see, not about who posted it"
EXPLAINED = {
    "audit": {"id": POINTER, "webinar_id": "the webinar's title is handed over"},
    "webinar_host": dict.fromkeys(["webinar_id", "partnership_id", "state", "position"], PUBLIC)
    | dict.fromkeys(["asked_by", "asked_at", "answered_by", "answered_at", "answer"], "is in the log with the rest"),
    "person": {
        "id": "a number that means nothing outside, and stays in counts when the person is forgotten",
        "erased_at": "empty as long as there is somebody to hand anything to",
    },
    "person_lead": {"person_id": POINTER},
    "feed_fetch": {"person_id": POINTER},
    "follow": {"id": POINTER, "person_id": POINTER, "created_at": "when a switch was turned; nothing uses it"},
    "role": {"id": POINTER, "person_id": POINTER, "granted_by": "about somebody else"},
    "invitation": {"id": POINTER, "digest": "of a secret: whoever has it could use it"},
    "draft": {
        "id": POINTER,
        "person_id": POINTER,
        "created_by": POINTER,
        "asking": "the field that is typed next",
        "message_id": "which message in the chat shows it",
        "created_at": "the draft itself is handed over",
        "changed_at": "the draft itself is handed over",
    },
    "imported": dict.fromkeys(["fields", "webinar_id", "draft_id"], PUBLIC),
    "delivery": {"id": POINTER, "person_id": POINTER}
    | dict.fromkeys(["about", "expires_at", "priority", "attempts", "claimed_by", "lease_until", "message_id"], SENDING)
    | dict.fromkeys(["merged_into", "dedup_key", "created_at", "dismissed_at"], SENDING),
    "letter": {"id": POINTER},
    "library_entry": dict.fromkeys(["id", "code", "version", "uses", "webinar_id", "changed_at"], SHARED)
    | {"stems": "made from the words, which are handed over"},
    "library_version": {"entry_id": POINTER, "file_digest": "which file it is; its name is handed over"},
    "material": {"id": POINTER, "file_id": "Telegram's name for the file, good for our bot only"},
    "attendance": {"person_id": POINTER},
    "feedback": {"id": POINTER, "person_id": POINTER},
    "feedback_form": {},
    "registration": {"id": POINTER, "person_id": POINTER, "sequence": "counts changes in their calendar"}
    | {"seen_sequence": "which change they have seen; the messages are handed over"},
    "poll": {"id": POINTER, "code": PUBLIC, "webinar_id": "the meeting that it became is among the webinars"},
    "poll_vote": {"person_id": POINTER},
    "proposal": {"id": POINTER, "person_id": POINTER, "sequence": PUBLIC},
    "revision": {"id": POINTER, "sequence": PUBLIC, "silent": PUBLIC},
    "webinar": dict.fromkeys(
        ["id", "code", "uid", "description", "status", "local_start", "timezone", "starts_at", "ends_at"], PUBLIC
    )
    | dict.fromkeys(["duration_minutes", "language", "capacity", "sequence", "last_modified", "moved_at"], PUBLIC)
    | {"circle": PUBLIC}
    | {"cancel_reason": PUBLIC, "join_url": "the webinar's, for those who have a seat"},
}
"""By table, what is not handed over, and why."""


def test_every_column_about_a_person_is_handed_over_or_explained() -> None:
    """A new column or table that points to people makes this fail: put it into the file, or say here why not."""
    about_people = {
        table.name: {column.name for column in table.columns}
        for table in Table.metadata.sorted_tables
        if table.name == "person" or any(key.column.table.name == "person" for key in table.foreign_keys)
    }

    named = {table: {*EXPORTED.get(table, "").split(), *EXPLAINED.get(table, {})} for table in about_people}
    assert named == about_people
    assert [table for table in about_people if {*EXPORTED.get(table, "").split()} & {*EXPLAINED[table]}] == []


async def test_whatever_only_this_person_has_is_in_the_file(house: Database) -> None:
    """The draft's title, the words looked for, a refusal's text: wherever it stands, it is handed over."""
    file = json.dumps(await export(house))

    assert [mark for mark in MARKS if mark not in file] == []


async def test_times_are_in_utc_whatever_the_clock_s_zone(house: Database) -> None:
    shanghai = NOW.astimezone(ZoneInfo("Asia/Shanghai")) + timedelta(microseconds=1)

    found = await house.read(privacy.export, ZEB, now=shanghai)

    assert found["exported_at"] == "2027-01-18T09:00:00Z"
