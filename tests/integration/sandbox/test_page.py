import re
from pathlib import Path

import httpx
import pytest

import sandbox as package
from sandbox.server import Sandbox

STATIC = Path(package.__file__).with_name("static")
SCRIPTS = sorted(path.name for path in STATIC.glob("*.js"))


async def test_page_allows_nothing_from_elsewhere(sandbox: Sandbox) -> None:
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        page = await http.get("/")
        assert (await http.get("/t.me/some_bot?start=w_x")).content == page.content  # its script does the rest
    policy = dict(part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    assert re.findall(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", page.text) == []
    assert "No part of Telegram" in page.text


async def test_everything_the_page_names_is_there(sandbox: Sandbox) -> None:
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        named = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', (await http.get("/")).text))
        imported = {
            f"/static/{name}"
            for script in SCRIPTS
            for name in re.findall(r'from "\./([\w.]+)"', (STATIC / script).read_text(encoding="utf-8"))
        }
        statuses = {path: (await http.get(path)).status_code for path in named | imported}
    assert set(statuses.values()) == {200}
    assert {f"/static/{script}" for script in SCRIPTS} <= statuses.keys()


@pytest.mark.parametrize("path", sorted(STATIC.iterdir()), ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    addresses = re.findall(r"https?://[\w.-]+", path.read_text(encoding="utf-8"))
    assert set(addresses) <= {"http://www.w3.org", "https://t.me"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_never_write_markup(script: str) -> None:
    source = (STATIC / script).read_text(encoding="utf-8")
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", source) == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_element_a_script_looks_for_is_on_the_page(script: str) -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    looked_for = set(re.findall(r'\bfind\("([\w-]+)"\)', (STATIC / script).read_text(encoding="utf-8")))
    assert looked_for <= set(re.findall(r'\bid="([\w-]+)"', page))
