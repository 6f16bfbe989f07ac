"""What a file is and how it is called, whoever sent it."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.library import files, media_types
from domain.library.files import LARGEST, FileFault, FileFaultError, cleaned, examine


def office(folder: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/document.xml", "<x/>")
    return content.getvalue()


def open_document(kind: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}", zipfile.ZIP_STORED)
        archive.writestr("content.xml", "<x/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7 x", "pdf"),
        (office("word"), "document"),
        (office("xl"), "table"),
        (office("ppt"), "slides"),
        (office("other"), "archive"),
        (open_document("text"), "document"),
        (open_document("spreadsheet"), "table"),
        (open_document("presentation"), "slides"),
        (open_document("evil"), "archive"),
        (b"PK\x03\x04", "archive"),
        (b"\x89PNG\r\n\x1a\n...", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"RIFF....WEBPVP8 ", "picture"),
        (b"RIFF....WAVEfmt ", "sound"),
        (b"....ftypmp42", "video"),
        (b"....ftypheic", "picture"),
        (b"ID3\x03", "sound"),
        (b"{\\rtf1", "document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "file"),
        ("Welcome, chère Zoë\n".encode(), "text"),
        (("é" * 5000).encode(), "text"),
        (b"x" * 4095 + "é".encode() + b"x", "text"),
        (b"BEGIN:VCARD\nFN:Ana", "text"),
        (b"caf\xe9", "file"),
        (b"a\x00b", "file"),
        (b"\x00\x01\x02", "file"),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, word: str) -> None:
    assert media_types.word(media_types.of(content)) == word


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Feedback form.pdf", "Feedback form.pdf"),
        ("../../etc/passwd", "etc_passwd.pdf"),
        ("C:\\Users\\x\\form.pdf", "C__Users_x_form.pdf"),
        ("form.txt", "form.txt.pdf"),
        ("form.PDF", "form.PDF"),
        ("form", "form.pdf"),
        ("fdp.\u202eexe.pdf", "fdp.exe.pdf"),
        ("a\x00b\nc.pdf", "ab c.pdf"),
        ("", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "file.pdf"),
        ("<b>x</b>&.pdf", "b_x__b_&.pdf"),
        ("x" * 300 + ".pdf", "x" * 91 + ".pdf"),
        ("Prüfung 报告.pdf", "Prüfung 报告.pdf"),
    ],
)
def test_a_name_is_cleaned_and_its_ending_is_true(name: str, shown: str) -> None:
    assert cleaned(name, "application/pdf") == shown


@given(st.text(max_size=300), st.sampled_from(["application/pdf", "text/plain", "application/octet-stream"]))
def test_whatever_a_file_is_called_its_name_is_one_that_folders_take(name: str, media_type: str) -> None:
    shown = cleaned(name, media_type)

    assert 0 < len(shown) <= 100
    assert not set(shown) & set('<>:"|?*\\/\x00\n\u202e')
    assert not shown.startswith(" ")
    assert not shown.endswith((" ", "."))
    assert cleaned(shown, media_type) == shown


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("form.pdf", b"", FileFault.EMPTY),
        ("form.pdf", b"MZ\x90\x00", FileFault.RUNS),
        ("form.pdf", b"\x7fELF", FileFault.RUNS),
        ("form.pdf", b"#!/bin/sh", FileFault.RUNS),
        ("form.exe", b"%PDF-1.7", FileFault.RUNS),
        ("form.pdf.EXE ", b"x", FileFault.RUNS),
        ("form.html", b"<script>", FileFault.RUNS),
        ("form.docm", office("word"), FileFault.RUNS),
        ("form.pdf", b"%PDF" + b"x" * LARGEST, FileFault.TOO_LARGE),
    ],
)
def test_what_cannot_be_shared_is_refused(name: str, content: bytes, fault: FileFault) -> None:
    with pytest.raises(FileFaultError) as refused:
        examine(name, content, bot_id="7", file_id="x")

    assert refused.value.fault is fault


def test_telegram_may_send_it_on_only_under_a_name_that_needs_no_cleaning() -> None:
    plain, odd = (examine(name, b"%PDF-1.7", bot_id="7", file_id="x") for name in ("form.pdf", "form.txt"))

    assert (plain.telegram, odd.telegram) == (("7", "x"), None)
    assert plain.digest == odd.digest
    assert len(plain.digest) == 64
    assert examine("form.pdf", b"%PDF-1.7", bot_id="7", file_id=None).telegram is None


def test_a_title_is_the_name_without_its_ending() -> None:
    assert files.title_of("Feedback_form v2.pdf") == "Feedback form v2"
    assert files.title_of("form") == "form"
