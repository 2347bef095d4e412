"""The room's figures as a file that a Norwegian spreadsheet opens: semicolons, with BOM."""

import csv
import io
from collections.abc import Iterator

from django.utils.text import slugify
from django.utils.translation import gettext as _

from vft.tables.period import last_day
from vft.web import norwegian
from vft.web.book import Unit
from vft.web.charts.trend import Point
from vft.web.rooms.scaling.choice import Choice
from vft.web.shown import Shown

#: A spreadsheet would take a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
#: Counted over the whole month; the others on its last day, which is the line's date.
_DURING_MONTH = "unique_in_month"


def content(shown: Shown, choice: Choice) -> bytes:
    """One line a unit and month: the chosen unit first, then those it is compared with."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_headings(choice))
    writer.writerows(_lines(shown, choice))
    return text.getvalue().encode("utf-8-sig")


def name(choice: Choice) -> str:
    """What the file is called."""
    parts = ("samtidige-brukere", slugify(choice.of.code), slugify(choice.unit.code))
    return f"{'_'.join(part for part in parts if part)}.csv"


def _headings(choice: Choice) -> list[str]:
    measures = (_measure(code, m.title) for code, m in choice.measures.items())
    first = (_("Per dato"), _("Utvalg"), _("Enhetskode"), _("Enhet"), _("Geografi"))
    return [*first, *measures, _("Komplett")]


def _measure(code: str, title: str) -> str:
    if code == _DURING_MONTH:
        title = _("%(measure)s (i løpet av måneden, ikke per dato)") % {"measure": title}
    return _safe(title)


def _lines(shown: Shown, choice: Choice) -> Iterator[list[str]]:
    how = {"of": choice.of, "geography": choice.geography}
    measures = list(choice.measures.values())
    alone = [shown.series(choice.unit, measure=m, **how) for m in measures]  # type: ignore[arg-type] # one of each
    yield from _unit(choice, choice.unit, alone)
    others = [u for u in choice.compared_units if u != choice.unit]
    if not others:
        return
    family = choice.compared_units
    beside = [shown.beside(family, measure=m, **how) for m in measures]  # type: ignore[arg-type] # one of each
    for unit in others:
        yield from _unit(choice, unit, [series[unit.code] for series in beside])


def _unit(choice: Choice, unit: Unit, series: list[list[Point]]) -> Iterator[list[str]]:
    for month in zip(*(choice.within(points) for points in series), strict=True):
        yield [
            norwegian.day(last_day(month[0].month)),
            _safe(choice.of.name),
            _safe(unit.code),
            _safe(unit.name),
            str(dict(choice.geography_options)[choice.geography_key]),
            *(_figure(point) for point in month),
            _("ja") if month[0].complete else _("nei"),
        ]


def _figure(point: Point) -> str:
    """A bare number for a spreadsheet to add, or which of the other states it is."""
    value = point.cell.value
    return norwegian.cell(point.cell) if value is None else str(value)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
