"""Where a person comes from: asked once, answered or not."""

from datetime import timedelta

import pytest

from sandbox.client import Shown
from storage import Cluster, Session
from tests.integration.bot.stage import ANA, BEN, Stage
from tests.integration.bot.steps import register, sent, tap

OFFER = "Which company are you from? It helps those who plan webinars."
QUESTION = "Send me the name of your company."
BACK = "‹ Back"  # noqa: RUF001 -- as on the button
SKIPPED = "All right. You can add it later in /settings."
COUNTRY, CLUSTER = "In which country? Leave it out if you like.", "Are you a member of one of these clusters?"
COUNTRIES = ("Belgium", "Italy", "Portugal")


def add_clusters(session: Session) -> None:
    for cluster, name, country in (
        ("wagralim", "Wagralim", "BE"),
        ("cosmetics", "Cluster <C&C>", "BE"),
        ("lombardy", "Food Lombardy", "IT"),
        ("portugal", "PortugalFoods", "PT"),
    ):
        session.add(Cluster(id=cluster, name=name, country=country, partnership_id="alpha"))


async def be_offered(stage: Stage, user: int, answer: str = "Yes, tell me") -> Shown:
    """Register for the first time and answer the offer that follows. Returns what comes after it."""
    await stage.post(code=f"code{user}")
    offer = await register(stage, user, f"code{user}")
    return await stage.press_for_answer(user, answer, offer)


async def be_asked(stage: Stage, user: int) -> Shown:
    """The same, and yes to that too."""
    return await stage.press(user, "Add my company", await be_offered(stage, user))


async def company(stage: Stage, user: int) -> str:
    """What the settings say of it."""
    shown = await stage.hear(user, "/settings")
    (line,) = (line for line in shown.text.splitlines() if line.startswith("Company: "))
    return line.removeprefix("Company: ")


@pytest.mark.parametrize("answer", ["Yes, tell me", "No, thanks"])
async def test_company_is_asked_after_the_first_registration(stage: Stage, answer: str) -> None:
    await stage.database.write(add_clusters)

    offered = await be_offered(stage, ANA, answer)
    assert (offered.text, offered.labels) == (OFFER, ("Add my company", "Skip"))
    question = await stage.press(ANA, "Add my company", offered)
    assert (question.text, question.labels) == (QUESTION, ("Skip",))
    named = await stage.hear(ANA, "Sousa & Filhos")
    assert named.text == f"Company: Sousa & Filhos\n{COUNTRY}"
    assert named.labels == (*COUNTRIES, "Another country", "Change", "Remove", "Done")

    belgian = await stage.press(ANA, "Belgium", named)
    assert belgian.text == f"Company: Sousa & Filhos\n{CLUSTER}"
    assert belgian.labels == (
        *("✅ Belgium", "Italy", "Portugal", "Another country"),
        *("Cluster <C&C>", "Wagralim"),
        *("Change", "Remove", "Done"),
    )
    assert "✅ Cluster <C&C>" in (await stage.press(ANA, "Cluster <C&C>")).labels
    settings = await stage.press(ANA, "Done")

    assert settings.text.endswith("\nCompany: Sousa & Filhos, Belgium, Cluster <C&C>")
    assert await stage.refusals() == ()


async def test_question_is_skipped_and_never_put_again(stage: Stage) -> None:
    question = await be_offered(stage, ANA)

    skipped = await stage.press(ANA, "Skip", question)
    assert (skipped.text, skipped.labels) == (SKIPPED, ())
    assert (await stage.hear(ANA, "Sousa")).text.startswith("I found nothing for “Sousa”.")

    await stage.restart()
    await stage.post(code="another")
    card = await stage.start(ANA, "w_another")
    await tap(stage, ANA, "Register", card)
    offer = (await sent(stage, ANA))[1]
    await tap(stage, ANA, "fx", offer)
    await stage.hear(ANA, "/help")
    assert [shown.text for shown in await sent(stage, ANA) if shown.text == OFFER] == []
    assert await company(stage, ANA) == "not given"
    assert await stage.refusals() == ()


async def test_what_is_typed_after_an_offer_nobody_asked_for_means_what_it_says(stage: Stage) -> None:
    offered = await be_offered(stage, ANA)

    assert (await stage.hear(ANA, "packaging")).text.startswith("Webinars for “packaging”")
    assert await company(stage, ANA) == "not given"
    await stage.press(ANA, "Add my company", offered)
    assert (await stage.hear(ANA, "Packaging")).text.startswith("Company: Packaging\n")
    assert await stage.refusals() == ()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/webinars", "Coming webinars"),
        ("/webinars packaging", "Webinars for “packaging”"),
        ("/start", "Webinars for small and medium companies"),
        ("/nonsense", "I did not understand that."),
    ],
)
async def test_whoever_turns_to_something_else_is_asked_no_more(stage: Stage, said: str, answer: str) -> None:
    await be_asked(stage, ANA)

    assert (await stage.hear(ANA, said)).text.startswith(answer)
    assert (await stage.hear(ANA, "packaging")).text.startswith("Webinars for “packaging”")
    assert await company(stage, ANA) == "not given"
    assert await stage.refusals() == ()


async def test_name_that_was_meant_as_something_else_is_taken_back_at_once(stage: Stage) -> None:
    await be_asked(stage, ANA)
    named = await stage.hear(ANA, "china")

    assert named.text.startswith("Company: china\n")
    assert (await stage.press(ANA, "Remove", named)).text.endswith("\nCompany: not given")
    assert (await stage.hear(ANA, "china")).text.startswith("Webinars for “china”")
    assert await stage.refusals() == ()


@pytest.mark.parametrize(
    ("typed", "named"), [("polska", "Poland"), ("CN", "China"), ("the United States", "United States")]
)
async def test_company_comes_from_a_country_without_clusters(stage: Stage, typed: str, named: str) -> None:
    await stage.database.write(add_clusters)
    await be_asked(stage, ANA)
    await stage.hear(ANA, "Sousa")
    await stage.press(ANA, "Belgium")
    await stage.press(ANA, "Wagralim")

    question = await stage.press(ANA, "Another country")
    assert question.text == "Which country is it? Send me its name, for example Poland."
    wrong = await stage.hear(ANA, "Atlantis & <b>")
    assert wrong.text == "I don't know a country “Atlantis & <b>”. Send me its name, for example Poland."
    assert wrong.labels == (BACK,)
    said = await stage.hear(ANA, typed)

    assert said.text == "Company: Sousa"
    assert f"✅ {named}" in said.labels
    assert await company(stage, ANA) == f"Sousa, {named}"
    nowhere = await stage.press(ANA, f"✅ {named}", said)
    assert (named in nowhere.labels, nowhere.text) == (False, f"Company: Sousa\n{COUNTRY}")
    assert await stage.refusals() == ()


async def test_another_country_may_turn_out_to_be_one_with_clusters(stage: Stage) -> None:
    await stage.database.write(add_clusters)
    await be_asked(stage, ANA)
    await stage.hear(ANA, "Sousa")
    back = await stage.press(ANA, BACK, await stage.press(ANA, "Another country"))
    assert back.text == f"Company: Sousa\n{COUNTRY}"
    assert (await stage.hear(ANA, "Italia")).text.startswith("I found nothing for “Italia”.")

    await stage.press(ANA, "Another country", back)
    said = await stage.hear(ANA, "Italia")

    assert said.text == f"Company: Sousa\n{CLUSTER}"
    assert said.labels[:5] == ("Belgium", "✅ Italy", "Portugal", "Another country", "Food Lombardy")
    assert await stage.refusals() == ()


async def test_who_follows_already_is_asked_though_nothing_is_offered(stage: Stage) -> None:
    await stage.post(code="one")
    await stage.hear(ANA, "/follow")
    await stage.press(ANA, "China")

    question = await register(stage, ANA, "one")

    assert question.text == OFFER
    await stage.post(code="two")
    before = len(await sent(stage, ANA))
    await tap(stage, ANA, "r:two", question)
    await stage.hear(ANA, "/help")
    assert len(await sent(stage, ANA)) == before + 1
    assert await stage.refusals() == ()


async def test_who_said_it_before_is_not_asked(stage: Stage) -> None:
    await stage.hear(ANA, "/settings")
    asked = await stage.press(ANA, "Company")
    assert asked.text == QUESTION
    await stage.hear(ANA, "Sousa")

    await stage.post(code="one")
    offer = await register(stage, ANA, "one")
    await tap(stage, ANA, "Yes, tell me", offer)

    mine = await stage.hear(ANA, "/mine")
    assert [shown.message_id for shown in await sent(stage, ANA)][-2:] == [offer.message_id, mine.message_id]
    assert await stage.refusals() == ()


async def test_name_that_cannot_be_used_is_asked_for_again(stage: Stage) -> None:
    await be_asked(stage, ANA)

    for typed, fault in (
        ("x" * 81, "That is too long: 80 characters at most."),
        ("é" * 4000, "That is too long: 80 characters at most."),
        ("\u200b \u0301", "That was empty."),
    ):
        answer = await stage.hear(ANA, typed)
        assert (answer.text, answer.labels) == (fault, ("Skip",))

    assert (await stage.hear(ANA, "Sousa")).text.startswith("Company: Sousa\n")
    assert await company(stage, ANA) == "Sousa"
    assert await stage.refusals() == ()


async def test_name_stands_as_it_was_typed(stage: Stage) -> None:
    for typed, shown in (
        ("شركة <b>التعبئة</b> & أولاده", "شركة <b>التعبئة</b> & أولاده"),
        ("🏭 Čížek A.Ş. 👩\u200d🔬", "🏭 Čížek A.Ş. 👩\u200d🔬"),
        ("\u202eevil\u202c\n\n  Ltd.\x07", "evil Ltd."),
        ("{name} %s &lt;tg-time&gt;", "{name} %s &lt;tg-time&gt;"),
        ("x" * 80, "x" * 80),
    ):
        settings = await stage.hear(ANA, "/settings")
        await tap(stage, ANA, "ca", settings)
        assert (await stage.hear(ANA, typed)).text.splitlines()[0] == f"Company: {shown}"
        assert await company(stage, ANA) == shown
    assert await stage.refusals() == ()


async def test_company_is_changed_and_removed_in_the_settings(stage: Stage) -> None:
    await stage.database.write(add_clusters)
    await stage.hear(ANA, "/settings")
    await stage.press(ANA, "Company")
    await stage.hear(ANA, "Sousa")
    await stage.press(ANA, "Italy")
    await stage.press(ANA, "Food Lombardy")
    await stage.press(ANA, "Done")

    again = await stage.press(ANA, "Company")
    assert (again.text.splitlines()[0], "✅ Food Lombardy" in again.labels) == ("Company: Sousa", True)
    change = await stage.press(ANA, "Change")
    assert (change.text, change.labels) == (QUESTION, (BACK,))
    changed = await stage.hear(ANA, "Sousa Lda")
    assert changed.text == f"Company: Sousa Lda\n{CLUSTER}"
    assert "✅ Italy" in changed.labels
    removed = await stage.press(ANA, "Remove")

    assert removed.text.endswith("\nCompany: not given")
    assert await company(stage, ANA) == "not given"
    assert await stage.refusals() == ()


async def test_cluster_goes_with_its_country(stage: Stage) -> None:
    await stage.database.write(add_clusters)
    await be_asked(stage, ANA)
    await stage.hear(ANA, "Sousa")
    await stage.press(ANA, "Belgium")
    await stage.press(ANA, "Wagralim")

    italian = await stage.press(ANA, "Italy")
    assert italian.labels[:5] == ("Belgium", "✅ Italy", "Portugal", "Another country", "Food Lombardy")
    assert await company(stage, ANA) == "Sousa, Italy"
    nowhere = await tap(stage, ANA, "cc:it", italian)

    assert nowhere.text == f"Company: Sousa\n{COUNTRY}"
    assert await company(stage, ANA) == "Sousa"
    assert await stage.refusals() == ()


async def test_forged_choices_change_nothing(stage: Stage) -> None:
    await stage.database.write(add_clusters)
    await be_asked(stage, ANA)
    await stage.hear(ANA, "Sousa")
    shown = await stage.press(ANA, "Belgium")

    for data in ("cc:xx", "cc:nowhere", "cl:lombardy", "cl:alpha", "cl:zzz"):
        assert (await stage.telegram.forge(ANA, shown.message_id, data)).answered, data

    assert await company(stage, ANA) == "Sousa, Belgium"
    assert {method for method, _ in await stage.refusals()} == {"editMessageText"}  # which reads so already


async def test_choice_without_a_name_asks_for_the_name(stage: Stage) -> None:
    await stage.database.write(add_clusters)
    shown = await stage.start(BEN)

    assert (await tap(stage, BEN, "cc:be", shown)).text == QUESTION
    assert await stage.refusals() == ()


async def test_question_is_still_open_after_a_restart(stage: Stage) -> None:
    await be_asked(stage, ANA)
    stage.clock.moment += timedelta(minutes=30)
    await stage.restart()

    assert (await stage.hear(ANA, "Sousa")).text.startswith("Company: Sousa\n")
    assert await stage.refusals() == ()
