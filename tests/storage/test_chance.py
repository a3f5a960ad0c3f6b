"""Numbers by chance: within their bounds, all equally likely, asked of the system many at once."""

from __future__ import annotations

from bot.chance import AT_ONCE, NUMBER, RANGE, pooled


def test_every_number_comes_and_none_beyond() -> None:
    below = pooled()
    assert {below(7) for _ in range(2_000)} == set(range(7))


def test_the_system_is_asked_once_for_many() -> None:
    asked: list[int] = []

    def source(count: int) -> bytes:
        asked.append(count)
        return bytes(range(NUMBER)) * (count // NUMBER)

    below = pooled(source)
    drawn = {below(RANGE) for _ in range(AT_ONCE)}
    assert drawn == {int.from_bytes(bytes(range(NUMBER)))}
    assert asked == [NUMBER * AT_ONCE]
    below(RANGE)
    assert asked == [NUMBER * AT_ONCE] * 2


def test_what_would_make_the_first_numbers_more_likely_is_drawn_again() -> None:
    most = RANGE // 2 + 1  # what lies above it would count for the lower numbers a second time
    given = iter([(5).to_bytes(NUMBER) + (RANGE - 1).to_bytes(NUMBER)])  # the last of them is drawn first
    assert pooled(lambda _: next(given))(most) == 5
