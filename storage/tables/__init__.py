from storage.tables.base import Table
from storage.tables.choices import (
    DeliveryKind,
    DeliveryState,
    HostState,
    NoticeKind,
    RegistrationStatus,
    RoleKind,
    TopicKind,
    WebinarStatus,
)
from storage.tables.consortium import Cluster, Partnership, Topic
from storage.tables.people import Follow, Invitation, Person, PersonLead, Role
from storage.tables.post import Delivery, Draft, Pace, SeenUpdate, Setting, SharedCard
from storage.tables.webinars import AgendaItem, Notice, Registration, Revision, Webinar, WebinarHost, WebinarTopic

__all__ = [
    "AgendaItem",
    "Cluster",
    "Delivery",
    "DeliveryKind",
    "DeliveryState",
    "Draft",
    "Follow",
    "HostState",
    "Invitation",
    "Notice",
    "NoticeKind",
    "Pace",
    "Partnership",
    "Person",
    "PersonLead",
    "Registration",
    "RegistrationStatus",
    "Revision",
    "Role",
    "RoleKind",
    "SeenUpdate",
    "Setting",
    "SharedCard",
    "Table",
    "Topic",
    "TopicKind",
    "Webinar",
    "WebinarHost",
    "WebinarStatus",
    "WebinarTopic",
]
