"""What a reader has asked to see, read from the address and written back to it.

An address that names something unknown shows the nearest thing that is there, and the page says
so: see :mod:`vft.web.misread`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vft.publication.read import Geography, Indicator, Measure
from vft.web import norwegian
from vft.web.book import INDICATOR, MUNICIPALITY, NOW, THEN, Book, Slice, Unit
from vft.web.charts.trend import Point
from vft.web.misread import Field
from vft.web.shown import Shown
from vft.web.wording import Wording

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
SLICE_KINDS: dict[str, Promise] = {
    "service": _("Tjenester"),
    "group": _("Rapporteringsgrupper"),
    "total": _("Samlet"),
    "everyone": _("Alle"),
    "product": _("Produkter"),
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
    other: Unit | None = None

    @classmethod
    def read(cls, query: Mapping[str, str], shown: Shown) -> "Choice":
        """Read an address."""
        here = shown.book
        geography_key = _known(query.get("geografi"), GEOGRAPHIES, "naa")
        geography = GEOGRAPHIES[geography_key][0]
        unit = _unit(here, query.get("enhet", ""), geography) or shown.home(geography)
        other = _unit(here, query.get("mot", ""), geography)
        indicator = _known(query.get("indikator"), here.indicators, INDICATOR)
        slices, measures = here.slices_of(indicator), here.measures[indicator]
        usual = _BELOW.get(unit.grouping, unit.grouping)
        return cls(
            book=here,
            indicator=here.indicators[indicator],
            of=slices[_known(query.get("utvalg"), slices, _usual_slice(indicator, slices))],
            unit=unit,
            comparison=_known(query.get("sammenlign"), _parts(here), usual),
            measure=measures[_known(query.get("maal"), measures, next(iter(measures)))],
            geography_key=geography_key,
            span=_known(query.get("periode"), SPANS, "36"),
            other=None if other == unit else other,
        )

    @property
    def fields(self) -> dict[str, Field]:
        """The filters as they stand, by the name each has in an address."""
        other = (self.other.key, self.other.name) if self.other else ("", _("Ingen"))
        held: dict[str, tuple[Promise, str, str | Promise]] = {
            "indikator": (_("Indikator"), self.indicator.code, self.indicator.title),
            "utvalg": (_("Tjeneste"), self.of.key, self.of.name),
            "enhet": (_("Enhet"), self.unit.key, self.unit.name),
            "mot": (_("Vis sammen med"), *other),
            "sammenlign": (_("Sammenlign"), self.comparison, self.comparison_name),
            "maal": (_("Mål"), self.measure.code, self.measure_title),
            "geografi": (_("Geografi"), self.geography_key, GEOGRAPHIES[self.geography_key][1]),
            "periode": (_("Periode"), self.span, SPANS[self.span]),
        }
        return {n: Field(label=label, key=key, name=name) for n, (label, key, name) in held.items()}

    @property
    def query(self) -> str:
        """The filters as an address: what is shown, whatever was asked for."""
        return urlencode({name: field.key for name, field in self.fields.items() if field.key})

    def with_(self, **changes: str) -> str:
        """The same address with some filters changed."""
        kept = {name: field.key for name, field in self.fields.items()} | changes
        return urlencode({name: key for name, key in kept.items() if key})

    def meant(self, query: Mapping[str, str]) -> dict[str, str]:
        """What was asked for, less what follows from having changed the indicator.

        One indicator's services and measures are not another's: a reader who goes from one to the
        other has not asked for something that is not there.
        """
        measures = {m for of in self.book.measures.values() for m in of}
        elsewhere = {"utvalg": self.book.slices, "maal": measures}
        here: dict[str, Collection[str]] = {
            "utvalg": self.book.slices_of(self.indicator.code),
            "maal": self.measures,
        }
        return {
            name: asked
            for name, asked in query.items()
            if name not in here or asked in here[name] or asked not in elsewhere[name]
        }

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
    def wording(self) -> Wording:
        """How the measure is written and spoken of."""
        return Wording.of(self.measure)

    @property
    def subject(self) -> str:
        """What the figures are of, first in a sentence: the measure, and of which service.

        Concurrent users are what one thinks of when a service is named, and so is everyone.
        """
        if self.measure == self.book.concurrent:
            return self.of.name
        if self.of.kind == "everyone":
            return self.measure.title
        return f"{self.measure.title}, {self.of.short}"

    @property
    def adds_over_units(self) -> bool:
        """Whether the parts of a unit sum to the unit."""
        return bool(self.book.definitions[self.indicator.code].get("adds_over_units"))

    @property
    def is_descriptive(self) -> bool:
        """Whether it compares groups that differ in more than what is compared."""
        return bool(self.book.definitions[self.indicator.code].get("descriptive"))

    def measured(self, what: str, month: str) -> str:
        """What was measured, and on which day or in which months, as the start of a sentence."""
        window = int(self.book.definitions[self.indicator.code].get("window", 1))
        told = {"what": what, "month": norwegian.month(month), "window": window}
        if window > 1:
            return gettext("%(what)s i de %(window)s månedene til og med %(month)s") % told
        # what happens in a month is counted where people live at its end, and yet in all of it
        is_flow = self.measure.independent or self.measure.kind == "amount"
        if self.measure.at_month_end and not is_flow:
            return gettext("%(what)s siste dag i %(month)s") % told
        return gettext("%(what)s i løpet av %(month)s") % told

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
        slices = self.book.slices_of(self.indicator.code).values()
        found = [(name, [s for s in slices if s.kind == k]) for k, name in SLICE_KINDS.items()]
        return [(name, members) for name, members in found if members]

    @property
    def has_slices(self) -> bool:
        """Whether there is a slice to choose."""
        return len(self.book.slices_of(self.indicator.code)) > 1

    @property
    def is_usual(self) -> bool:
        """Whether the filters that are seldom used stand as a reader is met with them."""
        usual = _BELOW.get(self.unit.grouping, self.unit.grouping)
        found = (self.comparison, self.geography_key, self.span, self.other)
        return found == (_known(usual, _parts(self.book), usual), "naa", "36", None)

    @property
    def indicator_options(self) -> list[tuple[str, list[Indicator]]]:
        """The indicators that can be chosen, by family."""
        known = self.book.indicators.values()
        families = dict.fromkeys(i.family for i in known)
        return [(family, [i for i in known if i.family == family]) for family in families]

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


def _usual_slice(indicator: str, slices: Mapping[str, Slice]) -> str:
    """What is shown when nothing is asked for: of users the first service, else everyone."""
    whole = [key for key, of in slices.items() if of.kind == "total"]
    return next(iter(slices if indicator == INDICATOR else [*whole, *slices]))


def _unit(here: Book, asked: str, geography: Geography) -> Unit | None:
    grouping, _sep, code = asked.partition(":")
    return here.named(grouping, code, geography)


def _known(asked: str | None, known: Collection[str], otherwise: str) -> str:
    if asked in known:
        return str(asked)
    return otherwise if otherwise in known else next(iter(known), otherwise)
