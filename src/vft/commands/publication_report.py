"""One publication, or two beside each other, as the terminal shows them."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vft.commands.terminal import console, moment, show_table, written
from vft.errors import VftError
from vft.publication.read import Publication
from vft.report.states import BRIEFLY
from vft.tables import ALL
from vft.tables.norwegian import decimal, in_sentence

if TYPE_CHECKING:
    from vft.pipeline.home import Home
    from vft.publication.read import Correction, Figure, Geography, Measure

#: Corrections shown before the rest is only counted.
_SHOWN = 20
_GEOGRAPHIES: "dict[Geography, str]" = {"then": "som den gang", "now": "som nå"}
_COLUMNS = ("Måned", "Hva", "Enhet", "Geografi", "Før", "Nå")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which figures of a publication are asked for. None: the first measure, the newest month."""

    indicator: str
    measure: str | None
    month: str | None


def show_publication(home: "Home", *, number: int | None, asked: Asked) -> None:
    """One measure by slice and unit in a month, what it was computed from, what was corrected.

    Raises:
        NothingPublished: there is no such publication.
        VftError: it has no such indicator, measure or month.
    """
    from vft.publication import shelf

    folder = home.publications
    path = shelf.path(folder, number) if number is not None else None
    with closing(Publication.open(path) if path else Publication.latest(folder)) as found:
        measure, month = _measure(found, asked), _month(found, asked.month)
        console().print(
            f"Publisering {found.number}, {moment(found.created_at)}, av datalagerets tilstand "
            f"{found.meta['manifest']}, med versjon {found.meta['code_version']} av koden."
        )
        for grouping in found.groupings():
            _show_grouping(found, grouping.code, grouping.name, measure, month)
        _show_corrections(found)
        console().print("\nIndikatorer: " + ", ".join(i.code for i in found.indicators()))


def show_difference(home: "Home", *, earlier: int, later: int, indicator: str | None) -> None:
    """What differs between two publications, and which of the lake's tables changed.

    Raises:
        NothingPublished: one of them is not there.
        VftError: the first is the newer, or one of them has no such indicator.
    """
    from vft.publication import difference, shelf

    if earlier > later:
        raise VftError(
            f"Publisering {earlier} er nyere enn {later}. Skriv den eldste først: "
            f"vft publication diff {later} {earlier}."
        )
    paths = [shelf.path(home.publications, number) for number in (earlier, later)]
    found = difference.between(*paths, indicator=indicator)
    with closing(Publication.open(paths[0])) as before, closing(Publication.open(paths[1])) as now:
        for publication in (before, now) if indicator else ():
            _measures(publication, str(indicator))
        console().print(
            f"Fra publisering {earlier}, {moment(before.created_at)}, til publisering {later}, "
            f"{moment(now.created_at)}."
        )
        changed = [t for t, v in now.inputs.items() if before.inputs.get(t) != v and t in ALL]
        console().print(_because(changed, before.meta["code_version"], now.meta["code_version"]))
        if not found:
            console().print("Ingen tall som begge har, er ulike.")
            return
        _show_changes(f"{written(len(found))} tall er ulike", found, _Names.of(now))


def _because(tables: Sequence[str], code_before: str, code_now: str) -> str:
    told = ", ".join(sorted(in_sentence(ALL[t].title) for t in tables))
    inputs = f"Endret i grunnlaget: {told}." if tables else "Ingenting er endret i grunnlaget."
    if code_before == code_now:
        return inputs
    code = f"{code_before} → {code_now}"
    return f"{inputs} Tallene er også regnet med en annen versjon av koden: {code}."


def _measures(found: Publication, indicator: str) -> "dict[str, Measure]":
    measures = {m.code: m for m in found.measures(indicator)}
    if not measures:
        known = ", ".join(i.code for i in found.indicators())
        raise VftError(
            f"Publisering {found.number} har ingen indikator «{indicator}». Den har: {known}."
        )
    return measures


def _measure(found: Publication, asked: Asked) -> "Measure":
    measures = _measures(found, asked.indicator)
    if asked.measure is None:
        return next(iter(measures.values()))
    if asked.measure not in measures:
        known = ", ".join(measures)
        raise VftError(f"Indikatoren har ikke tallet «{asked.measure}». Den har: {known}.")
    return measures[asked.measure]


def _month(found: Publication, asked: str | None) -> str:
    months = found.months()
    if asked is not None and asked not in months:
        raise VftError(f"Måneden «{asked}» er ikke publisert. Det er {months[0]} til {months[-1]}.")
    return asked or max(found.complete_months(), default=months[-1])


def _show_grouping(
    found: Publication, grouping: str, name: str, measure: "Measure", month: str
) -> None:
    slices = [s for s in found.slices_of(measure.indicator) if s[0] != "group"]
    by_slice = {
        of: found.by_unit(
            measure.indicator, measure.code, of, grouping=grouping, month=month, geography="then"
        )
        for of in slices
    }
    figures = {(f.unit, of): f for of, of_slice in by_slice.items() for f in of_slice}
    units = [u for u in found.units(grouping, "then") if (u.code, slices[0]) in figures]
    show_table(
        f"\n{measure.title} ({measure.unit}) {month}: {in_sentence(name)}",
        (name, *(code.split(":")[-1] if kind != "total" else "alle" for kind, code in slices)),
        ((u.name, *(_cell(figures[u.code, of], measure) for of in slices)) for u in units),
    )


def _cell(figure: "Figure", measure: "Measure") -> int | str:
    if figure.value is None:
        return BRIEFLY[figure.state]
    return decimal(figure.value, measure.decimals) if measure.decimals else round(figure.value)


def _show_corrections(found: Publication) -> None:
    count = found.size("correction")
    if not count:
        console().print("\nIngen tall er rettet siden forrige publisering.")
        return
    title = f"\n{written(count)} tall er rettet siden forrige publisering"
    _show_changes(title, found.corrections(limit=_SHOWN), _Names.of(found), count=count)
    changed = [in_sentence(ALL[t].title) for t in found.changed_inputs if t in ALL]
    if changed:
        console().print(f"Endret i grunnlaget siden da: {', '.join(changed)}.")


def _show_changes(
    title: str, found: "Iterable[Correction]", names: "_Names", *, count: int | None = None
) -> None:
    listed = list(found)
    show_table(title, _COLUMNS, (names.line(c) for c in listed[:_SHOWN]))
    rest = (len(listed) if count is None else count) - _SHOWN
    if rest > 0:
        console().print(f"… og {written(rest)} til.")


@dataclass(frozen=True, kw_only=True)
class _Names:
    """What codes are called."""

    units: dict[tuple[str, str], str]
    slices: dict[tuple[str, str], str]
    measures: "dict[tuple[str, str], Measure]"

    @classmethod
    def of(cls, found: Publication) -> "_Names":
        return cls(
            units={
                (grouping.code, u.code): u.name
                for grouping in found.groupings()
                for geography in _GEOGRAPHIES
                for u in found.units(grouping.code, geography)
            },
            slices={(s.kind, s.code): s.name for s in found.slices()},
            measures={
                (i.code, m.code): m for i in found.indicators() for m in found.measures(i.code)
            },
        )

    def line(self, c: "Correction") -> tuple[str, ...]:
        """A correction, by code where this publication no longer has the name."""
        return (
            c.month,
            self._what(c),
            self.units.get((c.grouping, c.unit), c.unit),
            _GEOGRAPHIES[c.geography],
            self._figure(c, c.before),
            self._figure(c, c.after),
        )

    def _what(self, c: "Correction") -> str:
        slice_ = self.slices.get((c.slice_kind, c.slice), c.slice)
        measure = self.measures.get((c.indicator, c.measure))
        return f"{slice_}: {in_sentence(measure.title) if measure else c.measure}"

    def _figure(self, c: "Correction", value: float | None) -> str:
        measure = self.measures.get((c.indicator, c.measure))
        return "" if value is None else decimal(value, measure.decimals if measure else 0)
