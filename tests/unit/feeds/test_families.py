import pytest

from feeds.families import family


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        ("Google-Calendar-Importer", "google"),
        ("Mozilla/5.0 (compatible; Google-Calendar-Importer/1.0)", "google"),
        ("Microsoft.Exchange/15.20 (Windows NT 10.0; Win64; x64)", "outlook"),
        ("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)", "outlook"),
        ("Mozilla/4.0 (compatible; ms-office; MSOffice 16)", "outlook"),
        ("iOS/17.4 (21E219) dataaccessd/1.0", "apple"),
        ("macOS/14.4 (23E214) CalendarAgent/988", "apple"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Thunderbird/153.7.0", "thunderbird"),
        ("ICSx5/2.2.1 (2023/12/23; Ktor) Android/14", "android"),
        ("okhttp/4.12.0", "android"),
        ("Evolution/3.46.4", "other"),
        ("Nextcloud Webcal Service", "other"),
        ("", "other"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0", None),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Mobile", None),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0", None),
        ("TelegramBot (like TwitterBot)", None),
    ],
)
def test_family(user_agent: str, expected: str | None) -> None:
    assert family(user_agent) == expected
