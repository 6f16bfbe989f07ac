"""What a file is, by its first bytes: never by its name, which says what somebody wants it to be.

Nothing is unpacked, opened or run. What could run on the machine of whoever opens it is refused, by its bytes and by
its name: a chat app shows neither.
"""

UNKNOWN = "application/octet-stream"

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"{\\rtf", "application/rtf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (_OLE, "application/x-ole-storage"),
)
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
_OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_RUNS = (
    *(b"MZ", b"\x7fELF", b"#!", b"dex\n"),
    *(b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"),
)
_RUNS_BY_NAME = frozenset(
    {
        *("apk", "app", "appimage", "bat", "bin", "cmd", "com", "command", "cpl", "desktop", "dll", "dmg", "docm"),
        *("exe", "gadget", "hta", "htm", "html", "img", "iso", "jar", "js", "jse", "lnk", "mht", "mhtml", "msc", "msi"),
        *("msix", "mst", "pif", "pl", "potm", "ppam", "pptm", "ps1", "psm1", "py", "rb", "reg", "scf", "scr", "sh"),
        *("shtml", "svg", "sys", "url", "vb", "vbe", "vbs", "vhd", "wsf", "wsh", "xhtml", "xht", "xlam", "xlsm"),
        *("xltm", "xll"),
    }
)
_TEXT = 4_096
_WORDS = {"audio": "sound", "image": "picture", "video": "video", "text": "text"}


def of(content: bytes) -> str:
    """The media type, `application/octet-stream` if it is none of those that are shared."""
    if content.startswith(_ZIP):
        return _zipped(content)
    if content[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(content[8:12], UNKNOWN)
    if content[4:8] == b"ftyp":
        return "image/heic" if content[8:12] in {b"heic", b"mif1"} else "video/mp4"
    found = next((media_type for beginning, media_type in _BEGINNINGS if content.startswith(beginning)), None)
    return found or _as_text(content)


def runs(name: str, content: bytes) -> bool:
    """Whether it could do something by itself when somebody opens it."""
    ending = name.rpartition(".")[2].strip().casefold() if "." in name else ""
    return content.startswith(_RUNS) or ending in _RUNS_BY_NAME


def word(media_type: str) -> str:
    """What people call it: pdf, document, table, slides, picture, video, sound, text, archive, or file."""
    kind, _, what = media_type.partition("/")
    if what == "pdf":
        return "pdf"
    for part, called in (
        ("wordprocessing", "document"),
        ("opendocument.text", "document"),
        ("rtf", "document"),
        ("spreadsheet", "table"),
        ("presentation", "slides"),
        ("zip", "archive"),
        ("compressed", "archive"),
        ("rar", "archive"),
    ):
        if part in what:
            return called
    return _WORDS.get(kind, "file")


def _zipped(content: bytes) -> str:
    """Office files are archives; what is in them stands there by name."""
    place = content.find(_OPEN_DOCUMENT, 0, 128)
    if place >= 0:
        end = place + len(_OPEN_DOCUMENT)
        kind = content[end : end + 16].partition(b"PK")[0].decode("ascii", "ignore")
        known = {"text", "spreadsheet", "presentation"}
        return f"application/vnd.oasis.opendocument.{kind}" if kind in known else "application/zip"
    if b"[Content_Types].xml" in content:
        return next((found for folder, found in _OFFICE.items() if folder in content), "application/zip")
    return "application/zip"


def _as_text(content: bytes) -> str:
    beginning = content[:_TEXT]
    try:
        text = beginning.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(beginning) - 4 or len(content) <= _TEXT:  # else a sign was cut in two
            return UNKNOWN
        text = beginning[: error.start].decode("utf-8")
    if not text or "\x00" in text:
        return UNKNOWN
    if text.lstrip("\ufeff \r\n").upper().startswith("BEGIN:VCARD"):
        return "text/vcard"
    return "text/plain"
