"""Where `Join now` leads."""

from datetime import timedelta

from bot.doors import Redirect
from bot.screen import Link
from bot.screens.card import webinar_card
from bot.screens.pushed import pushed
from domain.cards import Ticket
from domain.change_news import Changed
from domain.content import Reminder, SeatWon
from domain.details import Detail
from domain.links import join_token
from domain.takes_place import Moved
from tests.chat import JOIN, LEADS, NOW, START, card
from tests.unit.bot.states import EN, soon

SECRET = b"a secret of this installation"


def test_join_now_leads_through_the_person_s_own_redirect() -> None:
    """Wherever the way in stands; nobody without a ticket has one."""
    door = Redirect("https://webinars.example.org", SECRET)
    seated = soon(card(ticket=Ticket(7, 1)))
    screens = [
        webinar_card(seated, EN, leads=LEADS, now=NOW, door=door),
        *(
            pushed(content, EN, now=NOW, door=door)
            for content in (
                Reminder(seated, JOIN),
                SeatWon(seated),
                Moved(seated, START + timedelta(days=1)),
                Changed(seated, {Detail.JOIN_URL: "https://meet.example.org/old"}, JOIN),
            )
        ),
    ]

    way_in = f"https://webinars.example.org/join/{join_token(SECRET, 7, 1)}"
    assert [screen.rows[0][0] for screen in screens] == [
        *[Link("Join now", way_in)] * 4,
        Link("New link", way_in),
    ]
    assert door(None, JOIN) == JOIN
    assert "a secret" not in repr(door)
