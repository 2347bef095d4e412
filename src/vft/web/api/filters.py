"""Which figures a question is about."""

from collections.abc import Collection, Iterable, Sequence
from typing import Annotated, TypeVar

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field, StringConstraints

from vft.publication.read import Geography, Indicator
from vft.web.api.lists import GEOGRAPHY
from vft.web.api.problem import NotUnderstood
from vft.web.book import NOW, Book, Unit
from vft.web.cube import Asked, code_of

T = TypeVar("T")
#: Nothing that we name is longer.
Name = Annotated[str, StringConstraints(max_length=120)]
Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
_MOST_NAMES = 500


class Filters(Schema):
    """Det som ikke er nevnt, er ikke avgrenset. Flere verdier gis ved å gjenta feltet."""

    measure: list[Name] = Field([], max_length=_MOST_NAMES, description="Mål.")
    slice: list[Name] = Field([], max_length=_MOST_NAMES, description="Utvalg, som service:TA.")
    grouping: list[Name] = Field([], max_length=_MOST_NAMES, description="Nivå eller gruppering.")
    unit: list[Name] = Field([], max_length=_MOST_NAMES, description="Enheter, som 030101.")
    geography: Geography = Field(NOW, description=GEOGRAPHY)
    shared: bool = Field(
        default=False, description="Skjul også egne enheters små tall, så svaret kan deles."
    )
    first_month: Month | None = Field(None, description="Fra og med måneden, som 2024-01.")
    last_month: Month | None = Field(None, description="Til og med måneden.")


def asked(here: Book, indicator: Indicator, filters: Filters) -> Asked:
    """The figures of an indicator that the filters leave; some part may be empty.

    Raises:
        NotUnderstood: a filter names something that this publication has nowhere, or the
            first month is after the last.
    """
    every_measure = {code for measures in here.measures.values() for code in measures}
    _require("measure", filters.measure, every_measure)
    _require("slice", filters.slice, here.slices)
    measures, slices = here.measures[indicator.code], here.slices_of(indicator.code)
    return Asked(
        indicator=indicator,
        measures=tuple(_chosen(measures.items(), filters.measure)),
        slices=tuple(_chosen(slices.items(), filters.slice)),
        units=_units(here, filters),
        geographies=(filters.geography,),
        months=_months(here, filters),
    )


def _units(here: Book, filters: Filters) -> tuple[Unit, ...]:
    there = [(code_of(here, unit), unit) for unit in here.units[filters.geography].values()]
    _require("grouping", filters.grouping, here.groupings)
    _require("unit", filters.unit, {code for code, _unit in there})
    units = _chosen(there, filters.unit)
    return tuple(u for u in units if not filters.grouping or u.grouping in filters.grouping)


def _months(here: Book, filters: Filters) -> tuple[str, ...]:
    first, last = filters.first_month or "", filters.last_month or "9999"
    if first > last:
        raise NotUnderstood("first_month", _("first_month er etter last_month."))
    return tuple(month for month in here.months if first <= month <= last)


def _chosen(known: Iterable[tuple[str, T]], wanted: Collection[str]) -> list[T]:
    """In the publication's order, all of them where none is named."""
    return [thing for name, thing in known if not wanted or name in wanted]


def _require(field: str, wanted: Sequence[str], known: Collection[str]) -> None:
    for name in wanted:
        if name not in known:
            raise NotUnderstood(field, _("Det er ingen «%(name)s».") % {"name": name[:60]})
