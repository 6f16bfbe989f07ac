"""What the bot says to organisers about webinars that are published."""

from markupsafe import Markup

from texts.times import Times


class ManagingTexts(Times):
    def managed_title(self) -> Markup:
        return self.html(self._("<b>Webinars you can change</b>"))

    def nothing_managed(self) -> Markup:
        return self.html(self._("You have no coming webinar. /new posts one."))

    def managed_webinar(self, title: str, when: Markup) -> Markup:
        return self.html(self._("<b>{title}</b>\n📅 {when}"), title=title, when=when)

    def attendance(self, registered: int, waiting: int) -> str:
        seated = self._n("1 registered", "{n} registered", registered).format(n=registered)
        if not waiting:
            return seated
        return self._("{registered}, {waiting} waiting").format(registered=seated, waiting=waiting)

    def ask_new_time(self, title: str, zone: str) -> Markup:
        return self.html(
            self._(
                "Send the new date and time of <b>{title}</b>, for example <code>3 Feb 9:30</code>. "
                "Without a city I read it as {zone} time."
            ),
            title=title,
            zone=self.city(zone),
        )

    def move_sure(self, title: str, new: Markup) -> Markup:
        return self.html(self._("Move <b>{title}</b> to {new}?"), title=title, new=new)

    def not_moved(self) -> str:
        return self._("Not moved: that time is past. Press Move and send a new one.")

    def call_off_sure(self, title: str) -> Markup:
        return self.html(self._("Cancel <b>{title}</b>?"), title=title)

    def button_manage(self) -> str:
        return self._("Manage")

    def button_move(self) -> str:
        return self._("Move")

    def button_call_off(self) -> str:
        return self._("Cancel webinar")

    def button_restore(self) -> str:
        return self._("Restore")

    def button_move_sure(self) -> str:
        return self._("Move and tell")

    def button_call_off_sure(self) -> str:
        return self._("Cancel and tell")
