"""Best practice (beste praksis): what every unit would have at the rate of those that are furthest.

With w_b the unit's share of the distribution key in percent and x_b its users, r_b = x_b / w_b;
k is the r_b that the rule picks, and target_b = round_half_up(k · w_b). All but the shrunken rule
is computed in fractions, so that halves and ties are what they are.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from pydantic import BaseModel

from vft.errors import VftError
from vft.targets import flags, shrinkage
from vft.targets.flags import Flag
from vft.targets.rule import Rule
from vft.targets.unit_values import Value

#: The share of units that the rule ``p80`` lets lie below the benchmark.
_P80 = Fraction(4, 5)


class BestPractice(BaseModel):
    """``k``: users per percentage point of the key. ``targets``: users; null without a share."""

    k: float
    rule: Rule
    targets: dict[str, int | None]
    flags: list[Flag]


def best_practice(
    *,
    key: Mapping[str, Value],
    actual: Mapping[str, Value],
    rule: Rule,
    min_n: int = 0,
    potential: Mapping[str, Value] | None = None,
) -> BestPractice:
    """Targets of all units of the key.

    Args:
        key: shares in percent (:mod:`vft.targets.key`).
        actual: users now. A unit whose users are not known sets no target, but is given one.
        rule: which unit's rate is the measure.
        min_n: a unit with fewer users than this sets no target.
        potential: theoretical potential, users; a target above it is flagged, never cut.

    Raises:
        VftError: no unit, or with rule ``second`` only one, can set the target.
    """
    rates = _eligible_rates(key, actual, min_n=min_n)
    if len(rates) < (2 if rule is Rule.SECOND else 1):
        raise _too_few(rule, found=len(rates), min_n=min_n)
    measures = _shrunken(rates, key=key, actual=actual) if rule is Rule.SHRUNK else rates
    k = _k(rule, measures)
    targets = {unit: _target(k, share) for unit, share in key.items()}
    targets |= dict.fromkeys((unit for unit in actual if unit not in key), None)
    return BestPractice(
        k=float(k),
        rule=rule,
        targets=targets,
        flags=[
            *flags.of_inputs(key=key, actual=actual),
            *(flags.of_potential(key=key, potential=potential) if potential is not None else ()),
            *flags.of_benchmark(measures, actual=actual, driven=rule in {Rule.MAX, Rule.SHRUNK}),
            *flags.of_targets(targets, actual=actual, potential=potential or {}),
        ],
    )


def round_half_up(value: Fraction) -> int:
    """To the nearest whole number, halves upwards, as the published targets are."""
    return floor(value + Fraction(1, 2))


def _eligible_rates(
    key: Mapping[str, Value], actual: Mapping[str, Value], *, min_n: int
) -> dict[str, Fraction]:
    """Users per percentage point, of the units that may set the target."""
    known = {
        unit: (share.exact, actual[unit].exact) for unit, share in key.items() if unit in actual
    }
    return {
        unit: users / share
        for unit, (share, users) in known.items()
        if share and users is not None and users >= min_n
    }


def _k(rule: Rule, rates: Mapping[str, Fraction]) -> Fraction:
    ordered = sorted(rates.values())
    if rule in {Rule.MAX, Rule.SHRUNK}:
        return ordered[-1]
    return ordered[-2] if rule is Rule.SECOND else _percentile(ordered, _P80)


def _percentile(ordered: list[Fraction], share: Fraction) -> Fraction:
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _shrunken(
    rates: Mapping[str, Fraction], *, key: Mapping[str, Value], actual: Mapping[str, Value]
) -> dict[str, Fraction]:
    """All units with known users tell what is common; only the eligible set the target."""
    import numpy as np

    informing = list(_eligible_rates(key, actual, min_n=0))
    counts = np.array([float(actual[unit].exact or 0) for unit in informing])
    weights = np.array([float(key[unit].exact or 0) for unit in informing])
    shrunken = dict(zip(informing, shrinkage.shrunken_rates(counts, weights).tolist(), strict=True))
    return {unit: Fraction(shrunken[unit]) for unit in rates}


def _target(k: Fraction, share: Value) -> int | None:
    return round_half_up(k * share.exact) if share.exact is not None else None


def _too_few(rule: Rule, *, found: int, min_n: int) -> VftError:
    wanted = "minst to enheter" if rule is Rule.SECOND else "minst én enhet"
    gate = f" og minst {min_n} brukere" if min_n else ""
    return VftError(
        f"Regelen «{rule.spoken}» trenger {wanted} med andel over 0{gate} og kjent faktisk bruk; "
        f"det er {found}. Se etter enheter som er skrevet ulikt i de to filene"
        + (", eller senk --min-n." if min_n else ".")
    )
