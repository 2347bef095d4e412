"""Someone who knows everything but where people live and what they have, and wants a hidden count.

She knows which homes there are, what they count in, which kinds of people there may be, her own
people one by one, and every figure shown. She tries every municipality that fits: the least and
the most that a hidden count can be, by integer programming.
"""

import numpy as np
from scipy.optimize import LinearConstraint, milp

#: No more of a kind live in one home: she need not try more.
MANY = 100


class Adversary:
    """Sees one month of a municipality. ``hidden``: nodes × units."""

    def __init__(self, municipality, hidden, *, month=0):
        self.municipality = municipality
        people = municipality.people[:, :, month]
        kinds, homes = people.shape
        member, counted = municipality.member.astype(float), municipality.counted.astype(float)
        self.of = np.einsum("nk,ph->npkh", counted, member).reshape(*hidden.shape, kinds * homes)
        self.true = self.of @ people.ravel()
        shown = ~hidden
        mine = np.array([bool(municipality.own & home) for home in municipality.living])
        known = np.broadcast_to(mine, people.shape).ravel()
        self.least = np.where(known, people.ravel(), 0)
        self.most = np.where(known, people.ravel(), MANY)
        rows, first = np.unique(self.of[shown], axis=0, return_index=True)
        told = self.true[shown][first]
        self.told = LinearConstraint(rows, told, told) if len(rows) else ()
        self.fitting = [people.ravel().astype(float)]
        self.strangers = self.of @ np.where(known, 0, people.ravel())

    def tries(self, cells, sign):
        """The municipality that fits in which a sum of people is the least, or the most."""
        found = milp(
            sign * cells,
            integrality=np.ones_like(cells),
            bounds=(self.least, self.most),
            constraints=self.told,
        )
        assert found.success, found.message
        self.fitting.append(np.round(found.x))
        return self.fitting[-1] @ cells

    def learns(self, cells, strangers):
        """Whether she comes closer to a count than the rule itself does. See docs/adr/0013.

        What she has tried for other counts may do for this one.
        """
        tried = np.array(self.fitting) @ cells
        if not self._is_close(tried.min(), tried.max(), strangers, tried[0]):
            return False
        ends = self.tries(cells, 1), self.tries(cells, -1)
        return self._is_close(*ends, strangers, tried[0])

    def _is_close(self, least, most, strangers, true):
        threshold = self.municipality.threshold
        assert least <= true <= most
        if not 0 < strangers < threshold:
            return least == most
        known = true - strangers
        small = min(most - known, threshold - 1) - max(least - known, 1) + 1
        return most - least < threshold - 2 or small < 2

    def finds(self, hidden):
        """The hidden counts, and those left of a hidden share's denominator, that she learns."""
        found = []
        slices = len(self.municipality.slices)
        for node, unit in zip(*np.nonzero(hidden), strict=True):
            cells, strangers = self.of[node, unit], self.strangers[node, unit]
            if self.learns(cells, strangers):
                found.append((node, unit, "count"))
            if node >= slices:
                whole = node % slices
                rest = self.strangers[whole, unit] - strangers
                is_few = 0 < rest < self.municipality.threshold
                if is_few and self.learns(self.of[whole, unit] - cells, rest):
                    found.append((node, unit, "rest"))
        return found
