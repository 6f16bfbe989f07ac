"""What each part is given of the settings."""

from collections.abc import Callable
from datetime import datetime

from bot.chat import Webhook
from bot.doors import Door, Redirect, plain
from bot.kit import Kit
from convoke.settings import Settings
from domain.calendar import Single
from domain.coming import Coming
from domain.consortium import Consortium
from domain.usual import Usual
from feeds.app import FeedOptions
from feeds.render import Renderer
from jobs.clockwork import Clockwork
from jobs.delivery import Postman
from jobs.messenger import Messenger
from storage import Database

Clock = Callable[[], datetime]


def post_office(settings: Settings, database: Database, messenger: Messenger, now: Clock) -> tuple[Postman, Clockwork]:
    postman = Postman(
        database,
        messenger,
        usual(settings),
        messages_per_second=settings.delivery.messages_per_second,
        workers=settings.delivery.workers,
        now=now,
    )
    clockwork = Clockwork(
        database,
        messenger,
        postman,
        usual(settings),
        settle=settings.notices.settle,
        forget_after_months=settings.privacy.forget_after_months,
        alert_after=settings.delivery.alert_after,
        now=now,
    )
    return postman, clockwork


def feed_options(
    settings: Settings, consortium: Consortium, secret: bytes, bot_username: Callable[[], str | None]
) -> FeedOptions:
    return FeedOptions(
        public_url=settings.web.public_url,
        secret=secret,
        consortium_name=consortium.name,
        consortium_short_name=consortium.short_name,
        timezone=settings.consortium.timezone,
        display_zones=zones(settings),
        language=settings.consortium.language,
        bot_username=bot_username,
        link_url=settings.telegram.link_url,
    )


def usual(settings: Settings) -> Usual:
    return Usual(settings.reminders.leads, settings.consortium.timezone)


def zones(settings: Settings) -> tuple[str, ...]:
    """Where people sit whose time is named: the consortium's own zone first, each once."""
    return tuple(dict.fromkeys([settings.consortium.timezone, *settings.consortium.display_zones]))


def kit(settings: Settings, database: Database, secret: bytes, renderer: Renderer, coming: Coming, now: Clock) -> Kit:
    return Kit(
        database=database,
        now=now,
        public_url=settings.web.public_url,
        secret=secret,
        calendar_file=lambda code, snapshot: renderer.feed(Single(code), snapshot, None).identity.body,
        usual=usual(settings),
        settle=settings.notices.settle,
        language=settings.consortium.language,
        zones=zones(settings),
        door=door(settings, secret),
        coming=coming,
    )


def door(settings: Settings, secret: bytes) -> Door:
    """Where `Join now` leads: through our own pages, if those who press it can reach them."""
    return Redirect(settings.web.public_url, secret) if settings.join_redirects else plain


def webhook(settings: Settings) -> Webhook | None:
    telegram = settings.telegram
    if telegram.mode != "webhook" or not telegram.webhook_url or not telegram.webhook_secret:
        return None
    return Webhook(telegram.webhook_url, telegram.webhook_secret.get_secret_value())
