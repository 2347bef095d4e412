"""Where people could live, where places do not tell how many live in each home.

After a reorganisation, those of then and now may be such that several ways to live give the same
figures. What is published would be the same had people lived in any of these ways. So what could
be otherwise had they lived in one of them, could be otherwise.
"""

from collections.abc import Callable

import numpy as np

from vft.disclosure.homes import Bools, Floats, Homes


def supposed(
    homes: Homes, figures: Floats, *, known: Bools, keeps: Callable[[Floats], Bools]
) -> tuple[Floats, Bools]:
    """Counts by home, nodes × homes × months, and where they can be told or supposed.

    ``figures``: nodes × places × months. ``known``: the homes that the reader knows, of which
    nothing is supposed. ``keeps``: homes × months, where counts keep the rules between nodes.
    """
    counts, told = homes.counts(figures)
    empty = np.isnan(figures).all(axis=1, keepdims=True)
    lacking = homes.lived & ~np.all(told | empty, axis=0)
    left = lacking.any(axis=0) & ~(lacking & known[:, None]).any(axis=0)
    for found, there in homes.suppositions(figures) if left.any() else ():
        could = np.all(there | empty, axis=0) & keeps(np.where(there, found, np.nan))
        chosen = left & np.all(could | ~lacking, axis=0)
        counts[:, :, chosen], told[:, :, chosen] = found[:, :, chosen], there[:, :, chosen]
        left = left & ~chosen
    return counts, told
