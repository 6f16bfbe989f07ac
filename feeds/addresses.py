"""Paths of calendars and pages: part of people's subscriptions, so they never change."""

from domain.calendar import About, Everything, HostedBy, Public, Single


def calendar_path(selection: Public) -> str:
    match selection:
        case Everything():
            return "/feeds/all.ics"
        case HostedBy(partnership_id):
            return f"/feeds/{partnership_id}.ics"
        case About(topic_id):
            return f"/feeds/topics/{topic_id}.ics"
        case Single(code):
            return f"/webinars/{code}.ics"


def personal_path(token: str) -> str:
    return f"/feeds/personal/{token}.ics"


def webinar_path(code: str) -> str:
    return f"/webinars/{code}"
