"""Files and business cards that people send: what is in a message, and what is in the file."""

import asyncio
from dataclasses import dataclass

from telegram import Message

from bot.context import Context
from bot.patience import patiently
from domain.library import files
from domain.library.files import FileFault, FileFaultError, Received
from domain.reading import vcards
from domain.reading.vcards import BusinessCard

_A_WHILE_S = 60
_CARDS = ".vcf"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as Telegram has it. `as_document`: it can be sent on by its id."""

    file_id: str
    name: str
    size: int
    as_document: bool

    @property
    def is_card(self) -> bool:
        return self.name.casefold().endswith(_CARDS)


def attachment_of(message: Message) -> Attachment | None:
    """The file of a message; of a picture the largest form that there is."""
    if message.document:
        found = message.document
        return Attachment(found.file_id, found.file_name or "", found.file_size or 0, as_document=True)
    if message.photo:
        photo = message.photo[-1]
        return Attachment(photo.file_id, f"{photo.file_unique_id}.jpg", photo.file_size or 0, as_document=False)
    if media := message.video or message.audio:
        return Attachment(media.file_id, media.file_name or "", media.file_size or 0, as_document=False)
    return None


async def fetch(attachment: Attachment, context: Context) -> Received:
    """The file, examined in a thread: others go on meanwhile. Raises FileFaultError, and BadRequest if it is gone."""
    content = await _content(attachment, context)
    file_id = attachment.file_id if attachment.as_document else None
    bot_id = str(context.bot.id)
    return await asyncio.to_thread(files.examine, attachment.name, content, bot_id=bot_id, file_id=file_id)


async def card_in(message: Message, context: Context) -> BusinessCard | None:
    """The business card that a message is. Nothing: it is none, or can't be read. Raises as `fetch` does."""
    if contact := message.contact:
        found = vcards.read((contact.vcard or "").encode()) or BusinessCard()
        said = " ".join(part for part in (contact.first_name, contact.last_name) if part)
        return BusinessCard(
            name=said or found.name,
            organisation=found.organisation,
            role=found.role,
            email=found.email,
            phone=contact.phone_number or found.phone,
            country=found.country,
        )
    attachment = attachment_of(message)
    if attachment is None or not attachment.is_card:
        return None
    return vcards.read(await _content(attachment, context))


async def _content(attachment: Attachment, context: Context) -> bytes:
    if attachment.size > files.LARGEST:
        raise FileFaultError(FileFault.TOO_LARGE)
    file = await patiently(lambda: context.bot.get_file(attachment.file_id))
    return bytes(await file.download_as_bytearray(read_timeout=_A_WHILE_S))
