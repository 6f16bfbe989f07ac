"""Words by which the parts of an invitation are known, folded (`day_names.fold`), in the members' languages."""

import re
from enum import StrEnum


class Label(StrEnum):
    """What stands behind a label such as `Topic:`. NOISE is for those who take part, not for a programme."""

    TITLE = "title"
    WHEN = "when"
    ZONE = "zone"
    LENGTH = "length"
    LINK = "link"
    DESCRIPTION = "description"
    AGENDA = "agenda"
    SENDER = "sender"
    NOISE = "noise"


_LABELS = {
    Label.TITLE: "topic|subject|title|event|webinar|webinar title|meeting topic|what|objet|sujet|titre|theme|betreff"
    "|thema|titel|asunto|tema|titulo|oggetto|argomento|titolo|assunto|onderwerp|predmet|nazev|emne|amne|rubrik"
    "|主题|会议主题|标题|主題",
    Label.WHEN: "when|date|time|date and time|date & time|date/time|start|starts|start time|quand|date et heure|heure"
    "|horaire|debut|jour|wann|datum|zeit|uhrzeit|termin|beginn|datum und uhrzeit|cuando|fecha|hora|fecha y hora"
    "|quando|data|ora|orario|data e ora|data e hora|wanneer|tijd|datum en tijd|kdy|cas|datum a cas|hvornar|tid|dato"
    "|tidpunkt|nar|时间|会议时间|日期|开始时间",
    Label.ZONE: "time zone|timezone|fuseau horaire|zeitzone|zona horaria|fuso orario|fuso horario|tijdzone"
    "|casove pasmo|tidszone|tidszon|时区",
    Label.LENGTH: "duration|length|duree|dauer|duracion|durata|duracao|duur|delka|varighed|langd|时长",
    Label.LINK: "link|url|join|join link|meeting link|join here|join us|join zoom meeting|join the meeting"
    "|video call link|access|lien|lien de connexion|connexion|zugang"
    "|zugangslink|enlace|acceso|collegamento|ligacao|odkaz|lank|where"
    "|location|lieu|ou|ort|wo|lugar|donde|luogo|dove|local|onde|locatie|waar|misto|sted|plats|入会链接|链接|会议链接",
    Label.DESCRIPTION: "description|about|summary|details|beschreibung|descripcion|descrizione|descricao|omschrijving"
    "|popis|beskrivelse|beskrivning|a propos|简介",
    Label.AGENDA: "agenda|programme|program|programm|tagesordnung|ordre du jour|deroule|programa|orden del dia"
    "|programma|ordine del giorno|ordem do dia|dagsorden|dagordning|议程|日程",
    Label.SENDER: "from|de|von|da|van|od|fra|fran|发件人",
    Label.NOISE: "to|cc|bcc|sent|reply-to|a|an|envoye|gesendet|enviado|inviato|verzonden|odeslano|sendt|skickat"
    "|meeting id|webinar id|passcode|password|meeting passcode|phone conference id|conference id|id|pin|phone|tel"
    "|telephone|mobile|fax|e-mail|email|mail|web|website|www|who|organizer|organiser|organisateur|attendees|guests"
    "|id de reunion|id de la reunion|code secret|code d'acces|mot de passe|besprechungs-id|kennung|kenncode|passwort"
    "|contrasena|codigo de acceso|id riunione|passcode riunione|senha|vergader-id|wachtwoordcode"
    "|会议号|会议密码|会议 id|密码|or dial|dial-in|one tap mobile|sip|cisco unified video|rsvp|topics|themes",
}
_BY_WORD = {word: label for label, words in _LABELS.items() for word in words.split("|")}
_LABELLED = re.compile(
    r"[^\w]{0,6}(?P<label>[^\W\d][^:\uff1a\n]{0,39}?)\s{0,3}[:\uff1a](?!//)\s*(?P<value>.*)", re.DOTALL
)

_NOISE = re.compile(
    "is inviting you to|you are invited to a zoom|hi there|join zoom meeting|join from (?:a )?pc|one tap mobile|dial by"
    "|find (?:your|a) local number|join the meeting now|join on your computer|join with a video|microsoft teams"
    "|need help|meeting options|reset (?:dial-in )?pin|for organizers|rejoindre la reunion|cliquez ici pour"
    "|participez sur|participez a partir|options de reunion|besoin d'aide|an der besprechung teilnehmen"
    "|auf (?:dem|ihrem) computer|hier klicken|benotigen sie hilfe|besprechungsoptionen|weitere informationen"
    "|learn more(?! about)|en savoir plus(?! sur)"
    "|download teams|telecharger teams|dial.?in"
    "|join on the web|google meet|more phone numbers|joining info|or dial|to view your event|google calendar"
    "|you are receiving this|unsubscribe|desabonner|abmelden|darse de baja|uitschrijven|register in advance"
    "|after registering|please click (?:the|this) link|click (?:here|the link)|or (?:one tap|telephone)|join by"
    "|international numbers|h\\.323|sip:|confidential|sent from my|envoye de mon|von meinem|original message"
    "|forwarded message|message transfere|weitergeleitete nachricht|message d'origine|ursprungliche nachricht"
    "|add to calendar|ajouter au calendrier|join now|passcode|meeting id|webinar id|webex meeting|meeting number"
    "|tap to join|global call-in|if you are a host|start meeting|privacy|do not (?:edit|change)|邀请您|点击链接"
)
_MAIL_DATE = re.compile(r"(?:date|datum|data|fecha|dato)\s?[:\uff1a]")
_SENT = re.compile(r"(?:sent|envoye|gesendet|enviado|inviato|verzonden|odeslano|sendt|skickat)\s?[:\uff1a]")
_SPOKEN_FOR = re.compile(
    r"\b(?:register by|registration (?:closes|deadline|is open)|deadline|sign up by|rsvp|before (?:the )?\d"
    r"|no later"
    r"|avant le|jusqu'au|bis zum|anmeldeschluss|hasta el|entro il|ate (?:o dia )?\d|uiterlijk"
    r"|posted|published|updated)\b"
)
_WROTE = re.compile(r".*(?:wrote|a ecrit|schrieb|escribio|ha scritto|escreveu|schreef|napsal|skrev)\s?:\Z", re.DOTALL)
_GREETING = re.compile(
    r"(?:dear|hi|hello|good (?:morning|afternoon)|bonjour|cher|chers|chere|cheres|madame|liebe|lieber|sehr geehrte"
    r"|hallo|guten|estimad[oa]s?|hola|buenos|gentil[ei]|caro|cari|buongiorno|prezad[oa]s?|ola|caros|beste|geachte"
    r"|dobry|vazen\w*|kaere|kære|hej|god dag|您好|大家好|各位|尊敬的)(?![^\W\d_]).{0,80}\Z"
)
_SIGNATURE = re.compile(
    r"(?:--|__|(?:with )?(?:best|kind|warm)(?:est)? (?:regards|wishes)|regards|sincerely|yours|best,|thanks,|cheers"
    r"|(?:bien )?cordialement|bien a vous|sinceres|mit (?:freundlichen|besten) gru|viele gru|beste gru|herzliche gru"
    r"|(?:un )?saludos?|atentamente|cordiali saluti|distinti saluti|atenciosamente|cumprimentos|(?:met )?vriendelijke"
    r"|s pozdravem|med venlig|venlig hilsen|med vanlig|此致)(?![^\W\d_])"
)
_SEPARATOR = re.compile(r"[\W_]*\Z")
_CONTACT = re.compile(r"\S@\S|\+\d[\d ().-]{6,}|,,\d{5}|\bid\b[^a-z]{0,3}\d{3}")


def label(folded: str) -> tuple[Label, int] | None:
    """The label at the beginning of a line, and where its value begins."""
    found = _LABELLED.match(folded)
    kind = _BY_WORD.get(found["label"].strip(" *_")) if found else None
    return (kind, found.start("value")) if found and kind else None


def heads_agenda(folded: str) -> bool:
    """`Agenda` alone on its line, with or without a colon."""
    return _BY_WORD.get(folded.strip(" :*_#-\uff1a")) is Label.AGENDA


def is_noise(folded: str) -> bool:
    """What programs write around a link, and how else to reach people."""
    return bool(_SEPARATOR.match(folded) or _NOISE.search(folded) or _CONTACT.search(folded) or _WROTE.match(folded))


def is_from_a_program(folded: str) -> bool:
    return bool(_NOISE.search(folded))


def is_mail_date(folded: str) -> bool:
    """The date of an e-mail, if it stands beside its sender and nothing else there says when it was sent."""
    return bool(_MAIL_DATE.match(folded))


def says_when_sent(folded: str) -> bool:
    return bool(_SENT.match(folded))


def tells_of_another_moment(folded: str) -> bool:
    """A deadline, or when somebody wrote."""
    return bool(_SPOKEN_FOR.search(folded) or _WROTE.match(folded))


def is_greeting(folded: str) -> bool:
    return bool(_GREETING.match(folded))


def ends_a_letter(folded: str) -> bool:
    return bool(_SIGNATURE.match(folded))
