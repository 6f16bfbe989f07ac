"""What the bot says to organisers about their meetings."""

from collections.abc import Sequence

from markupsafe import Markup

from texts.times import Times


class MeetingTexts(Times):
    # A meeting's card, where it reads otherwise than a webinar's

    def meeting_mark(self) -> Markup:
        return self.html(self._("👥 Meeting, for organisers only"))

    def state_meeting(self) -> str:
        return self._("👥 meeting")

    def state_coming(self) -> str:
        return self._("✅ you come")

    def you_come(self) -> Markup:
        return self.html(self._("✅ <b>You come.</b>"))

    def this_meeting_cancelled(self) -> Markup:
        return self.html(self._("❌ <b>This meeting is cancelled.</b>"))

    def meeting_ended(self) -> Markup:
        return self.html(self._("This meeting is over."))

    def meeting_begun(self) -> Markup:
        return self.html(self._("This meeting has begun."))

    def can_you_come(self) -> Markup:
        return self.html(self._("You have not said yet whether you come."))

    def button_i_come(self) -> str:
        return self._("I come")

    # In a draft, and when it is published

    def meeting_draft_title(self) -> Markup:
        return self.html(self._("<b>New meeting</b> (draft, saved)"))

    def choose_for_whom(self) -> Markup:
        return self.html(
            self._(
                "For whom is it?\n"
                "A meeting is for organisers only. It is in no public list and no public calendar; companies never see "
                "it."
            )
        )

    def for_whom(self, value: str) -> str:
        """`value` is one of domain.draft_fields.ForWhom."""
        return {
            "companies": self._("companies"),
            "organisers": self._("organisers of all partnerships"),
            "hosts": self._("organisers of the hosts"),
        }[value]

    def meeting_preview_title(self) -> Markup:
        return self.html(self._("<i>Preview: organisers will see this, companies never.</i>"))

    def meeting_planned(self) -> Markup:
        return self.html(self._("✅ <b>The meeting is planned.</b> I tell the organisers soon. You are on the list."))

    # All of them

    def meetings_title(self) -> Markup:
        return self.html(self._("<b>Meetings of the organisers</b>"))

    def no_meetings(self) -> Markup:
        return self.html(self._("No meeting is planned."))

    def button_meetings(self) -> str:
        return self._("Meetings")

    def button_new_meeting(self) -> str:
        return self._("New meeting")

    def button_call_off_meeting(self) -> str:
        return self._("Cancel meeting")

    # Told to organisers

    def meeting_called(self, hosts: Sequence[str]) -> Markup:
        return self.html(
            self._n(
                "👥 {hosts} calls a meeting of organisers:", "👥 {hosts} call a meeting of organisers:", len(hosts)
            ),
            hosts=self.listed(hosts),
        )
