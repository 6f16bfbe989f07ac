"""Where an organiser starts: webinars to change, questions to answer, the others' webinars, the team."""

from markupsafe import Markup

from bot.callbacks import (
    AgendaShare,
    DraftNew,
    DraftsShow,
    HostAsked,
    ImportShow,
    LogShow,
    ManageAll,
    ManageList,
    ManageLook,
    ManageShow,
    MeetingsShow,
    ShowCard,
    TeamsShow,
)
from bot.screen import Button, Press, Rows, Screen, cut, lines
from bot.screens.card import cancelled, label, short, short_when
from bot.screens.registrants import looking_back
from domain.cards import Card
from domain.desk import Desk, Everything, Seen
from domain.hosting_answers import Waiting
from domain.listing import Page
from storage import HostState, WebinarStatus
from texts.chat import ChatTexts

_LABEL_LENGTH = 40
_MOST_QUESTIONS = 5


def desk(found: Desk, texts: ChatTexts) -> Screen:
    page = found.page
    title = texts.with_page(texts.managed_title(), page.number, page.pages) if page.cards else texts.nothing_managed()
    items = [item for card in page.cards for item in ("", _own(card, texts))]
    asked = ("", texts.host_questions(len(found.questions))) if found.questions else ()
    return Screen(
        lines(title, *items, *asked),
        (
            *((Press(label(card), ManageShow(card.code)),) for card in page.cards),
            _turns(page, texts),
            *(_question(waiting, texts) for waiting in found.questions[:_MOST_QUESTIONS]),
            *_tools(found, texts),
        ),
    )


def everything(found: Everything, texts: ChatTexts) -> Screen:
    page = found.page
    own = (Press(texts.button_own(), ManageList(1)),)
    if not page.cards:
        return Screen(texts.nothing_planned(), (own,))
    title = texts.with_page(texts.everything_title(), page.number, page.pages)
    items = [item for card in page.cards for item in ("", _any(card, texts))]
    earlier = (Press(texts.button_earlier(), ManageAll(page.number - 1)),) if page.number > 1 else ()
    later = (Press(texts.button_later(), ManageAll(page.number + 1)),) if page.number < page.pages else ()
    each = (
        (Press(label(card), (ManageShow if card.code in found.editable else ManageLook)(card.code)),)
        for card in page.cards
    )
    return Screen(lines(title, *items), (*each, (*earlier, *later), own))


def look(seen: Seen, texts: ChatTexts) -> Screen:
    """A webinar of others."""
    card = seen.card
    invited = [host.name for host in seen.hosts if host.state is HostState.INVITED]
    hosting = short(texts.seen_hosts(card.hosts, invited))
    asked = [host for host in seen.hosts if host.mine and host.state is HostState.INVITED]
    return Screen(
        lines(
            cancelled(card, texts),
            texts.managed_webinar(card.title, short_when(card, texts)),
            Markup("{hosts}").format(hosts=hosting),
            texts.look_only(),
        ),
        (
            *(
                (Press(_question_label(card, texts), HostAsked(card.code, host.id)),)
                for host in asked[:_MOST_QUESTIONS]
            ),
            (Press(texts.button_share_agenda(), AgendaShare(card.code), below=True),) if card.agenda else (),
            (Press(texts.button_preview(), ShowCard(card.code)), Press(texts.button_back(), ManageAll(1))),
        ),
    )


def _tools(found: Desk, texts: ChatTexts) -> Rows:
    others = () if found.admin else (Press(texts.button_everything(), ManageAll(1)),)
    log = (Press(texts.button_log(), LogShow(1)),) if found.admin else ()
    drafts = (Press(texts.button_drafts(found.drafts), DraftsShow(1)),) if found.drafts else ()
    return (
        (Press(texts.button_new(), DraftNew()), *drafts),
        (Press(texts.button_meetings(), MeetingsShow(1)),),
        (Press(texts.button_team(), TeamsShow()), Press(texts.button_import(), ImportShow())),
        *looking_back(texts),
        (*others, *log),
    )


def _question(waiting: Waiting, texts: ChatTexts) -> tuple[Button, ...]:
    return (Press(_question_label(waiting.card, texts), HostAsked(waiting.card.code, waiting.partnership_id)),)


def _question_label(card: Card, texts: ChatTexts) -> str:
    return cut(texts.button_host_question(card.title), _LABEL_LENGTH)


def _own(card: Card, texts: ChatTexts) -> Markup:
    return Markup("<b>{title}</b>\n{when} · {people}{state}").format(
        title=card.title,
        when=short_when(card, texts),
        people=texts.attendance(card.registered, card.waiting),
        state=_state(card, texts),
    )


def _any(card: Card, texts: ChatTexts) -> Markup:
    return Markup("<b>{title}</b>\n{when} · {hosts}{state}").format(
        title=card.title, when=short_when(card, texts), hosts=short(texts.hosts(card.hosts)), state=_state(card, texts)
    )


def _state(card: Card, texts: ChatTexts) -> str:
    meeting = f" · {texts.state_meeting()}" if card.meeting else ""
    return meeting + (f" · {texts.state_cancelled()}" if card.status is WebinarStatus.CANCELLED else "")


def _turns(page: Page, texts: ChatTexts) -> tuple[Button, ...]:
    earlier = (Press(texts.button_earlier(), ManageList(page.number - 1)),) if page.number > 1 else ()
    later = (Press(texts.button_later(), ManageList(page.number + 1)),) if page.number < page.pages else ()
    return (*earlier, *later)
