from datetime import timedelta

import pytest
from pydantic import SecretStr

from convoke.settings import ReminderSettings, Settings, StorageSettings, TelegramSettings, WebSettings
from convoke.summary import summary
from domain.consortium import Consortium, PartnershipEntry, TopicEntry
from storage import TopicKind

TOKEN = "123456789:" + 35 * "x"
US = Consortium(
    name="Us",
    partnerships=(PartnershipEntry("alpha", "The Alpha Partnership", "Alpha"),),
    clusters=(),
    topics=(TopicEntry("china", "China", TopicKind.MARKET), TopicEntry("food", "Food", TopicKind.SECTOR)),
)


def lines(**sections: object) -> dict[str, str]:
    settings = Settings.model_validate({"telegram": TelegramSettings(token=SecretStr(TOKEN)), **sections})
    pairs = (line.partition(" ") for line in summary(settings, US).splitlines())
    return {section: line.strip() for section, _, line in pairs}


def test_summary_of_the_defaults() -> None:
    assert lines() == {
        "telegram": "polling https://api.telegram.org, administrators: nobody yet",
        "storage": "SQLite, var/convoke.db",
        "web": "127.0.0.1 port 8080, for people http://127.0.0.1:8080",
        "reminders": "1d, 1h, 10m",
        "delivery": "25 messages a second",
        "consortium": "1 partnerships, 0 clusters, 2 topics, Europe/Brussels",
        "log": "info, text",
    }


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("sqlite:////var/lib/convoke.db", "SQLite, /var/lib/convoke.db"),
        ("postgresql+psycopg://me:hunter2@db.example.org:5432/convoke", "PostgreSQL, convoke at db.example.org"),
        ("postgresql+psycopg:///convoke?host=/tmp&password=hunter2", "PostgreSQL, convoke at this machine"),
    ],
)
def test_summary_shows_no_password(url: str, line: str) -> None:
    assert lines(storage=StorageSettings(url=url))["storage"] == line


def test_summary_shows_no_secret() -> None:
    telegram = TelegramSettings(token=SecretStr(TOKEN), webhook_secret=SecretStr("hunter2"), admins=(7, 8))
    text = "\n".join(lines(telegram=telegram, web=WebSettings(secret=SecretStr("hunter2hunter2hunter2"))).values())

    assert [secret for secret in (TOKEN, "hunter2") if secret in text] == []
    assert "administrators: 2" in text


@pytest.mark.parametrize(
    ("leads", "line"),
    [
        ((), "none"),
        ((timedelta(days=2), timedelta(hours=36), timedelta(seconds=90)), "2d, 36h, 90s"),
    ],
)
def test_summary_of_leads(leads: tuple[timedelta, ...], line: str) -> None:
    assert lines(reminders=ReminderSettings(leads=leads))["reminders"] == line
