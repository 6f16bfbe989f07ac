"""Calendar files for tests, of which a test names only what matters to it."""

LINK = "https://meet.example.org/j/1"
ZONE = "Europe/Brussels"


def entry(uid: str, title: str = "Cold chain", /, **changes: str) -> bytes:
    """A VEVENT. A value may bring its parameters (`TZID=Asia/Shanghai:20270203T160000`); "" leaves it out."""
    properties = {
        "UID": uid,
        "SUMMARY": title,
        "DTSTART": f"TZID={ZONE}:20270203T093000",
        "DURATION": "PT1H",
        "LOCATION": LINK,
    } | {name.replace("_", "-"): value for name, value in changes.items()}
    lines = [_line(name, value) for name, value in properties.items() if value]
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", "")).encode()


def _line(name: str, value: str) -> str:
    parameters = value.startswith(("TZID=", "VALUE=", "RANGE="))
    return f"{name};{value}" if parameters else f"{name}:{value}"


def calendar(*components: bytes, method: str = "") -> bytes:
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n" + (f"METHOD:{method}\r\n" if method else "")
    return head.encode() + b"".join(components) + b"END:VCALENDAR\r\n"
