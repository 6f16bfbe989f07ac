"""What organisers send themselves, as those read it who get it."""

from markupsafe import Markup

from bot.callbacks import CameAfterAll, ExtrasShow, Leave, SettingsShow, ShowCard
from bot.screen import Press, Screen, lines
from bot.screens import materials
from bot.screens.card import short
from domain.mailing import HandedOut, Written
from domain.missed import Missed
from storage import RegistrationStatus
from texts.chat import ChatTexts


def pushed(content: Written | HandedOut, texts: ChatTexts) -> Screen:
    """Who gives up their place gets no more of it; after the webinar there is only what everybody can set."""
    card = content.card
    details = Press(texts.button_details(), ShowCard(card.code), below=True)
    settings = Press(texts.button_settings(), SettingsShow(), below=True)
    if isinstance(content, Written):
        seated = card.my_status is RegistrationStatus.REGISTERED
        leave = Press(texts.button_leave() if seated else texts.button_leave_waitlist(), Leave(card.code))
        return Screen(letter(content, texts), ((details, settings if card.ended else leave),))
    others = tuple(handout for handout in content.new if handout is not content.attached)
    text = texts.handed_out(card.title, [handout.kind for handout in content.new])
    return Screen(text, (materials.buttons(card, others, texts, below=True), (details, settings)))


def missed(content: Missed, texts: ChatTexts) -> Screen:
    """Whom we did not see may have come another way: one press puts it right."""
    card = content.card
    others = tuple(handout for handout in content.new if handout is not content.attached)
    return Screen(
        texts.missed(card.title),
        (
            materials.buttons(card, others, texts, below=True),
            (Press(texts.button_came_after_all(), CameAfterAll(card.code), below=True),),
            (
                Press(texts.button_details(), ShowCard(card.code), below=True),
                Press(texts.button_fewer(), ExtrasShow(), below=True),
            ),
        ),
    )


def letter(content: Written, texts: ChatTexts) -> Markup:
    """What its readers see, and the organiser before them."""
    heading = texts.letter(content.card.title, short(texts.hosts(content.card.hosts)))
    return lines(heading, "", Markup("{text}").format(text=content.text))
