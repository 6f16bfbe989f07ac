"""A person who has used everything there is, and everything that is stored of anybody."""

from datetime import time, timedelta
from typing import Any

from sqlalchemy import select

from storage import (
    Attendance,
    Audit,
    Cluster,
    DeliveryKind,
    DeliveryState,
    Draft,
    EntryKind,
    EntryState,
    Feedback,
    FeedbackAnswer,
    FeedbackForm,
    FeedFetch,
    Imported,
    Invitation,
    Letter,
    LibraryEntry,
    LibraryVersion,
    Material,
    MaterialKind,
    Person,
    Poll,
    PollPartnership,
    PollSlot,
    PollVote,
    Proposal,
    Readers,
    RegistrationStatus,
    Revision,
    Role,
    RoleKind,
    Session,
    Vote,
    WebinarHost,
    follows,
    library,
    preferences,
)
from storage.tables import Table
from tests.factories import (
    NOW,
    START,
    add_consortium,
    add_delivery,
    add_person,
    add_registration,
    add_role,
    add_webinar,
    wall,
)

ADMIN, ZEB, BEN = 1, 2, 3
TELEGRAM_ID = 7_777_777_001
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SEATED, WAITING, LEFT = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED, RegistrationStatus.CANCELLED
MARKS = ("Zebulon", str(TELEGRAM_ID), "Quuxcorp", "quokka", "Chatham", "23:15", "eo")
"""Only this person's data have these."""


def prepare(session: Session) -> None:
    """Zebulon has used everything there is: no column that is about him holds what it holds for newcomers."""
    add_consortium(session)
    session.add(Cluster(id="pack", name="Packaging Cluster", country="BE", partnership_id="alpha"))
    session.flush()
    for telegram_id in (1001, TELEGRAM_ID, 1003):
        add_person(session, telegram_id)
    add_role(session, ADMIN)
    session.add(
        Role(person_id=ZEB, kind=RoleKind.ORGANISER, partnership_id="alpha", granted_by=ADMIN, granted_at=NOW - DAY)
    )
    be_zebulon(session.get_one(Person, ZEB))
    preferences.set_leads(session, session.get_one(Person, ZEB), [2 * HOUR, 10 * MINUTE])
    follows.add(session, ZEB, partnership_id="alpha", now=NOW)
    follows.add(session, ZEB, topic_id="food", now=NOW)
    session.add(
        Draft(
            person_id=ZEB,
            fields={"title": "Zebulon's quokka", "timezone": "Europe/Brussels"},
            asking="when",
            message_id=5,
            created_at=NOW,
            changed_at=NOW,
        )
    )
    session.flush()
    session.add(
        Imported(uid="of-a-file@example.org", partnership_id="alpha", fields={}, imported_by=ZEB, imported_at=NOW)
    )
    session.flush()
    session.add(
        FeedFetch(person_id=ZEB, family="thunderbird", fetched_at=NOW - HOUR, interval_s=1800, seen_until=NOW - DAY)
    )
    session.flush()
    invite(session)
    take_part(session)
    plan_a_change(session)
    write(session)
    share(session)
    meet(session)


def be_zebulon(person: Person) -> None:
    values = {
        "name": "Zebulon",
        "language": "eo",
        "language_chosen": True,
        "timezone": "Pacific/Chatham",
        "quiet_from": time(23, 15),
        "quiet_until": time(0),
        "announcements": False,
        "extras": False,
        "company": "Quuxcorp",
        "country": "BE",
        "cluster_id": "pack",
        "company_asked_at": NOW - 5 * DAY,
        "follow_offered_at": NOW - 4 * DAY,
        "asking": "move",
        "asking_about": "ahead",
        "asked_at": NOW,
        "browsing": {"words": "quokka"},
        "unreachable_since": NOW - 6 * DAY,
        "feed_generation": 3,
        "feed_follows": True,
        "feed_changed_at": NOW - 2 * DAY,
        "created_at": NOW - 9 * DAY,
        "stay_asked_at": NOW - 3 * DAY,
    }
    for name, value in values.items():
        setattr(person, name, value)


def invite(session: Session) -> None:
    """One that he made and nobody has used, one that he made for Ben, and the one that made him an organiser."""
    common: dict[str, Any] = {
        "kind": RoleKind.ORGANISER,
        "partnership_id": "alpha",
        "created_at": NOW,
        "expires_at": NOW + DAY,
    }
    for digest, maker, user in (("a", ZEB, None), ("b", ZEB, BEN), ("c", ADMIN, ZEB)):
        used_at = NOW + HOUR if user else None
        session.add(Invitation(digest=digest, created_by=maker, used_by=user, used_at=used_at, **common))
    session.flush()


def take_part(session: Session) -> None:
    """He has a seat that Ben waits for, waits for a seat that Ben has, was in one and has left one."""
    ahead = add_webinar(session, code="ahead", title="Ahead", hosts=["alpha"], capacity=1, created_by=ZEB, sequence=1)
    line = add_webinar(session, code="line", title="In line", hosts=["beta"], capacity=1)
    past = add_webinar(session, code="past", title="Past", hosts=["alpha"], starts_at=NOW - DAY)
    left = add_webinar(session, code="left", title="Left", hosts=["alpha"])
    for webinar_id, person_id, status in (
        (ahead, ZEB, SEATED),
        (ahead, BEN, WAITING),
        (line, BEN, SEATED),
        (line, ZEB, WAITING),
        (past, ZEB, SEATED),
        (past, BEN, SEATED),
        (left, ZEB, LEFT),
    ):
        add_registration(session, webinar_id, person_id, status)
    moved = Revision(webinar_id=ahead, sequence=1, changes={"timezone": ["UTC", "CET"]}, changed_by=ZEB, changed_at=NOW)
    session.add(moved)
    first = add_delivery(session, ZEB, ahead, dedup_key="one", state=DeliveryState.SENT, message_id=77, settled_at=NOW)
    add_delivery(session, ZEB, line, dedup_key="two", state=DeliveryState.SENT, message_id=77, merged_into=first)
    add_delivery(session, ZEB, ahead, dedup_key="three", state=DeliveryState.FAILED, error="Forbidden: Zebulon")
    add_delivery(session, ZEB, ahead, dedup_key="four")
    add_delivery(session, BEN, past, dedup_key="Ben's", state=DeliveryState.SENT)
    change: dict[str, Any] = {"before": {"timezone": "UTC"}, "after": {"timezone": "CET"}}
    session.add(Audit(person_id=ZEB, action="moved", webinar_id=ahead, subject="Ahead", **change, at=NOW))
    joined = Audit(person_id=ZEB, action="joined", partnership_id="alpha", about_person_id=ADMIN, at=NOW)
    removed = Audit(person_id=ADMIN, action="removed", partnership_id="beta", about_person_id=ZEB, at=NOW)
    session.add_all([joined, removed])
    session.flush()
    asked = session.get_one(WebinarHost, (line, "beta"))
    asked.asked_by, asked.answered_by = ZEB, ZEB


def plan_a_change(session: Session) -> None:
    values = {"title": "All about the quokka"}
    session.add(Proposal(person_id=ZEB, webinar_id=1, values=values, sequence=1, proposed_at=NOW))
    session.flush()


def write(session: Session) -> None:
    """A letter that Ben got, one that nobody has seen, and slides."""
    common: dict[str, Any] = {"readers": Readers.BOTH, "written_by": ZEB, "written_at": NOW}
    session.add(Letter(webinar_id=1, text="See you there", **common))
    session.flush()
    add_delivery(
        session,
        BEN,
        1,
        kind=DeliveryKind.LETTER,
        dedup_key=f"letter:1:{BEN}",
        state=DeliveryState.SENT,
        about={"letter": 1},
    )
    session.add(Letter(webinar_id=1, text="Do you know the quokka?", **common))
    slides: dict[str, Any] = {"file_id": "BQAC", "file_name": "slides.pdf", "added_by": ZEB, "added_at": NOW}
    session.add(Material(webinar_id=3, kind=MaterialKind.SLIDES, **slides))
    session.flush()
    look_back(session)


def look_back(session: Session) -> None:
    """He came to the webinar that is past, and said what he thought of it; Ben did too. He chose what is asked."""
    session.add(Attendance(webinar_id=3, person_id=ZEB, first_at=NOW - DAY, last_at=NOW - DAY + HOUR))
    session.add(Attendance(webinar_id=3, person_id=BEN, first_at=NOW - HOUR, last_at=NOW - HOUR, said=True))
    for person_id, named, line in ((ZEB, True, "More on the quokka"), (BEN, False, "Better sound")):
        said = Feedback(webinar_id=3, person_id=person_id, rating=4, named=named, answered_at=NOW)
        session.add(said)
        session.flush()
        session.add(FeedbackAnswer(feedback_id=said.id, position=1, number=3))
        session.add(FeedbackAnswer(feedback_id=said.id, position=2, text=line))
    common: dict[str, Any] = {"language": "en", "created_by": ADMIN, "created_at": NOW, "changed_at": NOW}
    template = LibraryEntry(
        code="fair", kind=EntryKind.TEMPLATE, state=EntryState.SHARED, partnership_id="beta", **common
    )
    session.add(template)
    session.flush()
    asked = {"questions": [{"kind": "line", "text": "What next?"}]}
    session.add(
        LibraryVersion(entry_id=template.id, number=1, title="After a fair", content=asked, made_by=ADMIN, made_at=NOW)
    )
    session.add(FeedbackForm(webinar_id=1, entry_id=template.id, version=1, chosen_by=ZEB, chosen_at=NOW))
    session.flush()


def share(session: Session) -> None:
    """What others read, what he has not shared yet, and a version that he wrote of what Ben began."""
    at: dict[str, Any] = {"created_at": NOW, "changed_at": NOW, "kind": EntryKind.LESSON, "language": "en"}
    for number, (code, state, maker) in enumerate(
        (("shared", EntryState.SHARED, ZEB), ("draft", EntryState.DRAFT, ZEB), ("others", EntryState.SHARED, BEN)), 1
    ):
        row = LibraryEntry(code=code, state=state, partnership_id="alpha", created_by=maker, **at)
        words = "quokka" if state is EntryState.DRAFT else "Rules"
        library.add(session, row, LibraryVersion(entry_id=0, number=1, title=words, made_by=maker, made_at=NOW))
        library.set_topics(session, row.id, ["food"] if number == 1 else [])
    second: dict[str, Any] = {"text": "Ask", "keywords": "ask", "url": "https://example.org", "file_name": "ask.pdf"}
    session.add(
        LibraryVersion(
            entry_id=row.id, number=2, title="More rules", content={"a": 1}, made_by=ZEB, made_at=NOW, **second
        )
    )
    session.flush()


def meet(session: Session) -> None:
    """A poll that he was answered, and one that nobody has seen yet."""
    common: dict[str, Any] = {"timezone": "Europe/Brussels", "duration_minutes": 60, "created_by": ZEB}
    asked = Poll(code="asked", title="Next steps", opened_at=NOW, created_at=NOW - HOUR, **common)
    session.add(asked)
    session.add(Poll(code="unasked", title="Where is the quokka?", created_at=NOW, **common))
    session.flush()
    session.add(PollPartnership(poll_id=asked.id, partnership_id="alpha"))
    slot = PollSlot(poll_id=asked.id, local_start=wall(2027, 1, 20, 10), starts_at=START)
    session.add(slot)
    session.flush()
    for person_id in (ZEB, BEN):
        session.add(PollVote(slot_id=slot.id, person_id=person_id, vote=Vote.IF_NEED_BE, voted_at=NOW))
    session.flush()


def dump(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Everything there is, by table."""
    found = {}
    for table in Table.metadata.sorted_tables:
        query = select(table).order_by(*table.primary_key)
        found[table.name] = [dict(each) for each in session.connection().execute(query).mappings()]
    return found
