"""What each person remembers of what they saw and were told: a few plain rules beside the real thing, for the law.

Nothing here asks what was planned. What may come is judged by what people know and by the rows of webinars, places and
follows; what must have come, by the same when nothing waits any more.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from sqlmodel import select

from domain.change_news import Changed
from domain.content import Announcement, Edited, Reminder, SeatWon
from domain.details import Detail
from domain.merging import Changes
from domain.outbox import Outgoing
from domain.takes_place import Cancelled, Moved, Restored
from storage import (
    Delivery,
    DeliveryKind,
    DeliveryState,
    Follow,
    Notice,
    Person,
    Registration,
    RegistrationStatus,
    Session,
    Webinar,
    WebinarStatus,
)
from tests.factories import LEADS

SEATED, WAITING = RegistrationStatus.REGISTERED, RegistrationStatus.WAITLISTED
OPEN, OFF = WebinarStatus.PUBLISHED, WebinarStatus.CANCELLED
_ON_ITS_WAY = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.SENDING)

_OfPlace = Moved | Cancelled | Restored | SeatWon | Reminder | Changed

Key = tuple[int, str]
"""A person, by their id, and a webinar, by its code."""


@dataclass(frozen=True)
class Facts:
    """`open` are places nobody has given up. `unsettled` is about whom something waits, `settling` about which webinar.

    `given_up` is what came into doubt too often, or must not be risked twice; administrators are shown it.
    """

    webinars: dict[str, Webinar]
    open: dict[Key, Registration]
    wants_news: set[int]
    unsettled: set[Key]
    settling: set[str]
    given_up: set[tuple[Key, DeliveryKind]]


def _waits(row: Delivery, webinar: Webinar) -> bool:
    """Of what is off, nobody needs to know its title until it is restored."""
    return row.kind is DeliveryKind.CHANGED and webinar.status is OFF


def look(session: Session) -> Facts:
    found = {row.id: row for row in session.exec(select(Webinar))}
    deliveries = [(row, (row.person_id, found[row.webinar_id or 0].code)) for row in session.exec(select(Delivery))]
    follows = {row.person_id for row in session.exec(select(Follow))}
    return Facts(
        webinars={row.code: row for row in found.values()},
        open={
            (row.person_id, found[row.webinar_id].code): row
            for row in session.exec(select(Registration))
            if row.status in (SEATED, WAITING)
        },
        wants_news={row.id for row in session.exec(select(Person)) if row.announcements and row.id in follows},
        unsettled={
            key for row, key in deliveries if row.state in _ON_ITS_WAY and not _waits(row, found[row.webinar_id or 0])
        },
        settling={found[row.webinar_id].code for row in session.exec(select(Notice)) if row.expanded_at is None},
        given_up={(key, row.kind) for row, key in deliveries if row.state is DeliveryState.UNKNOWN},
    )


@dataclass
class Place:
    """What somebody who takes part in a webinar knows of it; not `sure` if something came while they were away."""

    start: datetime
    status: WebinarStatus
    seat: RegistrationStatus | None
    title: str
    """As they were told, which may be another than that of a message about something else."""
    read: str
    sure: bool = True
    sure_of_title: bool = True


@dataclass
class Post:
    """What an announcement in somebody's chat says. Not `sure`: nobody could put it right."""

    message_id: int | None
    start: datetime
    status: WebinarStatus
    sure: bool


@dataclass
class Memories:
    places: dict[Key, Place] = field(default_factory=dict)
    posts: dict[Key, Post] = field(default_factory=dict)
    away: set[int] = field(default_factory=set)
    overslept: set[str] = field(default_factory=set)
    """Nothing could leave until these webinars had begun: what came too late is not made up for."""
    refused: set[int] = field(default_factory=set)
    """Of those away, who was tried in vain."""
    owed: set[Key] = field(default_factory=set)
    """Who has wanted to hear of a new webinar all the time since it was posted."""
    leads: dict[int, set[timedelta]] = field(default_factory=dict)
    got: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    twice: Counter[Key] = field(default_factory=Counter)
    """Messages to somebody about a webinar of which nobody knows whether they arrived: so many may come once more."""
    touched: dict[int | str, datetime] = field(default_factory=dict)
    """When a person last went, came or chose reminders, or a webinar's status last changed."""

    def leads_of(self, person: int) -> set[timedelta]:
        return self.leads.setdefault(person, set(LEADS))

    def goes(self, person: int) -> None:
        self.away.add(person)
        for (who, _), known in [*self.places.items(), *self.posts.items()]:
            known.sure = known.sure and who != person
        for (who, _), place in self.places.items():
            place.sure_of_title = place.sure_of_title and who != person
        self.wants_otherwise(person)

    def wants_otherwise(self, person: int) -> None:
        self.owed = {key for key in self.owed if key[0] != person}

    def comes(self, person: int) -> None:
        self.away.discard(person)
        self.refused.discard(person)

    # What arrives

    def refuses(self, person: int) -> None:
        """Telegram says that they are out of reach."""
        assert person not in self.refused, "who blocks us is tried once"
        self.refused.add(person)

    def hears(self, outgoing: Outgoing, facts: Facts, message_id: int | None, *, now: datetime) -> None:
        """Nobody learns of it if there is no `message_id`: the sender dies."""
        person, content = outgoing.chat_id, outgoing.content
        assert person not in self.away, "nobody who cannot be reached"
        match content:
            case Announcement(cards):
                for card in cards:
                    self._hears_of_new((person, card.code), facts, message_id, now)
            case Edited(edited_id, announcement):
                for card in announcement.cards:
                    self._sees_edit((person, card.code), edited_id, facts)
            case Changes(parts):
                assert len({type(part) for part in parts}) == len(parts) > 1
                for part in parts:
                    self._hears_of_place(person, part, facts, now)
            case _:
                self._hears_of_place(person, content, facts, now)

    def doubts(self, outgoing: Outgoing) -> None:
        """Nobody learned whether it arrived: it may come once more."""
        content = outgoing.content
        for part in content.parts if isinstance(content, Changes) else (content,):
            if isinstance(part, _OfPlace):
                self.twice[outgoing.chat_id, part.card.code] += 1

    def _hears_of_place(self, person: int, content: object, facts: Facts, now: datetime) -> None:
        assert isinstance(content, _OfPlace), "nobody has asked for it"
        key = person, content.card.code
        match content:
            case Reminder():
                self._is_reminded(key, content, facts, now)
            case SeatWon():
                self._hears_of_seat(key, content, facts)
            case Changed():
                self._hears_of_title(key, content, facts)
            case _:
                self._hears_of_change(key, content, facts)
        self.places[key].read = content.card.title

    def _excuse(self, key: Key) -> bool:
        """Whether a message that is no news may come all the same."""
        if not self.places[key].sure:
            return True
        self.twice[key] -= 1
        return self.twice[key] >= 0

    def _hears_of_change(self, key: Key, content: Moved | Cancelled | Restored, facts: Facts) -> None:
        webinar, place, card = facts.webinars[key[1]], self.places.get(key), content.card
        assert place, "only those who take part hear of changes"
        truth = webinar.starts_at, webinar.status
        assert (card.starts_at, card.status, card.my_status) == (*truth, facts.open[key].status), "the last truth"
        news = place.status is OPEN if webinar.status is OFF else (place.start, place.status) != truth
        assert news or self._excuse(key), "once"
        if news and place.sure and not self.twice[key] and key[1] not in self.overslept:
            kind = Cancelled if webinar.status is OFF else Moved if place.status is OPEN else Restored
            assert type(content) is kind
            assert not isinstance(content, Moved) or content.old_start == place.start, "from what they knew"
        place.start, place.status = truth
        if webinar.status is OPEN:
            place.seat, place.sure = card.my_status, True

    def _hears_of_title(self, key: Key, content: Changed, facts: Facts) -> None:
        webinar, place = facts.webinars[key[1]], self.places.get(key)
        assert place, "only those who take part hear of changes"
        assert (content.card.title, content.card.status) == (webinar.title, OPEN), "the last truth"
        news, sure = place.title != webinar.title, place.sure_of_title and key[1] not in self.overslept
        assert news or not sure or self._excuse(key), "once"
        if news and sure and not self.twice[key]:
            assert content.old == {Detail.TITLE: place.title}, "from what they knew"
        place.title, place.sure_of_title = webinar.title, True

    def _hears_of_seat(self, key: Key, content: SeatWon, facts: Facts) -> None:
        webinar, place = facts.webinars[key[1]], self.places.get(key)
        assert place
        assert facts.open[key].status is SEATED
        assert (content.card.starts_at, content.card.status) == (webinar.starts_at, OPEN)
        assert place.seat is WAITING or self._excuse(key), "once, and only who waited"
        place.start, place.status, place.seat = webinar.starts_at, webinar.status, SEATED

    def _is_reminded(self, key: Key, content: Reminder, facts: Facts, now: datetime) -> None:
        webinar = facts.webinars[key[1]]
        assert facts.open[key].status is SEATED
        assert now < webinar.starts_at, "not too late"
        assert (content.card.starts_at, content.card.status) == (webinar.starts_at, OPEN), "the last truth"
        what = ("reminder", *key, webinar.starts_at, in_force(self.leads_of(key[0]), webinar, now))
        assert what[-1] is not None, "not before they wish"
        self.got[what] += 1
        assert self.got[what] == 1 or self._excuse(key), "once"

    def _hears_of_new(self, key: Key, facts: Facts, message_id: int | None, now: datetime) -> None:
        webinar = facts.webinars[key[1]]
        assert now < webinar.starts_at
        assert key not in facts.open, "it is not new to them"
        assert key[0] in facts.wants_news
        assert webinar.status is OPEN
        self.got["new", *key] += 1
        assert self.got["new", *key] == 1, "once, whatever dies: it is of interest only"
        self.posts[key] = Post(message_id, webinar.starts_at, webinar.status, message_id is not None)

    def _sees_edit(self, key: Key, message_id: int, facts: Facts) -> None:
        webinar, post = facts.webinars[key[1]], self.posts[key]
        assert post.message_id == message_id
        post.start, post.status, post.sure = webinar.starts_at, webinar.status, True

    # What must have come

    def check(self, facts: Facts, planned_at: datetime, now: datetime) -> None:
        """Of whatever has settled. Reminders were last planned at `planned_at`, and sent until `now`."""
        for key, webinar in self._settled(facts, now):
            if key in facts.open:
                self._check_place(key, webinar, facts)
                self._check_reminder(key, webinar, facts, planned_at, now)
            elif post := self.posts.get(key):
                given_up = (key, DeliveryKind.ANNOUNCEMENT_EDIT) in facts.given_up
                assert not post.sure or given_up or (post.start, post.status) == (webinar.starts_at, webinar.status)
            if key in self.owed:
                assert self.got["new", *key] == 1 or (key, DeliveryKind.ANNOUNCEMENT) in facts.given_up

    def _settled(self, facts: Facts, now: datetime) -> Iterator[tuple[Key, Webinar]]:
        settled = {
            code: webinar
            for code, webinar in facts.webinars.items()
            if code not in facts.settling | self.overslept and now < webinar.starts_at
        }
        for person, code in product(self._people() - self.away, settled):
            if (person, code) not in facts.unsettled:
                yield (person, code), settled[code]

    def _people(self) -> set[int]:
        return {who for who, _ in self.places.keys() | self.posts.keys() | self.owed}

    def _check_place(self, key: Key, webinar: Webinar, facts: Facts) -> None:
        place = self.places[key]
        if not place.sure or any(who == key for who, _ in facts.given_up):
            return
        self.twice[key] = 0
        assert place.status is webinar.status
        if webinar.status is OPEN:  # of what is off, nobody needs to know when it would be
            assert (place.start, place.seat) == (webinar.starts_at, facts.open[key].status)
            assert not place.sure_of_title or webinar.title in (place.title, place.read)

    def _check_reminder(self, key: Key, webinar: Webinar, facts: Facts, planned_at: datetime, now: datetime) -> None:
        lead = in_force(self.leads_of(key[0]), webinar, planned_at)
        if lead != in_force(self.leads_of(key[0]), webinar, now):  # while it was sent it has been overtaken
            return
        if lead is None or facts.open[key].status is not SEATED or webinar.status is OFF:
            return
        due = webinar.starts_at - lead
        touched = (facts.open[key].changed_at, *(self.touched[each] for each in key if each in self.touched))
        passed_over = webinar.moved_at is not None and due <= webinar.moved_at and lead != min(self.leads_of(key[0]))
        if max(touched) <= due and not passed_over and (key, DeliveryKind.REMINDER) not in facts.given_up:
            assert self.got["reminder", *key, webinar.starts_at, lead]


def in_force(leads: set[timedelta], webinar: Webinar, now: datetime) -> timedelta | None:
    """Which of the reminders is the one to have had now."""
    return min((lead for lead in leads if webinar.starts_at - lead <= now), default=None)
