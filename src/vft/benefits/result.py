"""What a case comes to: a year's amounts unless the name says otherwise; null: not documented."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from vft.benefits.case import Kind, LadderStep, NonPricedEffect, Perspective
from vft.benefits.documented import Number
from vft.benefits.unit_price import FoundIn, HourDefinition, TimeOfDay

Payback = Literal["paid_back", "at_once", "never", "not_documented"]
Step = LadderStep | Literal["net_of_costs", "redeployed", "budgeted"]


class _Result(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Quantities(_Result):
    """So much a year."""

    visits: Number = Field(description="Besøk og tilsyn per år.")
    alarms: Number = Field(description="Alarmer per år.")
    hours: Number = Field(description="Timer per år.")
    km: Number = Field(description="Kilometer per år.")
    institution_days: Number = Field(description="Døgn i institusjon per år.")
    nok: Number = Field(description="Kroner per år.")


class LineQuantities(Quantities):
    """So much a year of one line; ``count`` is in the line's own unit."""

    count: Number = Field(description="Antall per år i linjens egen enhet.")
    activity_nok: Number = Field(description="Kroner per år uten kjøring: den ene delen av nok.")
    km_nok: Number = Field(
        description="Kroner per år for kjøring, den andre delen; null også når linjen ikke sier "
        "noe om kjøring, og da er nok bare den første."
    )


class PriceUsed(_Result):
    """The price that gave kroner, and what it was before it was deflated."""

    price: str | None
    title: str | None
    value: float = Field(description="Kroner per enhet, i sakens prisår.")
    stated_value: float = Field(description="Kroner per enhet, slik prisen er oppgitt.")
    stated_price_year: int = Field(description="Året de oppgitte kronene er fra.")
    per: str
    hour_definition: HourDefinition | None
    price_year: int
    starts_on: date
    ends_on: date | None
    origin: str
    owner: str | None
    found_in: FoundIn = Field(
        description="line: skrevet på linjen. case: fra sakens «prices». lake: kommunens egen, fra "
        "datalageret. packaged: følger med."
    )


class LineResult(_Result):
    """One line: before, after, and what is avoided."""

    id: str
    title: str | None
    kind: Kind
    perspective: Perspective
    time_of_day: TimeOfDay
    before: LineQuantities
    after: LineQuantities
    avoided: LineQuantities
    fte: Number = Field(description="Årsverk: frigjorte timer delt på årsverkets timer.")
    other_reading: LineQuantities | None = Field(
        description="Spart når linjen leses slik kilden også sier, eller kan ha ment; null når den "
        "bare kan leses på én måte."
    )
    reduction: Number = Field(description="Andelen antallet falt med: (før − etter) / før.")
    price: PriceUsed | None
    km_price: PriceUsed | None
    undocumented: tuple[str, ...] = Field(description="Hva som mangler, og hvorfor, på bokmål.")


class Missing(_Result):
    """A total that some line does not document."""

    quantity: str
    lines: tuple[str, ...]


class Totals(_Result):
    """All lines of one perspective together. A total with an undocumented part is null.

    ``documented`` is the sum of the parts that are known, ``undocumented`` names the lines with
    others. Of a line whose driving has no price, the rest of its kroner is known.
    """

    before: Quantities
    after: Quantities
    avoided: Quantities
    fte: Number
    per_recipient: Quantities = Field(description="Unngått per år, delt på antall mottakere.")
    hours_by_time_of_day: dict[TimeOfDay, Number]
    documented: Quantities
    undocumented: tuple[Missing, ...]


class Sum(_Result):
    """Gross benefit, costs, and what is left, kroner."""

    gross: Number
    costs: Number
    net: Number


class Year(Sum):
    """One year; ``net_present`` is its net in the value of the first."""

    year: int
    share_of_year: float
    net_present: Number


class Economy(_Result):
    """What it is worth. Freed time is not money until it is redeployed and budgeted."""

    gross_per_year: Number
    running_costs_per_year: Number
    start_up_costs: Number
    net_per_year: Number = Field(description="Brutto uten det løpende; oppstart er ikke med.")
    first_year: Sum
    later_years: Sum = Field(description="År 2, og hvert år etter når behovet ikke vokser.")
    horizon_years: Number
    horizon: Sum = Field(description="Udiskontert sum over årene.")
    discount_rate: float
    present_value: Sum = Field(description="Nåverdi; første år diskonteres ikke.")
    years: tuple[Year, ...]
    payback: Payback
    payback_years: Number
    undocumented: tuple[str, ...] = Field(description="Hva som mangler for kronene, på bokmål.")


class Exclusive(_Result):
    """The figure without double counting: either the institution or the care at home."""

    avoided: Quantities
    fte: Number
    economy: Economy
    less_than_stated_nok: Number = Field(description="Forskjellen fra saken som oppgitt, per år.")


class Warned(_Result):
    """Something a reader must know before she uses the figures."""

    code: str
    message: str
    lines: tuple[str, ...] = ()
    figures: dict[str, Number] = {}


class LadderRung(_Result):
    """One step of the ladder, its own figure."""

    step: Step
    hours: Number
    nok: Number


class CaseResult(_Result):
    """The case's figures, with the assumptions they rest on."""

    title: str | None
    recipients: Number
    days_per_year: int
    hours_per_fte: float
    start: date | None
    price_year: int | None
    need_growth: float
    perspective: Perspective
    lines: tuple[LineResult, ...]
    total: Totals
    other_perspectives: dict[Perspective, Totals] = Field(
        description="Virkninger sett fra andre; legges aldri til totalen."
    )
    economy: Economy
    exclusive: Exclusive | None = Field(
        description="Ved dobbelttelling: tallet der nullalternativet er enten institusjon eller "
        "hjemmetjeneste."
    )
    ladder: tuple[LadderRung, ...]
    non_priced_effects: tuple[NonPricedEffect, ...]
    warnings: tuple[Warned, ...]
