"""People and webinars for the demo: invented, but such as the consortium has."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain import publishing
from domain.drafts import Fields
from sandbox.bots import Bot
from sandbox.people import Person
from storage import Session, people, webinars

ADMIN = 11
PEOPLE = (
    Person(id=ADMIN, first_name="Marta", language_code="en", about="Organiser: posts webinars with /new"),
    Person(id=21, first_name="Ana", language_code="en", about="Olive oil, 14 people, Portugal"),
    Person(id=22, first_name="Jonas", language_code="en", about="Paper packaging, 40 people, Sweden"),
    Person(id=23, first_name="Chiara", language_code="en", about="Water filters, 9 people, Italy"),
)

_ABOUT = (
    "Joint webinars for small and medium companies that go to China and the US.\n"
    "See what is coming, register in one tap, be reminded, subscribe a calendar."
)

_SOON_IN = timedelta(minutes=12)
_SOON_ENOUGH = timedelta(minutes=3), timedelta(minutes=60)
_LINK = "https://meet.example.org/"


@dataclass(frozen=True, slots=True)
class Soon:
    """The webinar that starts next. `local_start` is naive, in `timezone`."""

    title: str
    local_start: datetime
    timezone: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """`days` from today; weekends are moved to the Monday after."""

    days: int
    at: time
    title: str
    hosts: tuple[str, ...]
    topics: tuple[str, ...]
    description: str
    capacity: int | None = None
    minutes: int = 60
    language: str = "en"
    timezone: str = "Europe/Brussels"


_PROGRAMME = (
    _Plan(
        1,
        time(10),
        "Smart packaging for the Chinese market",
        ("adpack2", "nf4"),
        ("china", "smart-packaging", "food"),
        "What buyers in Shanghai expect, labelling rules, two company stories.",
        capacity=50,
    ),
    _Plan(
        2,
        time(15),
        "First steps with a US distributor",
        ("nf4",),
        ("usa", "food"),
        "Contracts, margins and exclusivity: what to settle before you ship.",
        capacity=2,
    ),
    _Plan(
        5,
        time(9, 30),
        "Cold chain to Guangdong",
        ("nf4",),
        ("china", "food"),
        "Ports, paperwork and partners for chilled goods.",
        capacity=30,
    ),
    _Plan(
        6,
        time(16),
        "Cleantech procurement in California",
        ("ec2i",),
        ("usa", "cleantech"),
        "How public buyers decide, and where small companies get in.",
        minutes=90,
    ),
    _Plan(
        8,
        time(11),
        "EV batteries in China: rules for 2027",
        ("mobigoin", "ec2i"),
        ("china", "mobility", "cleantech"),
        "New standards, certificates and the way through them.",
        capacity=80,
    ),
    _Plan(
        9,
        time(14),
        "Recyclable packaging: what Canada asks for",
        ("adpack2",),
        ("canada", "smart-packaging"),
        "Labels, fees and deadlines, province by province.",
    ),
    _Plan(
        12,
        time(10),
        "Vendre aux États-Unis : trois témoignages",
        ("nf4", "adpack2"),
        ("usa", "food"),
        "Trois entreprises racontent leur première année.",
        language="fr",
    ),
    _Plan(
        14,
        time(9),
        "Test tracks and pilots in Singapore",
        ("mobigoin",),
        ("singapore", "mobility"),
        "Who runs them, what a pilot costs, how to apply.",
        timezone="Asia/Singapore",
    ),
    _Plan(
        16,
        time(15, 30),
        "Water technology for the Great Lakes",
        ("ec2i",),
        ("usa", "canada", "cleantech"),
        "Utilities on both shores say what they look for.",
    ),
    _Plan(
        20,
        time(10),
        "Protecting your brand in China",
        ("adpack2", "nf4", "mobigoin", "ec2i"),
        ("china",),
        "Register first, argue later: trade marks in plain words.",
        minutes=45,
    ),
    _Plan(
        23,
        time(17),
        "Shared mobility: meet three US cities",
        ("mobigoin",),
        ("usa", "mobility"),
        "Short talks, then small groups.",
        capacity=25,
        minutes=75,
    ),
    _Plan(
        27,
        time(11),
        "Food fairs 2027: where it pays to go",
        ("nf4",),
        ("china", "usa", "canada", "food"),
        "Costs and results of eight fairs, by people who were there.",
    ),
)


def introduce(bot: Bot) -> None:
    """What a bot's owner tells Telegram, and people read before they press Start."""
    bot.first_name = "Convoke"
    bot.profile.descriptions[""] = _ABOUT


def fill(session: Session, *, timezone: str, now: datetime) -> Soon:
    """Post the programme on the first start, and on every start something that begins in about twelve minutes."""
    admin = people.by_telegram_id(session, ADMIN)
    assert admin
    if not webinars.count_upcoming(session, now):
        for plan in _PROGRAMME:
            publishing.create(session, admin.id, _fields(plan, now), now=now)
    earliest, latest = _SOON_ENOUGH
    for webinar in webinars.starting(session, after=now + earliest, until=now + latest):
        return Soon(webinar.title, webinar.local_start, webinar.timezone)
    fields = _soon(timezone, now)
    webinar = publishing.create(session, admin.id, fields, now=now)
    return Soon(webinar.title, webinar.local_start, webinar.timezone)


def _fields(plan: _Plan, now: datetime) -> Fields:
    day = now.astimezone(ZoneInfo(plan.timezone)).date() + timedelta(days=plan.days)
    workday = day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004 -- Friday
    return Fields(
        title=plan.title,
        description=plan.description,
        hosts=plan.hosts,
        topics=plan.topics,
        local_start=datetime.combine(workday, plan.at),
        timezone=plan.timezone,
        duration_minutes=plan.minutes,
        language=plan.language,
        capacity=plan.capacity,
        join_url=f"{_LINK}{plan.days}",
    )


def _soon(timezone: str, now: datetime) -> Fields:
    start = (now + _SOON_IN).astimezone(ZoneInfo(timezone)).replace(tzinfo=None, second=0, microsecond=0)
    return Fields(
        title="Coffee with buyers from Shanghai",
        description="Half an hour, no slides: ask what you always wanted to ask.",
        hosts=("ec2i", "nf4"),
        topics=("china",),
        local_start=start,
        timezone=timezone,
        duration_minutes=30,
        capacity=20,
        join_url=f"{_LINK}coffee",
    )
