"""Who hosts and what it is about. Ids come from consortium.toml and are part of public addresses."""

from sqlmodel import Field

from storage.tables.base import Table
from storage.tables.choices import TopicKind, choice


class Partnership(Table, table=True):
    """`color` is `#rrggbb`, or empty."""

    id: str = Field(primary_key=True, max_length=32)
    name: str
    short_name: str
    color: str = Field(default="", max_length=7)
    position: int
    active: bool = True


class Cluster(Table, table=True):
    id: str = Field(primary_key=True, max_length=64)
    name: str
    country: str = Field(max_length=2)
    partnership_id: str = Field(foreign_key="partnership.id", index=True)
    active: bool = True


class Topic(Table, table=True):
    id: str = Field(primary_key=True, max_length=32)
    name: str
    kind: TopicKind = Field(sa_type=choice(TopicKind, "topic_kind"))
    position: int
    active: bool = True
