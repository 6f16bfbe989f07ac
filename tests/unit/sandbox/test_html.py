from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, Message, MessageEntity

from sandbox.errors import Refusal
from sandbox.jsons import Json, JsonObject
from sandbox.text.formatted import Formatted, text_of

PEOPLE: dict[int, JsonObject] = {7: {"id": 7, "is_bot": False, "first_name": "Ana"}}


def parsed(source: str) -> Formatted:
    return text_of(source, "HTML", None, PEOPLE.get)


def entity(kind: str, offset: int, length: int, **more: Json) -> JsonObject:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>x</b>", "x", [entity("bold", 0, 1)]),
        ("<strong>x</strong>", "x", [entity("bold", 0, 1)]),
        ("<i>x</i><em>y</em>", "xy", [entity("italic", 0, 2)]),
        ("<u>x</u>, <ins>y</ins>", "x, y", [entity("underline", 0, 1), entity("underline", 3, 1)]),
        ("<s>x</s>", "x", [entity("strikethrough", 0, 1)]),
        ("<strike>x</strike>", "x", [entity("strikethrough", 0, 1)]),
        ("<del>x</del>", "x", [entity("strikethrough", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ("<code>x</code>", "x", [entity("code", 0, 1)]),
        ('<code class="language-py">x</code>', "x", [entity("code", 0, 1)]),
        ("<pre>x</pre>", "x", [entity("pre", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [entity("pre", 0, 1, language="py")]),
        ('<code class="language-py"><pre>x</pre></code>', "x", [entity("pre", 0, 1, language="py")]),
        ("<blockquote>x</blockquote>", "x", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        (
            '<a href="https://example.org/a?b=1&amp;c=2">x</a>',
            "x",
            [entity("text_link", 0, 1, url="https://example.org/a?b=1&c=2")],
        ),
        ("<a href='example.org'>x</a>", "x", [entity("text_link", 0, 1, url="http://example.org/")]),
        ("<a>example.org</a>", "example.org", [entity("text_link", 0, 11, url="http://example.org/")]),
        ('<a href="http://localhost/">x</a>', "x", []),
        ('<a href="javascript:x">x</a>', "x", []),
        ('<a href="tg://user?id=7">x</a>', "x", [entity("text_mention", 0, 1, user=PEOPLE[7])]),
        ('<a href="tg://user?id=8">x</a>', "x", []),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', "👍", [entity("custom_emoji", 0, 2, custom_emoji_id="5")]),
        (
            '<tg-time unix="1800003600" format="tDw">Fri</tg-time>',
            "Fri",
            [entity("date_time", 0, 3, unix_time=1800003600, date_time_format="wDt")],
        ),
        ('<tg-time unix="5">x</tg-time>', "x", [entity("date_time", 0, 1, unix_time=5, date_time_format="")]),
        ('<tg-time unix="0">x</tg-time>', "x", []),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 1), entity("bold", 1, 1), entity("italic", 1, 1)]),
        ("<B>x</b>", "x", [entity("bold", 0, 1)]),
        ("<b >x</b >", "x", [entity("bold", 0, 1)]),
        ("<b>x</>", "x", [entity("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("&lt;&gt;&amp;&quot;", '<>&"', []),
        ("&#39;&#x27;&#128077;", "''👍", []),
        ("&nbsp;&copy; &apos;", "&nbsp;&copy; &apos;", []),
        ("&lt", "<", []),
        ("a > b", "a > b", []),
        ("👍<b>x</b>", "👍x", [entity("bold", 2, 1)]),
    ],
)
def test_parse_finds(source: str, text: str, entities: list[JsonObject]) -> None:
    assert parsed(source) == Formatted(text, tuple(entities))


@pytest.mark.parametrize(
    ("source", "entities"),
    [
        # A date holds nothing and stands in nothing but a quotation.
        (
            '<b>on <tg-time unix="5" format="t">d</tg-time> at</b>',
            [entity("bold", 0, 3), entity("date_time", 3, 1, unix_time=5, date_time_format="t"), entity("bold", 4, 3)],
        ),
        (
            '<a href="https://example.org/">on <tg-time unix="5">d</tg-time></a>',
            [entity("text_link", 0, 4, url="https://example.org/")],
        ),
        (
            '<blockquote><tg-time unix="5">d</tg-time></blockquote>',
            [entity("blockquote", 0, 1), entity("date_time", 0, 1, unix_time=5, date_time_format="")],
        ),
        ("<code><b>x</b></code>", [entity("code", 0, 1)]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", [entity("blockquote", 0, 2)]),
        (
            '<b>a <a href="https://example.org/">b</a></b>',
            [
                entity("bold", 0, 2),
                entity("text_link", 2, 1, url="https://example.org/"),
                entity("bold", 2, 1),
            ],
        ),
    ],
)
def test_nested_entities_are_settled(source: str, entities: list[JsonObject]) -> None:
    assert list(parsed(source).entities) == entities


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("é<br/>", 'Unsupported start tag "br/" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x>y', "Unclosed start tag at byte offset 0"),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ("<a href>x</a", "Unclosed end tag at byte offset 9"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =x>z</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="5" format="x">y</tg-time>', "Invalid date format used"),
        ('<tg-time unix="5" format="rt">y</tg-time>', "Invalid date format used"),
        (
            "&#xd83d;x",
            (
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ),
        ),
    ],
)
def test_parse_refuses(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        parsed(source)
    assert (caught.value.code, caught.value.description) == (400, f"Bad Request: can't parse entities: {reason}")


WORDS = st.text(st.sampled_from("ab 👍é<>&\"'\n"), min_size=1, max_size=6).filter(lambda text: text.strip(" \n") != "")
TAGS = st.sampled_from(
    [
        ("<b>", "</b>"),
        ("<i>", "</i>"),
        ("<u>", "</u>"),
        ("<s>", "</s>"),
        ("<tg-spoiler>", "</tg-spoiler>"),
        ("<code>", "</code>"),
        ("<pre>", "</pre>"),
        ("<blockquote>", "</blockquote>"),
        ("<blockquote expandable>", "</blockquote>"),
        ('<a href="https://example.org/x">', "</a>"),
        ('<tg-time unix="1800003600" format="wDt">', "</tg-time>"),
    ]
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


TREES = st.recursive(
    WORDS.map(escaped),
    lambda inner: st.tuples(TAGS, st.lists(inner, min_size=1, max_size=3)).map(
        lambda node: f"{node[0][0]}{''.join(node[1])}{node[0][1]}"
    ),
    max_leaves=8,
)


def as_message(formatted: Formatted) -> Message:
    return Message(
        message_id=1,
        date=datetime(2026, 1, 1, tzinfo=UTC),
        chat=Chat(1, "private"),
        text=formatted.text,
        entities=MessageEntity.de_list([dict(item) for item in formatted.entities], None),
    )


@given(TREES)
def test_another_reader_of_entities_writes_html_that_parses_back(source: str) -> None:
    formatted = parsed(source)
    assert parsed(as_message(formatted).text_html) == formatted


@given(TREES)
def test_entities_lie_inside_the_text_for_another_reader(source: str) -> None:
    formatted = parsed(source)
    for item, text in as_message(formatted).parse_entities().items():
        assert len(text.encode("utf-16-le")) // 2 == item.length
        assert text


@given(st.text(max_size=60))
def test_any_text_is_parsed_or_refused_in_words(source: str) -> None:
    try:
        outcome = parsed(source).text
    except Refusal as refusal:
        outcome = refusal.description.removeprefix("Bad Request: ")
    assert outcome
