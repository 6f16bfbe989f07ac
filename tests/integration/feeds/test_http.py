"""What calendar apps and browsers are told around the bytes."""

import gzip
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import timedelta

import brotli
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message

from feeds.app import build
from storage import Database
from tests.web import OPTIONS, Clock, Web

FEED = "/feeds/all.ics"
PUBLIC = "public, max-age=300, must-revalidate"
PRIVATE = "private, max-age=300, must-revalidate"


@pytest.mark.parametrize(
    ("path", "filename"),
    [
        ("/feeds/all.ics", "all.ics"),
        ("/feeds/adpack2.ics", "adpack2.ics"),
        ("/feeds/topics/china.ics", "china.ics"),
        ("/webinars/pack.ics", "pack.ics"),
    ],
)
async def test_headers_of_a_public_calendar(web: Web, path: str, filename: str) -> None:
    await web.add("pack")

    response = await web.get(path)

    assert dict(response.headers) == {
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": f'inline; filename="{filename}"',
        "content-length": str(len(response.content)),
        "cache-control": PUBLIC,
        "etag": response.headers["etag"],
        "last-modified": "Sun, 10 Jan 2027 00:00:00 GMT",
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "content-security-policy": "default-src 'none'",
    }


async def test_personal_calendar_is_kept_from_others(web: Web) -> None:
    response = await web.get(web.personal())

    assert response.headers["cache-control"] == PRIVATE
    assert response.headers["x-robots-tag"] == "noindex"


async def test_head_is_get_without_the_bytes(web: Web) -> None:
    for path in (FEED, "/", "/calendar", "/robots.txt", "/static/style.css"):
        whole, head = await web.get(path), await web.ask("HEAD", path)

        assert (head.status_code, head.content) == (200, b"")
        assert head.headers == whole.headers


@pytest.mark.parametrize(
    ("accepted", "encoding", "decompress"),
    [("gzip, deflate", "gzip", gzip.decompress), ("gzip, deflate, br, zstd", "br", brotli.decompress)],
)
async def test_compressed_is_the_same_with_a_tag_of_its_own(
    web: Web, accepted: str, encoding: str, decompress: Callable[[bytes], bytes]
) -> None:
    plain = await web.get(FEED)
    for _ in range(2):  # made for the first, known to the second
        request = web.client.build_request("GET", FEED, headers={"accept-encoding": accepted})
        response = await web.client.send(request, stream=True)
        raw = b"".join([chunk async for chunk in response.aiter_raw()])

        assert response.headers["content-encoding"] == encoding
        assert response.headers["content-length"] == str(len(raw))
        assert decompress(raw) == plain.content
        assert response.headers["etag"] != plain.headers["etag"]


async def test_head_sends_no_byte_even_to_the_server(web: Web) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "HEAD", "path": FEED, "query_string": b"", "headers": []}
    for _ in range(2):  # the second time without looking for a route
        await web.app(scope, receive, send)

    assert [message.get("status") for message in sent] == [200, None] * 2
    assert (sent[1]["body"], sent[3]["body"]) == (b"", b"")


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_who_has_it_is_not_sent_it_again(web: Web, method: str, encoding: str) -> None:
    first = await web.get(FEED, accept_encoding=encoding)
    kept = {name: first.headers[name] for name in ("etag", "last-modified", "cache-control", "vary")}

    for condition in (
        {"if_none_match": first.headers["etag"]},
        {"if_none_match": f'"other", W/{first.headers["etag"]}'},
        {"if_none_match": "*"},
        {"if_none_match": first.headers["etag"], "if_modified_since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"if_modified_since": first.headers["last-modified"]},
    ):
        again = await web.ask(method, FEED, accept_encoding=encoding, **condition)

        assert (again.status_code, again.content) == (304, b"")
        assert {name: again.headers[name] for name in kept} == kept
        assert again.headers.keys() & {"content-length", "content-encoding", "content-type"} == set()


async def test_tag_of_the_other_encoding_is_another_thing(web: Web) -> None:
    tag = (await web.get(FEED, accept_encoding="gzip")).headers["etag"]

    assert (await web.get(FEED, if_none_match=tag)).status_code == 200


async def test_date_does_not_count_beside_a_tag(web: Web) -> None:
    date = (await web.get(FEED)).headers["last-modified"]

    assert (await web.get(FEED, if_none_match='"other"', if_modified_since=date)).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feeds/unknown.ics", 404),
        ("/feeds/topics/unknown.ics", 404),
        ("/feeds/custom.ics?market=china", 400),
        ("/feeds/custom.ics?topic=%00", 400),
        ("/feeds/custom.ics?language=tlh", 400),
        ("/feeds/all", 404),
        ("/feeds/all.ics/", 404),
        ("/feeds/%00.ics", 404),
        ("/feeds/a%20b.ics", 404),
        ("/feeds/..%2Fall.ics", 404),
        ("/feeds/%ff.ics", 404),
        ("/webinars/unknown", 404),
        ("/webinars/unknown.ics", 404),
        ("/webinars/%00", 404),
        ("/webinars/' OR 1=1", 404),
        ("/static/unknown.css", 404),
        ("/static/..%2Fapp.py", 404),
        ("/unknown", 404),
        (f"/{'x' * 2047}", 404),
        (f"/{'x' * 2048}", 414),
        (f"/feeds/all.ics?{'x' * 2048}", 414),
    ],
)
async def test_refusals_are_sentences(web: Web, path: str, status: int) -> None:
    response = await web.get(path)

    assert response.status_code == status
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.text.endswith(".\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND"])
async def test_calendars_can_only_be_read(web: Web, method: str) -> None:
    response = await web.ask(method, FEED)

    assert (response.status_code, response.text) == (405, "This address can only be read.\n")
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}


async def test_nobody_is_given_a_cookie(web: Web) -> None:
    await web.add("pack")
    for path in (FEED, web.personal(), "/", "/calendar", "/webinars/pack", "/robots.txt", "/unknown"):
        assert "set-cookie" not in (await web.get(path)).headers


async def test_header_that_is_said_twice_is_a_list(web: Web) -> None:
    tag = (await web.get(FEED)).headers["etag"]
    headers = [("accept-encoding", "identity"), ("if-none-match", '"other"'), ("if-none-match", tag)]

    assert [(await web.client.get(FEED, headers=headers)).status_code for _ in range(2)] == [304, 304]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"accept-encoding": "gzip"}, {"if-none-match": "*"}, {"if-modified-since": "Fri, 31 Dec 9999 23:59:59 GMT"}],
)
async def test_what_is_answered_at_once_is_what_the_route_answers(
    web: Web, method: str, headers: dict[str, str]
) -> None:
    await web.add("pack")
    for path in (FEED, "/feeds/custom.ics?topic=china", "/webinars/pack.ics", web.personal()):
        first, again = [await web.client.request(method, path, headers=headers) for _ in range(2)]

        assert (again.status_code, again.headers, again.content) == (first.status_code, first.headers, first.content)


async def test_one_link_is_not_used_without_end(web: Web) -> None:
    answers = [await web.get(web.personal()) for _ in range(62)]
    refused = answers[60]

    assert [answer.status_code for answer in answers] == [200] * 60 + [429] * 2
    assert refused.headers["retry-after"] == "5"
    assert refused.text == "This calendar was asked for too often. Please wait.\n"
    assert (await web.get(FEED)).status_code == 200

    web.clock.forward(timedelta(seconds=5))
    assert [(await web.get(web.personal())).status_code for _ in range(2)] == [200, 429]


async def test_page_about_a_link_is_not_asked_for_without_end(web: Web) -> None:
    page = web.personal().removesuffix(".ics")
    answers = [await web.get(page, accept="text/html") for _ in range(61)]

    assert [answer.status_code for answer in answers] == [200] * 60 + [429]
    assert answers[60].headers["retry-after"] == "5"
    assert (await web.get(web.personal())).status_code == 200


async def test_robots_may_read_everything(web: Web) -> None:
    assert (await web.get("/robots.txt")).text == "User-agent: *\nAllow: /\n"


@pytest.mark.parametrize("path", [FEED, "/feeds/adpack2.ics", "/", "/calendar", "/webinars/pack"])
async def test_database_that_does_not_answer_is_no_empty_calendar(clock: Clock, path: str) -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    try:
        response = await Web(database, clock).get(path)
    finally:
        await database.close()

    assert (response.status_code, response.headers["retry-after"]) == (503, "60")
    assert response.text == "The calendar cannot be read at the moment. Please try again.\n"


async def test_calendar_known_before_is_not_served_when_the_database_fails(sqlite_url: str, clock: Clock) -> None:
    database = Database(sqlite_url)
    web = Web(database, clock)
    before = await web.get(FEED)
    await database.write(lambda session: session.connection().exec_driver_sql("ALTER TABLE webinar RENAME TO lost"))
    during = await web.get(FEED)
    await database.write(lambda session: session.connection().exec_driver_sql("ALTER TABLE lost RENAME TO webinar"))
    after = await web.get(FEED)
    await database.close()

    assert [response.status_code for response in (before, during, after)] == [200, 503, 200]
    assert after.content == before.content


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (TimeoutError(), 503, "The calendar cannot be read at the moment. Please try again.\n"),
        (ZeroDivisionError("what only we should read"), 500, "Something went wrong on our side.\n"),
    ],
)
async def test_what_fails_says_so_without_details(web: Web, error: Exception, status: int, sentence: str) -> None:
    async def fail(_request: Request) -> Response:
        raise error

    web.serve(build(web.database, OPTIONS, now=web.clock, extra_routes=[Route("/fail", fail)]))
    response = await web.get("/fail")

    assert (response.status_code, response.text) == (status, sentence)


async def test_other_rooms_add_routes(database: Database, clock: Clock) -> None:
    async def pong(_request: Request) -> Response:
        return PlainTextResponse("pong")

    web = Web(database, clock)
    web.serve(build(database, OPTIONS, now=clock, extra_routes=[Route("/ping", pong)]))

    assert (await web.get("/ping")).text == "pong"


async def test_every_request_is_counted_once(database: Database, clock: Clock) -> None:
    async def fail(_request: Request) -> Response:
        raise ZeroDivisionError

    counted: defaultdict[str, Counter[int]] = defaultdict(Counter)
    routes = [Route("/fail", fail)]
    web = Web(database, clock)
    web.serve(build(database, OPTIONS, now=clock, extra_routes=routes, answered=counted.__getitem__))
    for path, tag in ((FEED, "none"), (FEED, "none"), (FEED, "*"), ("/unknown", "none"), ("/fail", "none")):
        await web.get(path, if_none_match=tag)

    assert counted == {FEED: {200: 2, 304: 1}, "/unknown": {404: 1}, "/fail": {500: 1}}
