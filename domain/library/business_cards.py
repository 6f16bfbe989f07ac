"""A contact as a business card that every phone reads: vCard 3.0 (RFC 2426).

4.0 would say no more of it, and Outlook and older phones don't read it. A phone shows the parts of a name and not the
whole, so the name is parted: the last word is the family's.
"""

from babel import Locale

from domain.library.contacts import ContactFacts

_WIDTH = 75  # octets, without the end of the line


def write(name: str, facts: ContactFacts) -> bytes:
    *given, family = name.split() or [""]
    country = Locale("en").territories.get(facts.country, "")
    lines = {
        "N": f"{_escaped(family)};{_escaped(' '.join(given))};;;",
        "FN": _escaped(name),
        "ORG": _escaped(facts.organisation),
        "TITLE": _escaped(facts.role),
        "EMAIL;TYPE=INTERNET": _escaped(facts.email),
        "TEL;TYPE=WORK": _escaped(facts.phone),
        "ADR;TYPE=WORK": f";;;;;;{_escaped(country)}" if country else "",
    }
    rows = ["BEGIN:VCARD", "VERSION:3.0", *(f"{key}:{value}" for key, value in lines.items() if value), "END:VCARD"]
    return b"".join(_folded(row) for row in rows)


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _folded(row: str) -> bytes:
    """Within 75 octets a line, and no letter in two."""
    folded, length = [], 0
    for letter in row:
        octets = letter.encode()
        if length + len(octets) > _WIDTH:
            folded.append(b"\r\n ")
            length = 1
        folded.append(octets)
        length += len(octets)
    return b"".join(folded) + b"\r\n"
