"""Figures for files: those asked for, as the reader may see them, with what they need to be read.

Every figure comes through :class:`~vft.web.shown.Shown`, as on screen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from math import prod

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vft.errors import VftError
from vft.publication.read import Geography, Indicator, Measure
from vft.report.dataset import Category, Cells, Dataset, Dimension, Role
from vft.report.definition import Definition
from vft.report.states import State
from vft.tables.period import first_day, last_day
from vft.web import norwegian
from vft.web.book import NOW, THEN, Book, Slice, Unit
from vft.web.charts.trend import Point
from vft.web.shared import is_for_sharing
from vft.web.shown import Shown

GEOGRAPHIES: dict[Geography, str | Promise] = {
    NOW: gettext_lazy("Som nå"),
    THEN: gettext_lazy("Som den gang"),
}
#: More would keep a server busy for long, and a spreadsheet longer.
MOST_CELLS = 200_000


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which figures of one indicator. Every combination is given: none of these is empty."""

    indicator: Indicator
    measures: tuple[Measure, ...]
    slices: tuple[Slice, ...]
    units: tuple[Unit, ...]
    geographies: tuple[Geography, ...]
    months: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many figures there are."""
        parts = (self.measures, self.slices, self.units, self.geographies, self.months)
        return prod(len(part) for part in parts)


def code_of(here: Book, unit: Unit) -> str:
    """What a unit is called among all of them: a group by its grouping too."""
    return here.lineage(unit)[0]


def dataset(shown: Shown, asked: Asked) -> Dataset:
    """The figures, in order of measure, slice, unit, geography and month.

    Raises:
        VftError: there are more than a file should hold.
    """
    if asked.size > MOST_CELLS:
        raise VftError(
            _(
                "Utvalget har %(size)s tall, og en fil har høyst %(most)s. Ingen fil er laget. "
                "Velg færre enheter, tjenester eller måneder."
            )
            % {"size": norwegian.number(asked.size), "most": norwegian.number(MOST_CELLS)}
        )
    here = shown.book
    points = list(_points(shown, asked))
    return Dataset(
        name=_name(here, asked),
        title=_title(asked),
        source=_("%(municipality)s, VFT") % {"municipality": _municipality(here)},
        municipality=_municipality(here),
        publication=here.number,
        published_at=here.created_at,
        dimensions=_dimensions(here, asked),
        cells=Cells.of(
            [p.cell.value for p in points],
            [p.cell.state.value for p in points],
            [p.complete for p in points],
        ),
        definitions=(_definition(here, asked.indicator),),
        filters=_filters(asked),
        notes=(*_sharing(shown, asked), *_notes(here, asked, points)),
    )


def _points(shown: Shown, asked: Asked) -> Iterator[Point]:
    places = [shown.book.months.index(month) for month in asked.months]
    for measure, of in product(asked.measures, asked.slices):
        series = _series(shown, asked, measure, of)
        for unit, geography in product(asked.units, asked.geographies):
            of_unit = series[unit.grouping, unit.code, geography]
            yield from (of_unit[place] for place in places)


def _series(
    shown: Shown, asked: Asked, measure: Measure, of: Slice
) -> dict[tuple[str, str, Geography], list[Point]]:
    """Every month of each unit: one question a grouping and geography."""
    in_order = sorted(asked.units, key=lambda unit: unit.grouping)
    groupings = {g: list(us) for g, us in groupby(in_order, key=lambda unit: unit.grouping)}
    return {
        (grouping, code, geography): points
        for (grouping, units), geography in product(groupings.items(), asked.geographies)
        for code, points in shown.beside(units, measure=measure, of=of, geography=geography).items()
    }


def _dimensions(here: Book, asked: Asked) -> tuple[Dimension, ...]:
    measures = tuple(
        Category(code=m.code, label=m.title, unit=m.unit, decimals=m.decimals)
        for m in asked.measures
    )
    geographies = ((key, str(GEOGRAPHIES[key])) for key in asked.geographies)
    months = ((month, norwegian.month(month)) for month in asked.months)
    units = ((code_of(here, unit), unit.name) for unit in asked.units)
    slices = ((of.key, of.name) for of in asked.slices)
    return (
        Dimension(id="measure", label=_("Mål"), categories=measures, role=Role.METRIC),
        _dimension("slice", _("Utvalg"), slices),
        _dimension("unit", _("Enhet"), units, Role.GEO),
        _dimension("geography", _("Geografi"), geographies),
        _dimension("month", _("Måned"), months, Role.TIME),
    )


def _dimension(
    name: str, label: str, told: Iterable[tuple[str, str]], role: Role | None = None
) -> Dimension:
    categories = tuple(Category(code=code, label=text) for code, text in told)
    return Dimension(id=name, label=label, categories=categories, role=role)


def _definition(here: Book, indicator: Indicator) -> Definition:
    told = here.definitions[indicator.code]
    return Definition.read({"id": indicator.code, "title": indicator.title} | told)


def _municipality(here: Book) -> str:
    return here.publication.meta["municipality"]


def _name(here: Book, asked: Asked) -> str:
    parts = [asked.indicator.title]
    parts += [asked.slices[0].code] if len(asked.slices) == 1 else []
    parts.append(code_of(here, asked.units[0]))
    return "_".join(slug for part in parts if (slug := slugify(part)))


def _title(asked: Asked) -> str:
    told = {
        "what": asked.indicator.title,
        "slices": norwegian.listed([of.name for of in asked.slices]),
        "months": _span([norwegian.month(month) for month in asked.months], "–"),
    }
    return _("%(what)s: %(slices)s, %(months)s") % told


def _span(months: Sequence[str], dash: str) -> str:
    """The first and the last, or the only one."""
    return dash.join(dict.fromkeys([months[0], months[-1]]))


def _filters(asked: Asked) -> tuple[tuple[str, str], ...]:
    geographies = [str(GEOGRAPHIES[key]) for key in asked.geographies]
    return (
        (_("Indikator"), asked.indicator.title),
        (_("Mål"), ", ".join(measure.title for measure in asked.measures)),
        (_("Utvalg"), ", ".join(of.name for of in asked.slices)),
        (_("Enheter"), ", ".join(unit.name for unit in asked.units)),
        (_("Geografi"), ", ".join(geographies)),
        (_("Måneder"), _span(asked.months, " – ")),
    )


def _sharing(shown: Shown, asked: Asked) -> Iterator[str]:
    """Whether the file may be handed on."""
    if is_for_sharing(shown):
        yield _("Små tall er skjult for alle enheter: filen kan deles.")
    elif any(shown.is_own(unit) for unit in asked.units):
        yield _("Egne enheters små tall er vist som de er: filen skal ikke deles videre.")


def _notes(here: Book, asked: Asked, points: list[Point]) -> Iterator[str]:
    """What a reader of the figures must know and cannot see from them."""
    at_end = [m.title for m in asked.measures if m.at_month_end]
    during = [m.title for m in asked.measures if not m.at_month_end]
    if at_end:
        yield _("Per siste dag i måneden: %(what)s.") % {"what": ", ".join(at_end)}
    if during:
        yield _("I løpet av måneden: %(what)s.") % {"what": ", ".join(during)}
    incomplete = sorted({p.month for p in points if not p.complete})
    if incomplete:
        months = norwegian.listed([norwegian.month(month) for month in incomplete])
        yield _("Ikke komplett, og ingen nedgang: %(months)s.") % {"months": months}
    if any(p.cell.state is State.SUPPRESSED for p in points):
        yield _("Noen tall er skjult for den som hentet filen.")
    if here.definitions[asked.indicator.code].get("descriptive"):
        yield _("Tallene er beskrivende: gruppene er ulike i mer enn det som sammenlignes.")
    yield from _breaks(here, asked)


def _breaks(here: Book, asked: Asked) -> list[str]:
    """Known breaks of the first unit in the months asked for, each once."""
    first, last = first_day(asked.months[0]), last_day(asked.months[-1])
    found = (a for of in asked.slices for a in here.annotations(of, asked.units[0]))
    told = (
        f"{norwegian.day(a.starts_on)}: {a.text}" for a in found if first <= a.starts_on <= last
    )
    return list(dict.fromkeys(told))
