"""The municipality's own reference tables: units and their changes, groupings, keys, prices."""

from datetime import date

import numpy as np
import pyarrow as pa

from vft.sources.invented.config import NEVER, Way
from vft.sources.invented.delimited import Delimited
from vft.sources.invented.registers import EXCHANGE_DAYS
from vft.sources.invented.world import World

_OLD, _OLDEST = 80, 85
_COUNTED = 2024  # the last year that was counted; later ones are projected
_LEVELS = {"municipality": "kommune", "district": "bydel", "part_district": "delbydel"}
_CHANGES = {
    "merge": "sammenslåing",
    "split": "deling",
    "move": "flytting",
    "rename": "navneendring",
}


def write(world: World) -> None:
    """Write all of them."""
    for file, table in (
        ("enheter.csv", _units(world)),
        ("enhetsendringer.csv", _successions(world)),
        ("grupperinger.csv", _groupings(world)),
        ("rapporteringsgrupper.csv", _reporting_groups()),
        ("fordelingsnøkler.csv", _keys(world)),
        ("folkemengde.csv", _population(world)),
        ("enhetspriser.csv", _prices()),
        ("merknader.csv", _annotations(world)),
    ):
        if table.num_rows:
            with Delimited(world.exports / file) as out:
                out.write(table)


def _columns(rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(rows)


def _units(world: World) -> pa.Table:
    return _columns(
        [
            {
                "kode": u.code,
                "navn": u.name,
                "nivå": _LEVELS[u.level],
                "overordnet": u.parent,
                "fra_dato": u.starts_on,
                "til_dato": u.ends_on,
            }
            for u in world.geography.units
        ]
    )


def _successions(world: World) -> pa.Table:
    return _columns(
        [
            {
                "tidligere_enhet": s.predecessor,
                "ny_enhet": s.successor,
                "endret_dato": s.changed_on,
                "endring": _CHANGES[s.kind],
            }
            for s in world.geography.successions
        ]
    )


def _groupings(world: World) -> pa.Table:
    return _columns(
        [
            {
                "gruppering": m.grouping[0],
                "grupperingens_navn": m.grouping[1],
                "gruppe": _slug(m.group),
                "gruppens_navn": m.group,
                "enhet": m.unit,
                "fra_dato": m.starts_on,
                "til_dato": m.ends_on,
            }
            for m in world.geography.memberships
        ]
    )


def _slug(name: str) -> str:
    """A code in ASCII for a group: «St. Hanshaugen (fadder)» is ``st_hanshaugen``."""
    return name.partition(" (")[0].lower().translate(str.maketrans("æøå ", "aoa_", "."))


def _reporting_groups() -> pa.Table:
    return _columns(
        [
            {"gruppe": "alarmer", "gruppens_navn": "Alarmer med GPS-alarm (TP3)", "tjeneste": code}
            for code in ("TA", "GPS")
        ]
    )


def districts(world: World) -> list[str]:
    """The unit that stands for each district of the model: its own code, or the municipality's."""
    first = {p.district: p.unit for p in reversed(world.geography.plots)}
    return [first[n][:6] for n in range(len(world.config.districts))]


def _keys(world: World) -> pa.Table:
    weight = np.array(world.config.districts)
    share = np.round(100 * weight / weight.sum(), 2)
    return _columns(
        [
            {"nøkkel": "FO3", "år": 2024, "enhet": code, "andel": f"{s:.2f}".replace(".", ",")}
            for code, s in zip(districts(world), share, strict=True)
        ]
    )


def _population(world: World) -> pa.Table:
    """Persons aged 67 and over by district, year and sex: 80+ is 23,000 in a city like Oslo."""
    ages, years = np.arange(67, 106), np.arange(2022, 2026)
    weight = np.array(world.config.districts)
    town = 23_000 * world.config.flows[Way.HOME_NURSING].concurrent / 2_900
    by_age = np.exp(-0.11 * (ages - 80))
    by_age *= town / by_age[ages >= _OLD].sum()
    sexes = np.where(ages >= _OLDEST, 0.64, 0.55)
    grid = np.einsum(
        "d,y,as->dyas",
        weight / weight.sum(),
        1 + 0.025 * (years - 2024),
        by_age[:, None] * np.column_stack([sexes, 1 - sexes]),
    )
    d, y, a, s = (g.ravel() for g in np.indices(grid.shape))
    return pa.table(
        {
            "enhet": pa.array(districts(world)).take(pa.array(d)),
            "år": years[y],
            "alder": ages[a],
            "kjønn": pa.array(["kvinne", "mann"]).take(pa.array(s)),
            "variant": pa.array(["talt", "MMMM"]).take(pa.array((years[y] > _COUNTED) + 0)),
            "personer": np.round(grid.ravel()).astype(int),
        }
    )


#: Price, name, kroner, per, hour definition, price year, first day, first day no more, source.
#: The codes are those of the prices that come with the package, so that a case finds both.
#: The two published hourly prices keep their hour definitions apart; the km rate is the state's.
_PRICES = (
    (
        "home-care-hour-paid",
        "Time i hjemmetjenesten, betalt",
        "426,00",
        "time",
        "betalt",
        2021,
        date(2019, 1, 1),
        None,
        "Nasjonal gevinstrapport 2021",
    ),
    (
        "home-care-hour-direct",
        "Time hos bruker",
        "823,50",
        "time",
        "direkte",
        2021,
        date(2019, 1, 1),
        None,
        "70 000 kr for 85 timer",
    ),
    (
        "state-km",
        "Statens kilometersats",
        "4,48",
        "km",
        None,
        2023,
        date(2023, 1, 1),
        date(2024, 1, 1),
        "Særavtale om reise",
    ),
    (
        "state-km",
        "Statens kilometersats",
        "4,90",
        "km",
        None,
        2024,
        date(2024, 1, 1),
        None,
        "Særavtale om reise",
    ),
)


def _prices() -> pa.Table:
    return _columns(
        [
            {
                "pris": price,
                "navn": title,
                "beløp": value,
                "per": per,
                "timebegrep": hour,
                "tid_på_døgnet": "alle",
                "prisår": year,
                "fra_dato": first,
                "til_dato": last,
                "kilde": origin,
                "eier": "Økonomi",
            }
            for price, title, value, per, hour, year, first, last, origin in _PRICES
        ]
    )


def _annotations(world: World) -> pa.Table:
    """The known breaks of one municipality, where it had them; a nation has none in common."""
    if world.exchange == NEVER:
        return _columns([])
    days = np.array([world.exchange, world.exchange + EXCHANGE_DAYS])
    first, after = world.clock.date(days).astype(object)
    return _columns(
        [
            {
                "nummer": "M1",
                "fra_dato": first,
                "til_dato": after,
                "enhet": None,
                "tjeneste": "TA",
                "tekst": "Utskifting av de fleste trygghetsalarmene",
            },
            {
                "nummer": "M2",
                "fra_dato": date(2024, 3, 1),
                "til_dato": date(2024, 3, 15),
                "enhet": None,
                "tjeneste": "DMS",
                "tekst": "Pakkefeil fra leverandøren av multidose",
            },
        ]
    )
