"""The link to join, found among all the links of an invitation: never a phone number, a help page or a way out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from domain.reading import draft_values
from domain.reading.draft_values import FieldError

_URL = re.compile(r"https://[^\s<>\"\u201c\u201d\u00ab\u00bb\u3000-\u9fff]{4,1500}")
_ENDS = ".,;:!?'*_)]}\u2019\u3002\uff0c\uff09"
_MEETING_HOSTS = (
    *("zoom.us", "zoom.com", "zoomgov.com", "zoom.com.cn", "teams.microsoft.com", "teams.live.com", "meet.google.com"),
    *("webex.com", "meet.jit.si", "whereby.com", "gotomeeting.com", "gotowebinar.com", "meet.goto.com", "livestorm.co"),
    *("meeting.tencent.com", "voovmeeting.com", "meetings.feishu.cn", "vc.feishu.cn", "meeting.dingtalk.com"),
    *("bluejeans.com", "livestorm.com", "big.marker.com", "on24.com", "demio.com", "meet.lync.com"),
)
_JOINING = re.compile(
    r"/(?:j|w|s|my|wc|meet|join|meetup-join|rejoindre|l/meetup-join|dm|p)/|/[a-z]{3}-[a-z]{4}-[a-z]{3}\b"
)
_WRONG = re.compile(
    r"unsubscribe|opt-?out|preferences|dialin|dial-in|/u/|tel\.meet|aka\.ms|support\.|/meetingoptions|globalcallin"
    r"|/ics\b|\.ics\b|/calendar|/event\?|outlook\.(?:office|live)|/test\b|privacy|/help|/download|linkedin\.|facebook\."
    r"|twitter\.|//x\.com|instagram\.|youtube\.|google\.[a-z.]+/maps|maps\.|mailto|/skypeteams|/hc/|/usp/|/attendee/"
    r"|/meeting/register/.*/(?:cancel)|jointeamsmeeting|go\.microsoft\.com|microsoft\.com/(?:[a-z-]+/)?microsoft-teams",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"join|link|access|participer|rejoindre|connexion|lien|teilnehmen|zugang|enlace|unirse|partecip|入会|链接"
)
_TO_SHARE = re.compile(r"share|partag|teilen|recording|enregistrement|aufzeichnung|slides")
_WRAPPERS = {"safelinks.protection.outlook.com": "url", "google.com": "q"}


@dataclass(frozen=True, slots=True)
class JoinLinks:
    """`sure` is the one to join by. Otherwise, `several` may be it. `all` are those that are no use too."""

    sure: str | None
    several: tuple[str, ...]
    all: tuple[str, ...]


def find(lines: Sequence[str], hidden: Iterable[str]) -> JoinLinks:
    """Links written out in these lines and those hidden behind words."""
    near: dict[str, bool] = {}
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else ""
        for found in _URL.finditer(line):
            if _TO_SHARE.search(line[: found.start()].lower()):
                continue
            link = _unwrapped(found[0].rstrip(_ENDS))
            near[link] = near.get(link, False) or bool(_NEAR.search(f"{before} {line[: found.start()]}".lower()))
    near |= {_unwrapped(link): True for link in hidden if link.startswith("https://")}
    usable = [link for link in near if _is_usable(link) and not _WRONG.search(link)]
    return _chosen(usable, near)


def _chosen(usable: Sequence[str], near: dict[str, bool]) -> JoinLinks:
    meeting = [link for link in usable if _is_meeting(link)]
    joining = [link for link in meeting if _JOINING.search(urlsplit(link).path + "/")]
    for group in (joining, meeting):
        if group:
            one = len({urlsplit(link)[1:3] for link in group}) == 1
            return JoinLinks(max(group, key=len) if one else None, () if one else tuple(group), tuple(near))
    if len(usable) == 1 and near[usable[0]]:
        return JoinLinks(usable[0], (), tuple(near))
    return JoinLinks(None, tuple(usable), tuple(near))


def _is_meeting(link: str) -> bool:
    host = urlsplit(link).hostname or ""
    return any(host == known or host.endswith(f".{known}") for known in _MEETING_HOSTS)


def _unwrapped(link: str) -> str:
    """The address behind one that only counts who follows it."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    host = parts.hostname or ""
    name = next((name for end, name in _WRAPPERS.items() if host == end or host.endswith(f".{end}")), None)
    inner = parse_qs(parts.query).get(name, []) if name else []
    return inner[0] if inner and inner[0].startswith("https://") else link


def _is_usable(link: str) -> bool:
    try:
        draft_values.join_url(link)
    except FieldError:
        return False
    return True
