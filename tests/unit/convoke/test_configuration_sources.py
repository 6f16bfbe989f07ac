"""The file, the environment over it, and files with secrets."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from convoke import configuration
from convoke.configuration import ConfigurationError
from domain.consortium import ConsortiumError, PartnershipEntry

TOKEN = "123456789:" + 35 * "x"
OTHER_TOKEN = "987654321:" + 35 * "y"
MISSING = "missing. Get one from @BotFather and put it there, or set CONVOKE_TELEGRAM__TOKEN."

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        file = tmp_path / "config.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def good(write: Write) -> Path:
    return write(f'[telegram]\ntoken = "{TOKEN}"\nadmins = [1]\n[web]\nport = 81\n')


def faults(file: Path | None) -> tuple[str, ...]:
    with pytest.raises(ConfigurationError) as caught:
        configuration.load(file)
    return caught.value.lines


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("CONVOKE_TELEGRAM__TOKEN", OTHER_TOKEN, SecretStr(OTHER_TOKEN)),
        ("CONVOKE_TELEGRAM__ADMINS", "7", (7,)),
        ("CONVOKE_TELEGRAM__ADMINS", "7, 8", (7, 8)),
        ("CONVOKE_TELEGRAM__ADMINS", "[7, 8]", (7, 8)),
        ("CONVOKE_TELEGRAM__ADMINS", "[]", ()),
        ("CONVOKE_TELEGRAM__ADMINS", "", (1,)),
        ("CONVOKE_WEB__PORT", "82", 82),
        ("CONVOKE_WEB__PORT", "", 81),
        ("CONVOKE_WEB__TRUSTED_PROXIES", "::1,10.0.0.0/8", ("::1", "10.0.0.0/8")),
        ("CONVOKE_REMINDERS__LEADS", "1m,2h", (timedelta(hours=2), timedelta(minutes=1))),
        ("CONVOKE_REMINDERS__LEADS", '["1m", "2h"]', (timedelta(hours=2), timedelta(minutes=1))),
        ("CONVOKE_DELIVERY__MESSAGES_PER_SECOND", "5", 5),
        ("CONVOKE_CONSORTIUM__DISPLAY_ZONES", "UTC", ("UTC",)),
        ("CONVOKE_LOG__FORMAT", "json", "json"),
    ],
)
def test_environment_counts_more_than_the_file(
    good: Path, monkeypatch: pytest.MonkeyPatch, variable: str, text: str, value: object
) -> None:
    monkeypatch.setenv(variable, text)

    settings = configuration.load(good)

    section, key = variable.removeprefix("CONVOKE_").lower().split("__")
    assert getattr(getattr(settings, section), key) == value


@pytest.mark.parametrize(
    ("variable", "text", "line"),
    [
        ("CONVOKE_WEB__PORT", "http", "CONVOKE_WEB__PORT: must be a whole number."),
        ("CONVOKE_TELEGRAM__ADMINS", "1,x", "CONVOKE_TELEGRAM__ADMINS, item 2: must be a whole number."),
        ("CONVOKE_TELEGRAM__ADMINS", "[1", "CONVOKE_TELEGRAM__ADMINS: is not a list in JSON."),
        ("CONVOKE_WEB__PROT", "1", 'CONVOKE_WEB__PROT: there is no such key. Did you mean "port"?'),
        ("CONVOKE_WEBB__PORT", "1", 'CONVOKE_WEBB: there is no such section. Did you mean "web"?'),
        ("CONVOKE_WEB", "{}", "CONVOKE_WEB: must be a section with keys."),
    ],
)
def test_fault_of_the_environment_names_the_variable(
    good: Path, monkeypatch: pytest.MonkeyPatch, variable: str, text: str, line: str
) -> None:
    monkeypatch.setenv(variable, text)

    assert faults(good) == (line,)


def test_variables_that_kubernetes_sets_for_a_service_called_convoke_are_not_ours(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = configuration.load(good)

    monkeypatch.setenv("CONVOKE_PORT", "tcp://10.0.0.1:80")
    monkeypatch.setenv("CONVOKE_SERVICE_HOST", "10.0.0.1")
    monkeypatch.setenv("CONVOKE_WEB_PORT_80_TCP_ADDR", "10.0.0.1")

    assert configuration.load(good) == before


def test_secrets_may_come_from_files(write: Write, tmp_path: Path) -> None:
    secrets = {"token": TOKEN, "webhook": "a-b_c", "link": " spaces are part of it "}
    for name, secret in secrets.items():
        (tmp_path / name).write_text(f"{secret}\n", encoding="utf-8")

    settings = configuration.load(
        write(f"""
            [telegram]
            token_file = "token"
            webhook_secret_file = "{tmp_path}/webhook"
            [web]
            secret_file = "./link"
        """)
    )

    assert settings.telegram.token == SecretStr(secrets["token"])
    assert settings.telegram.webhook_secret == SecretStr(secrets["webhook"])
    assert settings.web.secret == SecretStr(secrets["link"])


@pytest.mark.parametrize(
    ("key", "variable"),
    [("token", "TOKEN"), ("token", "TOKEN_FILE"), ("token_file", "TOKEN"), ("token_file", "TOKEN_FILE")],
)
def test_secret_of_the_environment_counts_more_however_either_is_given(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, variable: str
) -> None:
    (tmp_path / "mine").write_text(TOKEN, encoding="utf-8")
    (tmp_path / "other").write_text(OTHER_TOKEN, encoding="utf-8")
    file = write(f'[telegram]\n{key} = "{TOKEN if key == "token" else "mine"}"')
    monkeypatch.setenv(f"CONVOKE_TELEGRAM__{variable}", OTHER_TOKEN if variable == "TOKEN" else "other")

    assert configuration.load(file).telegram.token == SecretStr(OTHER_TOKEN)


def test_secret_that_is_replaced_is_not_even_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOKE_TELEGRAM__TOKEN", TOKEN)

    settings = configuration.load(write('[telegram]\ntoken_file = "nowhere"'))

    assert settings.telegram.token == SecretStr(TOKEN)


def test_unreadable_secret_is_one_fault(write: Write, tmp_path: Path) -> None:
    assert faults(write('[telegram]\ntoken_file = "nowhere"')) == (
        f"config.toml, [telegram] token_file: {tmp_path}/nowhere: No such file or directory.",
    )


@pytest.mark.parametrize("value", ["7", "['a']", '"binary"', r'"\u0000"'])
def test_secret_file_must_be_text(write: Write, tmp_path: Path, value: str) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe")

    assert faults(write(f"[telegram]\ntoken_file = {value}")) == (
        "config.toml, [telegram] token_file: must be the path of a file with text in UTF-8.",
    )


@pytest.mark.parametrize("order", [1, -1])
def test_secret_given_twice_is_refused(write: Write, order: int) -> None:
    lines = [f'token = "{TOKEN}"', 'token_file = "nowhere"'][::order]
    (line,) = faults(write("\n".join(["[telegram]", *lines])))

    assert line == "config.toml, [telegram] token_file: give token or token_file, not both."


def test_paths_begin_at_the_folder_of_the_file(
    good: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    settings = configuration.load(good)

    assert settings.consortium.file == tmp_path / "consortium.toml"
    assert settings.storage.url == f"sqlite:///{tmp_path}/var/convoke.db"


def test_paths_are_absolute_even_if_the_files_is_not(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert configuration.load(Path("config.toml")) == configuration.load(good)


def test_file_is_found_here_if_none_is_named(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert configuration.load() == configuration.load(good)


def test_environment_alone_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONVOKE_TELEGRAM__TOKEN", TOKEN)

    assert configuration.load().telegram.token == SecretStr(TOKEN)


def test_missing_file_is_told_if_something_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert faults(None) == (
        "config.toml: there is no such file here. Copy config.example.toml to it and fill it in.",
        f"config.toml, [telegram] token: {MISSING}",
    )


def test_file_that_was_asked_for_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOKE_TELEGRAM__TOKEN", TOKEN)

    assert faults(tmp_path / "mine.toml") == (
        f"{tmp_path}/mine.toml: there is no such file. Copy config.example.toml to it and fill it in.",
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"[web]\nport 80", "config.toml: Expected '=' after a key in a key/value pair (at line 2, column 6)."),
        (b"\xff", "{folder}/config.toml: is not text in UTF-8."),
    ],
)
def test_file_must_be_toml(tmp_path: Path, content: bytes, fault: str) -> None:
    (tmp_path / "config.toml").write_bytes(content)

    assert faults(tmp_path / "config.toml") == (fault.format(folder=tmp_path),)


def test_folder_is_no_file(tmp_path: Path) -> None:
    assert faults(tmp_path) == (f"{tmp_path}: cannot be read: Is a directory.",)


def test_file_may_begin_with_a_byte_order_mark(good: Path) -> None:
    before = configuration.load(good)

    good.write_bytes(b"\xef\xbb\xbf" + good.read_bytes())

    assert configuration.load(good) == before


def test_consortium_is_read_from_its_file(good: Path, tmp_path: Path) -> None:
    (tmp_path / "consortium.toml").write_text(
        'name = "Us"\n[[partnership]]\nid = "a"\nname = "Alpha"\nshort_name = "A"\n', encoding="utf-8"
    )

    consortium = configuration.load_consortium(configuration.load(good))

    assert (consortium.name, consortium.partnerships) == ("Us", (PartnershipEntry("a", "Alpha", "A"),))


def test_consortium_without_its_file_cannot_be_read(good: Path, tmp_path: Path) -> None:
    settings = configuration.load(good)

    with pytest.raises(ConfigurationError) as caught:
        configuration.load_consortium(settings)

    assert caught.value.lines == (
        f"{tmp_path}/consortium.toml: there is no such file. Name yours under [consortium] file.",
    )


def test_consortium_file_is_named_in_its_faults(good: Path, tmp_path: Path) -> None:
    (tmp_path / "consortium.toml").touch()

    with pytest.raises(ConsortiumError, match=r"consortium\.toml, name: missing"):
        configuration.load_consortium(configuration.load(good))
