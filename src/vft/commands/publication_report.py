"""One publication, as the terminal shows it."""

from typing import TYPE_CHECKING

from vft.commands.terminal import console, show_table, written

if TYPE_CHECKING:
    from vft.pipeline.home import Home
    from vft.publication.read import Correction, Figure, Publication

_INDICATOR, _MEASURE = "concurrent_users", "concurrent"
#: Corrections shown before the rest is only counted.
_SHOWN = 20


def show_publication(home: "Home", *, number: int | None, month: str | None) -> None:
    """Concurrent users by service and unit in a month, then what was corrected.

    Raises:
        NothingPublished: there is no such publication.
    """
    from vft.publication.read import Publication

    folder = home.publications
    found = Publication.open(folder / f"{number}.duckdb") if number else Publication.latest(folder)
    month = month or max(found.complete_months(), default=found.months()[-1])
    made = f"{found.created_at:%d.%m.%Y %H:%M}"
    console().print(
        f"Publisering {found.number}, {made}, av lakens tilstand {found.meta['manifest']}."
    )
    for grouping in found.groupings():
        _show_grouping(found, grouping.code, grouping.name, month)
    _show_corrections(found.corrections())


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
    return figure.value if figure.value is not None else _STATES[figure.state]


_STATES = {"missing": "mangler", "not_documented": "ikke dok."}


def _show_corrections(corrections: "list[Correction]") -> None:
    if not corrections:
        console().print("\nIngen tall er rettet siden forrige publisering.")
        return
    show_table(
        f"\n{written(len(corrections))} tall er rettet siden forrige publisering",
        ("Måned", "Enhet", "Tjeneste", "Hva", "Geografi", "Før", "Nå"),
        (
            (c.month, c.unit, c.slice, c.measure, c.geography, c.before, c.after)
            for c in corrections[:_SHOWN]
        ),
    )
    if len(corrections) > _SHOWN:
        console().print(f"… og {written(len(corrections) - _SHOWN)} til.")
