"""EPJ against supplier: how many each has, how many only one has, and by role who they are.

The counts come from the publication. The names come from the pipeline, for
those who follow up the unit, with a purpose, and are logged before they are shown.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from vft.access import scope, thresholds
from vft.disclosure.cell import Cell, State
from vft.web import book, norwegian, sentences
from vft.web.book import INDICATOR, NOW, Slice, Unit
from vft.web.charts.trend import Point
from vft.web.misread import Field, misread
from vft.web.purpose import PurposeForm
from vft.web.shown import Shown

_BOTH, _EPJ, _SUPPLIER = "concurrent", "vedtak_only", "device_only"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One unit: in both registers, and in one of them only."""

    unit: Unit
    both: Cell
    only_epj: Cell
    only_supplier: Cell
    may_see: bool

    @property
    def may_open(self) -> bool:
        """Whether there are names to show, to a reader who may see them."""
        nobody = all(cell.value == 0 for cell in (self.only_epj, self.only_supplier))
        return self.may_see and not nobody

    @property
    def epj(self) -> str:
        """Everyone in the EPJ."""
        return _sum(self.both, self.only_epj)

    @property
    def supplier(self) -> str:
        """Everyone at the supplier."""
        return _sum(self.both, self.only_supplier)


def page(request: HttpRequest) -> HttpResponse:
    """The registers beside each other, unit by unit, for one service."""
    scope.require(request.user, scope.DELIVERIES)
    shown = Shown(
        book.current(), scope.visible_units(request.user), threshold=thresholds.small_cells()
    )
    service = _service(request, shown)
    lines, month = _lines(request, shown, service)
    field = Field(label=_("Tjeneste"), key=service.key, name=service.name)
    context = {
        "services": shown.book.services,
        "service": service,
        "lines": lines,
        "month": month,
        "publication": shown.book,
        "misread": misread(request.GET.dict(), {"tjeneste": field}),
    }
    return render(request, "web/holdings_registers.html", context)


@require_http_methods(["GET", "POST"])
@sensitive_variables("people")
def names(request: HttpRequest, service: str, grouping: str, code: str) -> HttpResponse:
    """Who differs, for one who follows up the unit: the purpose first, then the names."""
    here = book.current()
    unit = here.named(grouping, code, NOW)
    of = here.slices.get(f"service:{service}")
    if unit is None or of is None:
        raise Http404
    scope.require(request.user, scope.DISCREPANCIES, here.lineage(unit))
    scope.require(request.user, scope.PERSONS, here.lineage(unit))
    form = PurposeForm(request.POST if request.method == "POST" else None)
    people: Any = None
    if request.method == "POST" and form.is_valid():
        people = _people(request, unit, here.lineage(unit), of, form.cleaned_data["purpose"])
    context = {"form": form, "unit": unit, "service": of, "people": people}
    answer = render(request, "web/holdings_names.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _people(
    request: HttpRequest, unit: Unit, lineage: tuple[str, ...], of: Slice, purpose: str
) -> Any:
    from vft.pipeline import registers
    from vft.web.uploads import home

    return registers.differences(
        home(),
        grouping=unit.grouping,
        unit=unit.code,
        service=of.code,
        by=request.user,  # type: ignore[arg-type] # logged in: the scope was asked
        role=scope.role_used(request.user, lineage),
        purpose=purpose,
    )


def _service(request: HttpRequest, shown: Shown) -> Slice:
    chosen = shown.book.slices.get(request.GET.get("tjeneste", ""))
    if chosen is not None and chosen.kind == "service":
        return chosen
    if not shown.book.services:
        raise Http404
    return shown.book.services[0]


def _lines(request: HttpRequest, shown: Shown, service: Slice) -> tuple[list[Line], str]:
    """The municipality, then its districts, at the newest complete month."""
    top = shown.book.municipality
    districts = shown.book.children("district", NOW)
    series = {m: _series(shown, m, service, districts) for m in (_BOTH, _EPJ, _SUPPLIER)}
    month = sentences.newest(series[_BOTH][top.code])
    found = []
    for unit in [top, *districts]:
        cells = [_at(series[m][unit.code], month) for m in (_BOTH, _EPJ, _SUPPLIER)]
        lineage = shown.book.lineage(unit)
        found.append(
            Line(
                unit=unit,
                both=cells[0],
                only_epj=cells[1],
                only_supplier=cells[2],
                may_see=scope.may(request.user, scope.DISCREPANCIES, lineage)
                and scope.may(request.user, scope.PERSONS, lineage),
            )
        )
    return [line for line in found if line.both.state is not State.MISSING], month


def _series(
    shown: Shown, measure: str, service: Slice, districts: list[Unit]
) -> dict[str, list[Point]]:
    top = shown.book.municipality
    whole = shown.series(
        top, measure=shown.book.measures[INDICATOR][measure], of=service, geography=NOW
    )
    return {
        top.code: whole,
        **shown.beside(
            districts, measure=shown.book.measures[INDICATOR][measure], of=service, geography=NOW
        ),
    }


def _at(points: list[Point], month: str) -> Cell:
    missing = Cell(value=None, state=State.MISSING)
    return next((p.cell for p in points if p.month == month), missing)


def _sum(one: Cell, other: Cell) -> str:
    """Hidden where either part is, which it would otherwise give away."""
    if one.value is not None and other.value is not None:
        return norwegian.cell(replace(one, value=one.value + other.value))
    unseen = one if one.value is None else other
    return norwegian.cell(unseen)
