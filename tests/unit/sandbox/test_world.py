import pytest

from sandbox.errors import ControlError, Refusal
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.world import World


def test_a_token_makes_a_bot_and_the_first_has_the_known_name() -> None:
    world = World()
    bots = [world.bot_of("10:abc"), world.bot_of("11:abc"), world.bot_of("10:abc")]
    assert [(bot.id, bot.username) for bot in bots] == [
        (10, "convoke_demo_bot"),
        (11, "bot_11"),
        (10, "convoke_demo_bot"),
    ]


@pytest.mark.parametrize("token", ["", "10", "10:ab", "x:abc", "010:abc", "10:a b", "10:abc\n", "10:äbc"])
def test_a_token_of_another_shape_is_refused(token: str) -> None:
    with pytest.raises(Refusal) as caught:
        World().bot_of(token)
    assert (caught.value.code, caught.value.description) == (401, "Unauthorized: invalid token specified")


@pytest.mark.parametrize("name", [10, "10", "convoke_demo_bot", "@Convoke_Demo_Bot"])
def test_a_bot_by_its_id_or_name(name: int | str) -> None:
    world = World()
    world.bot_of("10:abc")
    world.bot_of("11:abc")
    assert world.bot_named(name).id == 10
    with pytest.raises(ControlError, match="Say which bot: there are 2"):
        world.bot_named(None)


def test_the_newest_messages_are_kept_over_all_chats() -> None:
    world = World(messages_kept=3)
    bot = world.bot_of("10:abc")
    for user_id in (1, 2):
        world.put_person(Person(id=user_id, first_name="Ana"))
    for number, user_id in enumerate((1, 2, 1, 2, 1), start=1):
        chat = world.dialog(bot, user_id)
        world.post(chat, Message(id=number, chat=world.chat_json(chat), date=0))
    assert [[message.id for message in world.dialog(bot, user_id).history] for user_id in (1, 2)] == [[3, 5], [4]]


def test_a_bot_is_shown_under_its_new_name() -> None:
    bot = World().bot_of("10:abc")
    before = bot.user
    assert bot.user is before
    bot.first_name = "Convoke"
    assert (before["first_name"], bot.user["first_name"]) == ("convoke_demo_bot", "Convoke")
