"""All keys drawn at once, from one seed; each from its own stream, whatever stands beside it."""

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from vft.simulation.pert import Pert
from vft.simulation.rank_correlation import reordered, spearman_matrix

Values = Mapping[str, NDArray[np.float64]]


def drawn(
    keys: Mapping[str, Pert],
    *,
    count: int,
    seed: int,
    correlations: Mapping[tuple[str, str], float] | None = None,
) -> dict[str, NDArray[np.float64]]:
    """Draws of each key, shape (count,); the same seed gives the same draws on any machine.

    Correlations change the order of a key's draws, never their values.

    Raises:
        VftError: the correlations contradict each other.
    """
    found = {name: key.draws(count, chance=_stream(seed, name)) for name, key in keys.items()}
    pairs = correlations or {}
    tied = sorted({name for pair in pairs for name in pair})
    if tied:
        columns = np.column_stack([found[name] for name in tied])
        chance = _stream(seed, "\n".join(tied))
        ordered = reordered(columns, spearman_matrix(tied, pairs), chance=chance)
        found |= {name: ordered[:, place] for place, name in enumerate(tied)}
    return found


def one_at_a_time(keys: Mapping[str, Pert], *, shares: Sequence[float]) -> Values:
    """Rows for a tornado: all keys at their medians, then each in turn at each of these quantiles.

    Shape (1 + keys × shares,): the first row is the medians.
    """
    rows = 1 + len(keys) * len(shares)
    values = {name: np.full(rows, key.quantile(0.5)) for name, key in keys.items()}
    for place, (name, key) in enumerate(keys.items()):
        first = 1 + place * len(shares)
        values[name][first : first + len(shares)] = [key.quantile(share) for share in shares]
    return values


def at_means(keys: Mapping[str, Pert]) -> Values:
    """One row: every key at its expected value."""
    return {name: np.array([key.mean]) for name, key in keys.items()}


def _stream(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, crc32(name.encode())])
