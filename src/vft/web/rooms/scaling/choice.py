"""What a reader has asked to see, read from the address and written back to it.

An address that names something unknown shows the nearest thing that is there, and the page says
so: see :mod:`vft.web.misread`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vft.publication.read import Geography, Indicator, Measure
from vft.web.book import INDICATOR, MUNICIPALITY, NOW, THEN, Book, Slice, Unit
from vft.web.charts.trend import Point
from vft.web.misread import Field
from vft.web.shown import Shown

#: Periods that can be chosen, in months; 0 is everything.
SPANS = {
    "12": _("Siste 12 måneder"),
    "24": _("Siste 2 år"),
    "36": _("Siste 3 år"),
    "0": _("Alt"),
}
GEOGRAPHIES: dict[str, tuple[Geography, Promise]] = {
    "naa": (NOW, _("Som nå")),
    "da": (THEN, _("Som den gang")),
}
#: What a unit is compared with when nothing is asked for.
_BELOW = {MUNICIPALITY: "district"}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The filters of the room."""

    book: Book
    indicator: Indicator
    of: Slice
    unit: Unit
    comparison: str
    measure: Measure
    geography_key: str
    span: str

    @classmethod
    def read(cls, query: Mapping[str, str], shown: Shown) -> "Choice":
        """Read an address."""
        here = shown.book
        geography_key = _known(query.get("geografi"), GEOGRAPHIES, "naa")
        geography = GEOGRAPHIES[geography_key][0]
        grouping, _sep, code = query.get("enhet", "").partition(":")
        unit = here.named(grouping, code, geography) or shown.home(geography)
        indicator = _known(query.get("indikator"), here.indicators, INDICATOR)
        slices, measures = here.slices_of(indicator), here.measures[indicator]
        usual = _BELOW.get(unit.grouping, unit.grouping)
        return cls(
            book=here,
            indicator=here.indicators[indicator],
            of=slices[_known(query.get("utvalg"), slices, next(iter(slices)))],
            unit=unit,
            comparison=_known(query.get("sammenlign"), _parts(here), usual),
            measure=measures[_known(query.get("maal"), measures, next(iter(measures)))],
            geography_key=geography_key,
            span=_known(query.get("periode"), SPANS, "36"),
        )

    @property
    def fields(self) -> dict[str, Field]:
        """The filters as they stand, by the name each has in an address."""
        unit = f"{self.unit.grouping}:{self.unit.code}"
        held: dict[str, tuple[Promise, str, str | Promise]] = {
            "indikator": (_("Indikator"), self.indicator.code, self.indicator.title),
            "utvalg": (_("Tjeneste"), self.of.key, self.of.name),
            "enhet": (_("Enhet"), unit, self.unit.name),
            "sammenlign": (_("Sammenlign"), self.comparison, self.comparison_name),
            "maal": (_("Mål"), self.measure.code, self.measure_title),
            "geografi": (_("Geografi"), self.geography_key, GEOGRAPHIES[self.geography_key][1]),
            "periode": (_("Periode"), self.span, SPANS[self.span]),
        }
        return {n: Field(label=label, key=key, name=name) for n, (label, key, name) in held.items()}

    @property
    def query(self) -> str:
        """The filters as an address: what is shown, whatever was asked for."""
        return urlencode({name: field.key for name, field in self.fields.items()})

    @property
    def is_gone(self) -> bool:
        """Whether the unit is of the other geography only, so that nothing can be shown of it."""
        return (self.unit.grouping, self.unit.code) not in self.book.units[self.geography]

    @property
    def other_geography(self) -> "Choice":
        """The same, in the other geography."""
        return replace(self, geography_key=next(k for k in GEOGRAPHIES if k != self.geography_key))

    @property
    def comparison_name(self) -> str:
        """What the units of the comparison are."""
        return self.book.groupings.get(self.comparison, "")

    @property
    def geography(self) -> Geography:
        """Then or now."""
        return GEOGRAPHIES[self.geography_key][0]

    @property
    def measure_title(self) -> str:
        """The measure, as it is written on screen."""
        return self.measure.title

    @property
    def measures(self) -> dict[str, Measure]:
        """The indicator's measures, by code."""
        return self.book.measures[self.indicator.code]

    @property
    def months(self) -> list[str]:
        """The months chosen, oldest first."""
        return self.book.months[-int(self.span) :]

    def within(self, points: list[Point]) -> list[Point]:
        """The months chosen of a series."""
        return points[-int(self.span) :]

    @property
    def compared_units(self) -> list[Unit]:
        """The units of the comparison: a district's own parts, else all of the grouping."""
        inside = self.book.children(self.comparison, self.geography, parent=self.unit.code)
        return inside or self.book.children(self.comparison, self.geography)

    @property
    def unit_options(self) -> list[tuple[str, list[Unit]]]:
        """The units that can be chosen, by the name of their grouping."""
        units = [*self.book.units[self.geography].values(), *([self.unit] if self.is_gone else [])]
        return [
            (name, [u for u in units if u.grouping == grouping])
            for grouping, name in self.book.groupings.items()
        ]

    @property
    def slice_options(self) -> list[tuple[Promise, list[Slice]]]:
        """The slices that can be chosen, by kind."""
        kinds = {
            "service": _("Tjenester"),
            "group": _("Rapporteringsgrupper"),
            "total": _("Samlet"),
        }
        slices = self.book.slices_of(self.indicator.code).values()
        return [(name, [s for s in slices if s.kind == kind]) for kind, name in kinds.items()]

    @property
    def geography_options(self) -> list[tuple[str, Promise]]:
        """The two geographies."""
        return [(key, title) for key, (_geography, title) in GEOGRAPHIES.items()]

    @property
    def span_options(self) -> list[tuple[str, Promise]]:
        """The periods."""
        return list(SPANS.items())

    @property
    def comparison_options(self) -> list[tuple[str, str]]:
        """The groupings to compare within."""
        return [(c, name) for c, name in self.book.groupings.items() if c != MUNICIPALITY]


def _parts(here: Book) -> list[str]:
    """What units may be compared within: all but the municipality, which is one."""
    return [code for code in here.groupings if code != MUNICIPALITY]


def _known(asked: str | None, known: Collection[str], otherwise: str) -> str:
    if asked in known:
        return str(asked)
    return otherwise if otherwise in known else next(iter(known), otherwise)
