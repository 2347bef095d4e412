"""What there are figures of: indicators, services, units and months."""

from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from vft.publication.read import Geography, Indicator, Measure
from vft.web.api import reading
from vft.web.api.interface import OTHERWISE, api
from vft.web.api.paging import Page, Window, cut
from vft.web.book import NOW, Book
from vft.web.cube import code_of

GEOGRAPHY = "now: enhetene som nå. then: enhetene som de var den gang."


class MeasureItem(Schema):
    """Ett av tallene som en indikator består av."""

    code: str
    title: str
    kind: Literal["count", "amount", "share", "rate", "quantity"]
    unit: str = Field(description="Måleenheten.")
    decimals: int
    better: Literal["higher", "lower", "neither"]
    numerator: str = Field(description="Målet som er teller, for andeler og rater.")
    denominator: str = Field(description="Målet som er nevner, for andeler og rater.")
    basis: str = Field(description="Målet som teller dem tallet hviler på.")
    at_month_end: bool = Field(description="Gjelder månedens siste dag, ellers hele måneden.")


class IndicatorItem(Schema):
    """En indikator."""

    code: str
    title: str
    family: str
    question: str = Field(description="Spørsmålet den svarer på.")


class IndicatorDetail(IndicatorItem):
    """En indikator med definisjonen den ble publisert med."""

    why: str
    numerator: str
    denominator: str
    unit: str
    better: str
    adds_over_units: bool | None = Field(description="Om delene av en enhet summerer til den.")
    adds_over_time: bool | None = Field(description="Om månedene summerer til år.")
    descriptive: bool = Field(description="Sammenligner grupper som er ulike i mer enn det.")
    owner: str
    checker: str
    next_review: date | None
    sources: list[str]
    assumptions: list[str]
    measures: list[MeasureItem]
    slices: list[str] = Field(description="Utvalgene den er gitt for, som slice.")


class SliceItem(Schema):
    """Et utvalg: en tjeneste, en rapporteringsgruppe eller alt samlet."""

    slice: str = Field(description="Slag og kode, som service:TA.")
    kind: str
    code: str
    name: str


class GroupingItem(Schema):
    """Et nivå i geografien, eller en gruppering ved siden av."""

    code: str
    name: str
    kind: Literal["level", "grouping"]


class UnitItem(Schema):
    """En organisatorisk enhet."""

    unit: str = Field(description="Koden; foran koden til en gruppe står grupperingen.")
    grouping: str
    name: str
    parent: str | None = Field(description="Enheten over.")


class Where(Schema):
    """Hvilke enheter."""

    grouping: str | None = Field(None, description="Bare enhetene i denne grupperingen.")
    geography: Geography = Field(NOW, description=GEOGRAPHY)


class MonthItem(Schema):
    """En måned det er tall for."""

    month: str
    complete: bool = Field(description="Om dataene når til slutten av måneden.")


@api.get(
    "/indicators",
    response={200: Page[IndicatorItem], **OTHERWISE},
    operation_id="indicators",
    url_name="indicators",
    summary="Indikatorene det er tall for",
)
def indicators(request: HttpRequest, window: Query[Window]) -> dict[str, Any]:
    """I rekkefølgen de vises."""
    here = reading.shown(request).book
    return cut(request, [*here.indicators.values()], window, publication=here.number)


@api.get(
    "/indicators/{indicator}",
    response={200: IndicatorDetail, **OTHERWISE},
    operation_id="indicator",
    url_name="indicator",
    summary="En indikator med definisjon",
)
def indicator(request: HttpRequest, indicator: str) -> dict[str, Any]:
    """Definisjonen er den som gjaldt da tallene ble publisert."""
    here = reading.shown(request).book
    return _detail(here, named(here, indicator))


@api.get(
    "/slices",
    response={200: Page[SliceItem], **OTHERWISE},
    operation_id="slices",
    url_name="slices",
    summary="Utvalgene: tjenester, rapporteringsgrupper og samlet",
)
def slices(request: HttpRequest, window: Query[Window]) -> dict[str, Any]:
    """Hvilke av dem en indikator er gitt for, står ved indikatoren."""
    here = reading.shown(request).book
    rows = [
        {"slice": key, "kind": of.kind, "code": of.code, "name": of.name}
        for key, of in here.slices.items()
    ]
    return cut(request, rows, window, publication=here.number)


@api.get(
    "/groupings",
    response={200: Page[GroupingItem], **OTHERWISE},
    operation_id="groupings",
    url_name="groupings",
    summary="Nivåer og grupperinger av enheter",
)
def groupings(request: HttpRequest, window: Query[Window]) -> dict[str, Any]:
    """Nivåene ligger i hverandre; grupperingene ligger ved siden av."""
    here = reading.shown(request).book
    return cut(request, here.publication.groupings(), window, publication=here.number)


@api.get(
    "/units",
    response={200: Page[UnitItem], **OTHERWISE},
    operation_id="units",
    url_name="units",
    summary="Enhetene",
)
def units(request: HttpRequest, window: Query[Window], where: Query[Where]) -> dict[str, Any]:
    """I grupperingenes rekkefølge."""
    here = reading.shown(request).book
    rows = [
        {
            "unit": code_of(here, unit),
            "grouping": unit.grouping,
            "name": unit.name,
            "parent": unit.parent or None,
        }
        for unit in here.units[where.geography].values()
        if where.grouping in {None, unit.grouping}
    ]
    return cut(request, rows, window, publication=here.number)


@api.get(
    "/months",
    response={200: Page[MonthItem], **OTHERWISE},
    operation_id="months",
    url_name="months",
    summary="Månedene",
)
def months(request: HttpRequest, window: Query[Window]) -> dict[str, Any]:
    """Den eldste først."""
    here = reading.shown(request).book
    complete = set(here.publication.complete_months())
    rows = [{"month": month, "complete": month in complete} for month in here.months]
    return cut(request, rows, window, publication=here.number)


def named(here: Book, code: str) -> Indicator:
    """An indicator by its code.

    Raises:
        Http404: there is no such one.
    """
    found = here.indicators.get(code)
    if found is None:
        raise Http404(_("Det er ingen indikator «%(code)s».") % {"code": code[:60]})
    return found


def _detail(here: Book, of: Indicator) -> dict[str, Any]:
    told = here.definitions[of.code]
    texts = ("why", "numerator", "denominator", "unit", "better", "owner", "checker")
    return {
        **{name: str(told.get(name) or "") for name in texts},
        **{name: told.get(name) for name in ("adds_over_units", "adds_over_time", "next_review")},
        **{name: list(told.get(name) or []) for name in ("sources", "assumptions")},
        "descriptive": bool(told.get("descriptive")),
        "code": of.code,
        "title": of.title,
        "family": of.family,
        "question": of.question,
        "measures": [_measure(measure) for measure in here.measures[of.code].values()],
        "slices": list(here.slices_of(of.code)),
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {name: getattr(measure, name) for name in MeasureItem.model_fields}
