"""Business cards as phones send them, and as phones read ours."""

import quopri
from datetime import UTC, date, datetime

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from domain.library.business_cards import write
from domain.library.contacts import ContactFacts
from domain.reading import vcards
from domain.reading.vcards import LARGEST, BusinessCard
from tests.chat import NASTY

IPHONE = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iPhone OS 17.0//EN
N:Wei;Li;;;
FN:Li Wei
ORG:Guangdong Cold Chain\\, Ltd.;Sourcing
TITLE:Head of sourcing
item1.EMAIL;type=INTERNET;type=pref:li.wei@example.org
item1.X-ABLabel:_$!<Work>!$_
EMAIL;type=INTERNET:second@example.org
TEL;type=CELL;type=VOICE:+86 20 1234 5678
ADR;type=WORK:;;1 Port Road;Guangzhou;;510000;China
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD
 /4AAQSkZJRgABAQAAAQABAAD
NOTE:Never: say this
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Somebody Else
END:VCARD
"""
LI = BusinessCard(
    name="Li Wei",
    organisation="Guangdong Cold Chain, Ltd. Sourcing",
    role="Head of sourcing",
    email="li.wei@example.org",
    phone="+86 20 1234 5678",
    country="China",
)
ANDROID = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=81lvarez;Jos=C3=A9;;;\r\n"
    "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=81lvarez=20y=\r\n=20Hijos\r\n"
    "TEL;CELL;PREF:+34600000000\r\nEMAIL;HOME:jose@example.org\r\nEND:VCARD\r\n"
)
FOUR = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nN:;;;;\r\nFN:Zoë\r\n  Durand\r\nEMAIL:mailto:zoe@example.org\r\n"
    "TEL;VALUE=uri:tel:+33-1-23-45\r\nTITLE:Sales\\nand more\r\nEND:VCARD\r\n"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (IPHONE, LI),
        (IPHONE.replace("\n", "\r\n"), LI),
        (
            ANDROID,
            BusinessCard(
                name="José Álvarez", organisation="Álvarez y Hijos", phone="+34600000000", email="jose@example.org"
            ),
        ),
        (
            FOUR,
            BusinessCard(name="Zoë Durand", email="zoe@example.org", phone="+33-1-23-45", role="Sales and more"),
        ),
        ("\ufeffbegin:vcard\nfn:Ana\ntel:1\nend:vcard", BusinessCard(name="Ana", phone="1")),
        ("BEGIN:VCARD\nFN:Ana\u202e\x00\x07evil\nEND:VCARD", BusinessCard(name="Anaevil")),
        ("BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:=C0=FF\nEND:VCARD", BusinessCard(name="Àÿ")),
        ("BEGIN:VCARD\nORG:Nobody\nEND:VCARD", None),
        ("FN:No beginning", None),
        ("", None),
        ("BEGIN:VCARD\n" + "X:y\n" * 1000 + "FN:Too late\nEND:VCARD", None),
    ],
    ids=["iphone", "crlf", "android", "four", "small", "odd", "latin", "no name", "no card", "nothing", "endless"],
)
def test_cards_are_read(text: str, found: BusinessCard | None) -> None:
    assert vcards.read(text.encode()) == found


def test_what_is_too_large_is_no_card() -> None:
    assert vcards.read(b"BEGIN:VCARD\nFN:Ana\nNOTE:" + b"x" * LARGEST + b"\nEND:VCARD") is None


@given(st.binary(max_size=500) | st.text(max_size=500).map(str.encode))
def test_whatever_comes_is_read_or_not(content: bytes) -> None:
    """Never an error, and never more than was there."""
    for each in (content, b"BEGIN:VCARD\nFN:" + content, b"BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:" + content):
        found = vcards.read(each)
        assert found is None or len(found.name) <= len(each)


def facts(**changes: str) -> ContactFacts:
    values = {"organisation": "", "role": "", "country": "", "email": "", "phone": ""} | changes
    now = datetime(2027, 1, 18, tzinfo=UTC)
    return ContactFacts(agreed_how="by e-mail", agreed_on=date(2027, 1, 12), confirmed_at=now, **values)


def test_ours_is_read_by_others_and_by_us() -> None:
    full = facts(
        organisation="Álvarez, Hijos; & Co",
        role="Compras\\Ventas",
        country="ES",
        email="jose@example.org",
        phone="+34 6",
    )

    content = write("José Álvarez", full)

    (card,) = vobject.readComponents(content.decode())
    assert (card.fn.value, card.n.value.family, card.n.value.given) == ("José Álvarez", "Álvarez", "José")
    assert (card.org.value, card.title.value) == (["Álvarez, Hijos; & Co"], "Compras\\Ventas")
    assert (card.email.value, card.tel.value, card.adr.value.country) == ("jose@example.org", "+34 6", "Spain")
    assert vcards.read(content) == BusinessCard(
        name="José Álvarez",
        organisation="Álvarez, Hijos; & Co",
        role="Compras\\Ventas",
        email="jose@example.org",
        phone="+34 6",
        country="Spain",
    )


@pytest.mark.parametrize("name", ["李伟", "Ana", NASTY, "x" * 120, "😀" * 60, "A;B,C\\D"])
def test_whatever_somebody_is_called_they_are_called_so_on_the_phone(name: str) -> None:
    content = write(name, facts(email="ana@example.org"))

    (card,) = vobject.readComponents(content.decode())
    assert card.fn.value == name
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert content.endswith(b"END:VCARD\r\n")


def test_how_somebody_agreed_stays_with_us() -> None:
    assert b"e-mail" not in write("Ana", facts())


def test_quoted_printable_of_the_standard_library_is_what_we_read() -> None:
    encoded = quopri.encodestring("Zoë Durand".encode(), quotetabs=True).decode()

    found = vcards.read(f"BEGIN:VCARD\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{encoded}\nEND:VCARD".encode())

    assert found == BusinessCard(name="Zoë Durand")
