from collections.abc import Mapping


class SandboxError(Exception):
    """The root of the sandbox's own errors."""


class StateFileError(SandboxError):
    """The state file cannot be read, or another version wrote it."""


class ControlError(SandboxError):
    """A request to the control interface asks for something that is not there or not possible."""


class UnexpectedAnswerError(SandboxError):
    """The sandbox answered a test client's request with a refusal."""


class Refusal(SandboxError):  # noqa: N818 -- Telegram refuses a call; nothing is wrong with the program
    """A call the Bot API answers with ``ok: false``; the description is Telegram's own sentence."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


class Broken(Refusal):
    """No answer at all: the connection ends."""

    def __init__(self) -> None:
        super().__init__(500, "The connection was closed before the call was accepted")


def bad_request(message: str) -> Refusal:
    """A 400 as the Bot API words it: the first letter is lowered unless the sentence starts with an error name."""
    named = len(message) > 1 and (message[1] == "_" or message[1].isupper())
    return Refusal(400, f"Bad Request: {message if named else message[:1].lower() + message[1:]}")


def forbidden(message: str) -> Refusal:
    return Refusal(403, f"Forbidden: {message}")


def too_many(retry_after: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
