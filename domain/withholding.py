"""The join link is for those who have a seat. Organisers sometimes write it into the description too."""

import re


def withhold(text: str, join_url: str) -> str:
    """The text without the join link, for strangers."""
    address = join_url.strip().rstrip("/")
    bare = address.partition("://")[2]
    forms = [address, bare] if "/" in bare else [address]  # a host alone may well be named in a text
    pattern = "|".join(re.escape(form) for form in forms if form)
    return re.sub(pattern, "…", text, flags=re.IGNORECASE) if pattern else text
