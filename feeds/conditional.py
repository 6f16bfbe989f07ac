"""Whether a client has already what it asks for: RFC 9110, section 13."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from starlette.datastructures import Headers

_ENTITY_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def not_modified(headers: Headers, etag: str, last_modified: datetime | None) -> bool:
    tags = ",".join(headers.getlist("if-none-match"))
    return is_known(tags, headers.get("if-modified-since"), etag, last_modified)


def is_known(if_none_match: str, if_modified_since: str | None, etag: str, last_modified: datetime | None) -> bool:
    """If-None-Match decides if it is there; the date is only for those who know no tags."""
    if if_none_match:
        return if_none_match.strip() == "*" or etag in _ENTITY_TAG.findall(if_none_match)
    since = _date(if_modified_since)
    return since is not None and last_modified is not None and last_modified.replace(microsecond=0) <= since


def _date(header: str | None) -> datetime | None:
    """Nothing for what is no date; such a header is to be ignored."""
    try:
        date = parsedate_to_datetime(header or "")
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
