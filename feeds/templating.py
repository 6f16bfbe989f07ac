"""Pages from templates, with the words of the reader's language."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from feeds import drawing
from texts.feeds import FeedPhrases


def render(template: str, words: FeedPhrases, **context: Any) -> str:
    return _environment(words.language).get_template(template).render(words=words, **context)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("feeds"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(dot=drawing.dot, stripe=drawing.stripe, post=drawing.post)
    translations = FeedPhrases(language).translations
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined] # by i18n
    return environment
