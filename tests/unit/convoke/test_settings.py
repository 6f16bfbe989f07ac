from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from convoke.settings import ReminderSettings, Settings, StorageSettings, TelegramSettings, WebSettings

TOKEN = "123456789:" + 35 * "x"


def made() -> Settings:
    return Settings(telegram=TelegramSettings(token=SecretStr(TOKEN)))


def test_defaults() -> None:
    assert made().model_dump() == {
        "telegram": {
            "token": SecretStr(TOKEN),
            "api_url": "https://api.telegram.org",
            "link_url": "https://t.me",
            "mode": "polling",
            "webhook_url": None,
            "webhook_secret": None,
            "admins": (),
        },
        "storage": {"url": "sqlite:///var/convoke.db"},
        "web": {
            "host": "127.0.0.1",
            "port": 8080,
            "public_url": "http://127.0.0.1:8080",
            "secret": None,
            "trusted_proxies": (),
            "metrics_token": None,
        },
        "reminders": {"leads": (timedelta(hours=24), timedelta(hours=1), timedelta(minutes=10))},
        "notices": {"settle": timedelta(minutes=2)},
        "delivery": {"messages_per_second": 25, "workers": 8, "alert_after": timedelta(minutes=1)},
        "consortium": {
            "file": Path("consortium.toml"),
            "timezone": "Europe/Brussels",
            "language": "en",
            "display_zones": ("Asia/Shanghai", "America/New_York", "America/Los_Angeles"),
        },
        "privacy": {"forget_after_months": 24},
        "log": {"level": "info", "format": "text"},
    }


@pytest.mark.parametrize(
    ("public_url", "api_url", "redirects"),
    [
        ("http://127.0.0.1:8080", "https://api.telegram.org", False),
        ("http://localhost:8080", "https://api.telegram.org", False),
        ("https://webinars.example.org", "https://api.telegram.org", True),
        ("http://127.0.0.1:8080", "http://127.0.0.1:9000", True),
    ],
)
def test_way_in_leads_through_pages_that_people_can_reach(public_url: str, api_url: str, *, redirects: bool) -> None:
    telegram = TelegramSettings(token=SecretStr(TOKEN), api_url=api_url)

    assert Settings(telegram=telegram, web=WebSettings(public_url=public_url)).join_redirects is redirects


def test_settings_made_by_hand_ignore_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOKE_WEB__PORT", "9999")

    assert made().web.port == 8080


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        made().log.level = "debug"


def test_representation_holds_no_secret() -> None:
    telegram = TelegramSettings(
        token=SecretStr(TOKEN),
        mode="webhook",
        webhook_url="https://convoke.example.org",
        webhook_secret=SecretStr("hunter2"),
    )
    storage = StorageSettings(url="postgresql+psycopg://convoke:hunter2@localhost/convoke")

    shown = repr(Settings(telegram=telegram, storage=storage))

    assert [secret for secret in (TOKEN, "hunter2") if secret in shown] == []


@given(st.lists(st.timedeltas(timedelta(seconds=1), timedelta(days=30))))
def test_leads_are_ordered_and_different(leads: list[timedelta]) -> None:
    kept = ReminderSettings(leads=tuple(leads)).leads

    assert set(kept) == set(leads)
    assert all(longer > shorter for longer, shorter in pairwise(kept))
