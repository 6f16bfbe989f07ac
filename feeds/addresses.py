"""Paths of calendars and pages: part of people's subscriptions, so they never change."""

from domain.selections import About, Custom, Everything, HostedBy, Public, Single
from feeds.custom import query_of


def calendar_path(selection: Public) -> str:
    match selection:
        case Everything():
            return "/feeds/all.ics"
        case HostedBy(partnership_id):
            return f"/feeds/{partnership_id}.ics"
        case About(topic_id):
            return f"/feeds/topics/{topic_id}.ics"
        case Custom():
            return f"/feeds/custom.ics{query_of(selection)}"
        case Single(code):
            return f"/webinars/{code}.ics"


def personal_path(token: str) -> str:
    return f"/feeds/personal/{token}.ics"


def meetings_path(token: str) -> str:
    return f"/feeds/organisers/{token}.ics"


def meetings_page_path(token: str) -> str:
    return f"/feeds/organisers/{token}"


def webinar_path(code: str) -> str:
    return f"/webinars/{code}"


def own_calendar_path(token: str) -> str:
    """The page about a personal calendar, for a browser: as secret as the calendar."""
    return f"/feeds/personal/{token}"


def join_path(token: str) -> str:
    """Leads whoever has a seat to the room: stands under messages for good, so it never changes either."""
    return f"/join/{token}"


def picture_path(code: str) -> str:
    return f"/webinars/{code}.png"
