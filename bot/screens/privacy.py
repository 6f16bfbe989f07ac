"""What is stored, handed over, forgotten."""

from bot.callbacks import Erase, Export, PrivacyShow, SettingsShow, ShowUpcoming
from bot.screen import Press, Screen
from texts.chat import ChatTexts


def privacy(texts: ChatTexts, *, organiser: bool) -> Screen:
    return Screen(
        texts.privacy(organiser=organiser),
        (
            (Press(texts.button_export(), Export()), Press(texts.button_erase(), Erase(0))),
            (Press(texts.button_settings(), SettingsShow()),),
        ),
    )


def stays(texts: ChatTexts) -> Screen:
    return Screen(texts.stays(), ((Press(texts.button_all(), ShowUpcoming(1)),),))


def erase_sure(texts: ChatTexts) -> Screen:
    return Screen(
        texts.erase_sure(),
        ((Press(texts.button_erase_sure(), Erase(1)),), (Press(texts.button_back(), PrivacyShow()),)),
    )
