"""Slides and a recording: given by organisers, open to everybody who looks at the webinar afterwards."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks import ManageShow, MaterialAsk, MaterialGet, MaterialRemove, MaterialsShow
from bot.screen import Button, Link, Press, Rows, Screen, cut, lines
from domain.cards import Card, Handout
from storage import MaterialKind
from texts.chat import ChatTexts

_SHOWN = 80


def materials(card: Card, texts: ChatTexts, said: Markup | None = None) -> Screen:
    there = {handout.kind: handout for handout in card.materials}
    remove = {
        MaterialKind.SLIDES: texts.button_remove_slides,
        MaterialKind.RECORDING: texts.button_remove_recording,
    }
    return Screen(
        lines(
            said,
            texts.materials(card.title),
            *(texts.material_line(_label(kind, texts), _value(there.get(kind), texts)) for kind in MaterialKind),
        ),
        (
            tuple(Press(_label(kind, texts), MaterialAsk(card.code, kind)) for kind in MaterialKind),
            tuple(Press(label(), MaterialRemove(card.code, kind)) for kind, label in remove.items() if kind in there),
            (Press(texts.button_back(), ManageShow(card.code)),),
        ),
    )


def ask(card: Card, kind: MaterialKind, texts: ChatTexts) -> Screen:
    return Screen(texts.material_ask(kind, card.title), back(card.code, texts))


def back(code: str, texts: ChatTexts) -> Rows:
    return ((Press(texts.button_back(), MaterialsShow(code)),),)


def buttons(card: Card, handouts: Sequence[Handout], texts: ChatTexts, *, below: bool = False) -> tuple[Button, ...]:
    """One for each: a link opens, a file is sent."""
    return tuple(
        Link(_label(handout.kind, texts), handout.url)
        if handout.url
        else Press(_label(handout.kind, texts), MaterialGet(card.code, handout.kind), below=below)
        for handout in handouts
    )


def _label(kind: MaterialKind, texts: ChatTexts) -> str:
    return texts.button_slides() if kind is MaterialKind.SLIDES else texts.button_recording()


def _value(handout: Handout | None, texts: ChatTexts) -> str:
    return cut(handout.url or handout.file_name or texts.nameless_file(), _SHOWN) if handout else texts.no_material()
