"""An HTML page, taken apart."""

from html.parser import HTMLParser

from tests.web import Web

VOID = {"link", "meta", "img", "input"}


class Page(HTMLParser):
    """A page's elements, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.data: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "script":
            self.data.append(data)
        elif "title" not in self._open:
            self.words += data.split()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    def values(self, tag: str, attribute: str) -> list[str]:
        return [found.get(attribute) or "" for name, found in self.elements if name == tag and attribute in found]

    def between(self, before: str, after: str) -> str:
        return self.text.partition(before)[2].partition(after)[0].strip()


async def read(web: Web, path: str, **headers: str) -> Page:
    response = await web.get(path, **headers)
    assert response.status_code == 200
    return Page(response.text)
