"""Things that tests need many of."""

from functools import cache

_K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_K2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def _check_digit(digits: str, weights: tuple[int, ...]) -> str | None:
    control = -sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return None if control == 10 else str(control)


@cache
def identity(number: int) -> str:
    """The ``number``-th invented identity: born 1 January 1940, month + 80 as Skatteetaten does."""
    found = -1
    for individual in range(1000):
        nine = f"018140{individual:03d}"
        k1 = _check_digit(nine, _K1)
        k2 = k1 and _check_digit(nine + k1, _K2)
        found += k2 is not None and k1 is not None
        if found == number and k2:
            return f"{nine}{k1}{k2}"
    message = f"there are fewer than {number} such identities"
    raise ValueError(message)
