"""A publication's places and homes as arrays, for what decides what may be shown of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from vft.disclosure.homes import Homes
from vft.disclosure.indicator import Counts
from vft.publication.read import Geography, Measure, Publication
from vft.tables.period import last_day

if TYPE_CHECKING:
    from datetime import date

Place = tuple[Geography, str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Living:
    """``places``: geography, grouping and code of each unit. ``homes``: see there."""

    places: tuple[Place, ...]
    homes: Homes

    @cached_property
    def numbers(self) -> dict[Place, int]:
        """The number of each place."""
        return {place: number for number, place in enumerate(self.places)}


def living(publication: Publication) -> Living:
    """Where people live, by the months of a publication: as it is on the last day of each.

    Homes that count in just the same places are one.
    """
    places = publication.places()
    numbers = {place: number for number, place in enumerate(places)}
    within: dict[int, set[int]] = {}
    days = {}
    for row in publication.homes():
        place = numbers.get((row.geography, row.grouping, row.unit))
        days[row.home] = (row.starts_on, row.ends_on)
        within.setdefault(row.home, set())
        if place is not None:
            within[row.home].add(place)
    alike: dict[frozenset[int], list[tuple[date, date]]] = {}
    for home, inside in within.items():
        alike.setdefault(frozenset(inside), []).append(days[home])
    ends = [last_day(month) for month in publication.months()]
    member = np.zeros((len(places), len(alike)), bool)
    for number, together in enumerate(alike):
        member[list(together), number] = True
    lived = [[any(s <= day < e for s, e in spans) for day in ends] for spans in alike.values()]
    return Living(
        places=tuple(places),
        homes=Homes(member=member, lived=np.array(lived, bool).reshape(len(alike), len(ends))),
    )


def counts(
    publication: Publication, measures: Sequence[Measure], *, wholes: Mapping[str, str], months: int
) -> Counts:
    """The figures of counts of one indicator, in every slice that it is given for."""
    codes = tuple(measure.code for measure in measures)
    found = publication.counts(measures[0].indicator, codes)
    slices = publication.slices_of(measures[0].indicator)
    keys = {slice_: number for number, slice_ in enumerate(slices)}
    pairs = zip(found["kind"].tolist(), found["slice"].tolist(), strict=True)
    slice_ = np.array([keys[pair] for pair in pairs], np.intp)
    figures = np.full((len(codes), len(keys), len(publication.places()), months), np.nan)
    at = (found["measure"], slice_, found["place"], found["month"])
    figures[tuple(np.asarray(part, np.intp) for part in at)] = found["value"]
    parts = publication.slice_parts()
    return Counts(
        measures=codes,
        slices=tuple(f"{kind}:{code}" for kind, code in keys),
        parts={f"{kind}:{code}": parts.get((kind, code), frozenset()) for kind, code in keys},
        wholes=wholes,
        figures=figures,
    )
