"""What those who run Convoke decide, as values. config.example.toml explains each; `configuration` reads them."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationInfo
from pydantic import field_validator as checks_field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from convoke import checks

SECRETS = {"telegram": {"token", "webhook_secret"}, "web": {"secret", "metrics_token"}}
"""Each may also be given as `<key>_file`, the path of a file that holds it."""

_Address = Annotated[str, AfterValidator(checks.web_address)]
_GuardedAddress = Annotated[str, AfterValidator(checks.guarded_address)]
_NoLastSlash = AfterValidator(checks.without_last_slash)
_Blank = BeforeValidator(checks.nothing_if_blank)
_Listed = BeforeValidator(checks.listed)
_BotToken = Annotated[SecretStr, AfterValidator(checks.bot_token)]
_WebhookSecret = Annotated[SecretStr, AfterValidator(checks.webhook_secret)]
_LinkSecret = Annotated[SecretStr, AfterValidator(checks.link_secret)]
_PersonId = Annotated[int, Field(gt=0)]
_Network = Annotated[str, AfterValidator(checks.network)]
_Lead = Annotated[timedelta, BeforeValidator(checks.lead)]
_Timezone = Annotated[str, AfterValidator(checks.timezone)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True)


class TelegramSettings(_Section):
    token: _BotToken = Field(description="Get one from @BotFather")
    api_url: Annotated[_GuardedAddress, _NoLastSlash] = "https://api.telegram.org"
    link_url: Annotated[_Address, _NoLastSlash] = "https://t.me"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: Annotated[_GuardedAddress | None, _Blank] = None
    webhook_secret: Annotated[_WebhookSecret | None, _Blank] = None
    admins: Annotated[tuple[_PersonId, ...], _Listed] = ()

    @checks_field("webhook_url", "webhook_secret")
    @classmethod
    def _required_for_webhook(cls, value: object, info: ValidationInfo) -> object:
        if value is None and info.data.get("mode") == "webhook":
            raise ValueError('missing. With mode = "webhook" it is needed')
        return value


class StorageSettings(_Section):
    url: Annotated[str, AfterValidator(checks.database)] = Field(default="sqlite:///var/convoke.db", repr=False)
    """May hold a password."""


class WebSettings(_Section):
    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080
    public_url: Annotated[_Address, _NoLastSlash] = "http://127.0.0.1:8080"
    secret: Annotated[_LinkSecret | None, _Blank] = None
    trusted_proxies: Annotated[tuple[_Network, ...], _Listed] = ()
    metrics_token: Annotated[_LinkSecret | None, _Blank] = None


class ReminderSettings(_Section):
    leads: Annotated[tuple[_Lead, ...], _Listed, AfterValidator(checks.longest_first)] = (
        timedelta(hours=24),
        timedelta(hours=1),
        timedelta(minutes=10),
    )


class NoticeSettings(_Section):
    settle: _Lead = timedelta(minutes=2)


class DeliverySettings(_Section):
    messages_per_second: Annotated[int, Field(ge=1, le=1_000)] = 25
    workers: Annotated[int, Field(ge=1, le=64)] = 8
    alert_after: _Lead = timedelta(minutes=1)


class ConsortiumSettings(_Section):
    file: Path = Path("consortium.toml")
    timezone: _Timezone = "Europe/Brussels"
    language: Annotated[str, AfterValidator(checks.language)] = "en"
    display_zones: Annotated[tuple[_Timezone, ...], _Listed] = (
        "Asia/Shanghai",
        "America/New_York",
        "America/Los_Angeles",
    )


class PrivacySettings(_Section):
    forget_after_months: Annotated[int, Field(ge=1, le=120)] = 24


class LogSettings(_Section):
    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="CONVOKE_",
        env_nested_delimiter="__",
        env_nested_max_split=1,
        env_ignore_empty=True,
        enable_decoding=False,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    telegram: TelegramSettings
    storage: StorageSettings = StorageSettings()
    web: WebSettings = WebSettings()
    reminders: ReminderSettings = ReminderSettings()
    notices: NoticeSettings = NoticeSettings()
    delivery: DeliverySettings = DeliverySettings()
    consortium: ConsortiumSettings = ConsortiumSettings()
    privacy: PrivacySettings = PrivacySettings()
    log: LogSettings = LogSettings()

    @property
    def join_redirects(self) -> bool:
        """Whether those who read the chat can reach our pages: not at an address of this machine, but in a trial."""
        return not checks.is_here(self.web.public_url) or checks.is_here(self.telegram.api_url)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Settings made by hand are what they say: only `configuration.load` looks at the environment."""
        return (init_settings,)
