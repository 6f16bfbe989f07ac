"""French as somebody in Liège or Lyon would write it."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from markupsafe import Markup

from texts.catalogue import CATALOGUES
from texts.chat import ChatTexts
from texts.extraction import read
from texts.feeds import FeedPhrases

FRENCH = ChatTexts("fr")
PAGES = FeedPhrases("fr")

NB = "\N{NO-BREAK SPACE}"
WINTER = datetime(2027, 1, 19, 9, tzinfo=UTC)
SUMMER = datetime(2027, 8, 1, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

LEADS = "la veille, 1 heure avant et 10 minutes avant"
LONG_AGO = "Cela fait longtemps que nous n’avons pas eu de vos nouvelles."
KEEP_IT = "Voulez-vous que je garde vos données"

_TAG = re.compile(r"<[^>]*>")
_NO_WORD = re.compile(r"<code>[^<]*</code>|https?://\S+|BEGIN:VCALENDAR|\d{1,2}:\d{2}|/[a-z]+")


def slips(text: str) -> Iterator[str]:
    """What a printer in France or Belgium would mark. Addresses, times, commands, tags and code have other rules."""
    words = _TAG.sub("", _NO_WORD.sub("0", text.lstrip(" ")))
    rules = {
        "a space that may break before a high mark": rf"[^{NB}][:;!?»]",
        "a space that may break after «": rf"«(?!{NB})",
        "an apostrophe from a typewriter": r"'",
        "English quotation marks": r"[“”\"]",
        "two spaces": rf"[ {NB}]{{2}}",
        "three dots": r"\.\.\.",
        "a capital without its accent": r"\b(?:A propos|Etat|Ecri|Etes)",
        "a unit that may leave its number": r"\} (?:min|h)\b",
        "somebody called tu": r"\b(?:[Tt]u|[Tt]on|[Tt]a|[Tt]es|[Tt]oi|[Tt]e)\b",
        "a reader thought to be a man or spelt twice": r"\((?:e|es|ne)\)|[Vv]ous êtes inscrit",
        "a word of ours in English": r"(?i)\b(?:webinars?|waitlist|reminders?|feeds?|e-?mail|settings)\b",
    }
    yield from (name for name, pattern in rules.items() if re.search(pattern, words))


def french() -> list[str]:
    catalog = read(CATALOGUES / "fr.po")
    strings = [message.string for message in catalog if message.id and message.string]
    flat = [form for string in strings for form in ([string] if isinstance(string, str) else string)]
    return [text for text in flat if text != "d'er'"]  # a pattern, in which quotes mark what is no field


def test_the_catalogue_is_set_as_a_printer_would() -> None:
    assert {text: found for text in french() if (found := list(slips(text)))} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Annuler <b>{{title}}</b>{NB}?", []),
        (f"Voir «{NB}Date{NB}»{NB}: https://a.example/?b:c à 10:00, /settings", []),
        ("Annuler ?", ["a space that may break before a high mark"]),
        ("Annuler?", ["a space that may break before a high mark"]),
        (f"« a{NB}»", ["a space that may break after «"]),
        ("l'heure", ["an apostrophe from a typewriter"]),
        ("“Date”", ["English quotation marks"]),
        ("a  b", ["two spaces"]),
        ("Etats-Unis", ["a capital without its accent"]),
        ("{minutes} min", ["a unit that may leave its number"]),
        ("Ton calendrier", ["somebody called tu"]),
        ("Vous êtes inscrit", ["a reader thought to be a man or spelt twice"]),
        ("Mes settings", ["a word of ours in English"]),
    ],
)
def test_slips_are_found(text: str, found: list[str]) -> None:
    assert list(slips(text)) == found


@pytest.mark.parametrize(
    ("moment", "zone", "short", "full"),
    [
        (WINTER, "Europe/Brussels", "mar. 19 janv., 10:00 CET", "mardi 19 janvier 2027, 10:00 CET (Bruxelles)"),
        (SUMMER, "Europe/Paris", "dim. 1er août, 11:00 CEST", "dimanche 1er août 2027, 11:00 CEST (Paris)"),
        (WINTER, "Europe/London", "mar. 19 janv., 09:00 GMT", "mardi 19 janvier 2027, 09:00 GMT (Londres)"),
        (WINTER, "America/New_York", "mar. 19 janv., 04:00 EST", "mardi 19 janvier 2027, 04:00 EST (New York)"),
        (WINTER, "Asia/Shanghai", f"mar. 19 janv., 17:00 à{NB}Shanghai", f"mardi 19 janvier 2027, 17:00 à{NB}Shanghai"),
        (
            WINTER,
            "Asia/Singapore",
            f"mar. 19 janv., 17:00 à{NB}Singapour",
            f"mardi 19 janvier 2027, 17:00 à{NB}Singapour",
        ),
        (WINTER, "UTC", "mar. 19 janv., 09:00 UTC", "mardi 19 janvier 2027, 09:00 UTC"),
    ],
)
def test_times(moment: datetime, zone: str, short: str, full: str) -> None:
    assert (FRENCH.short(moment, zone), FRENCH.full(moment, zone)) == (short, full)


@pytest.mark.parametrize(
    ("month", "words"),
    [(1, "janv."), (2, "févr."), (3, "mars"), (4, "avr."), (7, "juil."), (8, "août"), (9, "sept."), (12, "déc.")],
)
def test_only_the_first_of_a_month_is_an_ordinal(month: int, words: str) -> None:
    days = [FRENCH.day(datetime(2027, month, day, tzinfo=UTC)).split(" ", 1)[1] for day in (1, 2, 11, 21, 28)]

    assert days == [f"1er {words}", f"2 {words}", f"11 {words}", f"21 {words}", f"28 {words}"]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (0 * MINUTE, "1 minute"),
        (10 * MINUTE, "10 minutes"),
        (HOUR, "1 heure"),
        (2 * HOUR, "2 heures"),
        (DAY, "1 jour"),
        (7 * DAY, "7 jours"),
    ],
)
def test_spans(span: timedelta, words: str) -> None:
    assert (FRENCH.span(span), FRENCH.in_span(span)) == (words, f"dans {words}")


@pytest.mark.parametrize(
    ("lead", "words"),
    [(DAY, "la veille"), (HOUR, "1 heure avant"), (10 * MINUTE, "10 minutes avant"), (7 * DAY, "7 jours avant")],
)
def test_leads(lead: timedelta, words: str) -> None:
    assert FRENCH.before(lead) == words


@pytest.mark.parametrize(
    ("minutes", "words"), [(45, f"45{NB}min"), (60, f"60{NB}min"), (90, f"1{NB}h 30{NB}min"), (120, f"2{NB}h")]
)
def test_lengths(minutes: int, words: str) -> None:
    assert FRENCH.minutes(minutes) == words


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")]
)
def test_enumerations(items: list[str], words: str) -> None:
    assert FRENCH.listed(items) == words


@pytest.mark.parametrize(
    ("language", "alone", "within"),
    [
        ("fr", "Français", "en français"),
        ("en", "Anglais", "en anglais"),
        ("nl", "Néerlandais", "en néerlandais"),
        ("zh", "Chinois", "en chinois"),
    ],
)
def test_languages_are_small_within_a_sentence(language: str, alone: str, within: str) -> None:
    assert (FRENCH.language_name(language), FRENCH.in_language(language)) == (alone, within)


def _told(number: int) -> str:
    return str(FRENCH.told(number, 0))


@pytest.mark.parametrize(
    ("say", "number", "words"),
    [
        (FRENCH.button_show_fitting, 0, "Voir 0 webinaire"),
        (FRENCH.button_show_fitting, 1, "Voir 1 webinaire"),
        (FRENCH.button_show_fitting, 2, "Voir 2 webinaires"),
        (FRENCH.nothing_fits, 0, "Aucun webinaire ne correspond. En tout, 0 est prévu."),
        (FRENCH.nothing_fits, 12, "Aucun webinaire ne correspond. En tout, 12 sont prévus."),
        (FRENCH.waiting, 1, "1 personne en liste d’attente"),
        (FRENCH.waiting, 3, "3 personnes en liste d’attente"),
        (FRENCH.more_announced, 1, "et 1 autre"),
        (FRENCH.more_announced, 2, "et 2 autres"),
        (_told, 1, "1 personne sera prévenue, une seule fois (1 inscription)."),
        (_told, 42, "42 personnes seront prévenues, une seule fois (42 inscriptions)."),
    ],
)
def test_none_is_singular_as_one_is(say: Callable[[int], str], number: int, words: str) -> None:
    assert str(say(number)) == words


@pytest.mark.parametrize(
    ("left", "capacity", "words"),
    [
        (12, 50, "Il reste 12 places sur 50"),
        (1, 50, "Il reste 1 place sur 50"),
        (0, 50, "Complet (50 places)"),
        (0, 1, "Complet (1 place)"),
    ],
)
def test_seats(left: int, capacity: int, words: str) -> None:
    assert FRENCH.seats(left, capacity) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FRENCH.hosts(["NF4", "AdPack²", "EC2i"]), "NF4 avec AdPack² et EC2i"),
        (FRENCH.page(2, 3), "(2 sur 3)"),
        (FRENCH.attendance(0, 0), "0 inscription"),
        (FRENCH.attendance(38, 4), "38 inscriptions, 4 en attente"),
        (FRENCH.quiet(time(22), time(7), "Europe/Brussels"), f"22:00 – 07:00 à{NB}Bruxelles"),
        (FRENCH.quiet(time(0), time(0), "Europe/Brussels"), "aucune"),
        (FRENCH.setting("Langue", "Français"), f"Langue{NB}: Français"),
        (FRENCH.draft_line("Titre", "A & B"), f"Titre{NB}: A &amp; B"),
        (FRENCH.month(datetime(2026, 12, 1, tzinfo=UTC)), "Déc. 2026"),
        (FRENCH.country("BE"), "Belgique"),
        (FRENCH.topics(" · ".join(FRENCH.names(["China", "Food"]))), f"Thèmes{NB}: Chine · Alimentation"),
        (FRENCH.starts_in("Froid", Markup("dans 1 heure")), f"Début dans 1 heure{NB}: <b>Froid</b>"),
        (
            FRENCH.registered([DAY, HOUR, 10 * MINUTE], 15 * MINUTE),
            f"✅ <b>Votre inscription est confirmée.</b> Le lien d’accès arrive avec chaque rappel{NB}: {LEADS}.",
        ),
        (
            FRENCH.stay(date(2027, 5, 1)),
            f"{LONG_AGO} {KEEP_IT}{NB}? Sans réponse, elles seront effacées le 1er mai 2027.",
        ),
        (
            FRENCH.announcement(" · ".join(FRENCH.names(["Food", "NF4"]))),
            f"Nouveau pour <i>Alimentation · NF4</i>{NB}:",
        ),
        (PAGES.month(WINTER, "Europe/Paris"), "Janvier 2027"),
        (PAGES.about("USA"), f"Webinaires{NB}: États-Unis"),
        (PAGES.hosts(("NF4",)), f"Organisateur{NB}: NF4"),
        (PAGES.hosts(("NF4", "EC2i")), f"Organisateurs{NB}: NF4 et EC2i"),
    ],
)
def test_nothing_reads_odd(said: str, words: str) -> None:
    assert str(said) == words
