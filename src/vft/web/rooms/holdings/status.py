"""How fresh the sources are, and whether any month is thin."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vft.access import scope
from vft.pipeline.holdings import MonthOfSource
from vft.web import book, held
from vft.web.norwegian import alphabetical

_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Line:
    """A source and its months; None where it delivered nothing in a month."""

    title: str
    months: list[MonthOfSource | None]


def page(request: HttpRequest) -> HttpResponse:
    """The room's first page."""
    scope.require(request.user, scope.DELIVERIES)
    rows = held.completeness()
    months = sorted({row.month for row in rows})[-_MONTHS:]
    loaded = [d for d in held.deliveries() if d.status == "loaded"]
    context = {
        "freshness": sorted(held.freshness(), key=lambda f: alphabetical(f.source_title)),
        "months": months,
        "lines": _lines(rows, months),
        "bad": sum(d.rows_bad for d in loaded),
        "read": sum(d.rows_read for d in loaded),
        "files": sum(d.rows_bad > 0 for d in loaded),
        "publication": book.newest(),
    }
    return render(request, "web/holdings.html", context)


def _lines(rows: Iterable[MonthOfSource], months: list[str]) -> list[Line]:
    by_source: dict[str, dict[str, MonthOfSource]] = {}
    for row in rows:
        by_source.setdefault(row.source_title, {})[row.month] = row
    return [
        Line(title=title, months=[found.get(m) for m in months])
        for title, found in sorted(by_source.items(), key=lambda line: alphabetical(line[0]))
    ]
