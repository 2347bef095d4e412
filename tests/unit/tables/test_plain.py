import pytest

from vft.tables import norwegian

# 12 is no 1.2, whatever is taken off its end
NUMBERS = [
    (4, "4"), (4.0, "4"), (2.5, "2,5"), (120, "120"), (-0.25, "−0,25"), (1668.5, "1 668,5"),
    (0.1 + 0.2, "0,3"), (1e-6, "0,000001"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "said"), NUMBERS)
def test_a_number_has_the_decimals_that_it_has(value, said):
    assert norwegian.plain(value).replace(norwegian.SPACE, " ") == said


def test_what_rounds_to_nothing_has_no_sign():
    assert [norwegian.number(-0.4), norwegian.decimal(-0.04), norwegian.plain(-0.0)] == [
        "0",
        "0,0",
        "0",
    ]
    assert [norwegian.number(-0.6), norwegian.decimal(-0.06)] == ["−1", "−0,1"]
