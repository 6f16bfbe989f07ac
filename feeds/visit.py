"""One reader's visit: in which language, and where the links of the page lead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request

from feeds import negotiation
from feeds.options import FeedOptions
from texts import LANGUAGES
from texts.apps import AppPhrases

Pairs = Mapping[str, str] | Iterable[tuple[str, str]]

_LANGUAGE = "lang"


@dataclass(frozen=True, slots=True)
class Tongue:
    """The same page in one language, by the name that its speakers use. `address` is the full one."""

    code: str
    name: str
    path: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """`chosen` is the language that the address names; without one the browser's counts."""

    options: FeedOptions
    words: AppPhrases
    chosen: str | None
    path: str
    query: tuple[tuple[str, str], ...]

    def to(self, path: str, pairs: Pairs = ()) -> str:
        """The address on this host of another page, in the same language."""
        return self.options.local(path + _query(pairs, self.chosen))

    def full(self, path: str, pairs: Pairs = ()) -> str:
        """The address as one shares it: whoever opens it reads their own language."""
        return self.options.url(path + _query(pairs, None))

    @property
    def canonical(self) -> str:
        return self.options.url(self.path + _query(self.query, self.chosen))

    @property
    def neutral(self) -> str:
        return self.full(self.path, self.query)

    @property
    def tongues(self) -> list[Tongue]:
        return [self._tongue(code) for code in LANGUAGES]

    def _tongue(self, code: str) -> Tongue:
        there = self.path + _query(self.query, code)
        name = AppPhrases(code).language_name(code)
        return Tongue(code, name, self.options.local(there), self.options.url(there), code == self.words.language)


def visit(request: Request, options: FeedOptions) -> Visit:
    """An address that names a language which we do not have is as one that names none."""
    asked = request.query_params.get(_LANGUAGE)
    chosen = asked if asked in LANGUAGES else None
    wanted = ",".join(request.headers.getlist("accept-language"))
    language = chosen or negotiation.language(wanted, options.language)
    query = parse_qsl(request.url.query)
    return Visit(
        options,
        AppPhrases(language),
        chosen,
        _path(request),
        tuple((key, value) for key, value in query if key != _LANGUAGE),
    )


def _path(request: Request) -> str:
    """One that would lead to another host, such as //example.org, leads nowhere."""
    return "/" + quote(request.scope["path"].lstrip("/"))


def _query(pairs: Pairs, language: str | None) -> str:
    items = list(pairs.items() if isinstance(pairs, Mapping) else pairs)
    if language:
        items.append((_LANGUAGE, language))
    return f"?{urlencode(items)}" if items else ""
