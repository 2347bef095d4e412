"""The figures themselves: as rows a page at a time, and one indicator's as a file."""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby, islice, product
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from vft.publication.read import Geography
from vft.report.formats import FORMATS
from vft.report.states import State
from vft.web import cube
from vft.web.api import reading
from vft.web.api.filters import Filters, Name, asked
from vft.web.api.interface import OTHERWISE, api
from vft.web.api.lists import named
from vft.web.api.paging import Page, Window, page
from vft.web.api.problem import NotUnderstood
from vft.web.book import Line
from vft.web.charts.trend import Point
from vft.web.cube import Asked, code_of
from vft.web.shared import as_anyone
from vft.web.shown import Shown


class FigureItem(Schema):
    """Ett tall, eller tilstanden som står i stedet for det."""

    indicator: str
    measure: str
    slice: str
    grouping: str
    unit: str
    geography: Geography
    month: str
    value: float | None = Field(description="Tallet; null når tilstanden ikke er value.")
    state: State = Field(description="value, eller hvorfor det ikke er noe tall.")
    complete: bool = Field(description="Om dataene når til slutten av måneden.")


class Wanted(Filters):
    """Filtrene, over alle indikatorer eller noen."""

    indicator: list[Name] = Field([], max_length=100, description="Indikatorer.")


@api.get(
    "/figures",
    response={200: Page[FigureItem], **OTHERWISE},
    operation_id="figures",
    url_name="figures",
    summary="Tall, en rad for hvert",
)
def figures(request: HttpRequest, wanted: Query[Wanted], window: Query[Window]) -> dict[str, Any]:
    """Etter indikator, mål, utvalg, enhet og måned, i rekkefølgen de vises."""
    shown = _seen(request, wanted)
    here = shown.book
    codes = wanted.indicator or list(here.indicators)
    parts = [asked(here, named(here, code), wanted) for code in dict.fromkeys(codes)]
    rows = _rows(shown, parts, window)
    count = sum(part.size for part in parts)
    return page(request, rows, window, count=count, publication=here.number)


def _seen(request: HttpRequest, filters: Filters) -> Shown:
    found = reading.shown(request)
    return as_anyone(found) if filters.shared else found


def _rows(shown: Shown, parts: Sequence[Asked], window: Window) -> list[dict[str, Any]]:
    """The rows of the window. Only series that reach into it are read."""
    months = parts[0].months if parts else ()
    if not months:
        return []
    first = window.offset // len(months)
    skipped = window.offset - first * len(months)
    last = -(-(window.offset + window.limit) // len(months))
    every = chain.from_iterable(_lines(part) for part in parts)
    found = chain.from_iterable(_read(shown, islice(every, first, last), parts[0]))
    return list(islice(found, skipped, skipped + window.limit))


def _lines(part: Asked) -> Iterator[Line]:
    return (Line(*found) for found in product(part.measures, part.slices, part.units))


def _read(shown: Shown, lines: Iterator[Line], part: Asked) -> Iterator[list[dict[str, Any]]]:
    """The rows of each line; one question for those of an indicator."""
    (geography,) = part.geographies
    for _indicator, together in groupby(lines, key=lambda line: line.measure.indicator):
        asked = list(together)
        found = shown.lines(asked, geography=geography, months=part.months)
        for line, points in zip(asked, found, strict=True):
            told = _told(shown, line, geography)
            yield [told | _cell(point) for point in points]


def _told(shown: Shown, line: Line, geography: Geography) -> dict[str, Any]:
    return {
        "indicator": line.measure.indicator,
        "measure": line.measure.code,
        "slice": line.of.key,
        "grouping": line.unit.grouping,
        "unit": code_of(shown.book, line.unit),
        "geography": geography,
    }


def _cell(point: Point) -> dict[str, Any]:
    return {
        "month": point.month,
        "value": point.cell.value,
        "state": point.cell.state,
        "complete": point.complete,
    }


#: What the contract says of a file: JSON-stat is an object, the others are bytes.
_FILES = {
    found.media_type.partition(";")[0]: {"schema": {"type": kind}}
    for found, kind in ((f, "object" if f.ending == "json" else "string") for f in FORMATS.values())
}


@api.get(
    "/indicators/{indicator}/figures.{ending}",
    response={200: None, **OTHERWISE},
    operation_id="file",
    url_name="file",
    summary="Tallene til en indikator som fil",
    openapi_extra={"responses": {200: {"content": _FILES}}},
)
def file(
    request: HttpRequest,
    response: HttpResponse,
    indicator: str,
    ending: Literal["csv", "xlsx", "json", "parquet"],
    filters: Query[Filters],
) -> HttpResponse:
    """CSV, Excel, JSON-stat 2 eller Parquet: samme tall og samme tilstander i alle."""
    shown = _seen(request, filters)
    wanted = asked(shown.book, named(shown.book, indicator), filters)
    if not wanted.size:
        raise NotUnderstood("unit", _("Ingen tall passer til alle filtrene."))
    dataset, as_ = cube.dataset(shown, wanted), FORMATS[ending]
    response.content = as_.write(dataset)
    response["Content-Type"] = as_.media_type
    response["Content-Disposition"] = f'attachment; filename="{dataset.name}.{ending}"'
    return response
