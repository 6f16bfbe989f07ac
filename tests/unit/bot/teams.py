"""Teams, the link into them, and the log."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.screen import Screen
from bot.screens import team as screens
from bot.screens.log import log
from domain.audit import Action, Line, Log
from domain.invitations import LIFETIME, Link, LinkState, Offer
from domain.team import Group, Member, Open, Parting, Team
from tests.chat import NOW
from texts.chat import ChatTexts

ZONE = "Europe/Brussels"
SECRET = "AbCdEfGhIjKlMnOpQrStUvWxYz012345"
URL = f"https://t.me/convoke_bot?start=t_{SECRET}"
MARTA = Member(1, "Marta", NOW - timedelta(days=30), configured=False, me=True)
CHIARA = Member(2, "Chiara", NOW - timedelta(days=3), configured=False, me=False)
NAMED = Member(3, "", NOW, configured=True, me=False)
WAITING = (Open(7, "Marta", NOW + LIFETIME),)
UNTIL = NOW + LIFETIME


def team(partnership: str = "NF4", **changes: Any) -> Team:
    values: dict[str, Any] = {
        "partnership_id": "nf4" if partnership else None,
        "partnership": partnership,
        "members": (MARTA, CHIARA),
        "number": 1,
        "pages": 1,
        "invitations": (),
        "mine": True,
    }
    return Team(**values | changes)


def offer(state: LinkState, partnership: str = "NF4", by: str = "Marta") -> Callable[[ChatTexts], Screen]:
    return lambda words: screens.offer(Offer(state, partnership, by, UNTIL), SECRET, words, ZONE)


def parting(partnership: str, member: Member, *, last: bool = False) -> Callable[[ChatTexts], Screen]:
    found = Parting("nf4" if partnership else None, partnership, member, last)
    return lambda words: screens.parting_sure(found, words)


def line(action: Action, **changes: Any) -> Line:
    values: dict[str, Any] = {
        "at": NOW,
        "who": "Marta",
        "action": action,
        "subject": "Smart packaging for the Chinese market",
        "partnership": "",
        "about": None,
        "before": {},
        "after": {},
    }
    return Line(**values | changes)


MOVED = line(
    Action.MOVED,
    before={"starts_at": 1_800_000_000, "timezone": "Europe/Brussels"},
    after={"starts_at": 1_800_090_000, "timezone": "Europe/Paris"},
)
EDITED = line(
    Action.EDITED,
    who="",
    before={"title": "Packaging", "capacity": None, "agenda": [], "topics": ["china"], "description": ""},
    after={
        "title": "Smart packaging",
        "capacity": 50,
        "agenda": [{"title": "Welcome", "minutes": 5}],
        "topics": ["china", "food"],
        "description": "What buyers in Shanghai expect, labelling rules, two company stories.",
    },
)
TEAM_LINES = tuple(
    line(action, subject="", partnership=partnership, about=about)
    for partnership in ("NF4", "")
    for action, about in (
        (Action.INVITED, None),
        (Action.REVOKED, None),
        (Action.JOINED, "Chiara"),
        (Action.REMOVED, ""),
        (Action.LEFT, None),
    )
)
DEEDS = (*(action for action in Action if action not in {each.action for each in TEAM_LINES}),)

SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    "teams": lambda words: screens.teams((Group(None, "", 2), Group("nf4", "NF4", 3)), words),
    "team": lambda words: screens.team(team(), words, ZONE),
    "team_open": lambda words: screens.team(team(invitations=WAITING), words, ZONE),
    "team_empty": lambda words: screens.team(team(members=(), mine=False), words, ZONE),
    "team_admins": lambda words: screens.team(team("", members=(MARTA, NAMED)), words, ZONE),
    "team_page": lambda words: screens.team(team(number=2, pages=3, invitations=WAITING), words, ZONE),
    "team_invitation": lambda words: screens.invitation(Link(SECRET, "nf4", "NF4", UNTIL), URL, words, ZONE),
    "team_invitation_admin": lambda words: screens.invitation(Link(SECRET, None, "", UNTIL), URL, words, ZONE),
    "team_remove_sure": parting("NF4", CHIARA),
    "team_remove_sure_last": parting("NF4", CHIARA, last=True),
    "team_remove_sure_configured": parting("", NAMED),
    "team_leave_sure": parting("NF4", MARTA),
    "team_leave_sure_admin": parting("", MARTA),
    "team_left": screens.left,
    "join_offer": offer(LinkState.OPEN),
    "join_offer_admin": offer(LinkState.OPEN, "", ""),
    "join_joined": offer(LinkState.JOINED),
    "join_joined_admin": offer(LinkState.JOINED, ""),
    "join_member": offer(LinkState.MEMBER),
    "join_used": offer(LinkState.USED),
    "join_expired": offer(LinkState.EXPIRED),
    "join_gone": offer(LinkState.GONE, "", ""),
    "log": lambda words: log(Log((MOVED, EDITED, line(Action.POSTED, who=None)), 2, 3), words, ZONE),
    "log_empty": lambda words: log(Log((), 1, 1), words, ZONE),
    "log_deeds": lambda words: log(
        Log(tuple(line(action, partnership="NF4", about="Chiara") for action in DEEDS), 1, 1), words, ZONE
    ),
    "log_team": lambda words: log(Log(TEAM_LINES, 1, 1), words, ZONE),
}
