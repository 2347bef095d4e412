"""Which counts of a publication one reader is not shown, over indicators that tell of each other.

An indicator says which others it hides with. Counts that are the same in two of them are hidden
alike; else the counts of one are hidden where the other's first is, and in the month after, since
who came and left tells how many there are.
"""

from collections.abc import Iterator
from itertools import product

import numpy as np

from vft.disclosure.amounts import hidden_with_parts
from vft.disclosure.estimate import tells_of_few
from vft.disclosure.homes import Bools
from vft.disclosure.indicator import Counts, families, hidden
from vft.publication.read import Measure
from vft.web import masks
from vft.web.book import Book, Slice
from vft.web.living import Living, counts

#: An indicator, and counts of it that are numerators and denominators of each other.
Family = tuple[str, tuple[str, ...]]
#: Rounds in which counts that are the same come to be hidden alike; then wherever either is.
_ROUNDS = 6


class Unseen:
    """``own``: the places that the reader follows up. ``key``: what tells her from others."""

    def __init__(self, book: Book, living: Living, *, own: Bools, key: tuple[object, ...]) -> None:
        self._book, self._living, self._own, self._key = book, living, own, key

    def counts(self, family: Family) -> Counts:
        """Its figures."""
        indicator, codes = family
        measures = [self._book.measures[indicator][code] for code in codes]
        months, wholes = len(self._book.months), self._wholes(indicator)
        read = self._book.publication
        key = ("counts", family)
        return self._book.once(key, lambda: counts(read, measures, wholes=wholes, months=months))

    def hidden(self, family: Family, threshold: int) -> Bools:
        """Measures × slices × places × months, in the order of :meth:`slices`.

        Takes seconds for a large city, where nobody has worked it out before.
        """
        key = ("hidden", *self._key, threshold, family)
        return self._book.once(key, lambda: self._kept(family, threshold))

    def slices(self, family: Family) -> tuple[str, ...]:
        """The keys of the slices that its counts are given for."""
        return tuple(self._book.slices_of(family[0]))

    def _kept(self, family: Family, threshold: int) -> Bools:
        """As this or another process has worked it out before, or worked out now."""
        publication = self._book.publication
        sizes = (family[1], self.slices(family), self._own, self._book.months)
        found = masks.kept(
            publication, self._file(family, threshold), shape=tuple(len(each) for each in sizes)
        )
        if found is not None:
            return found
        alike = self._alike(family)
        key = ("worked out", *self._key, threshold, alike)
        worked_out = self._book.once(key, lambda: self._work_out(alike, threshold))
        for each, mask in worked_out.items():
            masks.keep(publication, self._file(each, threshold), mask)
        return worked_out[family]

    def _file(self, family: Family, threshold: int) -> object:
        """All that a mask follows from beside the publication: who she is says whose is hers."""
        return family, threshold, self._own.tolist()

    def few(self, measure: Measure, of: Slice, threshold: int) -> Bools:
        """Places × months where an estimated percentage tells of few persons of its basis."""
        basis = self._book.measures[measure.indicator][measure.basis]
        key = ("few", measure.indicator, measure.code, threshold)
        told = self._book.once(key, lambda: self._tells(measure, basis, threshold))
        found: Bools = told[of.key]
        return found

    def _tells(self, measure: Measure, basis: Measure, threshold: int) -> dict[str, Bools]:
        months, read = len(self._book.months), self._book.publication
        both = counts(read, [measure, basis], wholes={}, months=months)
        percent, persons = both.figures
        return dict(zip(both.slices, tells_of_few(percent, persons, least=threshold), strict=True))

    def family(self, indicator: str, count: str) -> Family:
        """The family that a count is in."""
        return next(f for f in self._families(indicator) if count in f[1])

    def _families(self, indicator: str) -> list[Family]:
        measures = self._book.measures[indicator]
        plain = [code for code, measure in measures.items() if measure.kind == "count"]
        return [(indicator, codes) for codes in families(plain, self._wholes(indicator))]

    def _wholes(self, indicator: str) -> dict[str, str]:
        """Numerator → denominator of the shares of an indicator, and part → whole of its counts."""
        measures = self._book.measures[indicator].values()
        parts = {m.code: m.basis for m in measures if m.kind == "count" and m.basis}
        return parts | {m.numerator: m.denominator for m in measures if m.kind == "share"}

    def _hides_with(self, indicator: str) -> frozenset[str]:
        told = self._book.definitions[indicator].get("hides_with", ())
        return frozenset(told) & frozenset(self._book.measures)

    def own_only(self, indicator: str) -> frozenset[str]:
        """The measures that are shown only to those who follow up the unit."""
        measures = self._book.definitions[indicator].get("measures", ())
        return frozenset(m["code"] for m in measures if m.get("own_only"))

    def of_sums(self, family: Family, threshold: int) -> Bools:
        """As :meth:`hidden`, for the sums of kroner or minutes that rest on its counts."""
        known = self.counts(family)
        holds = [known.parts[code] for code in known.slices]
        masks = self.hidden(family, threshold)
        key = ("sums", *self._key, threshold, family)
        return self._book.once(
            key, lambda: np.stack([hidden_with_parts(mask, holds) for mask in masks])
        )

    def is_of_sums(self, measure: Measure) -> bool:
        """Whether it is, or rests on, a sum over people of which each part is in one slice."""
        told = self._book.definitions[measure.indicator].get("measures", ())
        weighed = {m["code"] for m in told if m.get("made_of")}
        known = self._book.measures[measure.indicator]
        rests_on = [known[code] for code in measure.rests_on if code in known]
        return any(m.kind == "amount" and m.code not in weighed for m in [measure, *rests_on])

    def parts(self, measure: Measure, threshold: int) -> list[Bools]:
        """Where a count is hidden that it, or what it rests on, is made of: places × months."""
        codes = {measure.code, *measure.rests_on}
        told = self._book.definitions[measure.indicator].get("measures", ())
        others = {m["made_of"] for m in told if m["code"] in codes and m.get("made_of")}
        known = sorted(others & set(self._book.measures))
        families = [family for other in known for family in self._families(other)]
        masks = [self.hidden(family, threshold) for family in families]
        return [np.logical_or.reduce(mask, axis=(0, 1)) for mask in masks]

    def _linked(self, indicator: str) -> frozenset[str]:
        """Those that it hides with, and those that hide with it."""
        others = [other for other in self._book.measures if indicator in self._hides_with(other)]
        return (self._hides_with(indicator) | frozenset(others)) - {indicator}

    def _alike(self, family: Family) -> tuple[Family, ...]:
        """The families that hold a count that is the same as one of these, in one order."""

        def find() -> tuple[Family, ...]:
            found, left = {family}, [family]
            while left:
                here = left.pop()
                new = {there for there, *_pair in self._twins(here)} - found
                found |= new
                left.extend(sorted(new))
            return tuple(sorted(found))

        return self._book.once(("alike", family), find)

    def _twins(self, family: Family) -> list[tuple[Family, int, int]]:
        return self._book.once(("twins", family), lambda: list(self._same(family)))

    def _same(self, family: Family) -> Iterator[tuple[Family, int, int]]:
        """Other families, with the numbers of a count here and there that are the same."""
        ours = self.counts(family)
        for other in sorted(self._linked(family[0])):
            for there in self._families(other):
                theirs = self.counts(there)
                for here_n, there_n in product(range(len(family[1])), range(len(there[1]))):
                    if _is_same(ours, here_n, theirs, there_n):
                        yield there, here_n, there_n

    def _work_out(self, alike: tuple[Family, ...], threshold: int) -> dict[Family, Bools]:
        if self._wait_for_themselves(alike):
            everything = {family: self.counts(family).figures > 0 for family in alike}
            return {family: each & ~self._own[:, None] for family, each in everything.items()}
        forced = {family: self._forced(family, alike, threshold) for family in alike}
        found: dict[Family, Bools] = {}
        for _round in range(_ROUNDS):
            # one that no other has forced more of since is closed as it is
            left = [f for f in alike if f not in found or np.any(forced[f] & ~found[f])]
            for family in left:
                found[family] = forced[family] | hidden(
                    self.counts(family),
                    homes=self._living.homes,
                    own=self._own,
                    threshold=threshold,
                    forced=forced[family],
                )
                self._tell(family, found[family], forced)
            if not left:
                break
        return {family: found[family] | forced[family] for family in alike}

    def _tell(self, family: Family, mask: Bools, forced: dict[Family, Bools]) -> None:
        """What is hidden here is hidden in the same count there."""
        forced[family] |= mask
        for there, here_n, there_n in self._twins(family):
            slices = self.counts(family).slices
            for number, code in enumerate(self.counts(there).slices):
                if code in slices:
                    forced[there][there_n, number] |= mask[here_n, slices.index(code)]

    def _forced(self, family: Family, alike: tuple[Family, ...], threshold: int) -> Bools:
        """Where the first count of an indicator that it hides with is hidden, or was last month.

        Nobody stays shown as nobody: that none came or left tells no more than a guess would.
        """
        known = self.counts(family)
        found = np.zeros(known.figures.shape, bool)
        for first in self._waits_for(family, alike):
            theirs, mask = self.counts(first), self.hidden(first, threshold)
            for number, code in enumerate(known.slices):
                if code in theirs.slices:
                    at = mask[0, theirs.slices.index(code)]
                    found[:, number] |= at
                    found[:, number, :, 1:] |= at[:, :-1]
        return found & (known.figures > 0) & ~self._own[:, None]

    def _waits_for(self, family: Family, alike: tuple[Family, ...]) -> Iterator[Family]:
        """The families that must be worked out before it: the first of those it hides with."""
        for other in sorted(self._hides_with(family[0])):
            first = next(f for f in self._families(other) if f[1])
            if first not in alike and family[0] not in self._above(other):
                yield first

    def _wait_for_themselves(self, alike: tuple[Family, ...]) -> bool:
        """Whether what must be worked out before these must be worked out after one of them.

        Definitions go round no ring, but counts that are the same by chance may close one: then
        nothing can be worked out, and nothing is shown.
        """
        seen: set[Family] = set()
        left = [first for family in alike for first in self._waits_for(family, alike)]
        while left:
            if (first := left.pop()) in alike:
                return True
            if first not in seen:
                beside = self._alike(first)
                seen.update(beside)
                left.extend(f for each in beside for f in self._waits_for(each, beside))
        return False

    def _above(self, indicator: str) -> frozenset[str]:
        """Those that an indicator hides with, and those that they hide with, and so on."""
        found: set[str] = set()
        left = [indicator]
        while left:
            new = self._hides_with(left.pop()) - found
            found |= new
            left.extend(new)
        return frozenset(found)


def _is_same(ours: Counts, here: int, theirs: Counts, there: int) -> bool:
    both = [code for code in ours.slices if code in theirs.slices]
    mine = ours.figures[here, [ours.slices.index(code) for code in both]]
    other = theirs.figures[there, [theirs.slices.index(code) for code in both]]
    counted = np.nansum(mine) > 0
    return bool(both and counted and np.array_equal(mine, other, equal_nan=True))
