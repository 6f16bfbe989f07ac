from typing import Protocol

from domain.content import Content
from domain.outcomes import Outcome
from domain.sharing import Stale


class Messenger(Protocol):
    """Brings one typed message to one chat and says how that ended. It raises nothing for what Telegram refuses."""

    async def send(self, chat_id: int, language: str, content: Content) -> Outcome: ...

    async def refresh(self, shared: Stale) -> Outcome:
        """Change a card that somebody shared. Its message's id is in the outcome only for our own messages: 0."""
