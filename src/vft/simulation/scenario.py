"""A scenario as its file tells it: who could use what, what each use gives and costs, and when.

Years are t = 0..H. Users of a service in a year are population times uptake. A quantity is the
name of a calculation key; a bare number has neither date nor source and gives no kroner.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from vft.benefits.frequency import DaysPerYear, Period
from vft.benefits.full_time import HOURS_PER_FTE
from vft.benefits.unit_price import Strict
from vft.simulation.calculation_key import CalculationKey
from vft.simulation.present_value import REAL_RATE

Quantity = Annotated[
    str | float | None,
    Field(description="Navnet på en nøkkel; null når det ikke er dokumentert. Et tall alene er "
          "uten dato og kilde, og gir ingen kroner."),
]  # fmt: skip
ServiceId = Annotated[str, Field(min_length=1)]


class Benefit(Strict):
    """What one user's use spares in a year."""

    title: str = Field(description="Hva som spares.")
    kind: Literal["visits", "hours", "items"] = Field(
        description="visits: count ganger minutes er timer. hours: count er timer. items: ingen "
        "timer, bare kroner (for eksempel plasser eller drosjeturer)."
    )
    count: Quantity = Field(description="Hvor mange som spares, per bruker og periode.")
    per: Period = Field(default="year", description="Perioden antallet gjelder.")
    minutes: Quantity = Field(default=None, description="Minutter hver gang, for visits.")
    price: Quantity = Field(default=None, description="Nøkkelen til prisen.")
    km: Quantity = Field(default=0.0, description="Kilometer hver gang; 0 om ikke oppgitt.")
    km_price: Quantity = Field(default=None, description="Nøkkelen til prisen per kilometer.")


class Cost(Strict):
    """What it costs."""

    title: str = Field(description="Hva det er.")
    amount: Quantity = Field(description="Kroner.")
    applies_to: Literal["each_user", "new_user", "group"] = Field(
        description="each_user: for hver bruker. new_user: én gang for hver ny bruker. group: for "
        "alle til sammen."
    )
    per: Period | Literal["once"] = Field(
        default="year", description="Hvor ofte; once er én gang, i år 0. new_user ser bort fra den."
    )
    years_in_use: Quantity = Field(
        default=None,
        description="For new_user: år en bruker har utstyret. Beløpet fordeles da på dem, i stedet "
        "for å falle i året brukeren er ny.",
    )


class Service(Strict):
    """One service that is scaled."""

    service: ServiceId = Field(description="Tjenestens kode.", examples=["DMS"])
    title: str | None = Field(default=None, description="Tjenestens navn.")
    population: Quantity = Field(description="Personer som kunne brukt den.")
    uptake: Quantity = Field(description="Andelen av dem som bruker den, 0–1.")
    benefits: tuple[Benefit, ...] | None = Field(
        default=None,
        strict=False,
        description="Det en bruker sparer; [] når det ikke spares noe, utelatt når det ikke er "
        "dokumentert.",
    )
    costs: tuple[Cost, ...] | None = Field(
        default=None,
        strict=False,
        description="Det tjenesten koster; [] når den ikke koster noe, utelatt når det ikke er "
        "dokumentert.",
    )


class Overlap(Strict):
    """What two or more services would both be credited with: the explicit interaction."""

    services: tuple[ServiceId, ...] = Field(strict=False, min_length=2)
    share: Quantity = Field(
        description="Andelen av det minste av deres gevinster som er talt to ganger, 0–1."
    )


class Correlation(Strict):
    """How two keys follow each other."""

    keys: tuple[str, str] = Field(strict=False)
    spearman: float = Field(ge=-1, le=1, description="Rangkorrelasjon.")


class Scenario(Strict):
    """A scenario: keys, services with users, benefits and costs, and how years are weighed."""

    title: str | None = Field(default=None, description="Scenariets navn.")
    start: date | None = Field(default=None, strict=False, description="Første dag i år 0.")
    horizon_years: int = Field(default=3, ge=0, le=60, description="H: år 0 til H regnes med.")
    discount_rate: float = Field(default=REAL_RATE, gt=-1, le=1, description="Realrente per år.")
    price_year: int | None = Field(
        default=None, ge=1990, le=2100, description="Året alle kroner regnes om til."
    )
    days_per_year: DaysPerYear = Field(default=365, description="365, eller 360 (12 × 30).")
    hours_per_fte: float = Field(default=HOURS_PER_FTE, gt=0, le=8784)
    realisation_rate: Quantity = Field(
        default=None, description="Uttakseffektivitet: andelen av gevinsten som kan budsjetteres."
    )
    keys: dict[str, CalculationKey] = Field(description="Beregningsnøklene, etter navn.")
    correlations: tuple[Correlation, ...] = Field(default=(), strict=False)
    services: tuple[Service, ...] = Field(strict=False)
    overlaps: tuple[Overlap, ...] = Field(default=(), strict=False)
    costs: tuple[Cost, ...] = Field(
        default=(),
        strict=False,
        description="Kostnader som er felles for tjenestene, utenom det hver av dem koster selv.",
    )

    @property
    def years(self) -> int:
        """How many years are counted."""
        return self.horizon_years + 1

    def misfits(self) -> list[str]:
        return [*self._profiles(), *self._services(), *self._pairs(), *self._shared()]

    def _profiles(self) -> list[str]:
        return [
            f"keys.{name}.profile har {len(key.profile)} år, men år 0 til {self.horizon_years} er "
            f"{self.years}"
            for name, key in self.keys.items()
            if key.profile is not None and len(key.profile) != self.years
        ]

    def _services(self) -> list[str]:
        named = [service.service for service in self.services]
        twice = [f"tjenesten {name} står to ganger" for name in named if named.count(name) > 1]
        unknown = [
            f"overlaps nevner tjenesten {name}, som ikke er i services"
            for overlap in self.overlaps
            for name in overlap.services
            if name not in named
        ]
        same = [
            "overlaps nevner samme tjeneste to ganger"
            for overlap in self.overlaps
            if len(set(overlap.services)) < len(overlap.services)
        ]
        none = [] if named else ["services: oppgi minst én tjeneste"]
        return [*none, *dict.fromkeys(twice), *unknown, *same]

    def _pairs(self) -> list[str]:
        problems, seen = [], set()
        for pair in self.correlations:
            first, second = sorted(pair.keys)
            if first == second:
                problems.append(f"correlations: {first} kan ikke følge seg selv")
            if (first, second) in seen:
                problems.append(f"correlations: {first} og {second} står to ganger")
            seen.add((first, second))
        return problems

    def _shared(self) -> list[str]:
        return [
            f"costs: «{cost.title}» er felles, og kan bare gjelde group"
            for cost in self.costs
            if cost.applies_to != "group"
        ]
