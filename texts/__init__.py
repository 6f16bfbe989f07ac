"""All words for people, in every language, and times as people write them."""

from texts.catalogue import LANGUAGES, Phrases, closest

__all__ = ["LANGUAGES", "Phrases", "closest"]
