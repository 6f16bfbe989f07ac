"""The join link is for those who have a seat. Organisers sometimes write it into the description too."""

import re


def withhold(text: str, join_url: str) -> str:
    """The text without the join link, for strangers."""
    if not text:
        return text
    address = join_url.strip().rstrip("/")
    bare = address.partition("://")[2]
    forms = [form for form in ([address, bare] if "/" in bare else [address]) if form]  # a host alone may well be named
    there = _folded(text)
    if not any(_folded(form) in there for form in forms):  # as in nearly all: a pattern takes longer to make
        return text
    return re.sub("|".join(map(re.escape, forms)), "…", text, flags=re.IGNORECASE)


def _folded(text: str) -> str:
    """What a pattern that ignores case takes for the same is the same, and maybe more."""
    return text.replace("\u0130", "i").replace("\u0131", "i").casefold()
