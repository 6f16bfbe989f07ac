"""A person's own wishes."""

from dataclasses import dataclass

from bot.callbacks.form import Callback


@dataclass(frozen=True, slots=True)
class FollowShow(Callback):
    prefix = "f"


@dataclass(frozen=True, slots=True)
class FollowPartnership(Callback):
    partnership: str
    prefix = "fp"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class FollowTopic(Callback):
    topic: str
    prefix = "ft"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class FollowNews(Callback):
    """News of new webinars, all on or all off."""

    prefix = "fn"


@dataclass(frozen=True, slots=True)
class FollowLike(Callback):
    """Follow what this webinar is of."""

    code: str
    prefix = "fl"
    shapes = ("code",)


@dataclass(frozen=True, slots=True)
class FollowNot(Callback):
    prefix = "fx"


@dataclass(frozen=True, slots=True)
class SettingsShow(Callback):
    prefix = "s"


@dataclass(frozen=True, slots=True)
class RemindersShow(Callback):
    prefix = "sr"


@dataclass(frozen=True, slots=True)
class LeadToggle(Callback):
    seconds: int
    prefix = "sl"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class LeadAsk(Callback):
    prefix = "sa"


@dataclass(frozen=True, slots=True)
class QuietShow(Callback):
    prefix = "sq"


@dataclass(frozen=True, slots=True)
class QuietSet(Callback):
    """Full hours; equal ones mean none."""

    starts: int
    ends: int
    prefix = "sh"
    shapes = ("number", "number")


@dataclass(frozen=True, slots=True)
class ExtrasShow(Callback):
    """Slides, letters after a webinar, small news."""

    prefix = "se"


@dataclass(frozen=True, slots=True)
class ExtrasSet(Callback):
    on: int
    prefix = "so"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class PlaceAsk(Callback):
    prefix = "sp"


@dataclass(frozen=True, slots=True)
class LanguagesShow(Callback):
    prefix = "sg"


@dataclass(frozen=True, slots=True)
class LanguageSet(Callback):
    language: str
    prefix = "ss"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class CompanyShow(Callback):
    prefix = "c"


@dataclass(frozen=True, slots=True)
class CompanyAsk(Callback):
    prefix = "ca"


@dataclass(frozen=True, slots=True)
class CompanySkip(Callback):
    prefix = "cs"


@dataclass(frozen=True, slots=True)
class CompanyForget(Callback):
    prefix = "cx"


@dataclass(frozen=True, slots=True)
class CountryAsk(Callback):
    """A country that is not shown."""

    prefix = "co"


@dataclass(frozen=True, slots=True)
class CountrySet(Callback):
    """ISO 3166 in small letters."""

    country: str
    prefix = "cc"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class ClusterSet(Callback):
    cluster: str
    prefix = "cl"
    shapes = ("slug",)


@dataclass(frozen=True, slots=True)
class PrivacyShow(Callback):
    prefix = "p"


@dataclass(frozen=True, slots=True)
class Export(Callback):
    prefix = "pe"


@dataclass(frozen=True, slots=True)
class Erase(Callback):
    """The first press asks, the second, with `sure`, does it."""

    sure: int
    prefix = "px"
    shapes = ("number",)


@dataclass(frozen=True, slots=True)
class Stay(Callback):
    prefix = "ps"
