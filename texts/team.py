"""What the bot says to organisers about their teams."""

from markupsafe import Markup

from texts.times import Times


class TeamTexts(Times):
    def button_team(self) -> str:
        return self._("Team")

    def teams_title(self) -> Markup:
        return self.html(self._("<b>Teams</b>\nWho may post webinars, and for whom."))

    def button_group(self, partnership: str, members: int) -> str:
        group = partnership or self._("Administrators")
        return f"{group} ({members})"

    def team_title(self, partnership: str) -> Markup:
        if not partnership:
            return self.html(self._("<b>Administrators</b>\nThey may do everything, for every partnership."))
        return self.html(
            self._("<b>Organisers of {partnership}</b>\nThey post and change its webinars and see who comes."),
            partnership=partnership,
        )

    def nobody_in_team(self) -> Markup:
        return self.html(self._("Nobody yet."))

    def member(self, name: str, since: str, *, me: bool, configured: bool) -> Markup:
        named = name or self._("Someone who has not been here yet")
        who = self._("{name} (you)").format(name=named) if me else named
        if configured:
            return self.html(self._("• {name}, named in the configuration"), name=who)
        return self.html(self._("• {name}, since {date}"), name=who, date=since)

    def open_invitation(self, by: str, until: str) -> Markup:
        return self.html(self._("• Invitation by {name}, until {date}"), name=by, date=until)

    def button_invite(self) -> str:
        return self._("Invite")

    def button_remove_member(self, name: str) -> str:
        return self._("Remove {name}").format(name=name or self._("an administrator"))

    def button_revoke(self, until: str) -> str:
        return self._("End invitation ({date})").format(date=until)

    def button_leave_team(self) -> str:
        return self._("Leave this team")

    # A new invitation

    def team_invitation(self, partnership: str, until: str) -> Markup:
        who = (
            self._("Whoever opens this link first can become an <b>organiser of {partnership}</b>.")
            if partnership
            else self._("Whoever opens this link first can become an <b>administrator</b>, with every right.")
        )
        use = self._("It works once, until {date}. Send it only to the person you mean: I show it only now.")
        return self.html(f"{who}\n{use}", partnership=partnership, date=until)

    def button_copy_invitation(self) -> str:
        return self._("Copy the link")

    def too_many_invitations(self, limit: int) -> str:
        return self._n(
            "Only 1 invitation may be open. End it first.",
            "Only {n} invitations may be open. End one first.",
            limit,
        ).format(n=limit)

    # Going

    def remove_sure(self, name: str, partnership: str) -> Markup:
        template = (
            self._("Should {name} no longer be an organiser of {partnership}?")
            if partnership
            else self._("Should {name} no longer be an administrator?")
        )
        return self.html(template, name=name or self._("this person"), partnership=partnership)

    def leave_team_sure(self, partnership: str) -> Markup:
        template = (
            self._("Leave the organisers of {partnership}? You can come back only with a new invitation.")
            if partnership
            else self._("Leave the administrators? You can come back only with a new invitation.")
        )
        return self.html(template, partnership=partnership)

    def nobody_left(self) -> Markup:
        return self.html(self._("Nobody is left in this team then. An administrator can invite the next."))

    def comes_back(self) -> Markup:
        return self.html(
            self._("The configuration names this administrator, so the next start of Convoke brings them back.")
        )

    def button_remove_sure(self) -> str:
        return self._("Yes, remove")

    def last_admin(self) -> str:
        return self._("The last administrator has to stay. Invite another one first.")

    def no_longer_there(self) -> str:
        return self._("This is no longer there.")

    def left_team(self) -> Markup:
        return self.html(self._("Done. You are no longer in this team."))

    # Opening the link

    def join_offer(self, by: str, partnership: str, until: str) -> Markup:
        inviter = by or self._("Someone who left")
        who = (
            self._("{name} invites you to be an <b>organiser of {partnership}</b>.")
            if partnership
            else self._("{name} invites you to be an <b>administrator</b>.")
        )
        gives = (
            self._("You can post and change its webinars and see who registered.")
            if partnership
            else self._("You can do everything, for every partnership.")
        )
        log = self._("What you change is kept in a log. The invitation is good until {date}.")
        return self.html(f"{who}\n{gives}\n{log}", name=inviter, partnership=partnership, date=until)

    def button_join_team(self) -> str:
        return self._("Join the team")

    def joined(self, partnership: str) -> Markup:
        template = (
            self._("✅ You are an organiser of {partnership}.")
            if partnership
            else self._("✅ You are an administrator.")
        )
        return self.html(
            template + "\n" + self._("/new posts a webinar, /manage changes one."), partnership=partnership
        )

    def already_member(self, partnership: str) -> Markup:
        template = (
            self._("You are an organiser of {partnership} already, so the invitation is still free for somebody else.")
            if partnership
            else self._("You are an administrator already, so the invitation is still free for somebody else.")
        )
        return self.html(template, partnership=partnership)

    def link_used(self, by: str) -> Markup:
        return self._ask_again(self._("This invitation has been used. It works only once."), by)

    def link_expired(self, by: str) -> Markup:
        return self._ask_again(self._("This invitation is too old. It was good for a week."), by)

    def link_gone(self, by: str) -> Markup:
        return self._ask_again(self._("This invitation does not work any more, or the link is not complete."), by)

    def _ask_again(self, why: str, by: str) -> Markup:
        ask = self._("Ask {name} for a new one.") if by else self._("Ask whoever sent it for a new one.")
        return self.html(f"{why} {ask}", name=by)
