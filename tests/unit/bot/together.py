"""Where organisers start, and all that is said about hosting together."""

from collections.abc import Callable
from dataclasses import replace

from bot.screen import Screen
from bot.screens import desk, hosting
from bot.screens import draft as drafting
from bot.screens.pushed import pushed
from domain.cards import AgendaLine, Card
from domain.choices import Choice
from domain.desk import Desk, Everything, Seen
from domain.hosting import Host, Hosting
from domain.hosting_answers import LINE_LENGTH, Question, Waiting
from domain.hosting_news import Answer, HostAnswered, HostAsked
from domain.listing import Page
from domain.reading.draft_values import FieldError, FieldFault
from storage import HostState, WebinarStatus
from tests.chat import NOW, draft
from texts.chat import ChatTexts

ZONE = "Europe/Brussels"
EC2I = Host("ec2i", "EC2i", HostState.INVITED, "An hour later, please", mine=False)
HOSTS = (
    Host("adpack2", "AdPack²", HostState.ACCEPTED, "", mine=True),
    Host("nf4", "NF4", HostState.ACCEPTED, "", mine=False),
    EC2I,
    Host("mobigoin", "MobiGoIn-Action", HostState.DECLINED, "", mine=False),
)
OTHERS = (Choice("mobigoin", "MobiGoIn-Action", chosen=False), Choice("silicon", "Silicon Alps", chosen=True))


def list_of(card: Card) -> Page:
    cancelled = replace(card, code="b", status=WebinarStatus.CANCELLED, open=False)
    return Page((card, replace(card, code="a", waiting=7), cancelled), 2, 3, 15)


def desk_of(card: Card, texts: ChatTexts, *, asked: int = 1, admin: bool = False) -> Screen:
    questions = tuple(Waiting(card, "ec2i") for _ in range(asked))
    return desk.desk(Desk(page=list_of(card), questions=questions, admin=admin), texts)


def asked(card: Card, state: HostState | None = HostState.INVITED, **changes: object) -> Question:
    question = Question(
        card=card,
        partnership_id="ec2i",
        partnership="EC2i",
        state=state,
        closed=False,
        line="",
        answered_by="",
        answered_at=None,
    )
    return replace(question, **changes)  # type: ignore[arg-type]


def answered(card: Card, state: HostState, by: str) -> Question:
    return asked(card, state, answered_by=by, answered_at=NOW)


def told(card: Card, answer: Answer, texts: ChatTexts, line: str = "") -> Screen:
    return pushed(HostAnswered(card, "EC2i", answer, line), texts, now=NOW)


OF_CARD: dict[str, Callable[[Card, ChatTexts], Screen]] = {
    "desk": lambda card, words: desk_of(card, words, asked=0),
    "desk_asked": desk_of,
    "desk_asked_often": lambda card, words: desk_of(card, words, asked=7),
    "desk_admin": lambda card, words: desk_of(card, words, admin=True),
    "desk_everything": lambda card, words: desk.everything(Everything(list_of(card), frozenset("a")), words),
    "desk_look": lambda card, words: desk.look(Seen(card, HOSTS[:3]), words),
    "desk_look_agenda": lambda card, words: desk.look(
        Seen(replace(card, agenda=(AgendaLine("Welcome", "", 10),)), HOSTS[:3]), words
    ),
    "desk_look_asked": lambda card, words: desk.look(Seen(card, (replace(EC2I, mine=True),)), words),
    "desk_look_cancelled": lambda card, words: desk.look(
        Seen(replace(card, status=WebinarStatus.CANCELLED), HOSTS[:2]), words
    ),
    "hosts": lambda card, words: hosting.hosts(Hosting(card, HOSTS, OTHERS), words),
    "hosts_alone": lambda card, words: hosting.hosts(Hosting(replace(card, hosts=("A",)), HOSTS[:1], ()), words),
    "hosts_leave_sure": lambda card, words: hosting.leave_sure(Hosting(card, HOSTS, ()), HOSTS[0], words),
    "hosts_published": lambda card, words: drafting.published(replace(card, invited=("EC2i",)), None, words),
    "host_asked": lambda card, words: hosting.question(asked(card), words, ZONE),
    "host_asked_wish": lambda card, words: hosting.question(asked(card, line="An hour later"), words, ZONE),
    "host_accepted": lambda card, words: hosting.question(answered(card, HostState.ACCEPTED, "Chiara"), words, ZONE),
    "host_declined": lambda card, words: hosting.question(answered(card, HostState.DECLINED, ""), words, ZONE),
    "host_withdrawn": lambda card, words: hosting.question(asked(card, None), words, ZONE),
    "host_closed": lambda card, words: hosting.question(asked(card, closed=True), words, ZONE),
    "host_ask_wish": lambda card, words: hosting.ask_wish(asked(card), words),
    "pushed_host_asked": lambda card, words: pushed(HostAsked(card, "ec2i", "EC2i"), words, now=NOW),
    "pushed_host_accepted": lambda card, words: told(card, Answer.ACCEPTED, words),
    "pushed_host_declined": lambda card, words: told(card, Answer.DECLINED, words),
    "pushed_host_requested": lambda card, words: told(card, Answer.REQUESTED, words, "An hour later, please"),
    "pushed_host_left": lambda card, words: told(card, Answer.LEFT, words),
}

NAMED = replace(draft(chosen=("NF4", "EC2i")), asked=frozenset({"ec2i", "adpack2", "mobigoin"}))

SCREENS: dict[str, Callable[[ChatTexts], Screen]] = {
    "hosts_in_draft": lambda words: drafting.hosts(NAMED, words),
    "hosts_in_draft_card": lambda words: drafting.draft_card(NAMED, words),
    "desk_empty": lambda words: desk.desk(Desk(page=Page((), 1, 1, 0), questions=(), admin=False), words),
    "desk_everything_empty": lambda words: desk.everything(Everything(Page((), 1, 1, 0), frozenset()), words),
    "host_wish_too_long": lambda words: hosting.wish_fault(FieldError(FieldFault.TOO_LONG, LINE_LENGTH), words),
}
