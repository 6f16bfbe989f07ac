import pytest

from sandbox.errors import Refusal
from sandbox.params import Kind, Raw, Upload, read

SPEC = {
    "text": Kind.STRING,
    "number": Kind.INTEGER,
    "flag": Kind.BOOLEAN,
    "list": Kind.JSON,
    "document": Kind.FILE,
}
FILE = Upload("a.txt", "text/plain", b"x")


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        ({"text": "42"}, {"text": "42"}),
        ({"text": 42}, {"text": "42"}),
        ({"text": "[1]"}, {"text": "[1]"}),
        ({"text": "true"}, {"text": "true"}),
        ({"text": True}, {"text": "true"}),
        ({"text": ""}, {}),
        ({"text": None}, {}),
        ({"number": "-7"}, {"number": -7}),
        ({"number": 7}, {"number": 7}),
        ({"flag": "True"}, {"flag": True}),
        ({"flag": "0"}, {"flag": False}),
        ({"flag": True}, {"flag": True}),
        ({"list": "[1, 2]"}, {"list": [1, 2]}),
        ({"list": [1, 2]}, {"list": [1, 2]}),
        ({"document": "an-id"}, {"document": "an-id"}),
    ],
)
def test_read_by_declared_type(raw: Raw, values: dict[str, object]) -> None:
    assert read(raw, SPEC).values == values


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        ({"colour": "red"}, 'parameter "colour" is not modelled by the sandbox'),
        ({"number": "7.5"}, 'parameter "number" must be an Integer'),
        ({"number": True}, 'parameter "number" must be an Integer'),
        ({"flag": "maybe"}, 'parameter "flag" must be a Boolean'),
        ({"list": "{"}, "can't parse list JSON object"),
        ({"text": [1]}, 'parameter "text" must be a String'),
        ({"text": FILE}, 'parameter "text" must not be a file'),
        ({"stray": FILE}, 'parameter "stray" is not modelled by the sandbox'),
        ({"document": "attach://missing"}, "file part 'missing' is missing"),
    ],
)
def test_read_refuses_by_name(raw: Raw, refusal: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(raw, SPEC)
    assert caught.value.description == f"Bad Request: {refusal}"


@pytest.mark.parametrize("raw", [{"document": FILE}, {"document": "attach://part", "part": FILE}])
def test_files_come_as_the_part_or_by_reference(raw: Raw) -> None:
    arguments = read(raw, SPEC)
    assert (arguments.uploads, arguments.has("document")) == ({"document": FILE}, True)
