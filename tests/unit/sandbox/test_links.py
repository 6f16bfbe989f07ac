import pytest

from sandbox.text.links import LinkError, checked, mentioned_user


@pytest.mark.parametrize(
    ("link", "written"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG/Path", "https://example.org/Path"),
        ("example.org", "http://example.org/"),
        ("example.org?x=1", "http://example.org/?x=1"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://user@example.org:8443/x", "https://user@example.org:8443/x"),
        ("http://127.0.0.1:08080/x", "http://127.0.0.1:8080/x"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("tg:resolve?domain=x", "tg://resolve?domain=x"),
        ("https://xn--e1afmkfd.example/", "https://xn--e1afmkfd.example/"),
    ],
)
def test_checked_writes_the_link_back(link: str, written: str) -> None:
    assert checked(link) == written


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("http://localhost:8080/", "Wrong HTTP URL"),
        ("webcal://example.org/", "Unsupported URL protocol"),
        ("javascript://example.org/", "Unsupported URL protocol"),
        ("https://", "URL host is empty"),
        ("https://example.org:0/", "Wrong port number specified in the URL"),
        ("https://example.org:99999/", "Wrong port number specified in the URL"),
        ("https://exa mple.org/", "Disallowed character in URL host"),
        ("https://[zz]/", "Wrong IPv6 address specified in the URL"),
        ("https://./", "Host is invalid"),
        ("tg://", "URL host is empty"),
        ("tg://a.b", "Unallowed characters in URL host"),
    ],
)
def test_checked_says_why_not(link: str, reason: str) -> None:
    with pytest.raises(LinkError) as caught:
        checked(link)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("link", "user"),
    [
        ("tg://user?id=7", 7),
        ("tg:user?x=1&id=7", 7),
        ("TG://USER?id=7#x", 7),
        ("tg://user?x=7", None),
        ("https://example.org/?id=7", None),
    ],
)
def test_mentioned_user(link: str, user: int | None) -> None:
    assert mentioned_user(link) == user
