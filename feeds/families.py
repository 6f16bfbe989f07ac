"""Which kind of calendar app asks, by what it calls itself."""

import re
from functools import lru_cache

_FAMILIES = {
    "google": re.compile(r"google-?calendar|googlebot|feedfetcher-google", re.IGNORECASE),
    "outlook": re.compile(r"outlook|microsoft|ms-?office|exchange", re.IGNORECASE),
    "apple": re.compile(r"dataaccessd|calendaragent|calendard|coredav|ical/|accountsd|remindd", re.IGNORECASE),
    "thunderbird": re.compile(r"thunderbird|lightning/|betterbird", re.IGNORECASE),
    "android": re.compile(r"icsx5|davx5|davdroid|android|okhttp|etar", re.IGNORECASE),
}
_NO_CALENDAR = re.compile(r"telegrambot|whatsapp|facebookexternalhit|twitterbot|slackbot|preview", re.IGNORECASE)
_BROWSER = re.compile(r"Mozilla/5\.0 .*(?:Chrome|Safari|Firefox|Edg)/")


@lru_cache(1_000)
def family(user_agent: str) -> str | None:
    """`other` for an app that we do not know; nothing for a browser, or for who only looks at what a link shows."""
    if _NO_CALENDAR.search(user_agent):
        return None
    found = next((name for name, pattern in _FAMILIES.items() if pattern.search(user_agent)), None)
    if found in {None, "android"} and _BROWSER.match(user_agent):
        return None
    return found or "other"
