"""Two partnerships, one webinar, over HTTP: invited, asked, answered across a crash; outsiders who try it all."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from icalendar import Calendar

from sandbox.client import Telegram
from tests.acceptance.conftest import ORGANISER
from tests.acceptance.process import Convoke
from tests.acceptance.talking import Talk

MARTA, BERT, OLGA, ANA = 12, 13, 14, 21
"""Organisers of NF4, of EC2i, of a partnership that has no part in it, and a company."""

TITLE = "Cold chain to Guangdong"
WISH = "Please an hour later, our board meets at ten"
NOBODY, NOT_THEIRS = (
    "Only organisers can do this.",
    "This webinar is hosted by NF4. Only their organisers can change it.",
)
HOSTS_DO = ("gw:%s", "gm:%s", "gh:%s", "ga:%s:ec2i", "hw:%s:ec2i", "hl:%s:nf4:1", "gx:%s:1", "n:%s:1", "e:%s")
THE_ASKED_DO = ("hs:%s:ec2i", "ha:%s:ec2i", "hd:%s:ec2i", "hq:%s:ec2i")
LOOK_AFTER_NF4 = ("to:nf4:1", "ti:nf4", "to:admin_:1", "ti:admin_", "tv:1", "tx:1:1", "tx:2:1", "lg:1")
ORGANISERS_DO = ("t", "gg:1", "gl:%s", "g:1")


async def test_two_teams_become_hosts_of_one_webinar(
    convoke: Convoke, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONVOKE_NOTICES__SETTLE", "1s")
    await convoke.start()
    admin, marta, bert, olga, ana = (Talk(telegram, person) for person in (ORGANISER, MARTA, BERT, OLGA, ANA))
    link = await _invited(admin, marta, "NF4")
    await _used_up(ana, link)
    await _invited(admin, bert, "EC2i")
    await _invited(admin, olga, "MobiGoIn")
    code = await _posted(marta)
    await ana.have_no_quiet_hours()
    await ana.open(f"w_{code}")
    await ana.press("Register")

    await _asked(convoke, marta, bert)
    await _forged(telegram, code)
    await _wished(marta, bert)
    await convoke.kill()
    await convoke.start()
    await _accepted(convoke, marta, bert, ana, code)
    await _left(convoke, marta, bert)
    await _logged(admin)

    assert await telegram.refusals() == ()
    assert await convoke.stop() == 0
    assert "ERROR" not in convoke.log


async def _invited(admin: Talk, newcomer: Talk, partnership: str) -> str:
    """Returns what the link carries. Opening it is not using it."""
    await admin.say("/manage")
    teams = await admin.press("Team")
    shown = await admin.press(next(label for label in teams.labels if label.startswith(partnership)), "Invite")
    found = re.search(r"\?start=(t_\S+)", shown.text)
    assert found
    for _ in range(2):
        offer = await newcomer.open(found[1])
        assert offer.labels[0] == "Join the team"
    joined = await newcomer.press("Join the team")
    assert joined.text.startswith("✅ You are an organiser of ")
    return found[1]


async def _used_up(stranger: Talk, link: str) -> None:
    shown = await stranger.open(link)
    assert shown.text.startswith("This invitation has been used.")
    assert "Join the team" not in shown.labels
    assert (await stranger.say("/manage")).text == NOBODY


async def _posted(marta: Talk) -> str:
    """With one partnership, hers, there is nothing to choose."""
    await marta.say("/new")
    await marta.say(TITLE)
    start = datetime.now(UTC) + timedelta(days=3)
    await marta.say(f"{start:%Y-%m-%d} 10:00 UTC")
    await marta.say("https://meet.example.org/cold-chain")
    published = await marta.press("Preview", "Publish")
    found = re.search(r"/webinars/(\w+)", published.text)
    assert found, published.text
    return found[1]


async def _asked(convoke: Convoke, marta: Talk, bert: Talk) -> None:
    """Bert is asked at once, and until he answers EC2i is named to nobody outside."""
    await marta.say("/manage")
    since = await marta.telegram.mark()
    hosts = await marta.press(TITLE, "Hosts", "Ask EC2i")
    assert "• EC2i (invited)" in hosts.text
    (call,) = await bert.telegram.wait_for("sendMessage", chat=BERT, since=since)
    question = await bert.turn_to(call.message_id)
    assert question.text.startswith(f"NF4 would like EC2i to co-host {TITLE}, ")
    assert question.labels == ("Accept", "Decline", "Why?", "Ask for a change", "Details")
    assert await _uids(convoke, "nf4") != []
    assert await _uids(convoke, "ec2i") == []
    async with httpx.AsyncClient(base_url=convoke.url) as http:
        assert "NF4 with EC2i" not in (await http.get("/")).raise_for_status().text


async def _forged(telegram: Telegram, code: str) -> None:
    """Each presses every button that is not theirs."""
    for person, verbs, expected in (
        (ANA, (*HOSTS_DO, *THE_ASKED_DO, *LOOK_AFTER_NF4, *ORGANISERS_DO), {NOBODY, NOT_THEIRS}),
        (OLGA, (*HOSTS_DO, *THE_ASKED_DO, *LOOK_AFTER_NF4), {NOBODY, NOT_THEIRS}),
        (BERT, (*HOSTS_DO, *LOOK_AFTER_NF4), {NOBODY, NOT_THEIRS}),
        (MARTA, THE_ASKED_DO, {NOBODY}),
    ):
        talk = Talk(telegram, person)
        shown = await talk.say("/webinars")
        for verb in verbs:
            data = verb % code if "%s" in verb else verb
            await telegram.mark()
            assert (await telegram.forge(person, shown.message_id, data)).answered
            assert (await talk.take()).text in expected, (person, data)
        assert (await talk.turn_to(shown.message_id)).text == shown.text


async def _wished(marta: Talk, bert: Talk) -> None:
    await bert.say("/manage")
    await bert.press(f"❔ {TITLE}", "Ask for a change")
    since = await bert.telegram.mark()
    answered = await bert.say(WISH)
    assert answered.text.endswith(f"You asked for a change: {WISH}")
    (call,) = await marta.telegram.wait_for("sendMessage", chat=MARTA, since=since)
    assert call.text == f"Before EC2i says yes to {TITLE}, it asks for a change:\n“{WISH}”"


async def _accepted(convoke: Convoke, marta: Talk, bert: Talk, ana: Talk, code: str) -> None:
    """One webinar, one UID, in both calendars; Ana is told once and Marta at once; both teams see who comes."""
    since = await bert.telegram.mark()
    accepted = await bert.press("Accept")
    assert accepted.text.startswith(f"✅ EC2i hosts {TITLE}. ")
    (told,) = await marta.telegram.wait_for("sendMessage", chat=MARTA, since=since)
    assert told.text == f"✅ EC2i co-hosts {TITLE}. It is in EC2i's calendar now."
    (hosted,) = await ana.telegram.wait_for("sendMessage", chat=ANA, since=since, wait=30)
    assert hosted.text is not None
    assert hosted.text.startswith(f"{TITLE} has a new host: EC2i.")
    nf4 = await _uids(convoke, "nf4")
    assert (len(nf4), await _uids(convoke, "ec2i")) == (1, nf4)
    assert "NF4 with EC2i" in (await ana.open(f"w_{code}")).text
    await bert.say("/manage")
    assert "\nNF4 and EC2i\n1 registered" in (await bert.press(TITLE)).text
    assert "1 registered" in (await bert.press("People")).text


async def _left(convoke: Convoke, marta: Talk, bert: Talk) -> None:
    await marta.say("/manage")
    since = await marta.telegram.mark()
    await marta.press(TITLE, "Hosts", "Leave as NF4", "Yes, leave")
    (told,) = await bert.telegram.wait_for("sendMessage", chat=BERT, since=since)
    assert told.text == f"NF4 no longer hosts {TITLE}."
    assert await _uids(convoke, "nf4") == []
    assert len(await _uids(convoke, "ec2i")) == 1
    await bert.say("/manage")
    assert "Leave as EC2i" not in (await bert.press(TITLE, "Hosts")).labels


async def _logged(admin: Talk) -> None:
    await admin.say("/manage")
    log = await admin.press("Log")
    assert [line for line in log.text.splitlines() if TITLE in line][:4] == [
        f"{_name(MARTA)} took NF4 out of the hosts of {TITLE}",
        f"{_name(BERT)} accepted for EC2i to co-host {TITLE}",
        f"{_name(BERT)} asked for EC2i that {TITLE} be changed first",
        f"{_name(MARTA)} asked EC2i to co-host {TITLE}",
    ]
    assert f"Change asked for: {WISH[:20]}" in log.text


def _name(person: int) -> str:
    return f"Person {person}"


async def _uids(convoke: Convoke, partnership: str) -> list[str]:
    async with httpx.AsyncClient(base_url=convoke.url) as http:
        answer = await http.get(f"/feeds/{partnership}.ics")
    return [str(event["UID"]) for event in Calendar.from_ical(answer.text).walk("VEVENT")]
