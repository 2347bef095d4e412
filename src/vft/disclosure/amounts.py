"""Where sums of kroner or minutes are hidden, so that none of few people's is found by taking away.

People counted in a whole may be counted in several of its parts, but each krone is in one: what a
whole has beyond the parts shown is what those hidden have. So a whole is shown only where all its
parts are. Then every sum shown is one of the finest shown, and of those the places of each are
hidden as its counts are, which do not follow from one another.
"""

from collections.abc import Sequence

import numpy as np

from vft.disclosure.homes import Bools
from vft.disclosure.slices import nested


def hidden_with_parts(hidden: Bools, holds: Sequence[frozenset[str]]) -> Bools:
    """Where sums are hidden: slices × places × months.

    ``hidden``: where the counts that they rest on are. ``holds``: the finest things that each
    slice counts. Slices that overlap others without lying in them are hidden by themselves.
    """
    crossing = nested(dict(enumerate(holds))).crossing
    inner = [bool(held) and n not in crossing for n, held in enumerate(holds)]
    parts = np.array(
        [
            [is_in and held <= whole for held, is_in in zip(holds, inner, strict=True)]
            for whole in holds
        ]
    )
    found: Bools = np.einsum("wp,ptm->wtm", parts.astype(np.int64), hidden.astype(np.int64)) > 0
    return found | hidden
