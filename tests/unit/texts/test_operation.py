"""What administrators read of messages in trouble."""

import pytest

from storage import DeliveryKind
from texts.chat import ChatTexts


@pytest.mark.parametrize("kind", DeliveryKind)
def test_every_kind_of_message_has_a_name_in_every_language(kind: DeliveryKind) -> None:
    said = [str(ChatTexts(language).message_in_trouble(1, kind.value, None, "why", "now")) for language in ("en", "fr")]

    assert len(set(said)) == len(said)
    assert not any("_" in line for line in said)
