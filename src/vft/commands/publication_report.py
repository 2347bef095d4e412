"""One publication, as the terminal shows it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vft.commands.terminal import console, moment, show_table, written

if TYPE_CHECKING:
    from vft.pipeline.home import Home
    from vft.publication.read import Correction, Figure, Geography, Publication

_INDICATOR, _MEASURE = "concurrent_users", "concurrent"
#: Corrections shown before the rest is only counted.
_SHOWN = 20


def show_publication(home: "Home", *, number: int | None, month: str | None) -> None:
    """Concurrent users by service and unit in a month, then what was corrected.

    Raises:
        NothingPublished: there is no such publication.
    """
    from vft.publication import shelf
    from vft.publication.read import Publication

    folder = home.publications
    if number is None:
        found = Publication.latest(folder)
    else:
        found = Publication.open(shelf.path(folder, number))
    month = month or max(found.complete_months(), default=found.months()[-1])
    console().print(
        f"Publisering {found.number}, {moment(found.created_at)}, "
        f"av datalagerets tilstand {found.meta['manifest']}."
    )
    for grouping in found.groupings():
        _show_grouping(found, grouping.code, grouping.name, month)
    _show_corrections(found)


def _show_grouping(found: "Publication", grouping: str, name: str, month: str) -> None:
    services = [s for s in found.slices() if s.kind == "service"]
    figures = {
        (f.unit, s.code): f
        for s in services
        for f in found.by_unit(
            _INDICATOR, _MEASURE, (s.kind, s.code), grouping=grouping, month=month, geography="then"
        )
    }
    units = [u for u in found.units(grouping, "then") if (u.code, services[0].code) in figures]
    show_table(
        f"\nSamtidige brukere {month}: {name.lower()}",
        (name, *(s.code for s in services)),
        ((u.name, *(_cell(figures[u.code, s.code]) for s in services)) for u in units),
    )


def _cell(figure: "Figure") -> int | str:
    return round(figure.value) if figure.value is not None else _STATES[figure.state]


_STATES = {"missing": "mangler", "not_documented": "ikke dok.", "undefined": "ingen"}


_GEOGRAPHIES: "dict[Geography, str]" = {"then": "som den gang", "now": "som nå"}


def _show_corrections(found: "Publication") -> None:
    count = found.size("correction")
    if not count:
        console().print("\nIngen tall er rettet siden forrige publisering.")
        return
    names = _Names.of(found)
    show_table(
        f"\n{written(count)} tall er rettet siden forrige publisering",
        ("Måned", "Hva", "Enhet", "Geografi", "Før", "Nå"),
        (
            (
                c.month,
                names.what(c),
                names.units.get((c.grouping, c.unit), c.unit),
                _GEOGRAPHIES[c.geography],
                c.before,
                c.after,
            )
            for c in found.corrections(limit=_SHOWN)
        ),
    )
    if count > _SHOWN:
        console().print(f"… og {written(count - _SHOWN)} til.")


@dataclass(frozen=True, kw_only=True)
class _Names:
    """What codes are called."""

    units: dict[tuple[str, str], str]
    slices: dict[tuple[str, str], str]
    measures: dict[str, str]

    @classmethod
    def of(cls, found: "Publication") -> "_Names":
        return cls(
            units={
                (grouping.code, u.code): u.name
                for grouping in found.groupings()
                for geography in _GEOGRAPHIES
                for u in found.units(grouping.code, geography)
            },
            slices={(s.kind, s.code): s.name for s in found.slices()},
            measures={m.code: m.title for m in found.measures(_INDICATOR)},
        )

    def what(self, c: "Correction") -> str:
        """Slice and measure, by code where this publication no longer has them."""
        slice_ = self.slices.get((c.slice_kind, c.slice), c.slice)
        return f"{slice_}: {self.measures.get(c.measure, c.measure).lower()}"
