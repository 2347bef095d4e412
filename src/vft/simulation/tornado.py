"""Tornado: what each key alone moves the net present value, from its P10 to its P90.

The other keys stay at their medians, so correlations are not in it. The widest comes first.
"""

import numpy as np
from numpy.typing import NDArray

from vft.simulation.draws import one_at_a_time
from vft.simulation.outcome import Outcome, outcome
from vft.simulation.pert import Pert
from vft.simulation.present_value import present_value
from vft.simulation.result import Bar
from vft.simulation.scenario import Scenario
from vft.simulation.yearly import Yearly

SHARES = (0.1, 0.9)


def tornado(scenario: Scenario, keys: dict[str, Pert]) -> tuple[list[Bar], list[Bar]]:
    """Bars of NPV by avoided cost, and by what is realisable; none where that is not documented."""
    found: Outcome = outcome(scenario, one_at_a_time(keys, shares=SHARES))
    return (
        _bars(scenario, keys, found.net),
        _bars(scenario, keys, found.net_realisable),
    )


def _bars(scenario: Scenario, keys: dict[str, Pert], net: Yearly) -> list[Bar]:
    if net is None:
        return []
    values = present_value(net, rate=scenario.discount_rate)
    # without a varying key all rows are one
    rows = np.broadcast_to(values, (1 + len(keys) * len(SHARES),))
    pairs = rows[1:].reshape(len(keys), len(SHARES))
    bars = [
        _bar(scenario, name, key, pair)
        for (name, key), pair in zip(keys.items(), pairs, strict=True)
    ]
    return sorted((bar for bar in bars if bar.swing), key=lambda bar: -bar.swing)


def _bar(scenario: Scenario, name: str, key: Pert, pair: NDArray[np.float64]) -> Bar:
    low, high = (float(value) for value in pair)
    p10, p90 = (key.quantile(share) for share in SHARES)
    return Bar(
        key=name,
        title=scenario.keys[name].title,
        p10=p10,
        p90=p90,
        npv_at_p10=low,
        npv_at_p90=high,
        swing=abs(high - low),
    )
