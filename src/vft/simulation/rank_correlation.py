"""Draws in an order that gives them a rank correlation, and leaves each one's values as they are.

Iman and Conover (1982), Communications in Statistics B 11(3): sort each column as a column of
correlated normal scores is sorted. A Gaussian pair with Spearman ρ has Pearson 2·sin(πρ/6)
(Kruskal 1958, JASA 53), so the normals are drawn with that.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vft.errors import VftError
from vft.tables.norwegian import plain

#: Eigenvalues may be this far below 0 by rounding alone.
_ROUNDING = 1e-9


def spearman_matrix(
    names: Sequence[str], pairs: Mapping[tuple[str, str], float]
) -> NDArray[np.float64]:
    """Rank correlations of all names with each other; 0 where no pair says more.

    Raises:
        VftError: a pair names an unknown or the same key twice, or is outside [−1, 1].
    """
    matrix = np.eye(len(names))
    for (first, second), value in pairs.items():
        if first == second or not {first, second} <= set(names) or not -1 <= value <= 1:
            raise VftError(
                f"Korrelasjonen {first}–{second} ({plain(value)}) kan ikke brukes: den må være "
                "mellom to ulike nøkler i filen, fra −1 til 1."
            )
        here, there = names.index(first), names.index(second)
        matrix[here, there] = matrix[there, here] = value
    return matrix


def reordered(
    columns: NDArray[np.float64], spearman: NDArray[np.float64], *, chance: np.random.Generator
) -> NDArray[np.float64]:
    """The same values in each column of shape (draws, keys), in an order with this correlation.

    Raises:
        VftError: no set of keys can have these correlations all at once.
    """
    root = _root(2 * np.sin(np.pi * spearman / 6))
    scores = _uncorrelated(chance.standard_normal(columns.shape)) @ root.T
    places = np.argsort(np.argsort(scores, axis=0), axis=0)
    return np.take_along_axis(np.sort(columns, axis=0), places, axis=0)


def _root(pearson: NDArray[np.float64]) -> NDArray[np.float64]:
    values, vectors = np.linalg.eigh(pearson)
    if values.min() < -_ROUNDING:
        raise VftError(
            "Korrelasjonene motsier hverandre: ingen nøkler kan ha dem alle samtidig. "
            "Gjør noen av dem svakere."
        )
    root: NDArray[np.float64] = vectors * np.sqrt(np.clip(values, 0, None))
    return root


def _uncorrelated(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores whose correlations in this very sample are 0: less noise in what is achieved."""
    if len(scores) <= scores.shape[1]:
        return scores
    centred = scores - scores.mean(axis=0)
    triangle = np.linalg.cholesky(np.cov(centred, rowvar=False).reshape(2 * (scores.shape[1],)))
    whole: NDArray[np.float64] = np.linalg.solve(triangle, centred.T).T
    return whole
