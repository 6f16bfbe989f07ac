import inspect
import re
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import callbacks
from bot.callbacks import Callback, DraftAsk, DraftDiscard, DraftHost, ShowCard, ShowUpcoming
from domain.drafts import LANGUAGES, Field
from domain.publishing import new_code

FORMS: list[type[Callback]] = [
    form
    for _, form in inspect.getmembers(callbacks, inspect.isclass)
    if issubclass(form, Callback) and form is not Callback
]
VALUES = {
    "code": st.from_regex(r"[0-9a-z]{1,16}", fullmatch=True),
    "slug": st.from_regex(r"[a-z0-9][a-z0-9_-]{0,31}", fullmatch=True),
    "number": st.integers(0, 999_999_999),
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
    "sg": "LanguagesShow",
    "ss:fr": "LanguageSet",
    "c": "CompanyShow",
    "ca": "CompanyAsk",
    "cs": "CompanySkip",
    "cx": "CompanyForget",
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
    "gh:pack1234": "HostsShow",
    "ga:pack1234:nf4": "HostAdd",
    "d": "DraftShow",
    "da:title": "DraftAsk",
    "dh:adpack2": "DraftHost",
    "dt:smart-packaging": "DraftTopic",
    "dl:en": "DraftLanguage",
    "dv": "DraftPreview",
    "dp": "DraftPublish",
    "dx:0": "DraftDiscard",
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

    assert [callback.pack() for callback in found] == [data] * len(found)
    assert len(found) <= 1


def test_no_prefix_is_used_twice_or_holds_a_colon() -> None:
    prefixes = [form.prefix for form in FORMS]

    assert len({*prefixes}) == len(prefixes)
    assert [prefix for prefix in prefixes if not re.fullmatch(r"[a-z]{1,3}", prefix)] == []


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
