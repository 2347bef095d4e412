"""The load of a response service as its file tells it: alarms, who answers, and who goes out.

Three routing models: alarms straight to the home service (``service``), to the municipality's own
centre (``municipal_centre``), or to an external one that others use too (``external_centre``).
"""

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from vft.benefits.unit_price import Strict
from vft.simulation.calculation_key import CalculationKey
from vft.tables.norwegian import plain

HOURS = 24
Model = Literal["service", "municipal_centre", "external_centre"]
Minutes = Annotated[float, Field(gt=0, le=1440)]
Share = Annotated[float, Field(ge=0, le=1)]
Daily = Annotated[float, Field(ge=0, le=100_000)]
Weight = Annotated[float, Field(ge=0)]
Staff = Annotated[int, Field(ge=0, le=1000)]


def _all_day(value: Any) -> Any:
    """``2`` is short for two in every hour."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return (value,) * HOURS if is_number else value


Roster = Annotated[
    tuple[Staff, ...],
    BeforeValidator(_all_day, json_schema_input_type=int | tuple[Staff, ...]),
]


class Planned(Strict):
    """Work that is planned, and waits when alarms come."""

    title: str
    per_day: int = Field(ge=0, le=10_000, description="Antall per døgn, jevnt i tidsrommet.")
    minutes: Minutes = Field(description="Minutter hver, i gjennomsnitt.")
    from_hour: int = Field(default=0, ge=0, le=23)
    to_hour: int = Field(default=24, ge=1, le=24)

    def misfits(self) -> Iterable[str]:
        if self.to_hour <= self.from_hour:
            yield (
                f"to_hour ({self.to_hour}) må være etter from_hour ({self.from_hour}); del arbeid "
                "over midnatt i to"
            )


class Team(Strict):
    """Those who are on duty, and their planned work."""

    staff: Roster = Field(
        strict=False,
        description="Ansatte på vakt: ett tall for hele døgnet, eller 24 tall fra klokken 0.",
    )
    planned: tuple[Planned, ...] = Field(default=(), strict=False)
    interruptible: bool = Field(
        default=False, description="Om planlagt arbeid avbrytes når det kommer en alarm."
    )

    def misfits(self) -> Iterable[str]:
        if len(self.staff) != HOURS:
            yield f"staff må være ett tall eller {HOURS} tall, ikke {len(self.staff)}"
        elif not any(self.staff):
            yield "staff må være minst én i minst én time"


class Route(Strict):
    """One way for alarms to go."""

    model: Model
    title: str | None = None
    team: Team | None = Field(
        default=None, description="De som svarer; for service er det hjemmetjenesten."
    )
    answer_minutes: Minutes = Field(description="Minutter å besvare en alarm, i gjennomsnitt.")
    clarified_share: Share = Field(
        description="Avklaringsgrad: andelen som avklares av den som svarer, uten utrykning."
    )
    other_alarms_per_day: Daily = Field(
        default=0.0, description="Alarmer fra andre som samme senter svarer på."
    )
    price_per_alarm: CalculationKey | None = Field(
        default=None, description="Kroner per alarm; uten dato og kilde ingen kroner."
    )

    def misfits(self) -> Iterable[str]:
        if self.model == "service" and self.team is not None:
            yield "service har ikke eget team: hjemmetjenesten svarer (home_service)"
        if self.model != "service" and self.team is None:
            yield "team mangler: hvem svarer på alarmene?"
        least, _ = (0.0, 0.0) if self.price_per_alarm is None else self.price_per_alarm.ends
        if least < 0:
            yield f"price_per_alarm kan ikke være under 0, og er {plain(least)}"


class Locks(Strict):
    """Digital locks at the doors where staff go out."""

    share: Share = Field(description="Andelen av utrykningene som går til en dør med digital lås.")
    minutes_saved: Minutes = Field(description="Minutter spart per utrykning, uten nøkkelhenting.")


class ServiceLevel(Strict):
    """What is promised."""

    within_seconds: float = Field(ge=0, le=86_400)
    target: float = Field(default=0.9, ge=0, lt=1, description="Andelen som skal være besvart.")


class ResponseLoad(Strict):
    """A response service: its alarms, its routes, and the home service behind them."""

    title: str | None = None
    alarms_per_day: Daily
    hourly_profile: tuple[Weight, ...] | None = Field(
        default=None,
        strict=False,
        min_length=HOURS,
        max_length=HOURS,
        description="24 vekter, hvor mange alarmer hver time får i forhold til de andre; om ikke "
        "oppgitt en anslått døgnrytme med topp klokken 08–11.",
    )
    handling: Literal["exponential", "lognormal", "constant"] = Field(
        default="exponential", description="Hvordan minuttene varierer rundt gjennomsnittet."
    )
    variation: float = Field(
        default=1.0, gt=0, le=10, description="For lognormal: standardavvik delt på gjennomsnitt."
    )
    call_out_minutes: Minutes = Field(description="Minutter per utrykning, med reise og nøkler.")
    locks: Locks | None = None
    home_service: Team
    routes: tuple[Route, ...] = Field(strict=False)
    service_level: ServiceLevel
    days: int = Field(default=7, ge=1, le=366, description="Døgn som telles i hver gjentakelse.")
    replications: int = Field(default=20, ge=2, le=1000)

    @property
    def profile(self) -> tuple[float, ...]:
        """The share of a day's alarms that comes in each hour."""
        weights = packaged_profile() if self.hourly_profile is None else self.hourly_profile
        return tuple(weight / sum(weights) for weight in weights)

    def misfits(self) -> Iterable[str]:
        if self.hourly_profile is not None and not any(self.hourly_profile):
            yield "hourly_profile kan ikke være 0 i alle timer"
        if not self.routes:
            yield "routes: oppgi minst én måte å rute alarmene på"
        if self.locks is not None and self.locks.minutes_saved >= self.call_out_minutes:
            yield (
                f"locks.minutes_saved ({plain(self.locks.minutes_saved)}) må være kortere enn hele "
                f"utrykningen, call_out_minutes ({plain(self.call_out_minutes)})"
            )


@cache
def packaged_profile() -> tuple[float, ...]:
    """Weights of the 24 hours (``data/alarm_profile.csv``), estimated, with a peak at 08–11."""
    text = (files("vft.simulation") / "data" / "alarm_profile.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return tuple(float(row["weight"]) for row in rows)
