"""Changes that organisers have in mind: proposed, shown with what they mean, made when they are confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain import access, cards, changes, details, impact
from domain.cards import Card
from domain.choices import Choice
from domain.details import Detail
from domain.drafts import LANGUAGES
from domain.errors import ConvokeError
from domain.impact import CANCEL_REASON, STARTS_AT, STATUS, Impact
from domain.reading.when import WhenError, WhenFault
from domain.usual import Usual
from storage import Proposal, Session, Webinar, WebinarStatus, consortium, proposals
from storage import details as detail_rows

CLEARABLE: Mapping[str, Any] = {Detail.DESCRIPTION: "", Detail.AGENDA: []}
"""What may also be left out, and what it is then."""

_KEPT = timedelta(days=7)


class ProposalGoneError(ConvokeError):
    """It was made, here or in another window, or is too old, or was never this person's."""


class UnchangedError(ConvokeError):
    """It is so already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """A change that is not made yet, and what it would mean. `card` is the webinar as it stands.

    `old` and `new` are the values by field, of what would be another; topics are named.
    """

    id: int
    card: Card
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    impact: Impact

    @property
    def new_start(self) -> datetime | None:
        """When it would begin, if it is to be moved."""
        return impact.moment(self.new[STARTS_AT]) if STARTS_AT in self.new else None

    @property
    def may_be_silent(self) -> bool:
        return impact.may_be_silent(self.new) and impact.is_told(self.new)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that can be changed, as it is; topics are named."""

    card: Card
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """Topics being chosen; nothing is changed yet."""

    id: int
    card: Card
    topics: tuple[Choice, ...]


def sheet(session: Session, code: str, person_id: int, *, now: datetime) -> Sheet:
    webinar = access.editable(session, code, person_id)
    values = details.of(session, webinar)
    return Sheet(cards.card(session, webinar, None, now=now), _named(session, values))


def propose(
    session: Session, code: str, person_id: int, values: Mapping[str, Any], usual: Usual, *, now: datetime
) -> Prospect:
    """Show what a change would mean. Raises UnchangedError where it is so already."""
    webinar = access.editable(session, code, person_id)
    if not _new(session, webinar, values):
        raise UnchangedError
    proposal = _keep(session, webinar, person_id, values, now)
    return _prospect(session, webinar, proposal, usual, now)


def propose_move(
    session: Session, code: str, person_id: int, starts_at: datetime, usual: Usual, *, now: datetime
) -> Prospect:
    if starts_at <= now:
        raise WhenError(WhenFault.PAST, "")
    return propose(session, code, person_id, {STARTS_AT: int(starts_at.timestamp())}, usual, now=now)


def propose_cancel(
    session: Session, code: str, person_id: int, reason: str, usual: Usual, *, now: datetime
) -> Prospect:
    values = {STATUS: WebinarStatus.CANCELLED.value, CANCEL_REASON: reason}
    return propose(session, code, person_id, values, usual, now=now)


def propose_restore(session: Session, code: str, person_id: int, usual: Usual, *, now: datetime) -> Prospect:
    return propose(session, code, person_id, {STATUS: WebinarStatus.PUBLISHED.value}, usual, now=now)


def propose_language(
    session: Session, code: str, person_id: int, language: str, usual: Usual, *, now: datetime
) -> Prospect:
    if language not in LANGUAGES:
        raise UnchangedError
    return propose(session, code, person_id, {Detail.LANGUAGE: language}, usual, now=now)


def propose_clear(session: Session, code: str, person_id: int, detail: str, usual: Usual, *, now: datetime) -> Prospect:
    """Take away what may be left out. Raises UnchangedError where there is nothing, or it may not."""
    if detail not in CLEARABLE:
        raise UnchangedError
    return propose(session, code, person_id, {detail: CLEARABLE[detail]}, usual, now=now)


def choose_topics(session: Session, code: str, person_id: int, *, now: datetime) -> TopicChoice:
    """Begin with the topics as they are."""
    webinar = access.editable(session, code, person_id)
    values = {Detail.TOPICS.value: details.of(session, webinar)[Detail.TOPICS]}
    return _topic_choice(session, webinar, _keep(session, webinar, person_id, values, now), now)


def toggle_topic(
    session: Session, code: str, person_id: int, proposal_id: int, topic_id: str, *, now: datetime
) -> TopicChoice:
    webinar, proposal = _find(session, code, person_id, proposal_id)
    chosen = {*proposal.values.get(Detail.TOPICS, ())}
    if topic_id in {topic.id for topic in consortium.active_topics(session)}:
        proposal.values = {**proposal.values, Detail.TOPICS.value: sorted(chosen ^ {topic_id})}
        proposals.save(session, proposal)
    return _topic_choice(session, webinar, proposal, now)


def review(session: Session, code: str, person_id: int, proposal_id: int, usual: Usual, *, now: datetime) -> Prospect:
    """What a change would mean as things stand now. Raises UnchangedError where it is so already."""
    webinar, proposal = _find(session, code, person_id, proposal_id)
    if not _new(session, webinar, proposal.values):
        raise UnchangedError
    proposal.sequence = webinar.sequence
    proposals.save(session, proposal)
    return _prospect(session, webinar, proposal, usual, now)


def save(
    session: Session,
    code: str,
    person_id: int,
    proposal_id: int,
    usual: Usual,
    *,
    tell: bool,
    settle: timedelta,
    now: datetime,
) -> Prospect | None:
    """Make the change. If the webinar has changed since it was shown, nothing is made: what it would mean now.

    Without `tell` people hear only of what they can't do without. Raises WhenError where the time has passed.
    """
    webinar, proposal = _find(session, code, person_id, proposal_id)
    new = _new(session, webinar, proposal.values)
    if new and proposal.sequence != webinar.sequence:
        return review(session, code, person_id, proposal_id, usual, now=now)
    proposals.remove(session, proposal)
    _make(session, code, person_id, new, tell=tell, settle=settle, now=now)
    return None


def _make(
    session: Session, code: str, person_id: int, new: Mapping[str, Any], *, tell: bool, settle: timedelta, now: datetime
) -> None:
    if STARTS_AT in new:
        changes.move_to(session, code, person_id, impact.moment(new[STARTS_AT]), settle=settle, now=now)
    if new.get(STATUS) == WebinarStatus.CANCELLED:
        changes.cancel(session, code, person_id, reason=new.get(CANCEL_REASON, ""), settle=settle, now=now)
    if new.get(STATUS) == WebinarStatus.PUBLISHED:
        changes.restore(session, code, person_id, settle=settle, now=now)
    fields = {detail: new[detail] for detail in Detail if detail in new}
    if fields:
        changes.edit(session, code, person_id, fields, tell=tell, settle=settle, now=now)


def _find(session: Session, code: str, person_id: int, proposal_id: int) -> tuple[Webinar, Proposal]:
    webinar = access.editable(session, code, person_id)
    proposal = proposals.find(session, proposal_id, person_id)
    if proposal is None or proposal.webinar_id != webinar.id:
        raise ProposalGoneError
    return webinar, proposal


def _keep(session: Session, webinar: Webinar, person_id: int, values: Mapping[str, Any], now: datetime) -> Proposal:
    proposals.prune(session, person_id, now - _KEPT)
    proposal = Proposal(
        person_id=person_id,
        webinar_id=webinar.id,
        values=dict(values),
        sequence=webinar.sequence,
        proposed_at=now,
    )
    proposals.save(session, proposal)
    return proposal


def _new(session: Session, webinar: Webinar, values: Mapping[str, Any]) -> dict[str, Any]:
    """What of it is not so already. A reason for cancelling counts only with the cancelling."""
    present = _present(session, webinar)
    new = {field: value for field, value in values.items() if present[field] != value}
    return new if STATUS in new or CANCEL_REASON not in new else {}


def _present(session: Session, webinar: Webinar) -> dict[str, Any]:
    return {
        **details.of(session, webinar),
        STARTS_AT: int(webinar.starts_at.timestamp()),
        STATUS: webinar.status.value,
        CANCEL_REASON: webinar.cancel_reason,
    }


def _prospect(session: Session, webinar: Webinar, proposal: Proposal, usual: Usual, now: datetime) -> Prospect:
    new, present = _new(session, webinar, proposal.values), _present(session, webinar)
    return Prospect(
        id=proposal.id,
        card=cards.card(session, webinar, None, now=now),
        old=_named(session, {field: present[field] for field in new}),
        new=_named(session, new),
        impact=impact.measure(session, webinar, new, usual, now=now),
    )


def _named(session: Session, values: Mapping[str, Any]) -> dict[str, Any]:
    if Detail.TOPICS not in values:
        return dict(values)
    return {**values, Detail.TOPICS: detail_rows.topic_names(session, values[Detail.TOPICS])}


def _topic_choice(session: Session, webinar: Webinar, proposal: Proposal, now: datetime) -> TopicChoice:
    chosen = proposal.values.get(Detail.TOPICS, ())
    return TopicChoice(
        proposal.id,
        cards.card(session, webinar, None, now=now),
        tuple(Choice(topic.id, topic.name, topic.id in chosen) for topic in consortium.active_topics(session)),
    )
