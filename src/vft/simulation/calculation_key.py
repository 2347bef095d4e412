"""A calculation key (beregningsnøkkel): a figure that a scenario rests on, dated and sourced.

What lacks a value gives neither hours nor kroner; what lacks a date or a source gives no kroner.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from vft.benefits.unit_price import HourDefinition, Per, Strict
from vft.simulation.pert import Pert
from vft.tables.norwegian import plain

Role = Literal["amount", "share", "price"]
#: Draws of greater ones, times each other, would be infinite.
Figure = Annotated[float, Field(ge=-1e12, le=1e12)]
_THREE = ("minimum", "mode", "maximum")


class CalculationKey(Strict):
    """A constant ``value``, or PERT(minimum, mode, maximum), times a profile over years."""

    title: str | None = Field(default=None, description="Nøkkelens navn.")
    value: Figure | None = Field(default=None, description="En verdi uten usikkerhet.")
    minimum: Figure | None = Field(default=None, description="Den minste verdien som er mulig.")
    mode: Figure | None = Field(default=None, description="Den mest sannsynlige verdien.")
    maximum: Figure | None = Field(default=None, description="Den største verdien som er mulig.")
    profile: tuple[Figure, ...] | None = Field(
        default=None,
        strict=False,
        min_length=1,
        description="Hvert års verdi som en faktor av nøkkelen, fra år 0 til horisonten; 1 i alle "
        "år om ikke oppgitt.",
    )
    unit: str | None = Field(default=None, description="Enheten, for lesere.")
    per: Per | None = Field(default=None, description="For en pris: kroner per hva.")
    hour_definition: HourDefinition | None = Field(
        default=None, description="For en pris per time: paid (betalt) eller direct (hos mottaker)."
    )
    price_year: int | None = Field(
        default=None, ge=1990, le=2100, description="Året kronene er fra; ellers året i starts_on."
    )
    starts_on: date | None = Field(
        default=None,
        strict=False,
        description="Første dag verdien gjelder. Uten dato gir nøkkelen ingen kroner.",
    )
    ends_on: date | None = Field(
        default=None, strict=False, description="Første dag verdien ikke lenger gjelder."
    )
    origin: str | None = Field(
        default=None, description="Kilden. Uten kilde gir nøkkelen ingen kroner."
    )
    owner: str | None = Field(default=None, description="Hvem som svarer for verdien.")
    estimated: bool = Field(default=False, description="true når verdien er anslått.")
    derivation: str | None = Field(default=None, description="Hvordan det anslåtte er utledet.")

    def misfits(self) -> list[str]:
        return [*self._values_amiss(), *self._provenance_amiss()]

    @property
    def distribution(self) -> Pert | None:
        """What it is drawn from; None where it is not documented."""
        if self.value is not None:
            return Pert(minimum=self.value, mode=self.value, maximum=self.value)
        if self.minimum is None or self.mode is None or self.maximum is None:
            return None
        return Pert(minimum=self.minimum, mode=self.mode, maximum=self.maximum)

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest that it can be in any year; 0 where it is not documented."""
        told = (self.minimum, self.maximum) if self.value is None else (self.value,)
        profile = self.profile or (1.0,)
        found = [end * factor for end in told if end is not None for factor in profile]
        return (min(found), max(found)) if found else (0.0, 0.0)

    @property
    def in_kroner_of(self) -> int | None:
        """The year its kroner are from."""
        return self.price_year or (self.starts_on.year if self.starts_on else None)

    def lacks(self, role: Role) -> list[str]:
        """What is missing before it may give kroner, in bokmål; nothing when it may."""
        found = {
            "verdi": self.distribution is None,
            "dato (starts_on)": self.starts_on is None,
            "kilde (origin)": not (self.origin or "").strip(),
            "enhet (per)": role == "price" and self.per is None,
            "timebegrep (hour_definition)": role == "price"
            and self.per == "hour"
            and self.hour_definition is None,
        }
        return [what for what, missing in found.items() if missing]

    def _values_amiss(self) -> list[str]:
        told = [name for name in _THREE if getattr(self, name) is not None]
        if self.value is not None and told:
            return [f"value kan ikke stå sammen med {', '.join(told)}"]
        if told and len(told) < len(_THREE):
            return [f"mangler {', '.join(name for name in _THREE if name not in told)}"]
        if not told:
            return []
        least, likely, most = (getattr(self, name) for name in _THREE)
        if least <= likely <= most:
            return []
        three = "; ".join(plain(value) for value in (least, likely, most))
        return [f"minimum, mode og maximum må stige, og er {three}"]

    def _provenance_amiss(self) -> list[str]:
        problems = []
        if self.estimated and not (self.derivation or "").strip():
            problems.append("estimated er true, men derivation sier ikke hvordan")
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            problems.append("ends_on er ikke etter starts_on")
        return problems
