"""A case as it is told: what was done before and after, for one recipient or a group.

What is not documented is null. A count, a price or a cost that is null gives null wherever it is
needed, never 0.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from vft.benefits.frequency import DaysPerYear, Period
from vft.benefits.full_time import HOURS_PER_FTE
from vft.benefits.unit_price import HourDefinition, Strict, TimeOfDay, UnitPrice, spelt_out

Kind = Literal[
    "visits", "night_checks", "alarms", "hours", "items", "institution_days", "institution_places"
]
AppliesTo = Literal["each_recipient", "group"]
Perspective = Literal["capacity", "own_budget", "elsewhere"]
LadderStep = Literal["potential", "planned", "measured"]

Count = Annotated[float, Field(ge=0, le=1e9)]
Minutes = Annotated[float, Field(ge=0, le=1e6)]
Kilometres = Annotated[float, Field(ge=0, le=1e5)]
Kroner = Annotated[float, Field(ge=0, le=1e12)]
Price = Annotated[
    UnitPrice, BeforeValidator(spelt_out, json_schema_input_type=UnitPrice | str | float)
]

#: What a reader is told that the kinds are.
KINDS: dict[str, str] = {
    "visits": "besøk",
    "night_checks": "tilsyn om natten",
    "alarms": "alarmer",
    "hours": "timer",
    "items": "stykk",
    "institution_days": "døgn i institusjon",
    "institution_places": "plasser i institusjon",
}
#: The kinds that take time: so many, so many minutes each, perhaps so far to drive.
TIMED: frozenset[str] = frozenset({"visits", "night_checks", "alarms"})
INSTITUTION: frozenset[str] = frozenset({"institution_days", "institution_places"})
_OF_TIMED = ("minutes", "travel_minutes", "km")


def _counted(value: Any) -> Any:
    """``4`` is short for ``{"count": 4}``."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {"count": value} if is_number else value


class Activity(Strict):
    """What was done on one side, before or after. What it leaves out, the line says for both."""

    count: Count | None = Field(
        description="Hvor mange per periode; null når det ikke er dokumentert.", examples=[4]
    )
    per: Period | None = Field(
        default=None, description="Perioden antallet gjelder.", examples=["day"]
    )
    minutes: Minutes | None = Field(default=None, description="Minutter hver gang.", examples=[26])
    travel_minutes: Minutes | None = Field(
        default=None, description="Reiseminutter hver gang, når minutes er uten reise."
    )
    km: Kilometres | None = Field(default=None, description="Kilometer kjørt hver gang.")


Side = Annotated[Activity, BeforeValidator(_counted, json_schema_input_type=Activity | float)]


class AlsoStated(Strict):
    """Another reading in the same source: a contradiction, told with both figures."""

    before: Side = Field(description="Før, i den andre lesningen.")
    after: Side = Field(description="Etter, i den andre lesningen.")
    quote: str | None = Field(default=None, description="Kildens ord.", examples=["fire til to"])


class Line(Strict):
    """One kind of activity, before and after."""

    id: str | None = Field(
        default=None, min_length=1, description="Linjens navn i resultatet; ellers line-1, line-2 …"
    )
    title: str | None = Field(default=None, description="Hva linjen er, for lesere.")
    kind: Kind = Field(
        description="visits: besøk. night_checks: tilsyn om natten. alarms: alarmer som håndteres. "
        "hours: antallet er timer (for eksempel assistenter). items: hva som helst med en pris per "
        "stykk (for eksempel drosjeturer). institution_days: døgn i institusjon. "
        "institution_places: plasser holdt hele året."
    )
    before: Side | None = Field(
        description="Før: et objekt, et tall (bare antallet), eller null (ikke dokumentert)."
    )
    after: Side | None = Field(description="Etter: som før.")
    per: Period | None = Field(
        default=None, description="Perioden for begge sider, der siden ikke sier noe annet."
    )
    minutes: Minutes | None = Field(
        default=None,
        description="Minutter hver gang for begge sider, der siden ikke sier noe annet.",
    )
    minutes_include_travel: bool | None = Field(
        default=None,
        description="Om minutes er med reise (true) eller uten (false); null når det ikke er sagt.",
    )
    travel_minutes: Minutes | None = Field(
        default=None, description="Reiseminutter hver gang, i tillegg til minutes."
    )
    km: Kilometres | None = Field(default=None, description="Kilometer kjørt hver gang.")
    price: Price | None = Field(
        default=None,
        description="Prisen: et objekt, koden til en pris, eller null (ikke dokumentert). Et tall "
        "alene er en pris uten dato og kilde, og gir ingen kroner.",
    )
    km_price: Price | None = Field(
        default=UnitPrice(price="state-km"),
        description="Pris per kilometer; statens sats ved start om ikke annet er sagt.",
    )
    hour_definition: HourDefinition | None = Field(
        default=None,
        description="Hva linjens timer er: paid (betalte) eller direct (hos mottakeren).",
    )
    time_of_day: TimeOfDay | None = Field(
        default=None,
        description="Når på døgnet; velger pris og fordeler timene. night_checks er night om "
        "ikke annet er sagt.",
    )
    applies_to: AppliesTo = Field(
        default="each_recipient",
        description="each_recipient: antallet er for hver mottaker. group: for alle til sammen.",
    )
    perspective: Perspective | None = Field(
        default=None, description="Sakens perspektiv om ikke annet er sagt; legges aldri sammen."
    )
    also_stated: AlsoStated | None = Field(
        default=None, description="En annen lesning i samme kilde: begge tall vises."
    )
    origin: str | None = Field(default=None, description="Hvor antallene er hentet fra.")

    @property
    def when(self) -> TimeOfDay:
        """The time of day, also where it follows from the kind."""
        return self.time_of_day or ("night" if self.kind == "night_checks" else "any")

    def of(self, side: Activity | None, name: str) -> Any:
        """A side's own period, minutes or kilometres, else the line's for both sides."""
        own = getattr(side, name, None)
        return getattr(self, name) if own is None else own

    def misfits(self) -> list[str]:
        return [*self._without_period(), *self._out_of_place(), *self._travel_twice()]

    def _sides(self) -> list[tuple[str, Activity]]:
        also = self.also_stated
        named = [("before", self.before), ("after", self.after)]
        if also is not None:
            named += [("also_stated.before", also.before), ("also_stated.after", also.after)]
        return [(name, side) for name, side in named if side is not None]

    def _without_period(self) -> list[str]:
        if self.kind == "institution_places":
            return []
        return [
            f"{name} mangler per: hvor ofte, for eksempel day, week eller month"
            for name, side in self._sides()
            # none is none whatever the period
            if side.count and self.of(side, "per") is None
        ]

    def _out_of_place(self) -> list[str]:
        unfit = () if self.kind in TIMED else (*_OF_TIMED, "minutes_include_travel")
        if self.kind == "institution_places":
            unfit = (*unfit, "per")
        given = [name for name in unfit if getattr(self, name) is not None]
        given += [
            f"{where}.{name}"
            for where, side in self._sides()
            for name in unfit
            if getattr(side, name, None) is not None
        ]
        return [f"{name} hører ikke til {self.kind}" for name in given]

    def _travel_twice(self) -> list[str]:
        given = self.travel_minutes is not None or any(
            side.travel_minutes is not None for _, side in self._sides()
        )
        if not (given and self.minutes_include_travel):
            return []
        return ["travel_minutes kan ikke stå når minutes_include_travel er true: reisen er alt med"]


class Cost(Strict):
    """What the technology costs: once (start-up), or again and again (running); below 0: income."""

    title: str | None = Field(default=None, description="Hva det er.", examples=["Leie"])
    amount: Annotated[float, Field(ge=-1e12, le=1e12)] | None = Field(
        description="Kroner for én, under 0 for tilskudd og egenbetaling; null når det ikke er "
        "dokumentert.",
        examples=[350],
    )
    count: Count = Field(default=1.0, description="Hvor mange à amount.")
    applies_to: AppliesTo = Field(
        default="each_recipient",
        description="each_recipient: for hver mottaker. group: for alle til sammen.",
    )
    perspective: Perspective | None = Field(default=None, description="Som for linjer.")
    price_year: int | None = Field(
        default=None, ge=1990, le=2100, description="Året kronene er fra."
    )
    origin: str | None = Field(default=None, description="Kilden.")


class RunningCost(Cost):
    """A cost of every year."""

    per: Period = Field(default="year", description="Hvor ofte beløpet betales.")


class Redeployment(Strict):
    """How far up the ladder the benefit has come, beyond what activity shows."""

    step: LadderStep | None = Field(
        default=None, description="Hva før og etter er: potential, planned eller measured."
    )
    redeployed_hours: Count | None = Field(
        default=None, description="Timer per år som er omsatt; null når det ikke er dokumentert."
    )
    redeployed_nok: Kroner | None = Field(
        default=None, description="Kroner per år som er omsatt; null når det ikke er dokumentert."
    )
    budgeted_nok: Kroner | None = Field(
        default=None, description="Kroner per år som er tatt inn i budsjettet; null som over."
    )


class NonPricedEffect(Strict):
    """An effect without a price, on a fixed scale beside the present value, never inside it."""

    title: str = Field(description="Virkningen.", examples=["Tryggere om natten"])
    score: int | None = Field(ge=1, le=6, description="1 (svakest) til 6 (best); null: ikke målt.")
    origin: str | None = Field(default=None, description="Hvem som har målt, og når.")


class Case(Strict):
    """A case: before and after, for a recipient or a group, with what the technology costs."""

    title: str | None = Field(
        default=None, description="Sakens navn.", examples=["Digitalt tilsyn for ni mottakere"]
    )
    recipients: Annotated[float, Field(gt=0, le=1e7)] | None = Field(
        default=1.0, description="Antall mottakere; null når det ikke er dokumentert."
    )
    additive: bool = Field(
        default=False,
        description="true når tjenesten kommer i tillegg og ikke erstatter noe: 0 timer frigjort, "
        "bare kostnad.",
    )
    days_per_year: DaysPerYear = Field(
        default=365, description="Dager i året: 365, eller 360 (12 måneder à 30 dager)."
    )
    hours_per_fte: Annotated[float, Field(gt=0, le=8784)] = Field(
        default=HOURS_PER_FTE, description="Timer i et årsverk: 1668.5, eller 1695 eller 1750."
    )
    start: date | None = Field(
        default=None,
        strict=False,
        description="Første dag; velger priser.",
        examples=["2021-01-01"],
    )
    horizon_years: Annotated[float, Field(gt=0, le=100)] | None = Field(
        default=None, description="Antall år det regnes over. Uten det: ingen sum og nåverdi."
    )
    discount_rate: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.04, description="Real kalkulasjonsrente per år."
    )
    need_growth: Annotated[float, Field(gt=-1, le=1)] = Field(
        default=0.0,
        description="Real vekst i behovet per år, før og etter: nullalternativet er dagens "
        "situasjon framskrevet.",
    )
    residual_value: Kroner | None = Field(
        default=None, description="Restverdi i kroner ved slutten av perioden, om noen regnes."
    )
    price_year: int | None = Field(
        default=None,
        ge=1990,
        le=2100,
        description="Regn alle kroner om til dette året med kommunal deflator; null: som de er.",
    )
    perspective: Perspective = Field(
        default="capacity",
        description="capacity: verdien av frigjort kapasitet. own_budget: kommunens budsjett. "
        "elsewhere: andre deler av det offentlige. Summer gjelder dette perspektivet; linjer i "
        "andre vises for seg.",
    )
    prices: tuple[UnitPrice, ...] = Field(
        default=(),
        strict=False,
        description="Sakens egne priser, som linjene viser til med koden (price).",
    )
    lines: tuple[Line, ...] = Field(default=(), strict=False, description="Aktivitet før og etter.")
    running_costs: tuple[RunningCost, ...] | None = Field(
        default=None,
        strict=False,
        description="Det teknologien koster hvert år; [] når den ikke koster noe, null når det "
        "ikke er dokumentert.",
    )
    start_up_costs: tuple[Cost, ...] | None = Field(
        default=None, strict=False, description="Det den koster én gang; [] og null som over."
    )
    ladder: Redeployment = Field(
        default=Redeployment(), description="Hvor langt gevinsten er kommet."
    )
    non_priced_effects: tuple[NonPricedEffect, ...] = Field(
        default=(), strict=False, description="Virkninger uten pris."
    )

    @model_validator(mode="before")
    @classmethod
    def _named(cls, told: Any) -> Any:
        """Name the lines that have no name of their own by their place."""
        if not isinstance(told, dict) or not isinstance(told.get("lines"), list | tuple):
            return told
        lines = [
            {**line, "id": f"line-{place}"}
            if isinstance(line, dict) and line.get("id") is None
            else line
            for place, line in enumerate(told["lines"], start=1)
        ]
        return {**told, "lines": lines}

    def misfits(self) -> list[str]:
        names = [line.id for line in self.lines]
        twice = sorted({str(name) for name in names if names.count(name) > 1})
        return [f"flere linjer har samme id: {', '.join(twice)}"] if twice else []
