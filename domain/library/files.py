"""Files that were shared: kept by us, once whoever sent them, so that nothing is lost with a new bot.

A name is what somebody wants others to believe: it is shortened, cleaned, and gets the ending of what is in the file.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import ConvokeError
from domain.library import media_types, rights
from domain.library.rights import EntryNotFoundError
from domain.reading import draft_values
from storage import LibraryVersion, Session, files, library

LARGEST = 20 * 1024 * 1024
"""What Telegram hands to a bot."""

KEPT_AFTER_RETIRING = timedelta(days=30)
"""So long a retired entry can be brought back whole."""

_NAME_LENGTH = 100
_LONGEST_ENDING = 8
_ODD = re.compile(r'[<>:"|?*\\/]')
_ENDINGS = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "video/mp4": ("mp4", "m4v", "m4a", "mov"),
    "application/zip": ("zip",),
    "text/vcard": ("vcf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx", "dotx"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx", "xltx"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx", "potx", "ppsx"),
    "application/vnd.oasis.opendocument.text": ("odt", "ott"),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods", "ots"),
    "application/vnd.oasis.opendocument.presentation": ("odp", "otp"),
}


class FileFault(StrEnum):
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    RUNS = "runs"


class FileFaultError(ConvokeError):
    """The file can't be shared."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was examined. `telegram` is the bot's id and what it calls the file, if it may be sent as that."""

    name: str
    content: bytes
    digest: str
    media_type: str
    telegram: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class File:
    """What is said of a file. `size` is None if it is not kept any more."""

    name: str
    media_type: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Handout:
    """A file to be sent: as what the bot calls it at Telegram, if it does."""

    name: str
    digest: str
    file_id: str | None


def examine(name: str, content: bytes, *, bot_id: str, file_id: str | None) -> Received:
    """Look at a file before anything is kept of it. Raises FileFaultError.

    What Telegram calls it is only of use where it stands there under the same name: it can't be given another.
    """
    if not content:
        raise FileFaultError(FileFault.EMPTY)
    if len(content) > LARGEST:
        raise FileFaultError(FileFault.TOO_LARGE)
    if media_types.runs(name, content):
        raise FileFaultError(FileFault.RUNS)
    media_type = media_types.of(content)
    shown = cleaned(name, media_type)
    telegram = (bot_id, file_id) if file_id and shown == name else None
    return Received(shown, content, hashlib.sha256(content).hexdigest(), media_type, telegram)


def cleaned(name: str, media_type: str) -> str:
    """A name that no folder and no reader trips over, with an ending that is true."""
    plain = " ".join(_ODD.sub("_", draft_values.clean(name)).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING or not stem.strip("._ "):
        stem, ending = plain, ""
    known = _ENDINGS.get(media_type, ())
    if known and ending.casefold() not in known:
        stem, ending = plain, known[0]
    stem = stem.strip("._ ")[: _NAME_LENGTH - _LONGEST_ENDING - 1].rstrip() or "file"
    return f"{stem}.{ending}" if ending else stem


def title_of(name: str) -> str:
    """What an entry may be called that is this file."""
    stem = name.rpartition(".")[0] or name
    return " ".join(stem.replace("_", " ").split())


def keep(session: Session, received: Received, *, now: datetime) -> None:
    files.add(session, received.digest, received.content, received.media_type, now)
    if received.telegram:
        files.remember(session, received.digest, *received.telegram)


def release(session: Session, digests: Iterable[str | None]) -> None:
    """Something does not say these files any more: delete those that nothing else says."""
    files.drop_unused(session, {digest for digest in digests if digest})


def describe(session: Session, version: LibraryVersion) -> File | None:
    if not version.file_name:
        return None
    found = files.facts(session, [version.file_digest]).get(version.file_digest) if version.file_digest else None
    return File(version.file_name, found.media_type if found else "", found.size if found else None)


def hand_out(session: Session, code: str, person_id: int, number: int, *, bot_id: str) -> Handout | None:
    """The file of a version, for whoever may read that. Nothing: it has none, or it is not kept any more."""
    row = rights.readable(session, code, person_id)
    if not rights.may_read_version(session, row, number, person_id):
        raise EntryNotFoundError(code)
    version = library.version(session, row.id, number)
    if version is None or not version.file_digest:
        return None
    file_id = files.telegram_id(session, version.file_digest, bot_id)
    return Handout(version.file_name, version.file_digest, file_id)


def content(session: Session, digest: str) -> bytes | None:
    """The bytes of a file that was handed out just now; nothing if it was deleted meanwhile."""
    return files.content(session, digest)


def remember(session: Session, handout: Handout, bot_id: str, file_id: str) -> None:
    """What Telegram calls it now that this bot has brought it."""
    files.remember(session, handout.digest, bot_id, file_id)


def drop_retired(session: Session, *, now: datetime) -> int:
    """Delete the files of what was retired long ago. Returns of how many versions. What they say stays."""
    versions = files.retired_since(session, now - KEPT_AFTER_RETIRING)
    digests = [version.file_digest for version in versions]
    for version in versions:
        version.file_digest = None
    library.save(session, *versions)
    release(session, digests)
    return len(versions)
