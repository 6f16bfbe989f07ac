"""Polls: when organisers could meet. Written, answered, and for whoever asks, who can when."""

from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import (
    MeetingsShow,
    PollAskedShow,
    PollClose,
    PollDecide,
    PollDiscard,
    PollNew,
    PollOpen,
    PollOutcome,
    PollPart,
    PollPartnership,
    PollShow,
    PollTimeOut,
    PollVote,
    ShowCard,
)
from bot.screen import Button, Press, Rows, Screen, cut, grid, lines, own_time
from bot.screens.card import short, short_when
from domain.meetings.ballots import Ballot
from domain.meetings.outcomes import Outcome, Standing
from domain.meetings.polls import MOST_TIMES, Part, PollDraft
from storage import Vote
from texts.chat import ChatTexts

_PARTS = ((Part.TITLE, Part.TIMES, Part.LENGTH), (Part.LINK, Part.TEXT))
_TEXT_LENGTH = 400


def draft(poll: PollDraft, texts: ChatTexts, fault: Markup | None = None) -> Screen:
    """`fault` says what was wrong with the last message."""
    asked = [choice.name for choice in poll.partnerships if choice.chosen]
    values: dict[str, Markup | str] = {
        "title": Markup("<b>{title}</b>").format(title=poll.title) if poll.title else texts.missing(),
        "length": texts.minutes(poll.minutes),
        "link": poll.join_url or texts.missing(),
        "text": cut(poll.text, _TEXT_LENGTH) or texts.no_description(),
        "asked": short(texts.listed(asked)) or texts.nobody_asked(),
        "times": str(len(poll.times)) if poll.times else texts.missing(),
    }
    return Screen(
        lines(
            texts.poll_draft_title(),
            "",
            *(texts.draft_line(texts.poll_label(part), value) for part, value in values.items()),
            *(Markup("• {when}").format(when=_when(time.starts_at, poll.timezone, texts)) for time in poll.times),
            "",
            texts.warn(fault) if fault else None,
            _prompt(poll, texts),
        ),
        _draft_rows(poll, texts),
    )


def asked(poll: PollDraft, texts: ChatTexts) -> Screen:
    buttons = [
        Press(texts.button_chosen(choice.name) if choice.chosen else choice.name, PollPartnership(choice.id))
        for choice in poll.partnerships
    ]
    return Screen(texts.choose_asked(), (*grid(buttons), (Press(texts.button_done(), PollNew()),)))


def discard(texts: ChatTexts) -> Screen:
    return Screen(
        texts.discard_poll_sure(),
        ((Press(texts.button_discard_sure(), PollDiscard(1)),), (Press(texts.button_back(), PollNew()),)),
    )


def discarded(texts: ChatTexts) -> Screen:
    return Screen(texts.poll_discarded(), (_meetings(texts),))


def opened(outcome: Outcome, texts: ChatTexts) -> Screen:
    found = show_outcome(outcome, texts)
    return Screen(lines(texts.poll_opened(), "", found.text), found.rows)


def ballot(found: Ballot, texts: ChatTexts) -> Screen:
    if found.closed:
        return _closed(found, texts)
    theirs = (Press(texts.button_outcome(), PollOutcome(found.code)),) if found.mine else ()
    return Screen(_question(found, texts), (*_votes(found, texts), (*theirs, *_meetings(texts))))


def pushed(found: Ballot, texts: ChatTexts) -> Screen:
    """The same, for somebody who was asked just now."""
    more = Press(texts.button_meetings(), MeetingsShow(1), below=True)
    return Screen(_question(found, texts), (*_votes(found, texts), (more,)))


def show_outcome(found: Outcome, texts: ChatTexts) -> Screen:
    silent = ("", texts.silent(found.silent)) if found.silent and not found.closed else ()
    became = texts.poll_became(short_when(found.meeting, texts)) if found.meeting else texts.poll_closed()
    return Screen(
        lines(
            texts.outcome_title(found.title),
            *(line for each in found.standings for line in ("", *_standing(each, found.timezone, texts))),
            *silent,
            *(("", became) if found.closed else ()),
        ),
        _outcome_rows(found, texts),
    )


def close_sure(found: Outcome, texts: ChatTexts) -> Screen:
    return Screen(
        texts.close_poll_sure(found.title),
        (
            (Press(texts.button_close_poll_sure(), PollClose(found.code, 1)),),
            (Press(texts.button_back(), PollOutcome(found.code)),),
        ),
    )


def _prompt(poll: PollDraft, texts: ChatTexts) -> Markup:
    if poll.asking:
        return texts.ask_for_poll(poll.asking, poll.timezone, MOST_TIMES)
    if poll.complete:
        return texts.poll_ready()
    return texts.html(texts.poll_missing([texts.poll_label(part) for part in poll.missing]))


def _draft_rows(poll: PollDraft, texts: ChatTexts) -> Rows:
    parts = tuple(tuple(Press(texts.poll_label(part), PollPart(part)) for part in row) for row in _PARTS)
    times = [
        Press(texts.button_take_out(texts.short(time.starts_at, poll.timezone)), PollTimeOut(time.slot_id))
        for time in poll.times
    ]
    ready = (Press(texts.button_ask_them(), PollOpen()),) if poll.complete else ()
    return (
        parts[0],
        (*parts[1], Press(texts.poll_label("asked"), PollAskedShow())),
        *grid(times),
        ready,
        (Press(texts.button_discard(), PollDiscard(0)), *_meetings(texts)),
    )


def _question(found: Ballot, texts: ChatTexts) -> Markup:
    return lines(
        texts.poll_asks(found.maker),
        Markup("<b>{title}</b> · {length}").format(title=found.title, length=texts.minutes(found.minutes)),
        Markup("{text}").format(text=cut(found.text, _TEXT_LENGTH)) if found.text else None,
        "",
        *_lines(found, texts),
    )


def _lines(found: Ballot, texts: ChatTexts) -> Iterator[Markup]:
    for number, line in enumerate(found.lines, start=1):
        when = _when(line.starts_at, found.timezone, texts)
        yield texts.poll_line_past(number, when) if line.past else texts.poll_line(number, when, line.can)


def _votes(found: Ballot, texts: ChatTexts) -> Rows:
    return tuple(
        tuple(_vote(line.slot_id, number, vote, texts, chosen=line.mine is vote) for vote in Vote)
        for number, line in enumerate(found.lines, start=1)
        if not line.past
    )


def _vote(slot_id: int, number: int, vote: Vote, texts: ChatTexts, *, chosen: bool) -> Button:
    label = texts.button_vote(number, vote)
    return Press(texts.button_chosen(label) if chosen else label, PollVote(slot_id, vote))


def _closed(found: Ballot, texts: ChatTexts) -> Screen:
    meeting = found.meeting
    return Screen(
        lines(
            Markup("<b>{title}</b>").format(title=found.title),
            texts.poll_closed(),
            texts.poll_became(short_when(meeting, texts)) if meeting else None,
        ),
        (
            (Press(texts.button_see_it(), ShowCard(meeting.code)),) if meeting else (),
            _meetings(texts),
        ),
    )


def _standing(standing: Standing, zone: str, texts: ChatTexts) -> Iterator[Markup]:
    yield texts.outcome_line(_when(standing.starts_at, zone, texts), standing.can)
    for vote, names in ((Vote.YES, standing.yes), (Vote.IF_NEED_BE, standing.if_need_be), (Vote.NO, standing.no)):
        if names:
            yield texts.outcome_names(vote, short(texts.listed(names)))


def _outcome_rows(found: Outcome, texts: ChatTexts) -> Rows:
    if found.closed:
        see = (Press(texts.button_see_it(), ShowCard(found.meeting.code)),) if found.meeting else ()
        return (see, _meetings(texts))
    take = [
        Press(texts.button_take_time(texts.short(each.starts_at, found.timezone)), PollDecide(each.slot_id))
        for each in found.standings
        if not each.past
    ]
    return (
        *((button,) for button in take),
        (Press(texts.button_my_answers(), PollShow(found.code)),),
        (Press(texts.button_close_poll(), PollClose(found.code, 0)), *_meetings(texts)),
    )


def _when(moment: datetime, zone: str, texts: ChatTexts) -> Markup:
    """Telegram shows everybody their own time; the words beside it are in the reader's zone."""
    return own_time(moment, texts.short(moment, zone))


def _meetings(texts: ChatTexts) -> tuple[Button, ...]:
    return (Press(texts.button_meetings(), MeetingsShow(1)),)
