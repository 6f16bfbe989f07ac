from sandbox.webhook import pause_after


def test_pauses_grow_to_a_minute() -> None:
    assert [pause_after(failures) for failures in range(1, 12)] == [
        0.0,
        0.25,
        0.5,
        1.0,
        2.0,
        4.0,
        8.0,
        16.0,
        32.0,
        60.0,
        60.0,
    ]
