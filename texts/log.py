"""How the log of what organisers did reads."""

from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from texts.times import Times

_MOMENTS = frozenset({"starts_at", "ends_at", "local_start", "expires_at"})


class LogTexts(Times):
    def button_log(self) -> str:
        return self._("Log")

    def button_newer(self) -> str:
        return self._("‹ Newer")

    def button_older(self) -> str:
        return self._("Older ›")

    def log_title(self) -> Markup:
        return self.html(self._("<b>What organisers did</b>"))

    def nothing_logged(self) -> Markup:
        return self.html(self._("Nothing yet."))

    def logged_by(self, who: str | None) -> str:
        """None: whoever runs Convoke; empty: somebody who has left."""
        if who is None:
            return self._("The command line")
        return who or self._("Someone who left")

    def logged(self, action: str, *, who: str, subject: str, partnership: str, about: str | None) -> Markup:
        """`action` is a value of domain.audit.Action; `about` is the other person, if there is one."""
        template = self._deeds()[action] if partnership or action not in _OF_TEAMS else self._deeds_of_admins()[action]
        return self.html(
            template,
            who=who,
            subject=subject or self._("a webinar without a title"),
            partnership=partnership,
            about=about or self._p("within a sentence", "someone who left"),
        )

    def _deeds(self) -> dict[str, str]:
        return (
            self._deeds_on_webinars()
            | self._deeds_in_library()
            | {
                "host_asked": self._("{who} asked {partnership} to co-host <b>{subject}</b>"),
                "host_added": self._("{who} made {partnership} a host of <b>{subject}</b>"),
                "host_accepted": self._("{who} accepted for {partnership} to co-host <b>{subject}</b>"),
                "host_declined": self._("{who} declined for {partnership} to co-host <b>{subject}</b>"),
                "host_requested": self._("{who} asked for {partnership} that <b>{subject}</b> be changed first"),
                "host_withdrawn": self._("{who} no longer asks {partnership} to co-host <b>{subject}</b>"),
                "host_left": self._("{who} took {partnership} out of the hosts of <b>{subject}</b>"),
                "invited": self._("{who} made an invitation to the organisers of {partnership}"),
                "revoked": self._("{who} ended an invitation to the organisers of {partnership}"),
                "joined": self._("{who} joined the organisers of {partnership}, invited by {about}"),
                "removed": self._("{who} removed {about} from the organisers of {partnership}"),
                "left": self._("{who} left the organisers of {partnership}"),
                "sent_again": self._("{who} sent a message to {about} again"),
                "dismissed": self._("{who} gave up a message to {about}"),
                "all_dismissed": self._("{who} gave up all messages in trouble"),
            }
        )

    def _deeds_on_webinars(self) -> dict[str, str]:
        return {
            "posted": self._("{who} posted <b>{subject}</b>"),
            "edited": self._("{who} changed <b>{subject}</b>"),
            "moved": self._("{who} moved <b>{subject}</b>"),
            "cancelled": self._("{who} cancelled <b>{subject}</b>"),
            "restored": self._("{who} restored <b>{subject}</b>"),
            "discarded": self._("{who} discarded the draft <b>{subject}</b>"),
            "poll_opened": self._("{who} asked when to meet: <b>{subject}</b>"),
            "poll_decided": self._("{who} made a meeting of the poll <b>{subject}</b>"),
            "poll_closed": self._("{who} closed the poll <b>{subject}</b> without a meeting"),
            "poll_discarded": self._("{who} discarded the poll <b>{subject}</b>"),
            "imported": self._("{who} imported <b>{subject}</b>"),
            "written": self._("{who} wrote to the people of <b>{subject}</b>"),
            "material_added": self._("{who} added slides or a recording to <b>{subject}</b>"),
            "material_removed": self._("{who} removed slides or a recording from <b>{subject}</b>"),
            "form_chosen": self._("{who} chose what is asked after <b>{subject}</b>"),
            "exported": self._("{who} downloaded the list of people of <b>{subject}</b>"),
        }

    def _deeds_in_library(self) -> dict[str, str]:
        """A contact has no name here: whoever is erased is erased from the log too."""
        return {
            "entry_shared": self._("{who} shared <b>{subject}</b> for {partnership}"),
            "entry_revised": self._("{who} shared a new version of <b>{subject}</b>"),
            "entry_edited": self._("{who} filed <b>{subject}</b> anew"),
            "entry_retired": self._("{who} retired <b>{subject}</b>"),
            "entry_restored": self._("{who} brought <b>{subject}</b> back"),
            "entry_discarded": self._("{who} deleted the draft <b>{subject}</b>"),
            "contact_shared": self._("{who} shared a contact of {partnership}"),
            "contact_edited": self._("{who} changed a contact of {partnership}"),
            "contact_retired": self._("{who} retired a contact of {partnership}"),
            "contact_restored": self._("{who} brought a contact of {partnership} back"),
            "contact_discarded": self._("{who} deleted the draft of a contact of {partnership}"),
            "contact_erased": self._("{who} erased a contact of {partnership}, who asked for it"),
        }

    def _deeds_of_admins(self) -> dict[str, str]:
        return {
            "invited": self._("{who} made an invitation to the administrators"),
            "revoked": self._("{who} ended an invitation to the administrators"),
            "joined": self._("{who} joined the administrators, invited by {about}"),
            "removed": self._("{who} removed {about} from the administrators"),
            "left": self._("{who} left the administrators"),
        }

    def logged_change(self, field: str, before: str, after: str) -> Markup:
        return self.html(
            self._("{field}: {before} → {after}"), field=self._logged_field(field), before=before, after=after
        )

    def logged_value(self, field: str, after: str) -> Markup:
        return self.html(self._("{field}: {after}"), field=self._logged_field(field), after=after)

    def more_logged(self, number: int) -> Markup:
        return self.html(self._n("and 1 more field", "and {n} more fields", number), n=number)

    def value_in_log(self, field: str, value: Any, zone: str) -> str:
        """A JSON value as people read it; `zone` is where they are."""
        match value:
            case None | "" | []:
                return self._p("a value", "nothing")
            case bool():
                return self._("yes") if value else self._("no")
            case int() if field in _MOMENTS:
                return self.short(datetime.fromtimestamp(value, UTC), zone)
            case list():
                return self.listed([self.value_in_log("", item, zone) for item in value])
            case dict():
                return ", ".join(self.value_in_log(key, item, zone) for key, item in value.items() if item)
            case _:
                return str(value)

    def _logged_field(self, field: str) -> str:
        known = {
            "starts_at": self._("Start"),
            "timezone": self._("Time zone"),
            "title": self._("Title"),
            "description": self._("Description"),
            "duration_minutes": self._("Length"),
            "language": self._("Language"),
            "capacity": self._("Seats"),
            "join_url": self._("Link"),
            "hosts": self._("Hosts"),
            "topics": self._("Topics"),
            "agenda": self._("Agenda"),
            "status": self._("State"),
            "reason": self._("Reason"),
            "cancel_reason": self._("Reason"),
            "request": self._("Change asked for"),
            "readers": self._("For"),
            "partnership": self._("From"),
            "kind": self._("Kind"),
            "form": self._("Questions"),
        }
        return known.get(field) or field.replace("_", " ").capitalize()


_OF_TEAMS = frozenset({"invited", "revoked", "joined", "removed", "left"})
