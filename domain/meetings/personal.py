"""What one person has to do with polls: handed over to them, and forgotten."""

from datetime import UTC, datetime
from typing import Any

from storage import Poll, PollSlot, PollVote, Session, meetings


def export(session: Session, person_id: int) -> dict[str, Any]:
    """As JSON values. Times are ISO 8601 in UTC."""
    return {
        "polls_made": [_poll(session, poll) for poll in meetings.made_by(session, person_id)],
        "poll_answers": [_vote(*found) for found in meetings.votes_of(session, person_id)],
    }


def forget(session: Session, person_id: int) -> None:
    """Take away what they said, and what they have not asked anybody yet. What they asked stays, as webinars do."""
    meetings.forget_votes(session, person_id)
    poll = meetings.being_written(session, person_id)
    if poll is not None:
        meetings.discard(session, poll)


def _poll(session: Session, poll: Poll) -> dict[str, Any]:
    return {
        "title": poll.title,
        "text": poll.text,
        "minutes": poll.duration_minutes,
        "link": poll.join_url,
        "timezone": poll.timezone,
        "times": [_time(slot.starts_at) for slot in meetings.slots(session, poll.id)],
        "asked": [partnership.id for partnership in meetings.partnerships(session, poll.id)],
        "made_at": _time(poll.created_at),
        "opened_at": _time(poll.opened_at),
        "closed_at": _time(poll.closed_at),
    }


def _vote(vote: PollVote, slot: PollSlot, poll: Poll) -> dict[str, Any]:
    return {
        "poll": poll.title,
        "time": _time(slot.starts_at),
        "answer": vote.vote,
        "at": _time(vote.voted_at),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None
