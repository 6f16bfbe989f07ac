"""What organisers are told about a time: nothing bad, a few things, everything at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.callbacks import ClashesShow, DraftPreview
from bot.screen import Screen
from bot.screens import outlook as screens
from domain import offices
from domain.clocks import Shift
from domain.days_off import DayOff
from domain.offices import PLACES
from domain.outlook import Clash, Outlook
from domain.slot_search import Found
from domain.slots import Slot
from tests.chat import START
from texts.chat import ChatTexts

BATTERIES = Clash(
    code="batt1234",
    title="EV batteries in China",
    hosts=("MobiGoIn-Action",),
    starts_at=START + timedelta(minutes=30),
    timezone="Europe/Brussels",
    following=14,
    registered=None,
)
LABELS = Clash(
    code="labe1234",
    title="Labels",
    hosts=("AdPack²", "NF4"),
    starts_at=START - timedelta(hours=1),
    timezone="Asia/Shanghai",
    following=1,
    registered=3,
)
CALM = Outlook(places=offices.local_times(PLACES, START, 60))
WARNED = Outlook(
    places=offices.local_times(PLACES, START + timedelta(hours=9), 60),
    clashes=(BATTERIES, replace(LABELS, following=0, registered=0)),
    days_off=(
        DayOff("AT", date(2027, 5, 6), "Ascension Day"),
        DayOff("DE", date(2027, 5, 6), "Ascension Day"),
        DayOff("US", date(2027, 11, 25), "Thanksgiving Day"),
    ),
    shifts=(
        Shift("America/New_York", timedelta(hours=1)),
        Shift("America/Los_Angeles", timedelta(hours=1)),
        Shift("Australia/Sydney", timedelta(hours=-1)),
    ),
)
SLOT = Slot(
    starts_at=START,
    places=CALM.places,
    clashes=0,
    days_off=(),
    shifts=(),
    liked_weekday=0.9,
    liked_hour=0.8,
    soon=False,
    full_hour=True,
)
ODD_SLOT = replace(
    SLOT,
    starts_at=START + timedelta(days=4, hours=9),
    places=offices.local_times(PLACES, START + timedelta(days=4, hours=9), 60),
    clashes=2,
    days_off=WARNED.days_off,
    shifts=WARNED.shifts,
    liked_weekday=0,
    soon=True,
)


def crowded(title: str = "EV batteries in China", host: str = "MobiGoIn-Action") -> Outlook:
    """More of everything than there is room for."""
    clash = replace(LABELS, title=title, hosts=(host, host))
    return replace(WARNED, clashes=(clash,) * 20, further=7)


def found(*slots: Slot, weekends: bool = False) -> Found:
    return Found(slots=slots, weeks=4, weekends=weekends, timezone="Europe/Brussels")


SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    "slots": lambda words: screens.slots(found(SLOT, replace(SLOT, liked_hour=0), ODD_SLOT, weekends=True), words),
    "slots_around": lambda words: screens.slots(replace(found(SLOT), around=SLOT.starts_at), words),
    "slots_none": lambda words: screens.slots(found(), words),
    "clashes": lambda words: screens.clashes(
        replace(WARNED, clashes=(BATTERIES, LABELS)), 1, ClashesShow, DraftPreview(), words
    ),
    "clashes_many": lambda words: screens.clashes(crowded(), 2, ClashesShow, DraftPreview(), words),
}
