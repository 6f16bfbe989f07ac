"""What to know before a time is settled, and the best times there are."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from bot.callbacks import Callback, DraftShow, SlotsShow, SlotTake
from bot.screen import Press, Rows, Screen, cut, grid, lines, own_time
from domain.clocks import Shift
from domain.days_off import DayOff
from domain.offices import LocalTime
from domain.outlook import Clash, Outlook
from domain.slot_search import WEEKS, Found
from domain.slots import Slot
from texts.chat import ChatTexts

MOST_LISTED = 5
"""More clashes than this have a screen of their own, and the first of them stand for all."""

_FIRST_OF_MANY = 3
_A_PAGE = 10
_TITLE_LENGTH, _HOSTS_LENGTH, _HOLIDAYS_LENGTH = 40, 30, 200
_LIKED = 0.5
_SHORT = 2000


def warnings(outlook: Outlook, texts: ChatTexts, *, most: int = MOST_LISTED) -> list[Markup]:
    """What stands above the buttons: first what time it is where, then only what is worth a warning."""
    more = unlisted(outlook, most)
    holidays = (_holidays(outlook.days_off, texts),) if outlook.days_off else ()
    return [
        places(outlook.places, texts),
        *(texts.warn(clash(each, texts)) for each in _listed(outlook, most)),
        *([escape(texts.more_clashes(more))] if more else []),
        *(texts.warn(escape(said)) for said in (*holidays, *_odd_clocks(outlook.shifts, texts))),
    ]


def room(shown: Markup) -> int:
    """How many clashes may stand below this text: a message holds 4096 characters, an emoji counts as two."""
    return MOST_LISTED if len(shown.encode("utf-16-le")) // 2 <= _SHORT else 1


def unlisted(outlook: Outlook, most: int = MOST_LISTED) -> int:
    """How many clashes are not named in the warnings."""
    return len(outlook.clashes) + outlook.further - len(_listed(outlook, most))


def clashes(outlook: Outlook, number: int, turn: Callable[[int], Callback], back: Callback, texts: ChatTexts) -> Screen:
    """A page of them; `turn` makes what leads to another one."""
    pages = max(1, -(-len(outlook.clashes) // _A_PAGE))
    number = min(max(number, 1), pages)
    more = outlook.further if number == pages else 0
    text = lines(
        texts.with_page(texts.clashes_title(), number, pages),
        *(lines("", clash(each, texts)) for each in outlook.clashes[(number - 1) * _A_PAGE : number * _A_PAGE]),
        lines("", texts.more_clashes(more)) if more else None,
    )
    earlier = (Press(texts.button_earlier(), turn(number - 1)),) if number > 1 else ()
    later = (Press(texts.button_later(), turn(number + 1)),) if number < pages else ()
    return Screen(text, ((*earlier, *later), (Press(texts.button_back(), back),)))


def slots(found: Found, texts: ChatTexts) -> Screen:
    text = lines(
        _title(found, texts),
        *(lines("", *_slot(number, slot, found, texts)) for number, slot in enumerate(found.slots, 1)),
        None if found.slots else texts.no_slot(),
    )
    return Screen(text, (*grid([_take(slot, found, texts) for slot in found.slots]), *_choices(found, texts)))


def _title(found: Found, texts: ChatTexts) -> Markup:
    if found.around is None:
        return texts.slots_title(found.weeks)
    return texts.slots_around_title(found.weeks, texts.short(found.around, found.timezone))


def places(found: Iterable[LocalTime], texts: ChatTexts) -> Markup:
    """What time it is where people sit; the weekday where it is not that of the first place."""
    home, *others = found
    said = [
        texts.at_work(
            place.local,
            place.zone,
            place.part.name,
            weekend=place.weekend,
            other_day=place.local.date() != home.local.date(),
        )
        for place in (home, *others)
    ]
    return Markup(" · ").join(said)


def clash(found: Clash, texts: ChatTexts) -> Markup:
    numbers = [texts.follow_both(found.following)] if found.following else []
    if found.registered:
        numbers.append(texts.registered_for_both(found.registered))
    return texts.clash(
        cut(found.title, _TITLE_LENGTH),
        cut(texts.listed(found.hosts), _HOSTS_LENGTH),
        own_time(found.starts_at, texts.short(found.starts_at, found.timezone)),
        ", ".join(numbers),
    )


def _listed(outlook: Outlook, most: int) -> tuple[Clash, ...]:
    count = len(outlook.clashes) + outlook.further
    return outlook.clashes[: most if count <= most else min(most, _FIRST_OF_MANY)]


def _holidays(days_off: Iterable[DayOff], texts: ChatTexts) -> str:
    countries: dict[str, list[str]] = {}
    for day in days_off:
        countries.setdefault(day.name, []).append(texts.country(day.country))
    return cut(texts.holidays(list(countries.items())), _HOLIDAYS_LENGTH)


def _odd_clocks(shifts: Iterable[Shift], texts: ChatTexts) -> Iterator[str]:
    zones: dict[timedelta, list[str]] = {}
    for shift in shifts:
        zones.setdefault(shift.by, []).append(shift.zone)
    return (texts.odd_clocks(by, shifted) for by, shifted in zones.items())


def _slot(number: int, slot: Slot, found: Found, texts: ChatTexts) -> Iterator[Markup]:
    yield texts.slot(number, texts.short(slot.starts_at, found.timezone))
    yield places(slot.places, texts)
    yield Markup(" · ").join(_reasons(slot, texts))


def _reasons(slot: Slot, texts: ChatTexts) -> Iterator[str]:
    yield texts.clashes(slot.clashes) if slot.clashes else texts.no_clash()
    if (slot.liked_weekday + slot.liked_hour) / 2 >= _LIKED:
        yield texts.liked()
    if slot.soon:
        yield texts.soon()
    if slot.days_off:
        yield _holidays(slot.days_off, texts)
    if slot.shifts:
        yield texts.odd_clocks_short()


def _take(slot: Slot, found: Found, texts: ChatTexts) -> Press:
    local = slot.starts_at.astimezone(ZoneInfo(found.timezone))
    return Press(texts.slot_name(local), SlotTake(int(slot.starts_at.timestamp()) // 60))


def _choices(found: Found, texts: ChatTexts) -> Rows:
    def chosen(label: str, *, on: bool) -> str:
        return texts.button_chosen(label) if on else label

    weekends = int(found.weekends)
    weeks = tuple(
        Press(chosen(texts.label_weeks(number), on=number == found.weeks), SlotsShow(number, weekends))
        for number in WEEKS
    )
    other = Press(chosen(texts.button_weekends(), on=found.weekends), SlotsShow(found.weeks, 1 - weekends))
    return (weeks, (other, Press(texts.button_back(), DraftShow())))
