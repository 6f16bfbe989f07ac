"""The topics and the agenda of a webinar, replaced as a whole."""

from collections.abc import Iterable

from sqlmodel import Session, col, delete, select

from storage.tables import AgendaItem, Topic, Webinar, WebinarTopic


def set_topics(session: Session, webinar: Webinar, topic_ids: Iterable[str]) -> None:
    session.exec(delete(WebinarTopic).where(col(WebinarTopic.webinar_id) == webinar.id))
    session.add_all([WebinarTopic(webinar_id=webinar.id, topic_id=topic_id) for topic_id in topic_ids])
    session.flush()


def set_agenda(session: Session, webinar: Webinar, items: Iterable[AgendaItem]) -> None:
    """The rows are new ones; they get their webinar and their place here."""
    session.exec(delete(AgendaItem).where(col(AgendaItem.webinar_id) == webinar.id))
    session.flush()
    for position, item in enumerate(items):
        item.webinar_id, item.position = webinar.id, position
        session.add(item)
    session.flush()


def topic_names(session: Session, topic_ids: Iterable[str]) -> list[str]:
    """Of topics that have left too, in the order in which a webinar names them."""
    query = select(Topic).where(col(Topic.id).in_(list(topic_ids))).order_by(col(Topic.kind), col(Topic.id))
    return [topic.name for topic in session.exec(query)]
