import inspect
import re
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import callbacks
from bot.callbacks import Callback, DraftAsk, DraftDiscard, DraftHost, ShowCard, ShowUpcoming, opens_below
from domain.codes import new_code
from domain.drafts import LANGUAGES, Field

FORMS: list[type[Callback]] = [
    form
    for _, form in inspect.getmembers(callbacks, inspect.isclass)
    if issubclass(form, Callback) and form is not Callback
]
VALUES = {
    "code": st.from_regex(r"[0-9a-z]{1,16}", fullmatch=True),
    "slug": st.from_regex(r"[a-z0-9][a-z0-9_-]{0,31}", fullmatch=True),
    "number": st.integers(0, 999_999_999),
    "secret": st.from_regex(r"[A-Za-z0-9_-]{1,56}", fullmatch=True),
}
every_form = pytest.mark.parametrize("form", FORMS)
anything = st.text() | st.binary() | st.none() | st.integers() | st.from_regex(r"[a-z]{1,3}(:[\w-]{0,20}){0,3}\n?")

# Buttons live in chats for years: none of these may ever mean something else, or nothing.
ON_THE_WIRE = {
    "w:pack1234": "ShowCard",
    "r:pack1234": "Register",
    "l:pack1234": "Leave",
    "i:pack1234": "AddToCalendar",
    "u:2": "ShowUpcoming",
    "m:2": "ShowMine",
    "q": "FindShow",
    "qt:market:china": "FindToggle",
    "qc": "FindClear",
    "kc": "FeedCheck",
    "y": "Why",
    "z": "StatusShow",
    "za:7": "SendAgain",
    "zd:7": "Dismiss",
    "ze:155": "DismissAll",
    "kf:1": "FeedFollows",
    "qp:0a1b2c3d4e5f:2": "TurnFitting",
    "qf:2": "ShowFitting",
    "cal": "ShowCalendar",
    "cr:0": "ReplaceLink",
    "f": "FollowShow",
    "fp:adpack2": "FollowPartnership",
    "ft:smart-packaging": "FollowTopic",
    "fn": "FollowNews",
    "fl:pack1234": "FollowLike",
    "fx": "FollowNot",
    "s": "SettingsShow",
    "sr": "RemindersShow",
    "sl:3600": "LeadToggle",
    "sa": "LeadAsk",
    "sq": "QuietShow",
    "sh:22:7": "QuietSet",
    "sp": "PlaceAsk",
    "se": "ExtrasShow",
    "so:1": "ExtrasSet",
    "sg": "LanguagesShow",
    "ss:fr": "LanguageSet",
    "c": "CompanyShow",
    "ca": "CompanyAsk",
    "cs": "CompanySkip",
    "cx": "CompanyForget",
    "co": "CountryAsk",
    "cc:be": "CountrySet",
    "cl:tweed": "ClusterSet",
    "p": "PrivacyShow",
    "pe": "Export",
    "px:1": "Erase",
    "ps": "Stay",
    "g:1": "ManageList",
    "gw:pack1234": "ManageShow",
    "gm:pack1234": "MoveAsk",
    "gs:pack1234:30030060": "MoveSure",
    "gx:pack1234:1": "CallOff",
    "gr:pack1234": "Restore",
    "x:pack1234": "EditShow",
    "xa:pack1234:title": "EditAsk",
    "xl:pack1234:fr": "EditLanguage",
    "xc:pack1234:agenda": "EditClear",
    "dc:agenda": "DraftClear",
    "xt:pack1234:7:smart-packaging": "EditTopic",
    "xv:pack1234:7": "EditReview",
    "xs:pack1234:7:1": "EditSave",
    "gh:pack1234": "HostsShow",
    "ga:pack1234:nf4": "HostAdd",
    "gg:2": "ManageAll",
    "gl:pack1234": "ManageLook",
    "hs:pack1234:nf4": "HostAsked",
    "ha:pack1234:nf4": "HostAccept",
    "hd:pack1234:nf4": "HostDecline",
    "hq:pack1234:nf4": "HostWish",
    "hw:pack1234:nf4": "HostWithdraw",
    "hl:pack1234:nf4:1": "HostLeave",
    "t": "TeamsShow",
    "to:nf4:2": "TeamShow",
    "ti:admin_": "TeamInvite",
    "tv:7": "TeamRevoke",
    "tx:7:1": "TeamRemove",
    "tl:nf4": "TeamLeave",
    "tj:aB3-_x": "TeamJoin",
    "lg:2": "LogShow",
    "j:pack1234:lesson": "LessonTell",
    "jd": "LessonsShow",
    "ja:pack1234": "AgendaShare",
    "jl": "AgendasShow",
    "ju:pack1234": "AgendaUse",
    "e:pack1234": "LettersShow",
    "er:pack1234:both": "LetterTo",
    "ew:pack1234": "LetterWrite",
    "es:pack1234:7": "LetterSend",
    "k:pack1234": "MaterialsShow",
    "ka:pack1234:slides": "MaterialAsk",
    "kx:pack1234:slides": "MaterialRemove",
    "kg:pack1234:slides": "MaterialGet",
    "n:pack1234:2": "PeopleShow",
    "nc:pack1234": "PeopleCount",
    "ne:pack1234:csv": "PeopleExport",
    "nn": "NumbersShow",
    "ns:nf4:202601-202612": "StatsShow",
    "na:all": "StatsAsk",
    "nd:all:ever": "StatsDraw",
    "nr:nf4:ever": "StatsReport",
    "ni:nf4:202601-202612:2": "StatsEach",
    "ny:pack1234": "StatsAnyOf",
    "nw:pack1234": "StatsOf",
    "nv:pack1234": "StatsDrawOf",
    "np:2": "PastShow",
    "ar:pack1234:5": "FeedbackRate",
    "aq:pack1234:2": "FeedbackTurn",
    "aa:pack1234:1:5": "FeedbackAnswer",
    "ad:pack1234:1": "FeedbackTakeBack",
    "an:pack1234:1": "FeedbackName",
    "af:pack1234": "FeedbackChange",
    "ai:pack1234": "CameAfterAll",
    "ah:pack1234": "FeedbackResults",
    "ap:pack1234": "FeedbackPicture",
    "ac:pack1234:2": "FeedbackComments",
    "at:pack1234:2": "FormShow",
    "au:pack1234:fair1234": "FormUse",
    "ax:pack1234": "FormUsual",
    "aw:pack1234": "FormWrite",
    "dz:2": "DraftForm",
    "dg:fair1234": "DraftFormUse",
    "di": "DraftFormUsual",
    "d": "DraftShow",
    "da:title": "DraftAsk",
    "dh:adpack2": "DraftHost",
    "dt:smart-packaging": "DraftTopic",
    "dl:en": "DraftLanguage",
    "dv": "DraftPreview",
    "dp": "DraftPublish",
    "dx:0": "DraftDiscard",
    "dn": "DraftNew",
    "db": "DraftAnother",
    "ds:1": "DraftsShow",
    "do:7": "DraftOpen",
    "dd:pack1234": "DraftDuplicate",
    "du:title": "DraftUse",
    "df:hosts": "DraftFor",
    "mt:1": "MeetingsShow",
    "mn": "MeetingNew",
    "mp": "PollNew",
    "ma:times": "PollPart",
    "mx:7": "PollTimeOut",
    "mh": "PollAskedShow",
    "mi:alpha": "PollPartnership",
    "mo": "PollOpen",
    "md:1": "PollDiscard",
    "mb:pack1234": "PollShow",
    "mv:7:if_need_be": "PollVote",
    "mr:pack1234": "PollOutcome",
    "mm:7": "PollDecide",
    "mc:pack1234:1": "PollClose",
    "dk": "DraftKeep",
    "v:2": "LibraryShow",
    "vp:0a1b2c3d4e5f:2": "LibraryTurn",
    "vf": "LibraryFind",
    "vt:market:china": "LibraryToggle",
    "vc": "LibraryClear",
    "vo:pack1234": "EntryShow",
    "vv:pack1234": "EntryVersions",
    "vg:pack1234:2": "EntryVersion",
    "vh:pack1234:2": "EntryFile",
    "vl:pack1234": "ContactCard",
    "vk:pack1234": "ContactConfirm",
    "vj:pack1234:1": "ContactErase",
    "vr:pack1234": "EntryRevise",
    "vz:pack1234:1": "EntryRetire",
    "vy:pack1234": "EntryRestore",
    "vm:1": "RetiredShow",
    "vb": "ShareAsk",
    "vn:template": "ShareKind",
    "vu:template": "ShareThis",
    "vd:1": "ShareDrafts",
    "vw:pack1234": "WritingShow",
    "va:pack1234:title": "WritingAsk",
    "vx:pack1234:text": "WritingClear",
    "vs:pack1234": "WritingShare",
    "vq:pack1234:1": "WritingDrop",
    "ve:pack1234:readers": "FilingShow",
    "vi:pack1234:readers:everybody": "FilingSet",
    "im": "ImportShow",
    "ip:nf4": "ImportFor",
    "it:nf4:1": "ImportTake",
    "if": "ImportFill",
    "os:4:0": "SlotsShow",
    "ot:30030060": "SlotTake",
    "oc:1": "ClashesShow",
    "om:pack1234:30030060:1": "MoveClashesShow",
}


def callbacks_of(form: type[Callback]) -> st.SearchStrategy[Callback]:
    return st.builds(form, *(VALUES[shape] for shape in form.shapes))


any_callback = st.one_of(*map(callbacks_of, FORMS))


@every_form
def test_form_names_a_shape_for_each_field(form: type[Callback]) -> None:
    assert len(form.shapes) == len(fields(form))
    assert {*form.shapes} <= VALUES.keys()


@given(any_callback)
def test_callback_comes_back_as_it_went_and_is_short_enough(callback: Callback) -> None:
    data = callback.pack()

    assert type(callback).unpack(data) == callback
    assert 1 <= len(data.encode()) <= 64


@given(any_callback)
def test_callback_is_read_by_its_own_form_only(callback: Callback) -> None:
    assert [form for form in FORMS if form.unpack(callback.pack()) is not None] == [type(callback)]


@given(anything)
def test_forged_data_is_no_callback_or_a_proper_one(data: object) -> None:
    found = [callback for form in FORMS if (callback := form.unpack(data)) is not None]

    assert all(data in {callback.pack(), callback.pack(below=True)} for callback in found)
    assert len(found) <= 1


def test_no_prefix_is_used_twice_or_holds_a_colon() -> None:
    prefixes = [form.prefix for form in FORMS]

    assert len({*prefixes}) == len(prefixes)
    assert [prefix for prefix in prefixes if not re.fullmatch(r"[a-z]{1,3}", prefix)] == []
    assert "b" not in prefixes  # which says that what is shown comes below


@given(any_callback)
def test_a_button_means_the_same_where_its_message_stays(callback: Callback) -> None:
    try:
        data = callback.pack(below=True)
    except ValueError:
        assert len(callback.pack().encode()) > 62  # which leaves no room to say so
        return

    assert type(callback).unpack(data) == callback
    assert (opens_below(data), opens_below(callback.pack()), opens_below(None)) == (True, False, False)


def test_buttons_sent_years_ago_still_mean_what_they_meant() -> None:
    meanings = {data: [form.__name__ for form in FORMS if form.unpack(data)] for data in ON_THE_WIRE}

    assert meanings == {data: [name] for data, name in ON_THE_WIRE.items()}
    assert {form.__name__ for form in FORMS} == {*ON_THE_WIRE.values()}


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        b"u:2",
        "",
        ":",
        "w",
        "w:",
        "w::",
        "w:pack1234:",
        "w:pack1234:2",
        ":w:pack1234",
        " w:pack1234",
        "w:pack1234\n",
        "W:pack1234",
        "w:PACK1234",
        "w:päck",
        "w:" + "a" * 17,
        "w:a' OR 1=1",
        "u:-1",
        "u:+1",
        "u:01",
        "u:1.0",
        "u:1000000000",
        "u:٣",
        "u:²",
        "u:\x00",
        "da:" + "a" * 33,
        "dh:-nf4",
        "cal:",
        "cal:1",
        "d:1",
        "dx",
        "dx:sure",
        "x" * 10_000,
        "\ud800",
    ],
)
def test_forged_data_is_no_callback(data: object) -> None:
    assert [form for form in FORMS if form.unpack(data) is not None] == []


@pytest.mark.parametrize(
    "callback",
    [
        ShowCard(""),
        ShowCard("PACK"),
        ShowCard("a:b"),
        ShowCard("a" * 17),
        ShowUpcoming(-1),
        ShowUpcoming(1_000_000_000),
        DraftHost("ä"),
        DraftHost("a" * 33),
        DraftDiscard(True),  # noqa: FBT003 -- a wrong value
    ],
)
def test_callback_that_could_not_come_back_is_not_sent(callback: Callback) -> None:
    with pytest.raises(ValueError, match=":"):
        callback.pack()


def test_codes_of_webinars_fit_into_a_button() -> None:
    code = new_code()

    assert ShowCard.unpack(ShowCard(code).pack()) == ShowCard(code)


@pytest.mark.parametrize("field", Field)
def test_every_field_of_a_draft_can_be_asked_for(field: Field) -> None:
    assert DraftAsk.unpack(DraftAsk(field).pack()) == DraftAsk(field)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_can_be_chosen(language: str) -> None:
    assert callbacks.DraftLanguage.unpack(callbacks.DraftLanguage(language).pack()) is not None


@given(st.from_regex(r"[a-z0-9][a-z0-9-]{0,30}", fullmatch=True))
def test_every_id_the_consortium_may_use_fits_into_a_button(identifier: str) -> None:
    assert DraftHost.unpack(DraftHost(identifier).pack()) == DraftHost(identifier)
