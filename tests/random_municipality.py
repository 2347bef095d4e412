"""Random small municipalities, person by person, and all that is published of them.

Independent of what is tested: figures are counted here by going through kinds of people.
"""

from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

#: What a person may be counted as in a service, in each measure in turn: nothing, and so on.
SHARES = {
    "no share": [(0,), (1,)],
    "one share": [(0, 0), (1, 0), (1, 1)],
    "shares that are all there is": [(0, 0, 0), (1, 1, 0), (1, 0, 1)],
    "shares in each other": [(0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1)],
}


@dataclass
class Municipality:
    """``living``: for each home the units it counts in, each (geography, grouping, unit).

    ``kinds``: for each kind of people what they are counted as in each service; ``people``: how
    many of each kind live in each home, kinds × homes × months. ``slices``: which services each
    holds. ``own``: the units that the reader follows up.
    """

    living: list[frozenset]
    kinds: list[tuple]
    people: np.ndarray
    slices: dict[str, frozenset]
    share: str
    own: frozenset
    threshold: int

    @property
    def measures(self):
        return len(SHARES[self.share][0])

    @property
    def units(self):
        return sorted(frozenset.union(*self.living))

    @property
    def member(self):
        return np.array([[unit in home for home in self.living] for unit in self.units])

    @property
    def counted(self):
        """Nodes × kinds: whether one of a kind is counted in a measure and slice."""
        services = sorted(frozenset.union(*self.slices.values()))
        return np.array(
            [
                [any(kind[services.index(s)][measure] for s in held) for kind in self.kinds]
                for measure, held in product(range(self.measures), self.slices.values())
            ]
        )

    @property
    def figures(self):
        """Nodes × units × months."""
        by_home = np.einsum("nk,kht->nht", self.counted.astype(float), self.people)
        return np.einsum("ph,nht->npt", self.member.astype(float), by_home)


def municipality(chance, *, months=1, crossed=False):
    """A municipality as chance will have it. ``crossed``: with then and now across each other."""
    living = _crossed(chance) if crossed else _living(chance)
    share = chance.choice(list(SHARES), p=[0.4, 0.4, 0.1, 0.1])
    services = ["A", "B", "C"][
        : int(chance.integers(1, 4 if share in {"no share", "one share"} else 3))
    ]
    kinds = [k for k in product(SHARES[share], repeat=len(services)) if any(map(any, k))]
    usual = chance.choice([0.2, 0.5, 1.5, 4.0], size=(len(kinds), 1, 1))
    homes = chance.choice([0.2, 1.0, 3.0], size=(1, len(living), 1))
    people = chance.poisson(usual * homes, size=(len(kinds), len(living), months))
    units = sorted(frozenset.union(*living))
    own = [u for u in units if u[1] in {"district", "part_district"}]
    picked = own[int(chance.integers(len(own)))] if own and chance.random() < 0.5 else None
    return Municipality(
        living=living,
        kinds=kinds,
        people=people,
        slices=_slices(chance, services),
        share=share,
        own=frozenset(u for u in units if picked and _is_within(u, picked, living)),
        threshold=int(chance.choice([3, 4, 5, 5])),
    )


def _is_within(unit, picked, living):
    """Whether all of a unit is in the one picked: a part of a district of hers is hers too."""
    if unit == picked:
        return True
    homes = [home for home in living if unit in home]
    return unit[0] == picked[0] and unit[1] == "part_district" and all(picked in h for h in homes)


def _slices(chance, services):
    found = {s: frozenset([s]) for s in services}
    pairs = list(combinations(services, 2))
    chance.shuffle(pairs)
    for pair in pairs[: int(chance.integers(0, 3))]:
        found["+".join(pair)] = frozenset(pair)
    return found | {"all": frozenset(services)}


def _living(chance):
    """Homes: parts of districts, then and now, in sectors; some in no part, some nowhere known."""
    districts, parts = int(chance.integers(2, 5)), int(chance.integers(0, 6))
    sector = chance.integers(0, 2, districts)
    later = np.arange(districts)
    if chance.random() < 0.5:  # one is merged with another
        later[int(chance.integers(districts))] = int(chance.integers(districts))
    homes = [(int(d), None, int(later[d]), None) for d in range(districts)]
    for part in range(parts):
        district = int(chance.integers(districts))
        now = int(later[district])
        if chance.random() < 0.2:  # a part is moved
            now = int(later[int(chance.integers(districts))])
        name = f"p{part}"
        homes.append((district, name, now, name))
        if chance.random() < 0.1:  # a part is split
            homes.append((district, name, now, f"{name}b"))
    if chance.random() < 0.3:
        homes.append((None, None, None, None))
    if chance.random() < 0.3:  # a district that is no more, and nobody knows what became of it
        homes.append((0, None, None, None))
    both = chance.random() < 0.6
    return list(dict.fromkeys(_units(home, sector, both=both) for home in homes))


def _crossed(chance):
    """Homes of districts that were drawn anew: places do not tell how many live in each."""
    then, now = int(chance.integers(2, 4)), int(chance.integers(2, 4))
    sector = chance.integers(0, 2, max(then, now))
    whole = [(t, None, n, None) for t, n in product(range(then), range(now))]
    homes = [home for home in whole if chance.random() < 0.8] or whole
    beside = [(then + d, None, now + d, None) for d in range(int(chance.integers(0, 3)))]
    sector = np.append(sector, np.zeros(3, int))
    if chance.random() < 0.4:
        homes.append((None, None, None, None))
    return [_units(home, sector, both=True) for home in [*homes, *beside]]


def _units(home, sector, *, both):
    then, part_then, now, part_now = home
    found = {("now", "municipality", "0")}
    if now is not None:
        found |= {("now", "district", f"D{now}"), ("now", "sector", f"S{sector[now]}")}
    if part_now is not None:
        found.add(("now", "part_district", part_now))
    if both:
        found.add(("then", "municipality", "0"))
        if then is not None:
            found |= {("then", "district", f"d{then}"), ("then", "sector", f"S{sector[then]}")}
        if part_then is not None:
            found.add(("then", "part_district", part_then))
    return frozenset(found)
