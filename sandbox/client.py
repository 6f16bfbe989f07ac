"""The sandbox for tests: people who write and press, and a look at what the bot did."""

import base64
import ssl
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import httpx
from starlette.types import ASGIApp

from sandbox.errors import UnexpectedAnswerError
from sandbox.seen import Asked, Button, Called, Pressed, Record, Shown

__all__ = ["Asked", "Button", "Called", "Pressed", "Shown", "Telegram"]

WAIT = 10.0
_SLACK = 30.0
_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""A sandbox speaks plain HTTP, and to read the certificates of the world takes longer than most talks with it."""


class Telegram:
    """Talks to a running sandbox. `bot` names the bot where there are several.

    `app` is the application of a sandbox in this process: it is asked without a connection, in a third of the time.
    """

    def __init__(self, url: str, *, bot: int | str | None = None, app: ASGIApp | None = None) -> None:
        self.url = url.rstrip("/")
        self._bot = bot
        self._http = httpx.AsyncClient(
            base_url=self.url,
            transport=httpx.ASGITransport(app) if app else None,
            verify=_NOBODY,
            trust_env=False,
            timeout=WAIT + _SLACK,
        )
        self._mark = 0

    @property
    def bot_url(self) -> str:
        """What a bot takes as its `base_url`."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        return f"{self.url}/file/bot"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    # People

    async def people(self, first: int, count: int = 1, **about: Any) -> None:
        """Make people: first_name, last_name, username, language_code, about; `started` if they know the bot."""
        if about.get("started"):
            about["bot"] = self._bot
        await self._post("people", id=first, count=count, **about)

    async def say(
        self,
        user: int,
        text: str,
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        entities: Sequence[Record] | None = None,
        forward: bool = False,
    ) -> Shown:
        given = None if entities is None else list(entities)
        return Shown.read(
            await self._act("say", user=user, text=text, chat=chat, reply_to=reply_to, entities=given, forward=forward)
        )

    async def start(self, user: int, payload: str | None = None) -> Shown:
        """Open the chat with the bot, as a `?start=` link does."""
        return Shown.read(await self._act("start", user=user, payload=payload))

    async def edit(self, user: int, message_id: int, text: str, *, chat: int | None = None) -> Shown:
        return Shown.read(await self._act("edit", user=user, message_id=message_id, text=text, chat=chat))

    async def document(
        self,
        user: int,
        file_name: str,
        content: bytes,
        *,
        mime_type: str = "",
        caption: str = "",
        chat: int | None = None,
    ) -> Shown:
        encoded = base64.b64encode(content).decode()
        sent = await self._act(
            "document",
            user=user,
            file_name=file_name,
            content_base64=encoded,
            mime_type=mime_type,
            caption=caption,
            chat=chat,
        )
        return Shown.read(sent)

    async def contact(
        self, user: int, phone_number: str, first_name: str, *, last_name: str = "", vcard: str = ""
    ) -> Shown:
        sent = await self._act(
            "contact", user=user, phone_number=phone_number, first_name=first_name, last_name=last_name, vcard=vcard
        )
        return Shown.read(sent)

    async def press(
        self, user: int, message_id: int, button: str, *, chat: int | None = None, wait: float = WAIT
    ) -> Pressed:
        """Press a button that is shown, by label or callback data, and wait for the bot's answer (0: don't)."""
        return Pressed.read(
            await self._act("press", user=user, message_id=message_id, button=button, chat=chat, wait=wait)
        )

    async def forge(
        self, user: int, message_id: int, data: str, *, chat: int | None = None, wait: float = WAIT
    ) -> Pressed:
        """Send callback data that no button shows."""
        return Pressed.read(await self._act("forge", user=user, message_id=message_id, data=data, chat=chat, wait=wait))

    async def inline(self, user: int, query: str, *, offset: str = "", wait: float = WAIT) -> Asked:
        answer = await self._act("inline", user=user, query=query, offset=offset, wait=wait)
        return Asked.read(answer)

    async def choose(self, user: int, asked: Asked, result_id: str, *, chat: int | None = None) -> Shown:
        return Shown.read(
            await self._act("choose", user=user, inline_query_id=asked.query_id, result_id=result_id, chat=chat)
        )

    async def block(self, user: int, *, on: bool = True) -> None:
        await self._act("block", user=user, on=on)

    async def deactivate(self, user: int, *, on: bool = True) -> None:
        await self._post("deactivate", user=user, on=on)

    # The world around

    async def bot(self, token: str, **changes: Any) -> Record:
        """Make a bot before it calls: username, first_name, inline, reads_groups."""
        return await self._post("bot", token=token, **changes)

    async def group(
        self,
        chat_id: int,
        *,
        kind: str = "supergroup",
        title: str | None = None,
        members: Mapping[int, str] | None = None,
    ) -> None:
        listed = {str(user_id): status for user_id, status in (members or {}).items()}
        await self._post("chat", id=chat_id, type=kind, title=title, members=listed)

    async def migrate(self, chat: int, to: int) -> None:
        await self._post("migrate", chat=chat, to=to)

    async def fault(self, **fault: Any) -> None:
        """Add a fault: method, chat_id, share, n, code, description, parameters, delay, when, drop, seed."""
        await self._post("fault", **fault)

    async def fair(self) -> None:
        """End all bad weather."""
        await self._post("fault")
        await self._post("rate")
        await self.outage(on=False)

    async def outage(self, *, on: bool = True) -> None:
        """Telegram as if killed: all connections of bots break. With `on` false it is there again."""
        await self._post("outage", on=on)

    async def rate(
        self, *, per_second: int | None = None, per_chat_second: int | None = None, per_group_minute: int | None = None
    ) -> None:
        await self._post(
            "rate", per_second=per_second, per_chat_second=per_chat_second, per_group_minute=per_group_minute
        )

    async def advance(self, seconds: float) -> None:
        """Push the sandbox's clock forward; the bot's own stays as it is, unless it goes by this one."""
        await self._post("clock", advance=seconds)

    async def reset(self) -> None:
        await self._post("reset")
        await self.mark()

    # Looking

    async def ready(self, wait: float = WAIT) -> bool:
        """Wait until the bot fetches updates or has a webhook."""
        answer = await self._get("ready", bot=self._bot, wait=wait)
        return answer["ready"] is True

    async def chat(self, chat: int) -> tuple[Shown, ...]:
        """The messages of a chat as they are now, oldest first."""
        answer = await self._get("chat", chat=chat, bot=self._bot if chat > 0 else None)
        return tuple(Shown.read(message) for message in answer["messages"])

    async def last(self, chat: int) -> Shown:
        """The newest message of a chat."""
        messages = await self.chat(chat)
        if not messages:
            raise UnexpectedAnswerError(f"the chat {chat} is empty")
        return messages[-1]

    async def mark(self) -> int:
        """Remember where the transcript is: `wait_for` and `calls` look behind this place from now on."""
        self._mark = (await self._get("state"))["last_call"]
        return self._mark

    async def calls(
        self,
        method: str | None = None,
        *,
        chat: int | None = None,
        since: int | None = None,
        wait: float = 0,
        count: int = 1,
    ) -> tuple[Called, ...]:
        """The calls since the mark (or `since`); waits for `count` of them at most `wait` seconds."""
        after = self._mark if since is None else since
        answer = await self._get(
            "transcript", method=method, chat=chat, since=after, wait=wait, count=count, bot=self._bot
        )
        return tuple(Called.read(call) for call in answer["calls"])

    async def wait_for(
        self, method: str, *, chat: int | None = None, since: int | None = None, wait: float = WAIT, count: int = 1
    ) -> tuple[Called, ...]:
        """Like `calls`, but too few are an error that shows what there was."""
        found = await self.calls(method, chat=chat, since=since, wait=wait, count=count)
        if len(found) < count:
            after = self._mark if since is None else since
            seen = [f"{call.method}({call.chat_id})" for call in await self.calls(since=after)]
            raise UnexpectedAnswerError(f"{len(found)} of {count} calls of {method} in {wait} s; the bot called {seen}")
        return found

    async def refusals(self, since: int = 0) -> tuple[Called, ...]:
        """All calls that were refused, by the weather too."""
        answer = await self._get("refusals", since=since)
        return tuple(Called.read(call) for call in answer["calls"])

    async def mistakes(self, *but: str) -> tuple[Called, ...]:
        """Refused calls but those that were struck by weather on request, and those with one of these descriptions.

        A good test ends with none.
        """
        refused = await self.refusals()
        return tuple(call for call in refused if not call.raw.get("fault") and call.description not in but)

    async def file(self, file_id: str) -> bytes:
        answer = await self._http.get(f"/_/files/{file_id}")
        answer.raise_for_status()
        return answer.content

    async def state(self) -> Record:
        return await self._get("state")

    async def _act(self, name: str, **fields: Any) -> dict[str, Any]:
        return await self._post(name, bot=self._bot, **fields)

    async def _post(self, name: str, **fields: Any) -> dict[str, Any]:
        given = {key: value for key, value in fields.items() if value is not None}
        timeout = _SLACK + float(given.get("wait", 0))
        return _checked(await self._http.post(f"/_/{name}", json=given, timeout=timeout))

    async def _get(self, name: str, **query: Any) -> dict[str, Any]:
        given = {key: value for key, value in query.items() if value is not None}
        timeout = _SLACK + float(given.get("wait", 0))
        return _checked(await self._http.get(f"/_/{name}", params=given, timeout=timeout))


def _checked(answer: httpx.Response) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    if not answer.is_success:
        raise UnexpectedAnswerError(f"{answer.status_code}: {body.get('error', body)}")
    return body
