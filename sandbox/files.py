"""Files that were sent, by their id."""

import hashlib
import mimetypes
from collections import OrderedDict
from dataclasses import dataclass

from sandbox.jsons import JsonObject

KEPT_BYTES = 256 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    name: str
    mime_type: str
    content: bytes
    folder: str

    @property
    def unique_id(self) -> str:
        return self.id[-16:]

    @property
    def path(self) -> str:
        suffix = "." + self.name.rpartition(".")[2] if "." in self.name else ""
        return f"{self.folder}/{self.id}{suffix}"

    def document(self) -> JsonObject:
        return {
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }

    def photo(self) -> JsonObject:
        """Every picture is 640 by 480: nothing here looks inside."""
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "width": 640,
            "height": 480,
        }


class FileStore:
    """Keeps the newest files up to a total size; what fell out is gone, as after a long time with Telegram."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._size = 0

    def keep(self, owner: int, name: str, mime_type: str, content: bytes, folder: str = "documents") -> StoredFile:
        """The same bytes under the same name from the same bot are the same file."""
        kind = mime_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        digest = hashlib.sha256(f"{owner}/{folder}/{kind}/{name}/".encode() + content).hexdigest()[:40]
        return self.put(StoredFile(f"sandbox{owner}_{digest}", name, kind, content, folder))

    def put(self, file: StoredFile) -> StoredFile:
        if file.id not in self._files:
            self._files[file.id] = file
            self._size += len(file.content)
            self._trim()
        return file

    def get(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def all(self) -> list[StoredFile]:
        return list(self._files.values())

    def clear(self) -> None:
        self._files.clear()
        self._size = 0

    def _trim(self) -> None:
        while self._size > KEPT_BYTES and len(self._files) > 1:
            _, oldest = self._files.popitem(last=False)
            self._size -= len(oldest.content)
