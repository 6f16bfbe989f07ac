from typing import Protocol

from domain.content import Content
from domain.outbox import Outcome


class Messenger(Protocol):
    """Brings one typed message to one chat and says how that ended. It raises nothing for what Telegram refuses."""

    async def send(self, chat_id: int, language: str, content: Content) -> Outcome: ...
