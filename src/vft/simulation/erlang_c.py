"""Erlang C: how long calls wait where they come by chance and operators answer in turn.

With load A erlang (calls per second × mean seconds of a call) and c operators, A < c:
B = (A^c/c!)/Σ_{k≤c} A^k/k!, C = c·B/(c − A(1 − B)), P(wait > t) = C·e^(−(c − A)t/s).
Source: A. K. Erlang (1917), Elektroteknikeren 13; Gross and Harris (1998), Fundamentals of
Queueing Theory.
"""

from math import exp

from vft.errors import VftError
from vft.tables.norwegian import plain


def waiting_probability(*, load: float, operators: int) -> float:
    """The share of calls that must wait; 1 where the load is more than the operators can do.

    Raises:
        VftError: a negative load, or no operator.
    """
    from scipy.stats import poisson  # type: ignore[import-untyped] # scipy publishes no types

    if load < 0 or operators < 1:
        raise VftError(
            f"Erlang C trenger en belastning fra 0 og minst én operatør, ikke {plain(load)} og "
            f"{operators}."
        )
    if load == 0 or load >= operators:
        return float(load >= operators)
    # logarithms: both parts vanish for great loads, their ratio does not
    blocked = exp(poisson.logpmf(operators, load) - poisson.logcdf(operators, load))
    return operators * blocked / (operators - load * (1 - blocked))


def answered_within(
    *, load: float, operators: int, handling_seconds: float, within_seconds: float
) -> float:
    """The share of calls that is answered within so many seconds."""
    waiting = waiting_probability(load=load, operators=operators)
    if load >= operators:
        return 0.0
    return 1 - waiting * exp(-(operators - load) * within_seconds / handling_seconds)


def mean_wait(*, load: float, operators: int, handling_seconds: float) -> float | None:
    """Mean seconds until a call is answered, all calls; None where the queue grows for ever."""
    waiting = waiting_probability(load=load, operators=operators)
    return None if load >= operators else waiting * handling_seconds / (operators - load)


def operators_needed(
    *, load: float, handling_seconds: float, within_seconds: float, target: float
) -> int:
    """The least number of operators that answers this share within so many seconds.

    Raises:
        VftError: the target is not a share under 1.
    """
    if not 0 <= target < 1:
        raise VftError(f"Målet {plain(target)} må være en andel fra 0 til under 1.")
    operators = int(load) + 1
    while (
        answered_within(
            load=load,
            operators=operators,
            handling_seconds=handling_seconds,
            within_seconds=within_seconds,
        )
        < target
    ):
        operators += 1
    return operators
