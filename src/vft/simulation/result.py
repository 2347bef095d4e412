"""What a simulated scenario comes to, as JSON: null where not documented, never 0."""

from datetime import date

from pydantic import BaseModel, Field

from vft.simulation.decomposition import Decomposition
from vft.simulation.scale import BreakEven
from vft.simulation.spread import Spread


class YearResult(BaseModel):
    """One year, not discounted. Hours and kroner are apart: freed time is not money."""

    year: int
    users: Spread | None
    hours: Spread | None
    fte: Spread | None
    avoided_cost: Spread | None = Field(description="Unngått kostnad, kroner.")
    realisable: Spread | None = Field(description="Det som kan budsjetteres, kroner.")
    costs: Spread | None


class PresentValues(BaseModel):
    """Sums over the years in kroner of year 0."""

    avoided_cost: Spread | None
    realisable: Spread | None
    costs: Spread | None


class NetPresentValue(BaseModel):
    """``probability_positive``: the share of draws above 0. ``at_means``: keys as expected."""

    spread: Spread
    probability_positive: float
    at_means: float


class Bar(BaseModel):
    """One key of the tornado: the present value with it at P10 and P90, all others at P50."""

    key: str
    title: str | None
    p10: float
    p90: float
    npv_at_p10: float
    npv_at_p90: float
    swing: float = Field(description="Avstanden mellom de to.")


class KeyUsed(BaseModel):
    """A key that the figures rest on, and where it is from."""

    key: str
    title: str | None
    minimum: float
    mode: float
    maximum: float
    mean: float
    unit: str | None
    starts_on: date | None
    ends_on: date | None
    price_year: int | None
    origin: str | None
    owner: str | None
    estimated: bool
    derivation: str | None


class Achieved(BaseModel):
    """A rank correlation as asked for, and as it is among the draws; null for a constant key."""

    keys: tuple[str, str]
    wanted: float
    achieved: float | None


class SimulationResult(BaseModel):
    """All of it."""

    title: str | None
    draws: int
    seed: int
    horizon_years: int
    discount_rate: float
    price_year: int | None
    hours_per_fte: float
    years: list[YearResult]
    hours: Spread | None = Field(description="Frigjorte timer over alle år.")
    present_value: PresentValues
    npv: NetPresentValue | None = Field(description="Unngått kostnad minus kostnader.")
    npv_realisable: NetPresentValue | None = Field(description="Realiserbart minus kostnader.")
    tornado: list[Bar]
    tornado_realisable: list[Bar]
    break_even: BreakEven | None
    break_even_realisable: BreakEven | None
    hours_by_service: Decomposition | None = Field(
        description="Timer over alle år: hver tjeneste for seg, og samspillet der de overlapper."
    )
    avoided_cost_by_service: Decomposition | None = Field(
        description="Nåverdi av unngått kostnad: som timene."
    )
    growth_of_hours: Decomposition | None = Field(
        description="Fra år 0 til det siste: befolkning, opptak og timer per bruker, det som "
        "overlapp (overlap) tar bort, og samspillet."
    )
    keys: list[KeyUsed]
    correlations: list[Achieved]
    undocumented: list[str]
    warnings: list[str]
