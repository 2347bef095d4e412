"""Theoretical potential (teoretisk potensial): an exercise in arithmetic, never a forecast.

TP_s(b,t) = c_s · Σ_{sex,age} N_{b,sex,age}(t) · h(age) · q_s(age) · u_s(t)

N: people; h: share living at home; q: share with the indication; u: reachable uptake over that of
the base year; c: what makes the base year's mid equal the published one, of that year alone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from vft.errors import VftError
from vft.sources.ssb.population import Variant
from vft.targets import need
from vft.targets.inputs import Inputs
from vft.targets.provenance import Provenance
from vft.targets.remarks import remarks
from vft.targets.rounding import rounded, suited
from vft.targets.uptake import Uptake

#: The year that sets the level.
BASE_YEAR = 2023
_UNNAMED = (
    "tabellen sier ikke hvilken enhet befolkningen gjelder; ta med enheten, så en publisert verdi "
    "kan sette nivået"
)


class Range(BaseModel):
    """Users by projection variant; null where the variant or an input of it is not there."""

    low: float | None
    mid: float | None
    high: float | None


class UnitPotential(BaseModel):
    """One unit, service and year.

    ``rounded``: to whole ``rounded_to`` users, the service's own unit where the published figures
    are so rounded, else at most a tenth of the base year's; what is over 0 never becomes 0.
    ``by_demography``: mid with the uptake held as in the base year. ``uptake``: over that of the
    base year. ``published`` and ``deviation_percent`` (of mid, before rounding): where a figure is
    published; the base year's is met by construction.
    ``inputs``: places in ``Potential.provenance``. ``reason``: why mid is null.
    """

    unit: str
    service: str
    year: int
    low: float | None
    mid: float | None
    high: float | None
    rounded: Range
    rounded_to: int | None
    by_demography: float | None
    uptake: float
    explained_by_demography: bool
    estimated: bool
    published: float | None
    deviation_percent: float | None
    inputs: list[int]
    reason: str | None


class Potential(BaseModel):
    """All of it, and what must be said with it."""

    label: Literal["regneøvelse"] = "regneøvelse"
    base_year: int
    rows: list[UnitPotential]
    provenance: list[Provenance]
    notes: list[str]


def potential(
    inputs: Inputs,
    *,
    services: Sequence[str] = (),
    years: Sequence[int] = (),
    rounding: int | None = None,
    base_year: int = BASE_YEAR,
) -> Potential:
    """Potential of every unit of the population.

    Args:
        inputs: what it is computed from.
        services: of ``inputs.uptake``; all where none is named.
        years: all years of the population where none is named.
        rounding: instead of each service's own rounding unit; finer where a figure would become 0.
        base_year: the year whose published potential sets the level.

    Raises:
        VftError: a service, an indication or a year is not known, or an age group is too coarse.
    """
    chosen = _services(inputs, services)
    wanted = _years(inputs, years)
    register = _Register()
    rows = [
        row
        for uptake in chosen
        for unit in _units(inputs, uptake, years=wanted, base_year=base_year)
        for row in unit.rows(wanted, rounding, register)
    ]
    return Potential(
        base_year=base_year,
        rows=rows,
        provenance=register.known,
        notes=list(remarks(inputs, chosen, rows, base_year=base_year, rounding=rounding)),
    )


def _units(
    inputs: Inputs, uptake: Uptake, *, years: Sequence[int], base_year: int
) -> Iterator["_OneUnit"]:
    sums = need.people(inputs, uptake, years={*years, base_year})
    for unit in dict.fromkeys(inputs.population.rows["unit"]):
        yield _OneUnit(inputs=inputs, uptake=uptake, unit=unit, sums=sums, base_year=base_year)


def _services(inputs: Inputs, names: Sequence[str]) -> list[Uptake]:
    unknown = [name for name in names if name not in inputs.uptake]
    if unknown:
        raise VftError(
            f"Tjenesten {', '.join(unknown)} har ikke noe opptak. Kjente tjenester: "
            f"{', '.join(inputs.uptake)}. Legg den til i en egen tabell (--uptake)."
        )
    chosen = [inputs.uptake[name] for name in names or inputs.uptake]
    for uptake in chosen:
        if uptake.indication not in inputs.prevalence:
            raise VftError(
                f"{uptake.service} bygger på indikasjonen «{uptake.indication}», som ikke står i "
                f"tabellen over forekomst. Den har: {', '.join(inputs.prevalence)}."
            )
    return chosen


def _years(inputs: Inputs, years: Sequence[int]) -> list[int]:
    known = sorted({int(year) for year in inputs.population.rows["year"]})
    if missing := [year for year in years if year not in known]:
        raise VftError(
            f"Befolkningen mangler for {', '.join(map(str, missing))}. Tabellen har: "
            f"{', '.join(map(str, known))}."
        )
    return sorted(years) if years else known


@dataclass(frozen=True, kw_only=True)
class _OneUnit:
    """One service in one unit."""

    inputs: Inputs
    uptake: Uptake
    unit: str
    sums: Mapping[tuple[str, Variant, int], float]
    base_year: int

    @property
    def level_of(self) -> str | None:
        """The unit whose published potential sets the level."""
        published, service = self.inputs.published, self.uptake.service
        return published.unit_of(self.unit, service=service, year=self.base_year)

    def rows(
        self, years: Sequence[int], rounding: int | None, register: "_Register"
    ) -> Iterator[UnitPotential]:
        """Each year. ``rounding``: what is asked for instead of the service's own."""
        inputs, uptake = self.inputs, self.uptake
        places = register.places(_provenance(inputs, uptake, self.level_of, self.base_year))
        estimated = any(register.known[place].estimated for place in places)
        for year in years:
            yield self._row(year, rounding, inputs=places, estimated=estimated)

    def _row(
        self, year: int, rounding: int | None, *, inputs: list[int], estimated: bool
    ) -> UnitPotential:
        level, reason = self._level()
        growth = self.uptake.factor(year, base_year=self.base_year)
        alone = {v: self._sum(self.unit, v, year) for v in Variant}
        found = {v: _times(s, level, growth) for v, s in alone.items()}
        published = self.inputs.published.users.get((self.unit, self.uptake.service, year))
        if found[Variant.MID] is None and reason is None:
            reason = need.fault(self.inputs, self.uptake, unit=self.unit, year=year)
        unit = self._rounding(rounding, found.values(), level)
        return UnitPotential(
            unit=self.unit,
            service=self.uptake.service,
            year=year,
            low=found[Variant.LOW],
            mid=found[Variant.MID],
            high=found[Variant.HIGH],
            rounded=Range(**{v.value: rounded(f, unit) for v, f in found.items()}),
            rounded_to=unit,
            by_demography=_times(alone[Variant.MID], level, 1.0),
            uptake=growth,
            explained_by_demography=self.uptake.explained,
            estimated=estimated,
            published=published,
            deviation_percent=_deviation(found[Variant.MID], published),
            inputs=inputs,
            reason=reason,
        )

    def _rounding(
        self, asked: int | None, figures: Collection[float | None], level: float | None
    ) -> int | None:
        base = _times(self._sum(self.unit, Variant.MID, self.base_year), level, 1.0)
        told = self.inputs.published.told_of(self.unit, service=self.uptake.service)
        return suited(
            self.uptake.rounding, level=base, figures=figures, published=told, asked=asked
        )

    def _level(self) -> tuple[float | None, str | None]:
        """What the sums are multiplied with, or why that is not known."""
        service, base = self.uptake.service, self.base_year
        if not self.unit:
            return None, _UNNAMED
        if self.level_of is None:
            return None, f"ingen publisert verdi for {service} i {base} setter nivået{self._meant}"
        total = self._whole(self.level_of)
        if not total:
            why = need.fault(self.inputs, self.uptake, unit=self.level_of, year=base)
            return None, f"{why}. Nivået settes av den"
        return self.inputs.published.users[self.level_of, service, base] / total, None

    @property
    def _meant(self) -> str:
        """The code that lost its first 0, as those do that a spreadsheet takes for numbers."""
        full, published = f"0{self.unit}", self.inputs.published
        found = published.unit_of(full, service=self.uptake.service, year=self.base_year)
        return f" for {self.unit}; mente du {full}?" if found else ""

    def _whole(self, code: str) -> float | None:
        """The base year's sum of a unit: its own, or those of all its parts."""
        own = self._sum(code, Variant.MID, self.base_year)
        if own is not None:
            return own
        units = dict.fromkeys(unit for unit, _, _ in self.sums if unit.startswith(code))
        parts = [self._sum(unit, Variant.MID, self.base_year) for unit in units]
        known = [part for part in parts if part is not None]
        return sum(known) if known and len(known) == len(parts) else None

    def _sum(self, unit: str, variant: Variant, year: int) -> float | None:
        found = self.sums.get((unit, variant, year))
        return found if found is not None and found == found else None  # noqa: PLR0124 - NaN is not itself


class _Register:
    """Provenances, each once, by place."""

    def __init__(self) -> None:
        self.known: list[Provenance] = []

    def places(self, wanted: Sequence[Provenance]) -> list[int]:
        self.known += [one for one in wanted if one not in self.known]
        return [self.known.index(one) for one in wanted]


def _provenance(
    inputs: Inputs, uptake: Uptake, level_of: str | None, base_year: int
) -> list[Provenance]:
    """Of every input of a service in a unit."""
    found = [
        *inputs.population_provenance,
        *inputs.home_living.provenance,
        *inputs.prevalence[uptake.indication].provenance,
        uptake.provenance,
    ]
    if need.is_split(inputs, uptake):
        found += inputs.age_mix.provenance
    if level_of is not None:
        found.append(inputs.published.provenance[level_of, uptake.service, base_year])
    return found


def _times(total: float | None, level: float | None, growth: float) -> float | None:
    return total * level * growth if total is not None and level is not None else None


def _deviation(value: float | None, published: float | None) -> float | None:
    if value is None or not published:
        return None
    return 100 * (value / published - 1)
