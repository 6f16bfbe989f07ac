"""A programme in which there is everything that the pages can show."""

from datetime import datetime

from domain import changes
from storage import (
    AgendaItem,
    MaterialKind,
    Partnership,
    Person,
    RegistrationStatus,
    Session,
    Topic,
    TopicKind,
    WebinarStatus,
)
from tests.factories import SETTLE
from tests.web import NOW, PERSON, add_material, add_webinar, find, set_registration

PARTNERSHIPS = (
    ("ec2i", "European Cleantech Internationalization Initiative", "EC2i", "#1f7a4d"),
    ("mobigoin", "Mobility Goes International in Action", "MobiGoIn-Action", "#1d5fa8"),
    ("adpack2", "European Strategic Cluster Partnership for Advanced Smart Packaging", "AdPack²", "#8a3ffc"),
    ("nf4", "New Frontiers in Food - Fast Forward", "NF4", "#b8510d"),
)
MARKETS = (("china", "China"), ("usa", "USA"), ("canada", "Canada"), ("singapore", "Singapore"))
SECTORS = (
    ("cleantech", "Cleantech"),
    ("mobility", "Mobility"),
    ("smart-packaging", "Smart packaging"),
    ("food", "Food"),
)

OPEN, FULL, MOVED, CANCELLED, PAST, LONG, PLAIN = "open", "full", "moved", "cancelled", "past", "long", "plain"

_LONG_TITLE = (
    "Paper instead of plastic: what Verpackungsverordnungsdurchführungsbestimmungsänderungsgesetze, whose names "
    "alone fill a line, ask of https://example.org/small/and/medium/companies/that/pack/for/other/continents"
)

_DESCRIPTION = """\
What a European packaging company must know before it ships its first pallet to Shanghai: labels, customs, and the \
three questions every buyer asks.

Bring your own questions; half of the time is for them. More about the market: https://example.org/china/packaging"""
_AGENDA = (
    (5, "Welcome", "Marta Ferreira"),
    (20, "Smart labels and what Chinese law says of them", "Dr. Li Wei"),
    (15, "Customs, step by step", "Jean-Baptiste Delacroix-Vandenberghe"),
    (20, "Your questions", ""),
)


def add_consortium(session: Session) -> None:
    for position, (id_, name, short_name, color) in enumerate(PARTNERSHIPS):
        session.add(Partnership(id=id_, name=name, short_name=short_name, color=color, position=position))
    for position, (id_, name) in enumerate(MARKETS):
        session.add(Topic(id=id_, name=name, kind=TopicKind.MARKET, position=position))
    for position, (id_, name) in enumerate(SECTORS, len(MARKETS)):
        session.add(Topic(id=id_, name=name, kind=TopicKind.SECTOR, position=position))
    session.add(Person(id=PERSON, telegram_id=7007, created_at=NOW, seen_at=NOW))


def add_programme(session: Session) -> None:
    """Seven are coming, one of them now and one moved; two are over and one is cancelled."""
    _add_coming(session)
    _add_gone(session)


def _add_coming(session: Session) -> None:
    add_webinar(
        session, "now", title="Charging networks in Singapore", hosts=["mobigoin"], topics=["singapore", "mobility"],
        start="2027-01-10T09:30",
    )  # fmt: skip
    add_webinar(
        session, OPEN, title="Entering the Chinese market for smart packaging", hosts=["adpack2", "nf4"],
        topics=["china", "smart-packaging", "food"], capacity=50, description=_DESCRIPTION,
    )  # fmt: skip
    for position, (minutes, title, speaker) in enumerate(_AGENDA):
        item = AgendaItem(webinar_id=find(session, OPEN).id, position=position)
        item.minutes, item.title, item.speaker = minutes, title, speaker
        session.add(item)
    set_registration(session, OPEN, RegistrationStatus.REGISTERED, NOW)
    add_webinar(
        session, FULL, title="Wasted heat, found money: district heating in North America", hosts=["ec2i"],
        topics=["usa", "canada", "cleantech"], start="2027-01-21T15:00", minutes=90, capacity=1,
    )  # fmt: skip
    set_registration(session, FULL, RegistrationStatus.REGISTERED, NOW)
    add_webinar(
        session, "zh", title="欧洲清洁技术走进中国", hosts=["ec2i"], topics=["china", "cleantech"], language="zh",
        start="2027-02-03T16:00", timezone="Asia/Shanghai",
    )  # fmt: skip
    add_webinar(
        session, PLAIN, title="Chaîne du froid : les attentes des acheteurs nord-américains", hosts=["nf4"],
        topics=["usa", "food"], language="fr", start="2027-02-18T09:30",
    )  # fmt: skip
    add_webinar(
        session, "four", title="How to find a partner abroad", start="2027-02-25T14:00", minutes=120, capacity=300,
        hosts=[id_ for id_, *_ in PARTNERSHIPS], topics=[id_ for id_, _ in MARKETS],
    )  # fmt: skip
    add_webinar(
        session, MOVED, title="Ride sharing after 2026", hosts=["mobigoin"], topics=["usa", "mobility"],
        start="2027-03-08T17:00", timezone="America/New_York",
    )  # fmt: skip
    changes.move(
        session, MOVED, None, datetime.fromisoformat("2027-03-09T17:00"), "America/New_York", settle=SETTLE, now=NOW
    )  # fmt: skip


def _add_gone(session: Session) -> None:
    add_webinar(
        session, CANCELLED, title="Food fairs of 2027", hosts=["nf4"], topics=["food"], start="2027-01-26T11:00",
        status=WebinarStatus.CANCELLED, cancel_reason="The speaker is ill; a new date will be published in March.",
    )  # fmt: skip
    add_webinar(session, PAST, title="Batteries for cold places", hosts=["mobigoin", "ec2i"], start="2026-12-08T10:00")
    add_webinar(session, LONG, title=_LONG_TITLE, hosts=["adpack2"], start="2026-11-24T10:00", description=_LONG_TITLE)
    add_material(session, PAST, "https://example.org/slides/batteries.pdf")
    add_material(session, PAST, None, MaterialKind.RECORDING)
    add_material(session, LONG, "https://example.org/watch/paper", MaterialKind.RECORDING)
